#include "musubi/fhir/validation.h"

#include <algorithm>

#include "coding_check.h"
#include "extension_check.h"
#include "invariant_check.h"
#include "musubi/base/json_text.h"
#include "musubi/fhir/packages.h"
#include "profile_check.h"
#include "reference_check.h"
#include "structure_check.h"

namespace musubi::fhir {

std::string_view name_of(Severity severity) noexcept {
  constexpr std::string_view kNames[] = {"fatal", "error", "warning", "information"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string_view name_of(IssueType type) noexcept {
  constexpr std::string_view kNames[] = {"structure",    "required",  "value",     "invariant",
                                         "code-invalid", "not-found", "exception", "not-supported"};
  return kNames[static_cast<std::size_t>(type)];
}

struct Validator::Rules {
  explicit Rules(std::shared_ptr<const Packages> packages) : profiles(std::move(packages)) {}

  InvariantRules invariants;
  Profiles profiles;
};

Validator::Validator() : Validator(std::make_shared<const Packages>()) {}
Validator::Validator(std::shared_ptr<const Packages> packages)
    : rules_(std::make_unique<const Rules>(std::move(packages))) {}
Validator::~Validator() = default;

std::vector<Issue> Validator::validate(const fhirpath::Resource& resource, std::string_view source,
                                       std::span<const std::string> profiles) const {
  Issues issues(resource, source);
  check_structure(issues);
  check_references(issues);
  check_extensions(issues);
  check_codings(issues);
  rules_->invariants.check(issues);
  check_profiles(issues, rules_->profiles, profiles);
  return issues.take();
}

std::vector<Issue> validate_structure(const fhirpath::Resource& resource, std::string_view source) {
  Issues issues(resource, source);
  check_structure(issues);
  return issues.take();
}

bool Validator::knows_profile(std::string_view canonical) const noexcept {
  return rules_->profiles.definition(canonical) != nullptr;
}

bool has_error(const std::vector<Issue>& issues) noexcept {
  return std::ranges::any_of(issues, [](const Issue& each) { return each.severity <= Severity::error; });
}

namespace {

void append_issue(std::string& out, const Issue& issue, base::Language language) {
  const auto& place = issue.what.place();
  const auto remedy = base::remedy(language, issue.what);
  auto text = base::sentence(language, issue.what);
  if (!remedy.empty()) text += " " + remedy;
  out += R"({"severity":")" + std::string(name_of(issue.severity)) + R"(","code":")" +
         std::string(name_of(issue.type)) + R"(","details":{"coding":[{"code":)";
  base::append_json_string(out, issue.what.code());
  out += R"(}]},"diagnostics":)";
  base::append_json_string(out, text);
  if (place.line != 0) {
    out += R"(,"location":["line )" + std::to_string(place.line);
    if (place.column != 0) out += ", column " + std::to_string(place.column);
    out += R"("])";
  }
  if (!issue.what.path().empty()) {
    out += R"(,"expression":[)";
    base::append_json_string(out, issue.what.path());
    out += ']';
  }
  out += '}';
}

}  // namespace

std::string operation_outcome(const std::vector<Issue>& issues, base::Language language) {
  std::string out = R"({"resourceType":"OperationOutcome","issue":[)";
  for (const auto& each : issues) {
    if (&each != &issues.front()) out += ',';
    append_issue(out, each, language);
  }
  if (issues.empty())
    out += R"({"severity":"information","code":"informational","diagnostics":")" +
           base::say(language, "fhir.valid") + R"("})";
  return out + "]}";
}

}  // namespace musubi::fhir
