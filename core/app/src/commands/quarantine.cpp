#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <map>

#include "../command_line.h"
#include "../day_option.h"
#include "../json_out.h"
#include "../known_names.h"
#include "../reason_text.h"
#include "../terminal.h"
#include "musubi/base/shown_text.h"
#include "musubi/pipeline/review.h"

namespace musubi::app {
namespace {

using base::say;

struct QuarantineOptions {
  std::string source, reason, mapping, since, until;
  std::string why;
  std::vector<std::string> set;
  std::vector<std::int64_t> records;
  std::int64_t record = 0;
};

base::Result<ledger::HeldFilter> filter_of(const QuarantineOptions& options) {
  ledger::HeldFilter filter{.source = options.source, .reason = options.reason, .mapping = options.mapping};
  MUSUBI_ASSIGN(filter.since, day_of_option("--since", options.since));
  MUSUBI_ASSIGN(filter.until, day_of_option("--until", options.until));
  return filter;
}

/// "onset.date, patient.sex", without their values.
std::string fields_text(const ledger::Correction& correction) {
  return fmt::format("{}", fmt::join(pipeline::fields_named_in(correction.fields), ", "));
}

boost::json::object to_json(const ledger::QuarantinedRecord& each) {
  boost::json::object object{{"id", each.id},           {"submission", each.submission},
                             {"source", each.source},   {"day", each.day},
                             {"file", each.file},       {"part", each.part},
                             {"mapping", each.mapping}, {"state", each.state},
                             {"reason", each.reason},   {"row", each.row},
                             {"line", each.line},       {"byte", each.byte},
                             {"length", each.length}};
  if (!each.findings.empty()) object["findings"] = boost::json::parse(each.findings);
  boost::json::array history, corrections;
  for (const auto& one : each.history)
    history.push_back(boost::json::object{{"at", one.at},
                                          {"by", one.by},
                                          {"before", one.state_before},
                                          {"reason_before", one.reason_before},
                                          {"after", one.state_after}});
  for (const auto& one : each.corrections)
    corrections.push_back(boost::json::object{
        {"at", base::to_text(one.at)}, {"by", one.by}, {"why", one.why}, {"fields", fields_text(one)}});
  if (!history.empty()) object["history"] = std::move(history);
  if (!corrections.empty()) object["corrections"] = std::move(corrections);
  return object;
}

base::Status check_filters(Workshop& workshop, const ledger::Ledger& ledger,
                           const QuarantineOptions& options) {
  MUSUBI_TRY(check_source(workshop, ledger, options.source));
  return check_reason(workshop, ledger, options.reason);
}

base::Result<int> list_held(Workshop& workshop, const QuarantineOptions& options) {
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger_to_read());
  MUSUBI_ASSIGN(const auto filter, filter_of(options));
  MUSUBI_TRY(check_filters(workshop, *ledger, options));
  const auto language = workshop.options().language;
  boost::json::array list;
  std::vector<std::vector<std::string>> rows{
      {say(language, "app.quarantine.id"), say(language, "app.quarantine.file"),
       say(language, "app.quarantine.line"), say(language, "app.quarantine.state"),
       say(language, "app.quarantine.reason")}};
  const auto reasons = reason_sources(workshop);
  for (const auto& each : ledger->quarantine(filter)) {
    list.push_back(to_json(each));
    rows.push_back({std::to_string(each.id), each.file, std::to_string(each.line), each.state,
                    reason_text(reasons, each.reason, language) + " (" + each.reason + ")"});
  }
  if (workshop.options().json)
    print(list);
  else
    std::cout << (rows.size() == 1 ? say(language, "app.quarantine.empty") + "\n" : table(rows));
  return 0;
}

void print_finding(const boost::json::object& finding, const ReasonSources& reasons,
                   base::Language language) {
  const std::string code = finding.at("code").as_string().c_str();
  const auto* named = finding.if_contains("field");
  const std::string field = named == nullptr ? std::string() : named->as_string().c_str();
  std::cout << "  - " << finding_text(reasons, code, field, language) << " (" << code << ')';
  if (!field.empty()) std::cout << " [" << field << ']';
  if (const auto* column = finding.if_contains("column"))
    std::cout << " <- " << base::printable(column->as_string().c_str());
  std::cout << '\n';
}

/// What people did with it, in the order of time, without words: 2026-04-01T… reviewer:… in_review ->
/// deliver.
void print_history(const ledger::QuarantinedRecord& held) {
  std::multimap<std::string, std::string> lines;
  for (const auto& each : held.history)
    lines.emplace(each.at, each.by + "  " + each.state_before + " -> " + each.state_after);
  for (const auto& each : held.corrections)
    lines.emplace(base::to_text(each.at), each.by + "  " + fields_text(each) + ": " + each.why);
  for (const auto& [at, what] : lines) std::cout << "  " << at << "  " << base::printable(what) << '\n';
}

base::Error no_such(std::int64_t record) {
  return base::Error(base::ErrorKind::not_found, "app.quarantine.no_record",
                     {{"id", std::to_string(record)}});
}

base::Result<int> show_held(Workshop& workshop, const QuarantineOptions& options) {
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger_to_read());
  const auto held = ledger->quarantined(options.record);
  if (!held) return no_such(options.record);
  if (workshop.options().json) {
    print(to_json(*held));
    return 0;
  }
  const auto reasons = reason_sources(workshop);
  const auto language = workshop.options().language;
  std::cout << say(language, "app.quarantine.record",
                   {{"id", std::to_string(held->id)},
                    {"file", held->file},
                    {"part", held->part},
                    {"row", std::to_string(held->row)},
                    {"line", std::to_string(held->line)},
                    {"byte", std::to_string(held->byte)},
                    {"end", std::to_string(held->byte + held->length)},
                    {"state", held->state},
                    {"reason", reason_text(reasons, held->reason, language)},
                    {"code", held->reason}})
            << '\n';
  if (!held->findings.empty()) {
    const auto findings = boost::json::parse(held->findings);
    for (const auto& finding : findings.as_array()) print_finding(finding.as_object(), reasons, language);
  }
  print_history(*held);
  return 0;
}

