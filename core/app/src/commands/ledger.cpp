#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "../command_line.h"
#include "../day_option.h"
#include "../json_out.h"
#include "../known_names.h"
#include "../terminal.h"
#include "ledger_view.h"
#include "musubi/base/partial_date.h"

namespace musubi::app {
namespace {

using base::say;

struct LedgerOptions {
  std::string source, day;
};

std::vector<std::string> cells(std::string source, std::string day, const ledger::Balance& balance) {
  std::vector<std::string> row{std::move(source), std::move(day)};
  for (const auto count : {balance.received, balance.delivered, balance.in_review, balance.rejected,
                           balance.dead_letter, balance.in_flight}) {
    row.push_back(with_separators(count));
  }
  return row;
}

std::vector<std::string> head(base::Language language) {
  std::vector<std::string> row;
  for (const auto* id :
       {"app.ledger.source", "app.ledger.day", "app.ledger.received", "app.ledger.delivered",
        "app.ledger.in_review", "app.ledger.rejected", "app.ledger.dead_letter", "app.ledger.in_flight"}) {
    row.push_back(say(language, id));
  }
  return row;
}

std::string_view counted_as(ledger::SubmissionState state) {
  switch (state) {
    case ledger::SubmissionState::done:
      return "done";
    case ledger::SubmissionState::in_review:
      return "in_review";
    case ledger::SubmissionState::rejected:
      return "rejected";
    case ledger::SubmissionState::dead_letter:
      return "dead_letter";
    default:
      return "unfinished";
  }
}

boost::json::object count_submissions(const ledger::Ledger& ledger, const LedgerOptions& options) {
  boost::json::object counts{{"received", 0}, {"done", 0},        {"in_review", 0},
                             {"rejected", 0}, {"dead_letter", 0}, {"unfinished", 0}};
  for (const auto& each : ledger.submissions()) {
    if (!options.source.empty() && each.source != options.source) continue;
    counts["received"].as_int64() += 1;
    counts[counted_as(each.state)].as_int64() += 1;
  }
  return counts;
}

boost::json::object to_json(const ledger::Ledger& ledger, const LedgerOptions& options) {
  boost::json::array rows;
  for (const auto& row : ledger.balance_rows(options.source, options.day)) {
    auto object = app::to_json(row.records);
    object["source"] = row.source;
    object["day"] = row.day;
    rows.push_back(std::move(object));
  }
  const auto balance = ledger.balance(options.source, options.day);
  return {{"records", app::to_json(balance)},
          {"submissions", count_submissions(ledger, options)},
          {"by_source", std::move(rows)},
          {"balanced", balance.balanced()}};
}

void print_submissions(const ledger::Ledger& ledger, const LedgerOptions& options, base::Language language) {
  for (const auto& each : ledger.submissions()) {
    if (each.reason.empty() || (!options.source.empty() && each.source != options.source)) continue;
    std::cout << say(language, "app.ledger.submission",
                     {{"submission", std::to_string(each.id)},
                      {"file", each.name},
                      {"reason", base::summary(language, each.reason)},
                      {"code", each.reason}})
              << '\n';
  }
}

base::Result<int> run_ledger(Workshop& workshop, LedgerOptions options) {
  MUSUBI_ASSIGN(const auto day, day_of_option("--day", options.day));
  if (day) options.day = base::to_text(base::partial_date(*day));
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger_to_read());
  MUSUBI_TRY(check_source(workshop, *ledger, options.source));
  const auto language = workshop.options().language;
  const auto balance = ledger->balance(options.source, options.day);
  if (workshop.options().json) {
    print(to_json(*ledger, options));
  } else {
    std::cout << ledger_table(ledger->balance_rows(options.source, options.day), balance, language);
    print_submissions(*ledger, options, language);
  }
  return balance.balanced() ? 0 : 1;
}

}  // namespace

std::string ledger_table(std::span<const ledger::BalanceRow> rows, const ledger::Balance& sum,
                         base::Language language) {
  std::vector<std::vector<std::string>> lines{head(language)};
  for (const auto& row : rows) lines.push_back(cells(row.source, row.day, row.records));
  lines.push_back(cells(say(language, "app.ledger.sum"), "", sum));
  return table(lines) + say(language, sum.balanced() ? "app.ledger.balanced" : "app.ledger.not_balanced") +
         '\n';
}

void add_ledger(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<LedgerOptions>();
  auto* command = app.add_subcommand("ledger", say(language, "app.ledger.help"));
  command->add_option("--source", options->source, say(language, "app.ledger.option.source"));
  command->add_option("--day", options->day, say(language, "app.ledger.option.day"));
  command->footer("  musubi ledger --source tokyo --day 2020-04-20");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_ledger(workshop, *options); };
  });
}

}  // namespace musubi::app
