#include "replies.h"

#include <boost/json.hpp>
#include <charconv>
#include <unordered_map>

#include "../handing_in.h"
#include "answers.h"
#include "musubi/base/json_text.h"
#include "musubi/fhir/r4_types.h"
#include "negotiation.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;
using fhirpath::Resource;
using fhirpath::ResourceNode;

const Resource* bundle_of(const fhir::Collection* collection) {
  if (collection == nullptr || collection->is_lines() || collection->documents().empty()) return nullptr;
  const auto& resource = collection->documents().front().resource;
  return resource.type_name() == "Bundle" ? &resource : nullptr;
}

std::string_view bundle_type(const Resource& bundle) {
  const auto* type = bundle.child(bundle.root(), "type");
  return type == nullptr ? std::string_view() : type->text;
}

object outcome(const std::vector<fhir::Issue>& issues, base::Language language) {
  return boost::json::parse(fhir::operation_outcome(issues, language)).as_object();
}

std::string json_of(std::string_view text) {
  std::string json;
  base::append_json_string(json, text);
  return json;
}

/// The outcome of what was taken, as JSON: that it was, and remarks.
std::string taken_outcome(const ledger::SubmissionInfo& info, const FhirVerdict& verdict,
                          base::Language language) {
  constexpr std::string_view kBegins = R"({"resourceType":"OperationOutcome","issue":[)";
  const auto* const code = info.repeated    ? "fhir.received_before"
                           : verdict.judged ? "fhir.received"
                                            : "fhir.received_to_be_judged";
  auto told = std::string(kBegins) +
              R"({"severity":"information","code":"informational","details":{"coding":[{"code":")" + code +
              R"("}]},"diagnostics":)" + json_of(base::say(language, code, {{"task", task_url(info.id)}})) +
              "}";
  if (verdict.issues.empty()) return told + "]}";
  return told + "," + fhir::operation_outcome(verdict.issues, language).substr(kBegins.size());
}

/// The entry of the Bundle that the issue stands in, as in "Bundle.entry[3]…"; empty: in none.
std::optional<std::size_t> entry_of(const fhir::Issue& issue) {
  constexpr std::string_view kEntry = "Bundle.entry[";
  const std::string_view path = issue.what.path();
  if (!path.starts_with(kEntry)) return std::nullopt;
  std::size_t number = 0;
  const auto [end, failure] = std::from_chars(path.data() + kEntry.size(), path.data() + path.size(), number);
  const bool closes = failure == std::errc() && end != path.data() + path.size() && *end == ']';
  return closes ? std::optional(number) : std::nullopt;
}

using IssuesByEntry = std::unordered_map<std::size_t, std::vector<fhir::Issue>>;

IssuesByEntry by_entry(const std::vector<fhir::Issue>& issues) {
  IssuesByEntry sorted;
  for (const auto& each : issues)
    if (const auto entry = entry_of(each)) sorted[*entry].push_back(each);
  return sorted;
}

object entry_response(const ledger::SubmissionInfo& info, const std::vector<fhir::Issue>* issues,
                      base::Language language) {
  object response{{"status", info.repeated ? "200 OK" : "202 Accepted"},
                  {"location", task_url(info.id).substr(std::string_view("/fhir/").size())},
                  {"lastModified", base::to_text(info.received)}};
  if (issues != nullptr) response["outcome"] = outcome(*issues, language);
  return {{"response", std::move(response)}};
}

object answered_bundle(const Resource& bundle, const ledger::SubmissionInfo& info, const FhirVerdict& verdict,
                       base::Language language) {
  array entries;
  const auto issues = by_entry(verdict.issues);
  for (const auto& child : bundle.children(bundle.root())) {
    if (child.name != "entry") continue;
    const auto its = issues.find(entries.size());
    entries.push_back(entry_response(info, its == issues.end() ? nullptr : &its->second, language));
  }
  object answer{{"resourceType", "Bundle"},
                {"type", std::string(bundle_type(bundle)) + "-response"},
                {"link", array{object{{"relation", "related"}, {"url", task_url(info.id)}}}}};
  if (!entries.empty()) answer["entry"] = std::move(entries);
  return answer;
}