base::Result<std::vector<ledger::QuarantinedRecord>> chosen(const ledger::Ledger& ledger,
                                                            const QuarantineOptions& options) {
  MUSUBI_ASSIGN(const auto filter, filter_of(options));
  auto held = ledger.quarantine(filter);
  if (options.records.empty()) return held;
  std::vector<ledger::QuarantinedRecord> some;
  for (const auto id : options.records) {
    const auto found = std::ranges::find(held, id, &ledger::QuarantinedRecord::id);
    if (found == held.end()) return no_such(id);
    some.push_back(*found);
  }
  return some;
}

base::Result<int> replay_held(Workshop& workshop, const QuarantineOptions& options) {
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger());
  MUSUBI_TRY(check_filters(workshop, *ledger, options));
  MUSUBI_ASSIGN(const auto held, chosen(*ledger, options));
  MUSUBI_ASSIGN(auto road, workshop.road());
  MUSUBI_TRY(road.resume([](const auto&) {}));
  MUSUBI_ASSIGN(const auto report, road.replay(held));
  const auto language = workshop.options().language;
  if (workshop.options().json) {
    print(boost::json::object{
        {"tried", report.tried}, {"delivered", report.delivered}, {"still_held", report.still_held}});
  } else {
    std::cout << say(language, "app.quarantine.replayed",
                     {{"tried", with_separators(report.tried)},
                      {"delivered", with_separators(report.delivered)},
                      {"still_held", with_separators(report.still_held)}})
              << '\n';
  }
  return report.still_held == 0 ? 0 : 1;
}

/// Who decides at the command line: there is no token, but a user of this machine.
constexpr std::string_view kBy = "command line";

base::Result<ledger::QuarantinedRecord> to_decide_about(Workshop& workshop, const QuarantineOptions& options,
                                                        const ledger::Ledger& ledger) {
  MUSUBI_ASSIGN(const auto settings, workshop.settings());
  if (settings->serve.two_people) return base::Error(base::ErrorKind::refused, "app.quarantine.two_people");
  const auto held = ledger.quarantined(options.record);
  if (!held) return no_such(options.record);
  return *held;
}

/// FIELD=VALUE and FIELD.absent=REASON as the fields of a correction.
base::Result<std::string> fields_of(const std::vector<std::string>& set) {
  constexpr std::string_view kAbsent = ".absent";
  boost::json::object fields;
  for (const auto& each : set) {
    const auto equals = each.find('=');
    if (equals == each.npos || equals == 0)
      return base::Error(base::ErrorKind::usage, "app.quarantine.set_form");
    const std::string field = each.substr(0, equals), value = each.substr(equals + 1);
    if (field.ends_with(kAbsent))
      fields[field.substr(0, field.size() - kAbsent.size())] = boost::json::object{{"absent", value}};
    else
      fields[field] = value;
  }
  return boost::json::serialize(fields);
}

