// $validate (hl7.org/fhir/R4/resource-operation-validate.html).
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "../api.h"
#include "answers.h"
#include "judging.h"
#include "musubi/base/nearest.h"
#include "musubi/fhir/packages.h"
#include "reception.h"

namespace musubi::console {
namespace {

using base::Error;
using base::ErrorKind;
using fhir::Collection;
using fhirpath::Resource;
using fhirpath::ResourceNode;

/// What the client wants to know, beside the resource itself.
struct Asked {
  std::vector<std::string> profiles{};
  std::string mode{};
};

std::string_view text_below(const Resource& resource, const ResourceNode& node, std::string_view name) {
  const auto* child = resource.child(node, name);
  return child == nullptr ? std::string_view() : child->text;
}

/// Adds what the Parameters ask. The resource in them; nullptr: there is none.
base::Result<const ResourceNode*> read_parameters(const Resource& parameters, Asked& asked) {
  const ResourceNode* inner = nullptr;
  for (const auto& each : parameters.children(parameters.root())) {
    if (each.name != "parameter") continue;
    const auto name = text_below(parameters, each, "name");
    const auto value = text_below(parameters, each, "value");
    if (name == "resource")
      inner = parameters.child(each, "resource");
    else if (name == "profile")
      asked.profiles.emplace_back(value);
    else if (name == "mode")
      asked.mode = value;
    else
      return Error(ErrorKind::bad_input, "fhir.validate_parameter_unknown").on_path("Parameters.parameter");
  }
  return inner;
}

/// As much room as `text` takes, so that what follows keeps its lines and columns.
std::string blank(std::string_view text) {
  std::string room;
  for (const char each : text) {
    const bool begins_character = (static_cast<unsigned char>(each) & 0xC0U) != 0x80U;
    if (begins_character) room += each == '\n' ? '\n' : ' ';
  }
  return room;
}

/// The declarations of namespaces with a prefix: `xmlns:f="http://hl7.org/fhir"`, by `xmlns:f`.
std::map<std::string_view, std::string_view> prefixes_in(std::string_view text) {
  constexpr std::string_view kDeclares = "xmlns:";
  std::map<std::string_view, std::string_view> found;
  for (auto at = text.find(kDeclares); at != text.npos; at = text.find(kDeclares, at + 1)) {
    const auto quote = text.find_first_of("\"'", at);
    const auto end = quote == text.npos ? quote : text.find(text[quote], quote + 1);
    if (end == text.npos) break;
    const auto name = text.substr(at, text.find_first_of("= \t\r\n", at) - at);
    found[name] = text.substr(at, end + 1 - at);
  }
  return found;
}

/// What stands around it gave it its namespaces.
std::string with_namespaces(std::string element, std::string_view before) {
  const auto end_of_name = element.find_first_of(" \t\r\n/>");
  if (end_of_name == element.npos) return element;
  const auto tag = element.substr(end_of_name, element.find('>') - end_of_name);
  const auto own = prefixes_in(tag);
  std::string declared;
  if (tag.find("xmlns=") == tag.npos) declared = R"( xmlns="http://hl7.org/fhir")";
  for (const auto& [name, declaration] : prefixes_in(before))
    if (!own.contains(name)) declared.append(" ").append(declaration);
  return element.insert(end_of_name, declared);
}

/// A resource by itself, in its place.
base::Result<std::shared_ptr<const Collection>> taken_out(const Collection& collection,
                                                          const ResourceNode& node) {
  const auto& document = collection.documents().front();
  const auto written = collection.text_of(document, node);
  const auto before = collection.text_of(document).substr(0, node.source_byte);
  const bool is_xml = document.resource.format() == fhirpath::DocumentFormat::xml;
  return Collection::of_text(
      blank(before) + (is_xml ? with_namespaces(std::string(written), before) : std::string(written)), "",
      document::Limits());
}

/// What was loaded, as an operator knows it.
std::string names_of(const fhir::Packages& packages) {
  std::string names = "FHIR R4";
  for (const auto& each : packages.packages()) names += ", " + each.name + " " + each.version;
  return names;
}

Error not_loaded(const std::string& profile, const fhir::Packages& packages) {
  constexpr std::size_t kMostShown = 200;
  std::vector<std::string_view> known;
  for (const auto* each : packages.structures()) known.emplace_back(each->url);
  const auto shown = profile.substr(0, kMostShown);
  const auto near = base::nearest(shown, known);
  const auto* const code = near.empty() ? "fhir.profile_not_loaded" : "fhir.profile_not_loaded_near";
  return Error(ErrorKind::bad_input, code,
               {{"profile", shown}, {"loaded", names_of(packages)}, {"suggestion", near}});
}

base::Status check_profiles(const Asked& asked, const FhirSource& source) {
  for (const auto& each : asked.profiles)
    if (!source.validator->knows_profile(each)) return not_loaded(each, *source.packages);
  if (asked.mode == "profile" && asked.profiles.empty())
    return Error(ErrorKind::bad_input, "fhir.validate_profile_missing");
  return {};
}

base::Status check_mode(std::string_view mode) {
  constexpr std::array<std::string_view, 5> kModes{"", "create", "update", "delete", "profile"};
  if (std::ranges::find(kModes, mode) != kModes.end()) return {};
  return Error(ErrorKind::bad_input, "fhir.validate_mode_unknown");
}

/// Whether what the client is about to do can be done here at all.
std::vector<fhir::Issue> judge_deed(std::string_view mode) {
  if (mode != "update" && mode != "delete") return {};
  return {{fhir::Severity::error, fhir::IssueType::not_supported,
           Error(ErrorKind::bad_input, mode == "update" ? "fhir.no_update" : "fhir.no_delete")}};
}

class Validation {
 public:
  Validation(const net::Request& request, const Services& services)
      : request_(request), services_(services), source_(judged_as(request, services)) {
    asked_.mode = query(request, "mode").value_or("");
    const auto [first, last] = request.query.equal_range("profile");
    for (auto each = first; each != last; ++each) asked_.profiles.push_back(each->second);
  }

