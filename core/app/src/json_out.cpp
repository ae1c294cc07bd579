#include "json_out.h"

#include <boost/json.hpp>
#include <iostream>

#include "musubi/base/partial_date.h"
#include "musubi/base/shown_text.h"

namespace musubi::app {
namespace {

namespace json = boost::json;

json::object to_json(const base::Place& place) {
  json::object object;
  if (!place.file.empty()) object["file"] = place.file;
  if (place.line != 0) object["line"] = place.line;
  if (place.column != 0) object["column"] = place.column;
  if (place.length != 0) object["length"] = place.length;
  if (place.byte != base::Place::kNone) object["byte"] = place.byte;
  if (!place.field.empty()) object["field"] = place.field;
  return object;
}

json::array strings(const std::vector<std::string>& texts) {
  json::array array;
  for (const auto& text : texts) array.emplace_back(text);
  return array;
}

json::object to_json(const mapping::Drift& drift) {
  json::array renamed;
  for (const auto& [declared, found] : drift.renamed)
    renamed.push_back(json::object{{"declared", declared}, {"found", found}});
  return {{"missing", strings(drift.missing)}, {"unknown", strings(drift.unknown)}, {"renamed", renamed}};
}

json::object to_json(const pipeline::PartReport& part, base::Language language) {
  json::object reasons;
  for (const auto& [code, count] : part.reasons) reasons[code] = count;
  json::object skipped;
  for (const auto& [reason, count] : part.skipped) skipped[reason] = count;
  json::object object{{"part", part.name},
                      {"mapping", part.mapping},
                      {"version", part.mapping_version},
                      {"as_of", day_text(part.as_of)},
                      {"read_before", part.read_before},
                      {"received", part.rows},
                      {"delivered", part.delivered},
                      {"unchanged", part.unchanged},
                      {"late", part.late},
                      {"in_review", part.in_review},
                      {"rejected", part.rejected},
                      {"reasons", std::move(reasons)},
                      {"skipped", std::move(skipped)},
                      {"drift", to_json(part.drift)}};
  if (!part.ignored_because.empty()) object["ignored_because"] = part.ignored_because;
  if (part.ended_by) object["ended_by"] = app::to_json(*part.ended_by, language);
  return object;
}

}  // namespace

std::string day_text(std::int32_t day) {
  return base::to_text(base::partial_date(std::chrono::sys_days(std::chrono::days(day))));
}

json::object to_json(const base::Error& error, base::Language language) {
  json::object object{{"code", error.code()},
                      {"message", base::describe(language, error)},
                      {"place", to_json(error.place())}};
  if (error.cause() != nullptr) object["cause"] = to_json(*error.cause(), language);
  return object;
}

json::object to_json(const ledger::Balance& balance) {
  return {{"received", balance.received},       {"delivered", balance.delivered},
          {"in_review", balance.in_review},     {"rejected", balance.rejected},
          {"dead_letter", balance.dead_letter}, {"in_flight", balance.in_flight}};
}

json::object to_json(const pipeline::SubmissionReport& report, base::Language language) {
  json::array parts;
  for (const auto& part : report.parts) parts.push_back(to_json(part, language));
  return {{"submission", report.submission}, {"source", report.source},     {"file", report.file},
          {"sha256", report.digest},         {"repeated", report.repeated}, {"parts", std::move(parts)}};
}

void print(const json::value& value) { std::cout << base::as_utf8(json::serialize(value)) << '\n'; }

}  // namespace musubi::app