std::string text_below(const Resource& resource, const ResourceNode& node, std::string_view name) {
  const auto* child = resource.child(node, name);
  return child == nullptr ? std::string() : std::string(child->text);
}

/// The event of the message that is answered, as a member of MessageHeader.
std::string event_of(const Resource& bundle, const ResourceNode& header) {
  if (const auto uri = text_below(bundle, header, "event"); !uri.empty())
    return R"("eventUri":)" + json_of(uri);
  object coding;
  if (const auto* event = bundle.child(header, "event"); event != nullptr)
    for (const auto* part : {"system", "code", "display"})
      if (const auto text = text_below(bundle, *event, part); !text.empty()) coding[part] = text;
  if (coding.empty()) coding = {{"system", "urn:musubi:event"}, {"code", "report"}};
  return R"("eventCoding":)" + boost::json::serialize(coding);
}

/// The same resource with an id.
std::string with_id(std::string outcome, std::string_view id) {
  constexpr std::string_view kBegins = R"({"resourceType":"OperationOutcome",)";
  return outcome.insert(kBegins.size(), R"("id":")" + std::string(id) + R"(",)");
}

/// http://hl7.org/fhir/R4/messageheader.html: the response names the message it answers.
std::string answered_message(const Resource& bundle, const ResourceNode& header,
                             const ledger::SubmissionInfo& info, const FhirVerdict& verdict,
                             base::Language language) {
  const bool refused = verdict.status != 0;
  const auto outcome =
      refused ? fhir::operation_outcome(verdict.issues, language) : taken_outcome(info, verdict, language);
  const auto id = text_below(bundle, header, "id");
  return R"({"resourceType":"Bundle","type":"message","timestamp":")" + base::to_text(info.received) +
         R"(","entry":[{"fullUrl":"urn:musubi:header","resource":{"resourceType":"MessageHeader",)" +
         event_of(bundle, header) +
         R"(,"source":{"name":"Musubi","endpoint":"urn:musubi:hub"},"response":{"identifier":)" +
         json_of(id.empty() ? info.digest.substr(0, 32) : id) +
         (refused ? R"(,"code":"fatal-error")" : R"(,"code":"ok")") +
         R"(,"details":{"reference":"urn:musubi:outcome"}}}},{"fullUrl":"urn:musubi:outcome","resource":)" +
         with_id(outcome, "outcome") + "}]}";
}

int value_of_hex(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  const char small = static_cast<char>(digit | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// As parameters of a URL are written: %7C, and + for a blank. Empty: it is not.
std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      plain += text[at] == '+' ? ' ' : text[at];
      continue;
    }
    if (at + 2 >= text.size()) return std::nullopt;
    const int high = value_of_hex(text[at + 1]), low = value_of_hex(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    plain += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return plain;
}

/// "system|value" of "identifier=…", "?identifier=…" or "Condition?identifier=…", where the type is that of
/// the URL if that names one. Empty: another condition.
std::optional<std::string> identifier_asked(std::string_view condition, const net::Request& request) {
  constexpr std::string_view kIdentifier = "identifier=";
  if (const auto mark = condition.find('?'); mark != condition.npos) {
    const auto type = condition.substr(0, mark);
    const auto named = request.captured.find("type");
    if (!type.empty() && fhir::r4_types().find(type) == fhirpath::kNoType) return std::nullopt;
    if (!type.empty() && named != request.captured.end() && named->second != type) return std::nullopt;
    condition.remove_prefix(mark + 1);
  }
  if (!condition.starts_with(kIdentifier) || condition.find('&') != condition.npos) return std::nullopt;
  auto identifier = decoded(condition.substr(kIdentifier.size()));
  const bool says_one = identifier && !identifier->empty() && !identifier->ends_with('|') &&
                        identifier->find(',') == identifier->npos;
  return says_one ? identifier : std::nullopt;
}

void say_where(net::Response& response, const ledger::SubmissionInfo& info, bool finished) {
  response.headers.set(finished ? "Location" : "Content-Location", task_url(info.id));
  response.headers.set("Link",
                       "</api/v1/submissions/" + std::to_string(info.id) + "/receipt>; rel=\"describedby\"");
}

net::Response plain_answer(const net::Request& request, const ledger::SubmissionInfo& info,
                           const fhir::Collection* collection, const FhirVerdict& verdict) {
  const auto wishes = preference(request);
  const auto format = answer_format_or_json(request);
  const unsigned status = !verdict.judged || wishes.asynchronous ? 202 : info.repeated ? 200 : 201;
  if (wishes.body == Return::minimal) {
    net::Response nothing;
    nothing.status = status;
    return nothing;
  }
  if (wishes.body == Return::representation && collection != nullptr && !collection->is_lines()) {
    auto written = fhir::write_resource(collection->documents().front().resource, format);
    if (written.has_value()) {
      net::Response response;
      response.status = status;
      response.content_type = format == fhir::Format::xml ? "application/fhir+xml; charset=utf-8"
                                                          : "application/fhir+json; charset=utf-8";
      response.body = std::move(*written);
      return response;
    }
  }
  return fhir_answer(status, taken_outcome(info, verdict, net::language_of(request.headers)), format);
}

}  // namespace

const ResourceNode* message_header_of(const fhir::Collection& collection) {
  const auto* bundle = bundle_of(&collection);
  if (bundle == nullptr || bundle_type(*bundle) != "message") return nullptr;
  const auto* first = bundle->child(bundle->root(), "entry");
  const auto* header = first == nullptr ? nullptr : bundle->child(*first, "resource");
  const bool is_header = header != nullptr && header->type != fhirpath::kNoType &&
                         fhir::r4_types().type(header->type).name == "MessageHeader";
  return is_header ? header : nullptr;
}

net::Response answer_of(const net::Request& request, const ledger::SubmissionInfo& info,
                        const fhir::Collection* collection, const FhirVerdict& verdict) {
  const auto language = net::language_of(request.headers);
  const auto format = answer_format_or_json(request);
  const auto* bundle = bundle_of(collection);
  const auto* header = collection == nullptr ? nullptr : message_header_of(*collection);
  const bool asynchronous = !verdict.judged || preference(request).asynchronous;
  net::Response response;
  if (header != nullptr && !asynchronous)
    response = fhir_answer(verdict.status == 0 ? 200 : verdict.status,
                           answered_message(*bundle, *header, info, verdict, language), format);
  else if (verdict.status != 0)
    response = outcome_answer(request, verdict.status, verdict.issues);
  else if (bundle != nullptr && !asynchronous &&
           (bundle_type(*bundle) == "transaction" || bundle_type(*bundle) == "batch"))
    response = fhir_answer(200, answered_bundle(*bundle, info, verdict, language), format);
  else
    response = plain_answer(request, info, collection, verdict);
  say_where(response, info, !asynchronous);
  return response;
}

/// JP Core: numbers of resources, which every facility gives out for itself.
constexpr std::string_view kOnlyWithinAFacility =
    "http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier";

base::Result<bool> condition(const net::Request& request, const Services& services) {
  const auto* asked = request.headers.find("If-None-Exist");
  if (asked == nullptr) return false;
  const auto wanted = identifier_asked(*asked, request);
  if (!wanted) return base::Error(base::ErrorKind::bad_input, "fhir.condition_not_supported");
  const std::string_view identifier = *wanted;
  const auto bar = identifier.find('|');
  const auto system = bar == identifier.npos ? std::string_view() : identifier.substr(0, bar);
  if (system == kOnlyWithinAFacility)
    return base::Error(base::ErrorKind::bad_input, "fhir.condition_not_unique");
  const bool is_own = system.empty() || system == "urn:musubi:case";  // such numbers stand by themselves
  const auto number = is_own && bar != identifier.npos ? identifier.substr(bar + 1) : identifier;
  return services.hub->books().case_number(source_of(request), number).has_value();
}

net::Response exists_already(const net::Request& request) {
  const auto language = net::language_of(request.headers);
  return fhir_answer(
      200,
      object{{"resourceType", "OperationOutcome"},
             {"issue", array{object{{"severity", "information"},
                                    {"code", "duplicate"},
                                    {"diagnostics", base::say(language, "fhir.exists_already")}}}}},
      answer_format_or_json(request));
}

}  // namespace musubi::console