base::Result<int> correct_held(Workshop& workshop, const QuarantineOptions& options) {
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger());
  MUSUBI_ASSIGN(const auto held, to_decide_about(workshop, options, *ledger));
  MUSUBI_ASSIGN(const auto given, fields_of(options.set));
  MUSUBI_ASSIGN(auto road, workshop.road());
  MUSUBI_TRY(road.resume([](const auto&) {}));
  MUSUBI_ASSIGN(const auto fields, road.read_correction(held, given));
  MUSUBI_ASSIGN(const auto report, road.correct(held, {held.id, held.row, fields, std::string(kBy),
                                                       options.why, workshop.clock().now()}));
  const auto* said = report.still_held == 0 ? "app.quarantine.corrected" : "app.quarantine.still_held";
  std::cout << say(workshop.options().language, said, {{"id", std::to_string(held.id)}}) << '\n';
  if (report.still_held == 0) return 0;
  MUSUBI_TRY(show_held(workshop, options));
  return 1;
}

base::Result<int> reject_held(Workshop& workshop, const QuarantineOptions& options) {
  MUSUBI_ASSIGN(auto* ledger, workshop.ledger());
  MUSUBI_ASSIGN(const auto held, to_decide_about(workshop, options, *ledger));
  MUSUBI_TRY(pipeline::send_back(*ledger, held, std::string(kBy) + ": " + options.why));
  std::cout << say(workshop.options().language, "app.quarantine.rejected", {{"id", std::to_string(held.id)}})
            << '\n';
  return 0;
}

void add_filters(CLI::App& command, QuarantineOptions& options, base::Language language) {
  command.add_option("--source", options.source, say(language, "app.quarantine.option.source"));
  command.add_option("--reason", options.reason, say(language, "app.quarantine.option.reason"));
  command.add_option("--mapping", options.mapping, say(language, "app.quarantine.option.mapping"));
  command.add_option("--since", options.since, say(language, "app.quarantine.option.since"));
  command.add_option("--until", options.until, say(language, "app.quarantine.option.until"));
}

}  // namespace

void add_quarantine(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<QuarantineOptions>();
  auto* command = app.add_subcommand("quarantine", say(language, "app.quarantine.help"));
  command->require_subcommand(1);
  const auto set = [options, &action](auto run) {
    return [options, &action, run] {
      action = [options, run](Workshop& workshop) { return run(workshop, *options); };
    };
  };
  auto* list = command->add_subcommand("list", say(language, "app.quarantine.list.help"));
  add_filters(*list, *options, language);
  list->footer("  musubi quarantine list --source tokyo");
  list->callback(set(list_held));
  auto* show = command->add_subcommand("show", say(language, "app.quarantine.show.help"));
  show->add_option("id", options->record, say(language, "app.quarantine.option.id"))->required();
  show->footer("  musubi quarantine show 3");
  show->callback(set(show_held));
  auto* replay = command->add_subcommand("replay", say(language, "app.quarantine.replay.help"));
  add_filters(*replay, *options, language);
  replay->add_option("ids", options->records, say(language, "app.quarantine.option.id"));
  replay->footer(
      "  musubi quarantine replay 3 4\n  musubi quarantine replay --reason mapping.value_not_understood");
  replay->callback(set(replay_held));
  const auto about_one = [&](CLI::App& one) {
    one.add_option("id", options->record, say(language, "app.quarantine.option.id"))->required();
    one.add_option("--why", options->why, say(language, "app.quarantine.option.why"))->required();
  };
  auto* correct = command->add_subcommand("correct", say(language, "app.quarantine.correct.help"));
  about_one(*correct);
  correct->add_option("--set", options->set, say(language, "app.quarantine.option.set"))->required();
  correct->footer("  musubi quarantine correct 3 --set onset.date=2020-04-01 --why 'asked by telephone'");
  correct->callback(set(correct_held));
  auto* reject = command->add_subcommand("reject", say(language, "app.quarantine.reject.help"));
  about_one(*reject);
  reject->footer("  musubi quarantine reject 3 --why 'a test of the form'");
  reject->callback(set(reject_held));
  command->footer(
      "  musubi quarantine list --source tokyo\n  musubi quarantine replay --reason "
      "mapping.value_not_understood\n  musubi quarantine replay --mapping tokyo/positive-cases --since "
      "2020-04-01");
}

}  // namespace musubi::app