  net::Response answer() {
    if (asked_.mode == "delete") return outcome_answer(request_, 200, judge_deed(asked_.mode));
    auto brought = bring(request_, services_);
    if (brought.refusal) return std::move(*brought.refusal);
    auto subject = subject_of(std::move(brought.collection));
    if (subject.has_error()) return outcome_answer(request_, 400, unreadable(subject.error()));
    if (const auto fine = check_mode(asked_.mode); fine.has_error())
      return fhir_error(request_, fine.error());
    auto issues = judge_deed(asked_.mode);
    if (asked_.mode == "delete") return outcome_answer(request_, 200, issues);
    if (!*subject) return fhir_error(request_, Error(ErrorKind::bad_input, "fhir.validate_resource_missing"));
    if (const auto fits = check_named_type(**subject, request_); fits.has_error())
      return fhir_error(request_, fits.error());
    if (const auto known = check_profiles(asked_, source_); known.has_error())
      return outcome_answer(request_, 422,
                            {{fhir::Severity::error, fhir::IssueType::not_found, known.error()}});
    std::ranges::move(judge(**subject, *source_.validator, asked_.profiles), std::back_inserter(issues));
    return outcome_answer(request_, 200, issues);
  }

 private:
  /// What is to be judged: the whole, or what Parameters bring; nullptr: these bring none.
  base::Result<std::shared_ptr<const Collection>> subject_of(std::shared_ptr<const Collection> whole) {
    const bool asks = type_of(*whole) == "Parameters" && !whole->is_lines();
    if (!asks) return whole;
    MUSUBI_ASSIGN(const auto* inner, read_parameters(whole->documents().front().resource, asked_));
    if (inner == nullptr) return std::shared_ptr<const Collection>();
    return taken_out(*whole, *inner);
  }

  const net::Request& request_;
  const Services& services_;
  const FhirSource source_;
  Asked asked_;
};

}  // namespace

net::Response validate_fhir(const net::Request& request, const Services& services) {
  return Validation(request, services).answer();
}

}  // namespace musubi::console
