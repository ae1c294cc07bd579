#include "profile_check.h"

#include <algorithm>
#include <set>
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
    for (const auto& each : asked)
      if (const auto* plan = profiles_.find(each); plan != nullptr)
        keep(resource_.root(), *plan, resource_.root());
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

  void look_at_claim(const ResourceNode& node, const ResourceNode& claim) {
    const auto wanted = read_canonical(claim.text);
    if (const auto* plan = profiles_.find(claim.text); plan != nullptr) {
      if (!wanted.version.empty() && plan->version != wanted.version)
        tell(Severity::warning, "fhir.profile_other_version", claim,
             {{"profile", plan->url}, {"version", plan->version}});
      return keep(node, *plan, claim);
    }
    if (wanted.url.starts_with(kStandard) && is_type(node, wanted.url.substr(kStandard.size()))) return;
    guests_.insert(&node);
    const auto* stand_in = profiles_.stand_in(claim.text, node.type);
    if (told_.emplace(wanted.url).second) {
      if (stand_in == nullptr) return tell(Severity::warning, "fhir.profile_unknown", claim);
      tell(Severity::warning, "fhir.profile_stand_in", claim, {{"stand_in", stand_in->url}});
    }
    if (stand_in != nullptr) walk_.apply(node, *stand_in, Severity::warning);
  }

  /// The standard says which profile they keep. Who does not claim it is warned.
  void look_at_vital_signs(const ResourceNode& node) {
    const auto* code = resource_.child(node, "code");
    if (code == nullptr) return;
    each_at(resource_, *code, "coding", [&](const ResourceNode& coding) {
      if (text_at(resource_, coding, "system") != "http://loinc.org") return;
      const auto url = vital_sign_profile(text_at(resource_, coding, "code"));
      const auto* plan = url.empty() ? nullptr : profiles_.find(url);
      if (plan != nullptr) walk_.apply(node, *plan, Severity::warning);
    });
  }

  /// Whether R4 itself has the profile: it is the type.
  bool is_type(const ResourceNode& node, std::string_view name) const {
    const auto type = model_.find(name);
    return type != kNoType && model_.is_a(node.type, type);
  }

  /// `place`: what says that the profile applies.
  void keep(const ResourceNode& node, const ProfilePlan& plan, const ResourceNode& place) {
    if (!model_.is_a(node.type, plan.type))
      return tell(Severity::error, "fhir.profile_other_type", place,
                  {{"profile", plan.url}, {"type", std::string(model_.type(node.type).name)}});
    if (!plan.not_judged.empty() && told_.emplace(plan.url).second)
      tell(Severity::warning, "fhir.profile_partly_judged", place,
           {{"profile", plan.url}, {"rules", list_of(plan.not_judged)}});
    walk_.apply(node, plan, Severity::error);
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
  std::vector<Claim> claims_;             ///< in the order of the document
  std::set<std::string_view> told_;       ///< profiles that were remarked on
  std::set<const ResourceNode*> guests_;  ///< resources that claim what is not known
};

}  // namespace

void check_profiles(Issues& issues, const Profiles& profiles, std::span<const std::string> asked) {
  ProfileCheck(issues, profiles).run(asked);
}

}  // namespace musubi::fhir
