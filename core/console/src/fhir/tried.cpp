// The answer of $try.
#include <boost/json.hpp>
#include <map>
#include <set>

#include "answers.h"
#include "musubi/net/answers.h"
#include "negotiation.h"
#include "replies.h"
#include "task_records.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;

object text_parameter(std::string_view name, std::string_view text) {
  return {{"name", name}, {"valueString", text}};
}

/// A value as a person reads it: a text without its quotation marks.
std::string shown(const boost::json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
}

/// Of elements, by where they begin.
using ElementPaths = std::map<std::uint64_t, std::string>;

ElementPaths elements_of(const std::vector<pipeline::TriedPart>& parts, const fhir::Collection& collection) {
  std::set<std::uint64_t> bytes;
  for (const auto& part : parts)
    for (const auto& record : part.records)
      for (const auto& finding : record.findings) bytes.insert(finding.byte);
  return bytes.empty() ? ElementPaths() : collection.paths_at(bytes);
}

object finding_of(const pipeline::TriedRecord::Finding& finding, const ElementPaths& elements,
                  const Services& services, base::Language language) {
  object issue{{"severity", model::name_of(finding.severity)},
               {"code", "business-rule"},
               {"details", coded(finding.code)},
               {"diagnostics", told(finding.code, finding.field, services, language)}};
  if (const auto path = elements.find(finding.byte); path != elements.end())
    issue["expression"] = array{boost::json::string(path->second)};
  return issue;
}

object record_of(const pipeline::TriedPart& part, const pipeline::TriedRecord& record,
                 const ElementPaths& elements, const Services& services, base::Language language) {
  array fields, issues;
  const auto known = boost::json::parse(record.fields);
  for (const auto& [field, value] : known.as_object()) fields.push_back(text_parameter(field, shown(value)));
  for (const auto& each : record.findings) issues.push_back(finding_of(each, elements, services, language));
  array parts{text_parameter("mapping", part.mapping + "@" + part.mapping_version),
              object{{"name", "line"}, {"valueUnsignedInt", record.line}}};
  if (!fields.empty()) parts.push_back(object{{"name", "fields"}, {"part", std::move(fields)}});
  if (!issues.empty())
    parts.push_back(
        object{{"name", "findings"},
               {"resource", object{{"resourceType", "OperationOutcome"}, {"issue", std::move(issues)}}}});
  return {{"name", "record"}, {"part", std::move(parts)}};
}

void add_counts(array& parameters, const std::map<std::string, std::uint64_t>& counts,
                std::string_view name) {
  for (const auto& [reason, rows] : counts)
    parameters.push_back(object{{"name", name},
                                {"part", array{text_parameter("reason", reason),
                                               object{{"name", "rows"}, {"valueUnsignedInt", rows}}}}});
}

}  // namespace

net::Response tried_answer(const net::Request& request, const Services& services,
                           const fhir::Collection& collection, const std::vector<fhir::Issue>& issues,
                           const std::vector<pipeline::TriedPart>& parts) {
  const auto language = net::language_of(request.headers);
  array parameters{object{{"name", "outcome"},
                          {"resource", boost::json::parse(fhir::operation_outcome(issues, language))}}};
  const auto elements = elements_of(parts, collection);
  for (const auto& part : parts) {
    for (const auto& each : part.records)
      parameters.push_back(record_of(part, each, elements, services, language));
    if (part.cut_short) parameters.push_back(object{{"name", "cutShort"}, {"valueBoolean", true}});
    add_counts(parameters, part.skipped, "skipped");
    add_counts(parameters, part.faults, "unreadable");
  }
  return fhir_answer(200, object{{"resourceType", "Parameters"}, {"parameter", std::move(parameters)}},
                     answer_format_or_json(request));
}

}  // namespace musubi::console
