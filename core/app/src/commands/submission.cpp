// musubi submission: what the hub set aside because it failed at each attempt, and having it read again.
#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "musubi/base/shown_text.h"

namespace musubi::app {
namespace {

using base::say;

boost::json::object submission_json(const ledger::SubmissionInfo& each) {
  return {{"submission", each.id},        {"source", each.source}, {"file", each.name},
          {"sha256", each.digest},        {"bytes", each.bytes},   {"received", base::to_text(each.received)},
          {"state", name_of(each.state)}, {"reason", each.reason}};
}

std::string submission_line(const ledger::SubmissionInfo& each, base::Language language) {
  return say(language, "app.ledger.submission",
             {{"submission", std::to_string(each.id)},
              {"file", base::printable(each.name)},
              {"reason", base::summary(language, each.reason)},
              {"code", each.reason}});
}

base::Result<int> list_set_aside(Workshop& workshop) {
  MUSUBI_ASSIGN(const auto* ledger, workshop.ledger_to_read());
  const auto found = ledger->set_aside_submissions();
  MUSUBI_TRY(ledger->health());
  const auto language = workshop.options().language;
  if (workshop.options().json) {
    boost::json::array all;
    for (const auto& each : found) all.push_back(submission_json(each));
    print(all);
  } else if (found.empty()) {
    std::cout << say(language, "app.submission.none") << '\n';
  } else {
    for (const auto& each : found) std::cout << submission_line(each, language) << '\n';
  }
  return 0;
}

base::Result<int> retry_submissions(Workshop& workshop, const std::vector<std::int64_t>& ids) {
  MUSUBI_ASSIGN(auto* const ledger, workshop.ledger());
  boost::json::array retried;
  for (const auto id : ids) {
    MUSUBI_TRY(ledger->try_again(id));
    retried.push_back(id);
    if (workshop.options().json) continue;
    std::cout << say(workshop.options().language, "app.submission.retried",
                     {{"submission", std::to_string(id)}})
              << '\n';
  }
  if (workshop.options().json) print(boost::json::object{{"retried", std::move(retried)}});
  return 0;
}

}  // namespace

void add_submission(CLI::App& app, base::Language language, Action& action) {
  auto ids = std::make_shared<std::vector<std::int64_t>>();
  auto* command = app.add_subcommand("submission", say(language, "app.submission.help"));
  command->require_subcommand(1);
  auto* listing = command->add_subcommand("list", say(language, "app.submission.list.help"));
  listing->footer("  musubi submission list");
  listing->callback([&action] { action = list_set_aside; });
  auto* retrying = command->add_subcommand("retry", say(language, "app.submission.retry.help"));
  retrying->add_option("ids", *ids, say(language, "app.submission.option.id"))->required();
  retrying->footer("  musubi submission retry 17");
  retrying->callback(
      [ids, &action] { action = [ids](Workshop& workshop) { return retry_submissions(workshop, *ids); }; });
}

}  // namespace musubi::app
