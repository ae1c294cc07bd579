// diff, activate and rollback.
#include <boost/json.hpp>
#include <iostream>

#include "../activation_gates.h"
#include "../json_out.h"
#include "../mapping_changes.h"
#include "mapping.h"

namespace musubi::app {
namespace {

using base::say;

boost::json::array to_json(const std::vector<base::Problem>& findings, base::Language language) {
  boost::json::array list;
  for (const auto& each : findings) list.push_back(app::to_json(each.error, language));
  return list;
}

boost::json::array to_json(const std::vector<GateReport>& reports, base::Language language) {
  boost::json::array list;
  for (const auto& each : reports)
    list.push_back(boost::json::object{{"gate", each.name},
                                       {"passed", each.errors.empty()},
                                       {"errors", to_json(each.errors, language)},
                                       {"warnings", to_json(each.warnings, language)}});
  return list;
}

void print_gates(const std::vector<GateReport>& reports, base::Language language) {
  for (const auto& each : reports) {
    std::cout << say(language, each.errors.empty() ? "app.mapping.gate_open" : "app.mapping.gate_shut",
                     {{"gate", say(language, "app.gate." + std::string(each.name))},
                      {"errors", std::to_string(each.errors.size())},
                      {"warnings", std::to_string(each.warnings.size())}})
              << '\n';
    for (const auto& finding : each.errors)
      std::cout << "  " << base::describe(language, finding.error) << '\n';
  }
}

boost::json::object head_of(const Proposal& proposal) {
  boost::json::object object{{"mapping", proposal.line.id},
                             {"version", proposal.line.version},
                             {"file", proposal.candidate.file},
                             {"sha256", proposal.candidate.mapping->digest()}};
  if (proposal.line.active) object["active_sha256"] = proposal.line.active->digest();
  return object;
}

std::string sentence(std::string_view id, const Proposal& proposal, base::Language language) {
  return say(
      language, id,
      {{"mapping", proposal.line.id}, {"version", proposal.line.version}, {"file", proposal.candidate.file}});
}

void print_proposal(const Proposal& proposal, const std::vector<FileChanges>& changes,
                    base::Language language) {
  const bool is_new = !proposal.line.active;
  std::cout << sentence(is_new ? "app.mapping.diff_new" : "app.mapping.diff_head", proposal, language) << '\n'
            << in_words(changes, language);
}

base::Result<int> report_same(const Workshop& workshop, const Proposal& proposal, bool activating) {
  if (!workshop.options().json) {
    std::cout << sentence("app.mapping.same", proposal, workshop.options().language) << '\n';
    return 0;
  }
  auto object = head_of(proposal);
  object["files"] = boost::json::array{};
  if (activating) object["activated"] = false;
  print(object);
  return 0;
}

int report_activation(const Workshop& workshop, const Proposal& proposal,
                      const std::vector<GateReport>& reports, bool activated) {
  const auto language = workshop.options().language;
  const auto changes = changes_of(proposal);
  if (workshop.options().json) {
    auto object = head_of(proposal);
    object["files"] = app::to_json(changes);
    object["gates"] = to_json(reports, language);
    object["activated"] = activated;
    print(object);
  } else {
    print_proposal(proposal, changes, language);
    print_gates(reports, language);
    std::cout << sentence(activated ? "app.mapping.activated" : "app.mapping.not_activated", proposal,
                          language)
              << '\n';
  }
  return activated ? 0 : 1;
}

/// Names and reasons are kept for ever: neither may be blank.
base::Status check_who_and_why(const MappingOptions& options) {
  const auto blank = [](const std::string& text) { return text.find_first_not_of(" \t\r\n") == text.npos; };
  if (blank(options.by))
    return base::Error(base::ErrorKind::usage, "app.mapping.blank", {{"option", "--by"}});
  if (blank(options.why))
    return base::Error(base::ErrorKind::usage, "app.mapping.blank", {{"option", "--why"}});
  return {};
}

/// That it was done without tests is part of the reason for ever.
std::string why_of(const MappingOptions& options) {
  return options.why + (options.without_tests ? " [--without-tests]" : "");
}

/// The file of the folder that the mapping is compared with from now on, wherever the text came from.
const std::string& file_in_folder(const Proposal& proposal) {
  if (proposal.line.candidate) return proposal.line.candidate->file;
  return proposal.line.activation ? proposal.line.activation->file : proposal.candidate.file;
}

/// The ledger open to record an activation, with what is in force before it.
base::Result<ledger::Ledger*> ledger_with_baseline(Workshop& workshop) {
  MUSUBI_ASSIGN(auto* ledger, workshop.ledger_beside());
  MUSUBI_TRY(workshop.record_baseline());
  return ledger;
}

}  // namespace

base::Result<int> run_mapping_diff(Workshop& workshop, const MappingOptions& options) {
  MUSUBI_ASSIGN(const auto desk, open_desk(workshop));
  MUSUBI_ASSIGN(const auto proposal, proposal_for(workshop, desk, options.mapping, options.file));
  if (!differs(proposal)) return report_same(workshop, proposal, false);
  const auto changes = changes_of(proposal);
  if (workshop.options().json) {
    auto object = head_of(proposal);
    object["files"] = app::to_json(changes);
    print(object);
  } else {
    print_proposal(proposal, changes, workshop.options().language);
  }
  return 0;
}

base::Result<int> run_mapping_activate(Workshop& workshop, const MappingOptions& options) {
  MUSUBI_TRY(check_who_and_why(options));
  MUSUBI_ASSIGN(auto* ledger, ledger_with_baseline(workshop));
  MUSUBI_ASSIGN(const auto desk, open_desk(workshop));
  MUSUBI_ASSIGN(const auto proposal, proposal_for(workshop, desk, options.mapping, options.file));
  if (!differs(proposal)) return report_same(workshop, proposal, true);
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  const auto reports = try_gates(proposal.candidate, {settings->value_sets, options.without_tests});
  if (!all_open(reports)) return report_activation(workshop, proposal, reports, false);
  std::vector activations{
      activation_of(proposal.candidate, ledger::ActivationAction::activate, options.by, why_of(options))};
  activations.front().file = file_in_folder(proposal);
  MUSUBI_TRY(ledger->activate(pipeline::texts_of(*proposal.candidate.mapping), activations,
                              desk.in_force->generation));
  return report_activation(workshop, proposal, reports, true);
}

base::Result<int> run_mapping_rollback(Workshop& workshop, const MappingOptions& options) {
  MUSUBI_TRY(check_who_and_why(options));
  MUSUBI_ASSIGN(auto* ledger, ledger_with_baseline(workshop));
  MUSUBI_ASSIGN(const auto desk, open_desk(workshop));
  MUSUBI_ASSIGN(const auto line, line_named(desk.lines, options.mapping, was_activated));
  MUSUBI_ASSIGN(auto target, pipeline::before_the_last(ledger->activations(), line.id, line.version));
  MUSUBI_ASSIGN(auto* active, workshop.active());
  MUSUBI_ASSIGN(const auto restored, active->mapping_of(target));  // it still has to fit the catalogue
  target.action = ledger::ActivationAction::rollback;
  target.by = options.by;
  target.why = options.why;
  MUSUBI_TRY(ledger->activate({}, std::vector{target}, desk.in_force->generation));
  if (workshop.options().json)
    print(boost::json::object{{"mapping", line.id},
                              {"version", line.version},
                              {"sha256", target.mapping_digest},
                              {"in_force", restored != nullptr}});
  else
    std::cout << say(workshop.options().language,
                     restored ? "app.mapping.rolled_back" : "app.mapping.out_of_force",
                     {{"mapping", line.id}, {"version", line.version}})
              << '\n';
  return 0;
}

}  // namespace musubi::app
