#include "rule_shortcuts.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "contained_check.h"

namespace musubi::fhir {
namespace {

using fhirpath::Resource;
using fhirpath::ResourceNode;
using Answer = std::optional<bool>;

/// A child that may be there once.
struct AtMostOne {
  const ResourceNode* node = nullptr;
  bool sure = true;  ///< false: it is there more than once, or without a value that is asked for
};

AtMostOne element_of(const Resource& resource, const ResourceNode& node, std::string_view name) {
  AtMostOne found;
  for (const auto& child : resource.children(node)) {
    if (child.name != name) continue;
    if (found.node != nullptr) return {.node = nullptr, .sure = false};
    found.node = &child;
  }
  return found;
}

AtMostOne value_of(const Resource& resource, const ResourceNode& node, std::string_view name) {
  auto found = element_of(resource, node, name);
  if (found.node != nullptr && !found.node->has_value()) found.sure = false;
  return found;
}

std::string_view text_of(const AtMostOne& value) {
  return value.node == nullptr ? std::string_view() : value.node->text;
}

/// bdl-7 asks for URL and version written one behind the other.
struct Versioned {
  std::string_view url, version;
};

/// nullopt: not sure.
std::optional<Versioned> versioned(const Resource& resource, const ResourceNode& entry,
                                   const ResourceNode& url) {
  const auto inner = element_of(resource, entry, "resource");
  if (!inner.sure) return std::nullopt;
  if (inner.node == nullptr) return Versioned{url.text, {}};
  const auto meta = element_of(resource, *inner.node, "meta");
  if (!meta.sure) return std::nullopt;
  if (meta.node == nullptr) return Versioned{url.text, {}};
  const auto version = value_of(resource, *meta.node, "versionId");
  return version.sure ? std::optional(Versioned{url.text, text_of(version)}) : std::nullopt;
}

bool are_distinct(std::span<const Versioned> all) {
  std::vector<std::string> joined;  // stays empty where nothing has a version
  std::vector<std::string_view> texts;
  joined.reserve(all.size());
  texts.reserve(all.size());
  for (const auto& each : all)
    texts.push_back(each.version.empty() ? each.url
                                         : joined.emplace_back(std::string(each.url).append(each.version)));
  std::ranges::sort(texts);
  return std::ranges::adjacent_find(texts) == texts.end();
}

Answer full_urls_are_distinct(const Resource& resource, const ResourceNode& bundle) {
  const auto type = value_of(resource, bundle, "type");
  if (!type.sure || type.node == nullptr) return std::nullopt;
  if (type.node->text == "history") return true;
  std::vector<Versioned> all;
  all.reserve(bundle.child_count);
  for (const auto& entry : resource.children(bundle)) {
    if (entry.name != "entry") continue;
    const auto url = value_of(resource, entry, "fullUrl");
    if (!url.sure) return std::nullopt;
    if (url.node == nullptr) continue;
    const auto one = versioned(resource, entry, *url.node);
    if (!one) return std::nullopt;
    all.push_back(*one);
  }
  return are_distinct(all);
}

Answer full_url_names_no_version(const Resource& resource, const ResourceNode& entry) {
  const auto url = value_of(resource, entry, "fullUrl");
  if (!url.sure) return std::nullopt;
  return text_of(url).find("/_history/") == std::string_view::npos;
}

/// Whether all entries have the part where the Bundle is of one of `types`, and otherwise none has.
Answer parts_go_with_type(const Resource& resource, const ResourceNode& bundle, std::string_view part,
                          std::span<const std::string_view> types) {
  const auto type = value_of(resource, bundle, "type");
  if (!type.sure || type.node == nullptr) return std::nullopt;
  const bool wanted = std::ranges::find(types, type.node->text) != types.end();
  return std::ranges::all_of(resource.children(bundle), [&](const ResourceNode& entry) {
    return entry.name != "entry" || (resource.child(entry, part) != nullptr) == wanted;
  });
}

Answer requests_go_with_type(const Resource& resource, const ResourceNode& bundle) {
  static constexpr std::array<std::string_view, 3> kTypes = {"batch", "transaction", "history"};
  return parts_go_with_type(resource, bundle, "request", kTypes);
}

Answer responses_go_with_type(const Resource& resource, const ResourceNode& bundle) {
  static constexpr std::array<std::string_view, 3> kTypes = {"batch-response", "transaction-response",
                                                             "history"};
  return parts_go_with_type(resource, bundle, "response", kTypes);
}

Answer organization_is_named(const Resource& resource, const ResourceNode& organization) {
  return resource.child(organization, "identifier") != nullptr ||
         resource.child(organization, "name") != nullptr;
}

Answer is_not_a_home(const Resource& resource, const ResourceNode& node) {
  const auto use = value_of(resource, node, "use");
  return use.sure ? Answer(text_of(use) != "home") : std::nullopt;
}

/// What is told elsewhere is not told again: several references in one, and one that is no text.
Answer reference_leads_somewhere(const Resource& resource, const ResourceNode& node) {
  const auto* only = resource.child(node, "reference");
  if (only == nullptr || !only->text.starts_with('#')) return true;
  return leads_to_contained(resource, node, only->text);
}

Answer contained_is_used(const Resource& resource, const ResourceNode& node) {
  return each_contained_is_used(resource, node);
}

constexpr std::array<std::pair<std::string_view, RuleShortcut>, 9> kShortcuts = {{
    {"bdl-3", requests_go_with_type},
    {"bdl-4", responses_go_with_type},
    {"bdl-7", full_urls_are_distinct},
    {"bdl-8", full_url_names_no_version},
    {"dom-3", contained_is_used},
    {"org-1", organization_is_named},
    {"org-2", is_not_a_home},
    {"org-3", is_not_a_home},
    {"ref-1", reference_leads_somewhere},
}};

}  // namespace

RuleShortcut shortcut_of(std::string_view key) noexcept {
  for (const auto& [name, shortcut] : kShortcuts)
    if (name == key) return shortcut;
  return nullptr;
}

}  // namespace musubi::fhir
