#include "profiles.h"

#include <mutex>

#include "musubi/fhir/r4_types.h"
#include "plan_builder.h"
#include "r4_profiles.h"

namespace musubi::fhir {
namespace {

std::string_view tail_of(std::string_view url) {
  return url.substr(url.rfind('/') + 1);  // npos + 1 is 0
}

/// "http://jpfhir.jp"
std::string_view authority_of(std::string_view url) {
  const auto scheme = url.find("://");
  return scheme == url.npos ? url : url.substr(0, url.find('/', scheme + 3));
}

/// "JP_Patient" of "JP_Patient_eCS".
bool begins_name(std::string_view begin, std::string_view name) {
  return name.size() > begin.size() && name.starts_with(begin) &&
         (name[begin.size()] == '_' || name[begin.size()] == '-');
}

}  // namespace

Profiles::Profiles(std::shared_ptr<const Packages> packages)
    : packages_(std::move(packages)), value_sets_(*packages_) {}
Profiles::~Profiles() = default;

const Definition* Profiles::definition(std::string_view canonical) const noexcept {
  const auto* found = packages_->find(DefinitionKind::structure, canonical);
  return found != nullptr ? found : r4_profiles().find(DefinitionKind::structure, canonical);
}

const ProfilePlan* Profiles::find(std::string_view canonical) const {
  const auto* found = definition(canonical);
  if (found == nullptr) return nullptr;
  {
    const std::shared_lock lock(mutex_);
    const auto known = plans_.find(found);
    if (known != plans_.end()) return known->second.get();
  }
  const std::unique_lock lock(mutex_);
  return find_locked(*found);
}

const ProfilePlan* Profiles::find_locked(std::string_view canonical) const {
  const auto* found = definition(canonical);
  return found == nullptr ? nullptr : find_locked(*found);
}

const ProfilePlan* Profiles::find_locked(const Definition& definition) const {
  const auto known = plans_.find(&definition);
  if (known != plans_.end()) return known->second.get();
  auto& plan = plans_[&definition];
  plan = std::make_unique<ProfilePlan>();  // there already for definitions that refer to each other
  if (!PlanBuilder(*this, definition, *plan).build()) plan.reset();
  return plan.get();
}

const ProfilePlan* Profiles::stand_in(std::string_view canonical, fhirpath::TypeIndex type) const {
  const auto url = read_canonical(canonical).url;
  const auto type_name = r4_types().type(type).name;
  const Definition* best = nullptr;
  for (const auto* each : packages_->structures()) {
    if (each->type != type_name || each->derivation != "constraint") continue;
    if (authority_of(each->url) != authority_of(url) || !begins_name(tail_of(each->url), tail_of(url)))
      continue;
    if (best == nullptr || best->url.size() < each->url.size()) best = each;
  }
  return best == nullptr ? nullptr : find(best->url);
}

}  // namespace musubi::fhir
