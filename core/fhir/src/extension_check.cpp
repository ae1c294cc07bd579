#include "extension_check.h"

#include <algorithm>

#include "musubi/fhir/r4_types.h"
#include "r4_extensions.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoNode;
using fhirpath::kNoType;
using fhirpath::ResourceNode;
using fhirpath::TypeIndex;

constexpr std::string_view kStandard = "http://hl7.org/fhir/StructureDefinition/";

class ExtensionCheck {
 public:
  explicit ExtensionCheck(Issues& issues)
      : issues_(issues), resource_(issues.resource()), model_(*resource_.model()) {}

  void run() {
    for (std::uint32_t index = 0; index < resource_.size(); ++index) {
      const auto& node = resource_[index];
      if (node.type == extension_ && node.parent != kNoNode) look_at(node);
    }
  }

 private:
  std::string_view url_of(const ResourceNode& node) const {
    const auto* url = resource_.child(node, "url");
    return url == nullptr ? std::string_view() : url->text;
  }
  void error(std::string_view message, const ResourceNode& node) {
    issues_.add(Severity::error, IssueType::structure, message, node);
  }

  void look_at(const ResourceNode& node) {
    const auto url = url_of(node);
    if (!url.empty() && !is_part(node) && url.find(':') == url.npos)
      return issues_.add(Severity::error, IssueType::value, "fhir.extension_url_relative", node);
    KnownExtension known;
    if (!find_extension(url, known)) {
      // Later versions of the standard add extensions that resources of R4 may have.
      if (url.starts_with(kStandard))
        issues_.add(Severity::warning, IssueType::structure, "fhir.extension_unknown", node);
      return;
    }
    if (!describes_definitions(url) && !may_stand_at(resource_[node.parent], known))
      error("fhir.extension_misplaced", node);
    if (known.part_count != 0)
      look_at_parts(node, known);
    else
      look_at_value(node, known.types);
  }

  /// Whether it stands in another extension, which may name its parts as it likes.
  bool is_part(const ResourceNode& node) const { return resource_[node.parent].type == extension_; }

  // ---- where

  /// They say where they stand in R4, and are used on all resources that are published.
  static bool describes_definitions(std::string_view url) {
    url.remove_prefix(kStandard.size());
    return url.starts_with("structuredefinition-") || url.starts_with("elementdefinition-") ||
           url.starts_with("valueset-");
  }

  bool may_stand_at(const ResourceNode& parent, const KnownExtension& known) const {
    return std::ranges::any_of(known.contexts,
                               [&](std::string_view context) { return is_at(parent, context); });
  }

  /// A type, one of its bases, or the path of an element.
  bool is_at(const ResourceNode& node, std::string_view context) const {
    if (node.type == kNoType) return true;  // told elsewhere
    context = context.substr(0, context.find("[x]"));
    const auto type = model_.find(context);
    if (type != kNoType && model_.is_a(node.type, type)) return true;
    const auto dot = context.rfind('.');
    if (dot == context.npos || node.parent == kNoNode || context.substr(dot + 1) != node.name) return false;
    const auto owner = model_.find(context.substr(0, dot));
    const auto parent_type = resource_[node.parent].type;
    if (owner != kNoType) return parent_type != kNoType && model_.is_a(parent_type, owner);
    return is_at(resource_[node.parent], context.substr(0, dot));
  }

  // ---- what

  void look_at_value(const ResourceNode& node, std::span<const TypeIndex> types) {
    if (types.empty()) return;
    for (const auto& child : resource_.children(node)) {
      if (child.name == "value" && child.type != kNoType &&
          std::ranges::find(types, child.type) == types.end())
        error("fhir.extension_value_type", node);
      if (child.name == "extension" && !url_of(child).starts_with("http"))
        error("fhir.extension_part_unknown", child);
    }
  }

  void look_at_parts(const ResourceNode& node, const KnownExtension& known) {
    if (resource_.child(node, "value") != nullptr) error("fhir.extension_value_type", node);
    for (auto place = known.first_part; place < known.first_part + known.part_count; ++place) {
      const auto part = part_at(place);
      const auto is_it = [&](const ResourceNode& child) {
        return child.name == "extension" && url_of(child) == part.url;
      };
      bool there = false;
      for (const auto& child : resource_.children(node)) {
        if (!is_it(child)) continue;
        there = true;
        look_at_value(child, part.types);
      }
      if (part.required && !there)
        issues_.add(Severity::error, IssueType::required, "fhir.extension_part_missing", node,
                    {{"part", std::string(part.url)}});
    }
    for (const auto& child : resource_.children(node))
      if (child.name == "extension" && !is_part(url_of(child), known))
        error("fhir.extension_part_unknown", child);
  }

  static bool is_part(std::string_view url, const KnownExtension& known) {
    for (auto place = known.first_part; place < known.first_part + known.part_count; ++place)
      if (part_at(place).url == url) return true;
    return false;
  }

  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  const TypeIndex extension_ = model_.find("Extension");
};

}  // namespace

void check_extensions(Issues& issues) { ExtensionCheck(issues).run(); }

}  // namespace musubi::fhir
