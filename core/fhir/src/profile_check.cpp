#include "profile_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "definition_nodes.h"
#include "musubi/fhir/r4_types.h"
#include "profile_extensions.h"
#include "profile_walk.h"
#include "r4_profiles.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoType;
using fhirpath::ResourceNode;
using fhirpath::TypeIndex;
using fhirpath::TypeKind;

constexpr std::string_view kStandard = "http://hl7.org/fhir/StructureDefinition/";

class ProfileCheck {
 public:
  ProfileCheck(Issues& issues, const Profiles& profiles)
      : issues_(issues),
        profiles_(profiles),
        resource_(issues.resource()),
        model_(*resource_.model()),
        observation_(model_.find("Observation")),
        walk_(issues) {}

  void run(std::span<const std::string> asked) {
    for (const auto& each : asked) look_at_asked(each);
    for (std::uint32_t index = 0; index < resource_.size(); ++index) {
      const auto& node = resource_[index];
      if (node.type == kNoType || model_.type(node.type).kind != TypeKind::resource) continue;
      find_claims(node);
      if (node.type == observation_) look_at_vital_signs(node);
    }
    std::ranges::stable_sort(claims_, {}, [](const Claim& each) { return each.text->source_byte; });
    for (const auto& each : claims_) look_at_claim(*each.resource, *each.text);
    if (!profiles_.empty()) check_package_extensions(issues_, profiles_, walk_, guests_);
  }

 private:
  /// In meta.profile.
  struct Claim {
    const ResourceNode* resource = nullptr;
    const ResourceNode* text = nullptr;
  };

  void find_claims(const ResourceNode& node) {
    const auto* meta = resource_.child(node, "meta");
    if (meta == nullptr) return;
    for (const auto& claim : resource_.children(*meta))
      if (claim.name == "profile" && claim.has_value()) claims_.push_back({&node, &claim});
  }

  /// By who wants to know, not by the resource.
  void look_at_asked(const std::string& canonical) {
    const auto& root = resource_.root();
    const auto wanted = read_canonical(canonical);
    if (const auto* plan = profiles_.find(canonical); plan != nullptr) {
      tell_version(wanted, *plan, root);
      return keep(root, *plan, root);
    }
    const auto type = type_named(wanted.url);
    if (type == kNoType)
      tell(Severity::warning, "fhir.profile_unknown", root);
    else if (!model_.is_a(root.type, type))
      tell_other_type(std::string(wanted.url), root, root);
  }

  void look_at_claim(const ResourceNode& node, const ResourceNode& claim) {
    const auto wanted = read_canonical(claim.text);
    if (const auto* plan = profiles_.find(claim.text); plan != nullptr) {
      tell_version(wanted, *plan, claim);
      return keep(node, *plan, claim);
    }
    if (const auto type = type_named(wanted.url); type != kNoType && model_.is_a(node.type, type)) return;
    guests_.insert(&node);
    const auto* stand_in = stand_in_for(wanted.url, claim.text, node.type);
    if (told_.emplace(wanted.url).second) {
      if (stand_in == nullptr) return tell(Severity::warning, "fhir.profile_unknown", claim);
      tell(Severity::warning, "fhir.profile_stand_in", claim, {{"stand_in", stand_in->url}});
    }
    if (stand_in != nullptr) apply(node, *stand_in, Severity::warning);
  }

  const ProfilePlan* stand_in_for(std::string_view url, std::string_view canonical, TypeIndex type) {
    const auto [known, is_first] = stand_ins_.try_emplace({url, type}, nullptr);
    if (is_first) known->second = profiles_.stand_in(canonical, type);
    return known->second;
  }

  /// The standard says which profile they keep. Who does not claim it is warned.
  void look_at_vital_signs(const ResourceNode& node) {
    const auto* code = resource_.child(node, "code");
    if (code == nullptr) return;
    each_at(resource_, *code, "coding", [&](const ResourceNode& coding) {
      if (text_at(resource_, coding, "system") != "http://loinc.org") return;
      const auto url = vital_sign_profile(text_at(resource_, coding, "code"));
      const auto* plan = url.empty() ? nullptr : profiles_.find(url);
      if (plan != nullptr) apply(node, *plan, Severity::warning);
    });
  }

  /// The type that R4 itself defines under this URL; kNoType: none.
  TypeIndex type_named(std::string_view url) const {
    return url.starts_with(kStandard) ? model_.find(url.substr(kStandard.size())) : kNoType;
  }

  /// However often a resource claims the same.
  void apply(const ResourceNode& node, const ProfilePlan& plan, Severity worst) {
    const auto [known, is_first] = applied_.try_emplace({&node, &plan}, worst);
    if (!is_first && known->second <= worst) return;
    known->second = worst;
    walk_.apply(node, plan, worst);
  }

  void tell_version(const Canonical& wanted, const ProfilePlan& plan, const ResourceNode& place) {
    if (!wanted.version.empty() && plan.version != wanted.version)
      tell(Severity::warning, "fhir.profile_other_version", place,
           {{"profile", plan.url}, {"version", plan.version}});
  }

  void tell_other_type(const std::string& profile, const ResourceNode& node, const ResourceNode& place) {
    tell(Severity::error, "fhir.profile_other_type", place,
         {{"profile", profile}, {"type", std::string(model_.type(node.type).name)}});
  }

  /// `place`: what says that the profile applies.
  void keep(const ResourceNode& node, const ProfilePlan& plan, const ResourceNode& place) {
    if (!model_.is_a(node.type, plan.type)) return tell_other_type(plan.url, node, place);
    if (!plan.not_judged.empty() && told_.emplace(plan.url).second)
      tell(Severity::warning, "fhir.profile_partly_judged", place,
           {{"profile", plan.url}, {"rules", list_of(plan.not_judged)}});
    apply(node, plan, Severity::error);
  }

  static std::string list_of(const std::vector<std::string>& texts) {
    std::string list;
    for (const auto& each : texts) (list += list.empty() ? "" : ", ") += each;
    return list;
  }

  void tell(Severity severity, std::string_view message, const ResourceNode& node,
            std::initializer_list<base::MessageArgument> arguments = {}) {
    issues_.add(severity, severity == Severity::error ? IssueType::structure : IssueType::not_found, message,
                node, arguments);
  }

  Issues& issues_;
  const Profiles& profiles_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  const fhirpath::TypeIndex observation_;
  ProfileWalk walk_;
  std::vector<Claim> claims_;  ///< in the order of the document
  std::map<std::pair<const ResourceNode*, const ProfilePlan*>, Severity> applied_;
  std::map<std::pair<std::string_view, TypeIndex>, const ProfilePlan*> stand_ins_;  ///< by what was claimed
  std::set<std::string_view> told_;       ///< profiles that were remarked on
  std::set<const ResourceNode*> guests_;  ///< resources that claim what is not known
};

}  // namespace

void check_profiles(Issues& issues, const Profiles& profiles, std::span<const std::string> asked) {
  ProfileCheck(issues, profiles).run(asked);
}

}  // namespace musubi::fhir
