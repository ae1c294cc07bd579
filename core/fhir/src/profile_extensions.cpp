#include "profile_extensions.h"

#include <algorithm>

#include "definition_nodes.h"
#include "musubi/fhir/r4_types.h"
#include "r4_extensions.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoNode;
using fhirpath::kNoType;
using fhirpath::ResourceNode;

class PackageExtensions {
 public:
  PackageExtensions(Issues& issues, const Profiles& profiles, ProfileWalk& walk,
                    const std::set<const ResourceNode*>& guests)
      : issues_(issues),
        profiles_(profiles),
        walk_(walk),
        guests_(guests),
        resource_(issues.resource()),
        model_(*resource_.model()),
        extension_(model_.find("Extension")) {}

  void run() {
    for (std::uint32_t index = 0; index < resource_.size(); ++index) {
      const auto& node = resource_[index];
      if (node.type == extension_ && node.parent != kNoNode) look_at(node);
    }
  }

 private:
  void look_at(const ResourceNode& node) {
    const auto url = text_at(resource_, node, "url");
    if (url.find(':') == url.npos) return;  // a part of another
    KnownExtension known;
    if (find_extension(url, known)) return;  // of R4
    worst_ = guests_.contains(&resource_.resource_of(node)) ? Severity::warning : Severity::error;
    const bool in_modifier = node.name == "modifierExtension";
    const auto* plan = profiles_.find(url);
    if (plan == nullptr || plan->type != extension_) return look_at_unknown(node, url, in_modifier);
    if (plan->is_modifier && !in_modifier)
      error("fhir.extension_not_modifier", node);
    else if (!plan->is_modifier && in_modifier)
      error("fhir.extension_is_no_modifier", node);
    const auto& owner = resource_[node.parent];
    const bool may = plan->contexts.empty() || std::ranges::any_of(plan->contexts, [&](const auto& each) {
                       return stands_at(owner, each);
                     });
    if (!may) error("fhir.extension_misplaced", node);
    walk_.apply(node, *plan, worst_);
  }

  void look_at_unknown(const ResourceNode& node, std::string_view url, bool in_modifier) {
    const auto packages = profiles_.packages().packages();
    const auto owner = std::ranges::find_if(packages, [&](const PackageName& each) {
      return !each.canonical.empty() && url.starts_with(each.canonical);
    });
    if (owner != packages.end())
      issues_.add(Severity::warning, IssueType::structure, "fhir.extension_not_in_package", node,
                  {{"package", owner->name}});
    else if (in_modifier)
      issues_.add(Severity::warning, IssueType::structure, "fhir.modifier_extension_unknown", node);
  }

  bool stands_at(const ResourceNode& owner, const ExtensionContext& context) const {
    switch (context.kind) {
      case ExtensionContext::Kind::expression:
        return true;
      case ExtensionContext::Kind::extension:
        return owner.type == extension_ && text_at(resource_, owner, "url") == context.text;
      case ExtensionContext::Kind::element:
        break;
    }
    return context.text.find(':') != context.text.npos || is_at(owner, context.text);
  }

  /// A type, one of its bases, or the path of an element.
  bool is_at(const ResourceNode& node, std::string_view path) const {
    if (node.type == kNoType) return true;  // told elsewhere
    path = path.substr(0, path.find("[x]"));
    const auto type = model_.find(path);
    if (type != kNoType && model_.is_a(node.type, type)) return true;
    const auto dot = path.rfind('.');
    if (dot == path.npos || node.parent == kNoNode || path.substr(dot + 1) != node.name) return false;
    return is_at(resource_[node.parent], path.substr(0, dot));
  }

  void error(std::string_view message, const ResourceNode& node) {
    issues_.add(worst_, IssueType::structure, message, node);
  }

  Issues& issues_;
  const Profiles& profiles_;
  ProfileWalk& walk_;
  const std::set<const ResourceNode*>& guests_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  const fhirpath::TypeIndex extension_;
  Severity worst_ = Severity::error;
};

}  // namespace

void check_package_extensions(Issues& issues, const Profiles& profiles, ProfileWalk& walk,
                              const std::set<const fhirpath::ResourceNode*>& guests) {
  PackageExtensions(issues, profiles, walk, guests).run();
}

}  // namespace musubi::fhir
