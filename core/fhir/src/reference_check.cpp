#include "reference_check.h"

#include <string.h>  // memrchr is not in <cstring>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "musubi/fhir/r4_types.h"
#include "primitive_form.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoNode;
using fhirpath::kNoType;
using fhirpath::ResourceNode;
using fhirpath::TypeIndex;
using fhirpath::TypeKind;

/// "https://hospital.test/fhir/Patient/1/_history/2" in parts.
struct Reference {
  std::string_view base;  ///< "https://hospital.test/fhir/"; empty: relative
  std::string_view type, id;
};

bool has_scheme(std::string_view url) {
  const auto colon = url.find(':');
  return colon != url.npos && colon > 0 && url.find('/') > colon;
}

constexpr std::string_view kHistory = "/_history/";

/// Where a version begins; npos: none is named.
std::size_t history_in(std::string_view text) {
  return text.find('_') == text.npos ? text.npos : text.find(kHistory);
}

/// What asks a server, or names a version of a definition.
bool has_query(std::string_view text) { return text.find('?') != text.npos || text.find('|') != text.npos; }

/// The place of the last slash; npos: there is none.
std::size_t last_slash(std::string_view text) {
  if (text.empty()) return text.npos;  // it may have no address
  const void* const found = ::memrchr(text.data(), '/', text.size());
  return found == nullptr ? text.npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// nullopt: it does not name a type and an id.
std::optional<Reference> read_reference(std::string_view text) {
  text = text.substr(0, history_in(text));
  const auto slash = last_slash(text);
  if (slash == text.npos || has_query(text)) return {};
  const auto id = text.substr(slash + 1);
  const auto before = text.substr(0, slash);
  const auto begin = last_slash(before) + 1;  // npos + 1 is 0
  Reference reference{before.substr(0, begin), before.substr(begin), id};
  const bool relative = reference.base.empty();
  if (!relative && !has_scheme(text)) return {};
  static const Form kIsId = form_of("id");
  return kIsId(id) ? std::optional(reference) : std::nullopt;
}

class ReferenceCheck {
 public:
  explicit ReferenceCheck(Issues& issues)
      : issues_(issues), resource_(issues.resource()), model_(*resource_.model()) {}

  void run() {
    find_entries();
    for (std::uint32_t index = 0; index < resource_.size(); ++index) {
      const auto& node = resource_[index];
      if (node.type != reference_) continue;
      const auto* text = resource_.child(node, "reference");
      if (text != nullptr && text->has_value()) look_at(node, *text);
    }
  }

 private:
  std::string_view text_of(const ResourceNode& node, std::string_view child) const {
    const auto* found = resource_.child(node, child);
    return found == nullptr ? std::string_view() : found->text;
  }

  // ---- entries of a Bundle

  void find_entries() {
    if (resource_.type_name() != "Bundle") return;
    const auto kind = text_of(resource_.root(), "type");
    whole_ = kind == "document" || kind == "message";
    for (const auto& entry : resource_.children(resource_.root())) {
      if (entry.name != "entry") continue;
      const auto* inner = resource_.child(entry, "resource");
      const auto url = text_of(entry, "fullUrl");
      if (inner == nullptr || url.empty()) continue;
      entries_.push_back({url, inner});
      if (const auto* meta = whole_ ? resource_.child(*inner, "meta") : nullptr; meta != nullptr)
        versions_.emplace_back(url, text_of(*meta, "versionId"));
      look_at_identity(entry, *inner, url);
    }
    std::ranges::stable_sort(entries_, {}, &Entry::url);
    std::ranges::sort(versions_);
    look_at_links();
  }

  /// There is one link of each relation.
  void look_at_links() {
    std::map<std::string_view, int> relations;
    for (const auto& link : resource_.children(resource_.root())) {
      const auto relation = link.name == "link" ? text_of(link, "relation") : std::string_view();
      if (!relation.empty() && ++relations[relation] > 1)
        issues_.add(Severity::error, IssueType::value, "fhir.link_repeated", link);
    }
  }

  void look_at_identity(const ResourceNode& entry, const ResourceNode& inner, std::string_view url) {
    if (!has_scheme(url))
      return issues_.add(Severity::error, IssueType::value, "fhir.full_url_relative", entry, {}, "fullUrl");
    const auto parts = read_reference(url);
    if (!parts || url.starts_with("urn:") || inner.type == kNoType) return;
    const auto type = model_.find(parts->type);
    const bool names_resource = type != kNoType && model_.type(type).kind == TypeKind::resource;
    if (names_resource && (type != inner.type || text_of(inner, "id") != parts->id))
      issues_.add(Severity::error, IssueType::value, "fhir.full_url_other_id", entry, {}, "fullUrl");
  }

  /// "https://hospital.test/fhir/", of the entry that `node` is in; nullopt: its fullUrl is none of a server.
  /// Most references follow others of the same entry.
  std::optional<std::string_view> base_of(const ResourceNode& node) {
    const auto entry = resource_.container_of(node).parent;
    if (entry == kNoNode) return std::nullopt;
    if (std::exchange(own_entry_, entry) == entry) return own_base_;
    const auto url = text_of(resource_[entry], "fullUrl");
    const auto parts = url.starts_with("urn:") ? std::nullopt : read_reference(url);
    own_base_ = parts ? std::optional(parts->base) : std::nullopt;
    return own_base_;
  }

  // ---- one reference

  void look_at(const ResourceNode& node, const ResourceNode& text) {
    if (text.text.starts_with('#')) return look_at_target(node, contained(node, text.text.substr(1)));
    const auto parts = read_reference(text.text);
    const auto found = entries_of(node, text.text, parts);
    if (!found.empty()) {
      if (whole_ && !names_one(found, text.text))
        issues_.add(Severity::error, IssueType::not_found, "fhir.reference_version", node);
      return look_at_target(node, found.front().resource->type);
    }
    if (parts) look_at_target(node, model_.find(parts->type));
    if (entries_.empty()) return;
    look_at_missing(node, text.text, parts);
  }

  TypeIndex contained(const ResourceNode& node, std::string_view id) const {
    const auto& container = resource_.container_of(node);
    if (id.empty()) return container.type;
    const auto* found = resource_.contained_resource(container, id);
    return found == nullptr ? kNoType : found->type;  // ref-1 tells
  }

  struct Entry {
    std::string_view url;
    const ResourceNode* resource = nullptr;
  };
  using Found = std::span<const Entry>;
  using Version = std::pair<std::string_view, std::string_view>;  ///< fullUrl, versionId

  /// The first two at most: whether there is one, and whether there are more, is all that is asked.
  Found find(std::string_view url) const {
    const auto first = std::ranges::lower_bound(entries_, url, {}, &Entry::url);
    const auto end = entries_.end() - first > 2 ? first + 2 : entries_.end();
    return {first, std::find_if(first, end, [url](const Entry& each) { return each.url != url; })};
  }

  /// Of several versions, one that is not named is any of them.
  bool names_one(Found found, std::string_view text) const {
    const auto at = history_in(text);
    if (at == text.npos) return found.size() == 1;
    return std::ranges::binary_search(versions_,
                                      Version(found.front().url, text.substr(at + kHistory.size())));
  }

  Found entries_of(const ResourceNode& node, std::string_view text, const std::optional<Reference>& parts) {
    if (entries_.empty()) return {};
    const auto bare = text.substr(0, history_in(text));
    if (!parts || !parts->base.empty()) return find(bare);
    const auto base = base_of(node);
    if (!base) return {};
    wanted_.assign(*base).append(bare);
    return find(wanted_);
  }

  void look_at_missing(const ResourceNode& node, std::string_view text,
                       const std::optional<Reference>& parts) {
    const bool relative = parts && parts->base.empty();
    if (relative && !find("urn:uuid:" + std::string(parts->id)).empty())
      return issues_.add(Severity::error, IssueType::value, "fhir.reference_by_uuid", node);
    if (whole_ && (relative || text.starts_with("urn:")))
      issues_.add(Severity::error, IssueType::not_found, "fhir.reference_not_in_bundle", node);
    else if (text.starts_with("urn:"))
      issues_.add(Severity::warning, IssueType::not_found, "fhir.reference_not_in_bundle", node);
  }

  /// `type`: of what it refers to; kNoType: not known.
  void look_at_target(const ResourceNode& node, TypeIndex type) {
    if (type == kNoType || node.element == nullptr) return;
    for (const auto& allowed : model_.types_of(*node.element)) {
      if (allowed.type != reference_) continue;
      const auto targets = model_.targets_of(allowed);
      const bool fits = targets.empty() || std::ranges::any_of(targets, [&](TypeIndex target) {
                          return model_.is_a(type, target);
                        });
      if (!fits)
        issues_.add(Severity::error, IssueType::structure, "fhir.reference_to_other_type", node,
                    {{"type", std::string(model_.type(type).name)}});
    }
  }

  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  const TypeIndex reference_ = model_.find("Reference");
  std::vector<Entry> entries_;         ///< by fullUrl, then in the order of the document
  std::vector<Version> versions_;      ///< of a document or message, in order
  std::string wanted_;                 ///< a URL that is put together
  std::uint32_t own_entry_ = kNoNode;  ///< that was looked at last
  std::optional<std::string_view> own_base_;
  bool whole_ = false;  ///< a document or message: what it refers to is in it
};

}  // namespace

void check_references(Issues& issues) { ReferenceCheck(issues).run(); }

}  // namespace musubi::fhir
