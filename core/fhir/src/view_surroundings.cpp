// What the paths of a view may ask besides the resource of the row.
#include <algorithm>
#include <numeric>

#include "reference_text.h"
#include "view_plan.h"

namespace musubi::fhir {

using fhirpath::Resource;
using fhirpath::ResourceNode;
using fhirpath::Value;

namespace {

/// Places of variables: %resources is the first.
constexpr std::size_t kBundle = 1, kSameSubject = 2;
constexpr std::uint64_t kFirstEdition = 1;

/// The reference in its subject or patient; empty: none.
std::string_view subject_reference(const Resource& resource, const ResourceNode& node) {
  for (const auto* const name : {"subject", "patient"}) {
    const auto* subject = resource.child(node, name);
    const auto* reference = subject == nullptr ? nullptr : resource.child(*subject, "reference");
    if (reference != nullptr) return relative_reference(reference->text);
  }
  return {};
}

}  // namespace

Surroundings::Surroundings(const Collection& collection, const View& view, bool asks_same_subject)
    : collection_(collection), asks_same_subject_(asks_same_subject), others_(collection) {
  all_.reserve(collection.members().size());
  for (const auto& member : collection.members())
    all_.push_back(Value::of(member.node, &collection.documents()[member.document].resource));
  if (asks_same_subject_) index_subjects();
  variables_ = {
      {"resources", all_, kFirstEdition}, {"bundle", {}, kFirstEdition}, {"same_subject", {}, kFirstEdition}};
  const auto& constants = view.plan().constants;
  for (std::size_t each = 0; each < constants.size(); ++each)
    variables_.push_back({constants[each].name, view.plan().constant_values[each], kFirstEdition});
  evaluation_ = fhirpath::Evaluation({.resolver = &others_, .variables = variables_});
}

Surroundings::Subject Surroundings::subject_of(const Member& member) const {
  return {member.bundle, subject_reference(collection_.documents()[member.document].resource, *member.node)};
}

void Surroundings::index_subjects() {
  const auto members = collection_.members();
  std::vector<std::pair<Subject, std::size_t>> found;
  for (std::size_t each = 0; each < members.size(); ++each)
    if (const auto subject = subject_of(members[each]); !subject.reference.empty())
      found.emplace_back(subject, each);
  std::ranges::sort(found);
  for (const auto& [subject, member] : found) {
    subjects_.push_back(subject);
    about_.push_back(all_[member]);
  }
}

/// The same whenever it is the same Bundle.
std::uint64_t Surroundings::edition_of_bundle(const Member& member) const {
  if (member.bundle == nullptr) return kFirstEdition;
  const auto node = collection_.documents()[member.document].resource.index_of(*member.bundle);
  return kFirstEdition + 1 + (std::uint64_t{member.document} << 32U | node);
}

void Surroundings::look_around(const Member& member) {
  if (around_ == &member) return;
  const bool other_bundle = around_ == nullptr || around_->bundle != member.bundle;
  around_ = &member;
  if (other_bundle) {
    bundle_.clear();
    if (member.bundle != nullptr)
      bundle_.push_back(Value::of(member.bundle, &collection_.documents()[member.document].resource));
    variables_[kBundle].values = bundle_;
    variables_[kBundle].edition = edition_of_bundle(member);
  }
  if (!asks_same_subject_) return;
  const auto same = std::ranges::equal_range(subjects_, subject_of(member));
  const auto first = static_cast<std::size_t>(same.begin() - subjects_.begin());
  variables_[kSameSubject].values = std::span(about_).subspan(first, same.size());
  variables_[kSameSubject].edition = same.empty() ? kFirstEdition : kFirstEdition + 1 + first;
}

Surroundings::Results Surroundings::run(const fhirpath::Expression& expression, const Member& member) {
  look_around(member);
  return run(expression, collection_.documents()[member.document].resource, *member.node);
}

}  // namespace musubi::fhir
