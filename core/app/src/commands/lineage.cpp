#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "musubi/pipeline/field_lineage.h"

namespace musubi::app {
namespace {

using base::say;

struct LineageOptions {
  std::string record;
};

/// "12#patient.sex" or "tokyo:3190#patient.sex"; the field may be left out.
struct Address {
  std::string record, field;
};

Address split(const std::string& text) {
  const auto hash = text.rfind('#');
  if (hash == text.npos) return {text, {}};
  return {text.substr(0, hash), text.substr(hash + 1)};
}

std::optional<std::int64_t> record_number(const ledger::Ledger& ledger, const std::string& text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed == std::errc{} && end == text.data() + text.size()) return number;
  const auto colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  return ledger.case_number(text.substr(0, colon), text.substr(colon + 1));
}

base::Result<ledger::Lineage> lineage_of(const ledger::Ledger& ledger, const std::string& record) {
  const auto number = record_number(ledger, record);
  auto lineage = number ? ledger.lineage(*number) : std::nullopt;
  if (lineage) return std::move(*lineage);
  return base::Error(base::ErrorKind::not_found, "app.lineage.no_record");
}

boost::json::object to_json(const pipeline::FieldLineage& lineage) {
  boost::json::array recipients;
  for (const auto& each : lineage.recipients) {
    recipients.push_back(boost::json::object{{"recipient", each.recipient},
                                             {"route", each.route},
                                             {"treatment", each.treatment},
                                             {"policy_rule", each.rule},
                                             {"receipt", each.receipt},
                                             {"at", each.at}});
  }
  boost::json::object json{{"field", lineage.field},
                           {"version", lineage.version},
                           {"mapping", lineage.mapping},
                           {"mapping_version", lineage.mapping_version},
                           {"mapping_sha256", lineage.mapping_digest},
                           {"rule", lineage.rule.rule},
                           {"rule_line", lineage.rule.line},
                           {"from", lineage.rule.from},
                           {"file", lineage.file},
                           {"part", lineage.part},
                           {"sha256", lineage.digest},
                           {"row", lineage.row},
                           {"line", lineage.line},
                           {"byte", lineage.byte},
                           {"length", lineage.length},
                           {"recipients", std::move(recipients)}};
  if (lineage.corrected)
    json["corrected"] = boost::json::object{{"by", lineage.corrected->by},
                                            {"why", lineage.corrected->why},
                                            {"at", base::to_text(lineage.corrected->at)}};
  return json;
}

void print_field(const pipeline::FieldLineage& lineage, base::Language language) {
  const auto part = lineage.part.empty() ? std::string() : " / " + lineage.part;
  std::cout << lineage.field << '\n'
            << say(language, lineage.rule.from.empty() ? "app.lineage.constant" : "app.lineage.mapping",
                   {{"mapping", lineage.mapping},
                    {"version", lineage.mapping_version},
                    {"line", std::to_string(lineage.rule.line)},
                    {"rule", lineage.rule.rule},
                    {"from", lineage.rule.from}})
            << '\n'
            << say(language, "app.lineage.bytes",
                   {{"file", lineage.file + part},
                    {"row", std::to_string(lineage.row)},
                    {"line", std::to_string(lineage.line)},
                    {"byte", std::to_string(lineage.byte)},
                    {"end", std::to_string(lineage.byte + lineage.length)},
                    {"digest", lineage.digest}})
            << '\n';
  if (lineage.corrected)
    std::cout << say(language, "app.lineage.corrected",
                     {{"by", lineage.corrected->by},
                      {"why", lineage.corrected->why},
                      {"at", base::to_text(lineage.corrected->at)}})
              << '\n';
  for (const auto& each : lineage.recipients) {
    std::cout << say(language, each.receipt.empty() ? "app.lineage.in_flight" : "app.lineage.recipient",
                     {{"recipient", each.recipient},
                      {"treatment", say(language, "app.treatment." + each.treatment)},
                      {"rule", each.rule},
                      {"route", each.route},
                      {"at", each.at},
                      {"receipt", each.receipt}})
              << '\n';
  }
}

boost::json::object to_json(const ledger::Lineage& record) {
  boost::json::array versions;
  for (const auto& each : record.versions) {
    boost::json::array deliveries;
    for (const auto& delivery : each.deliveries) {
      deliveries.push_back(boost::json::object{{"recipient", delivery.recipient},
                                               {"route", delivery.route},
                                               {"receipt", delivery.receipt},
                                               {"at", delivery.at}});
    }
    versions.push_back(boost::json::object{{"version", each.version},
                                           {"submission", each.submission},
                                           {"file", each.file},
                                           {"part", each.part_name},
                                           {"mapping", each.pin.mapping},
                                           {"mapping_version", each.pin.mapping_version},
                                           {"mapping_sha256", each.pin.mapping_digest},
                                           {"replayed", each.replayed},
                                           {"as_of", day_text(each.as_of)},
                                           {"row", each.row},
                                           {"line", each.line},
                                           {"byte", each.byte},
                                           {"length", each.length},
                                           {"deliveries", std::move(deliveries)}});
  }
  return {{"record", record.case_number}, {"source", record.source}, {"versions", std::move(versions)}};
}

void print_record(const ledger::Lineage& record, base::Language language) {
  for (const auto& each : record.versions) {
    std::cout << say(language, "app.lineage.version",
                     {{"version", std::to_string(each.version)},
                      {"file", each.file},
                      {"row", std::to_string(each.row)},
                      {"line", std::to_string(each.line)},
                      {"byte", std::to_string(each.byte)},
                      {"end", std::to_string(each.byte + each.length)},
                      {"mapping", each.pin.mapping},
                      {"mapping_version", each.pin.mapping_version},
                      {"as_of", day_text(each.as_of)}})
              << '\n';
    for (const auto& delivery : each.deliveries) {
      std::cout << "    -> " << delivery.recipient << " (" << delivery.route << ") " << delivery.at << ' '
                << delivery.receipt << '\n';
    }
  }
}

base::Result<int> run_lineage(Workshop& workshop, const LineageOptions& options) {
  const auto address = split(options.record);
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger_to_read());
  MUSUBI_ASSIGN(const auto record, lineage_of(*ledger, address.record));
  const auto language = workshop.options().language;
  if (address.field.empty()) {
    if (workshop.options().json)
      app::print(to_json(record));
    else
      print_record(record, language);
    return 0;
  }
  MUSUBI_ASSIGN(const auto equipment, workshop.equipment(false));
  MUSUBI_ASSIGN(const auto lineage, pipeline::field_lineage(equipment, record, address.field));
  if (workshop.options().json)
    app::print(to_json(lineage));
  else
    print_field(lineage, language);
  return 0;
}

}  // namespace

void add_lineage(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<LineageOptions>();
  auto* command = app.add_subcommand("lineage", say(language, "app.lineage.help"));
  command->add_option("record", options->record, say(language, "app.lineage.option.record"))->required();
  command->footer("  musubi lineage 12#patient.age_band\n  musubi lineage tokyo:3190#patient.age_band");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_lineage(workshop, *options); };
  });
}

}  // namespace musubi::app
