#include "musubi/fhir/validation.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "coding_check.h"
#include "extension_check.h"
#include "invariant_check.h"
#include "musubi/base/json_text.h"
#include "musubi/fhir/packages.h"
#include "musubi/fhir/r4_types.h"
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

namespace {

std::string rules_with(const Packages& packages) {
  if (packages.empty()) return "R4";
  return packages.fingerprint().empty() ? std::string() : "R4 " + packages.fingerprint();
}

}  // namespace

struct Validator::Rules {
  explicit Rules(std::shared_ptr<const Packages> packages)
      : name(rules_with(*packages)), profiles(std::move(packages)) {}

  std::string name;
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

const std::string& Validator::rules() const noexcept { return rules_->name; }

bool Validator::knows_profile(std::string_view canonical) const noexcept {
  constexpr std::string_view kStandard = "http://hl7.org/fhir/StructureDefinition/";
  const auto url = read_canonical(canonical).url;
  const bool is_type =
      url.starts_with(kStandard) && r4_types().find(url.substr(kStandard.size())) != fhirpath::kNoType;
  return is_type || rules_->profiles.definition(canonical) != nullptr;
}

bool has_error(const std::vector<Issue>& issues) noexcept {
  return std::ranges::any_of(issues, [](const Issue& each) { return each.severity <= Severity::error; });
}

namespace {

/// What is said in the same words of several places, once: places may be long lists, and nobody reads them.
struct Said {
  const Issue* issue = nullptr;
  std::vector<const Issue*> elsewhere{};
};
constexpr std::size_t kMostPlaces = 20;

/// The same for issues that differ only in where they are.
std::string wording(const Issue& issue) {
  std::string key = std::string(name_of(issue.severity)) + issue.what.code();
  for (const auto& [name, value] : issue.what.arguments())
    if (name != "path") key.append(1, '\0').append(name).append(1, '\0').append(value);
  return key;
}

/// In the order of the first of each. Errors stay by themselves: each is to be mended in its own place.
std::vector<Said> without_repetition(const std::vector<Issue>& issues) {
  std::vector<Said> said;
  std::unordered_map<std::string, std::size_t> known;
  for (const auto& each : issues) {
    const bool is_remark = each.severity >= Severity::warning && !each.what.path().empty();
    const auto found = is_remark ? known.emplace(wording(each), said.size()) : std::pair(known.end(), true);
    if (found.second)
      said.push_back({&each});
    else
      said[found.first->second].elsewhere.push_back(&each);
  }
  return said;
}

/// Rules of invariants end without a full stop.
std::string as_sentence(std::string text, base::Language language) {
  constexpr std::string_view kEnds[] = {".", "!", "?", "。", "！", "？"};
  const auto ends = [&](std::string_view end) { return text.ends_with(end); };
  if (std::ranges::none_of(kEnds, ends)) text += language == base::Language::japanese ? "。" : ".";
  return text;
}

std::string diagnostics_of(const Said& said, base::Language language) {
  auto text = base::sentence(language, said.issue->what);
  if (!said.elsewhere.empty())
    text = as_sentence(std::move(text), language) + " " +
           base::say(language, "fhir.same_elsewhere", {{"count", std::to_string(said.elsewhere.size())}});
  if (const auto remedy = base::remedy(language, said.issue->what); !remedy.empty()) text += " " + remedy;
  return text;
}

/// `,"name":[…]` of what `text_of` says of the first places; nothing where it says nothing.
template <class TextOf>
void append_places(std::string& out, std::string_view name, const Said& said, const TextOf& text_of) {
  if (text_of(*said.issue).empty()) return;
  ((out += ",\"") += name) += "\":[";
  base::append_json_string(out, text_of(*said.issue));
  for (std::size_t index = 0; index < std::min(kMostPlaces, said.elsewhere.size()); ++index) {
    const auto text = text_of(*said.elsewhere[index]);
    if (text.empty()) continue;
    out += ',';
    base::append_json_string(out, text);
  }
  out += ']';
}

std::string location_of(const Issue& issue) {
  const auto& place = issue.what.place();
  if (place.line == 0) return {};
  auto text = "line " + std::to_string(place.line);
  if (place.column != 0) text += ", column " + std::to_string(place.column);
  return text;
}

void append_issue(std::string& out, const Said& said, base::Language language) {
  const auto& issue = *said.issue;
  ((out += R"({"severity":")") += name_of(issue.severity)) += R"(","code":")";
  (out += name_of(issue.type)) += R"(","details":{"coding":[{"code":)";
  base::append_json_string(out, issue.what.code());
  out += R"(}]},"diagnostics":)";
  base::append_json_string(out, diagnostics_of(said, language));
  append_places(out, "location", said, location_of);
  append_places(out, "expression", said, [](const Issue& each) { return each.what.path(); });
  out += '}';
}

}  // namespace

std::string operation_outcome(const std::vector<Issue>& issues, base::Language language) {
  std::string out = R"({"resourceType":"OperationOutcome","issue":[)";
  for (const auto& each : without_repetition(issues)) {
    if (out.back() != '[') out += ',';
    append_issue(out, each, language);
  }
  if (issues.empty())
    out += R"({"severity":"information","code":"informational","diagnostics":")" +
           base::say(language, "fhir.valid") + R"("})";
  return out + "]}";
}

}  // namespace musubi::fhir
