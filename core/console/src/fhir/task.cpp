#include "task.h"

#include <boost/json.hpp>

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;
using ledger::SubmissionState;

/// http://hl7.org/fhir/R4/valueset-task-status.html
std::string_view status_of(SubmissionState state) {
  switch (state) {
    case SubmissionState::kept:
      return "received";
    case SubmissionState::processing:
      return "in-progress";
    case SubmissionState::done:
      return "completed";
    case SubmissionState::in_review:
      return "on-hold";
    case SubmissionState::rejected:
      return "rejected";
    case SubmissionState::dead_letter:
      return "failed";
  }
  return "in-progress";
}

object concept_of(std::string_view code, std::string text) {
  return {{"coding", array{object{{"system", "urn:musubi:message"}, {"code", code}}}},
          {"text", std::move(text)}};
}

object concept_of(std::string_view code, const Services& services, base::Language language) {
  return concept_of(code, services.reason(code, language));
}

/// {"type": {"coding": [{"code": "delivered"}]}, "valueUnsignedInt": 3}
object count(std::string_view kind, std::uint64_t records, base::Language language) {
  return {{"type", concept_of(kind, base::say(language, "fhir.task." + std::string(kind)))},
          {"valueUnsignedInt", records}};
}

array counts_of(const ledger::SubmissionInfo& submission, const Services& services, base::Language language) {
  const auto balance = services.hub->books().balance_of(submission.id);
  array outputs{count("records", balance.received, language)};
  const std::pair<std::string_view, std::uint64_t> states[] = {{"delivered", balance.delivered},
                                                               {"in_review", balance.in_review},
                                                               {"rejected", balance.rejected},
                                                               {"dead_letter", balance.dead_letter},
                                                               {"in_flight", balance.in_flight}};
  for (const auto& [kind, records] : states)
    if (records != 0) outputs.push_back(count(kind, records, language));
  return outputs;
}

/// Of each recipient: what it has acknowledged and what it refused.
void add_recipients(array& outputs, const ledger::SubmissionInfo& submission, const Services& services,
                    base::Language language) {
  for (const auto& each : services.hub->books().recipients_of(submission.id)) {
    const auto word = each.dead != 0   ? "recipient_refused"
                      : each.open != 0 ? "recipient_waiting"
                                       : "recipient_has_it";
    outputs.push_back(
        object{{"type", concept_of(word, base::say(language, "fhir.task." + std::string(word),
                                                   {{"recipient", each.recipient}}))},
               {"valueString", each.last_receipt.empty() ? each.recipient : each.last_receipt}});
    for (const auto& [cause, records] : each.refused)
      outputs.push_back(
          object{{"type", concept_of(cause, services, language)}, {"valueUnsignedInt", records}});
  }
}

/// More than these are counted, not listed.
constexpr std::size_t kMostListed = 100;

/// The records that wait for a person, as an OperationOutcome inside.
object held_of(const ledger::SubmissionInfo& submission, const Services& services, base::Language language) {
  array issues;
  for (const auto& each : services.hub->books().quarantine({.submission = submission.id})) {
    if (issues.size() == kMostListed) break;
    issues.push_back(object{{"severity", each.state == "rejected" ? "error" : "warning"},
                            {"code", "business-rule"},
                            {"details", concept_of(each.reason, services, language)},
                            {"diagnostics", services.reason(each.reason, language)},
                            {"location", array{each.part + " " + std::to_string(each.row) + ", line " +
                                               std::to_string(each.line)}}});
  }
  if (issues.empty()) return {};
  return {{"resourceType", "OperationOutcome"}, {"id", "held"}, {"issue", std::move(issues)}};
}

}  // namespace

object task_of(const ledger::SubmissionInfo& submission, const Services& services, base::Language language) {
  object task{{"resourceType", "Task"}, {"id", std::to_string(submission.id)}};
  auto held = held_of(submission, services, language);
  const bool any_held = !held.empty();
  if (any_held) task["contained"] = array{std::move(held)};
  const bool waits = submission.state == SubmissionState::done &&
                     services.hub->books().balance_of(submission.id).in_review != 0;
  task["status"] = status_of(waits ? SubmissionState::in_review : submission.state);
  if (!submission.reason.empty()) task["statusReason"] = concept_of(submission.reason, services, language);
  task["businessStatus"] =
      concept_of(ledger::name_of(submission.state),
                 base::say(language, "fhir.task.state." + std::string(ledger::name_of(submission.state))));
  task["intent"] = "order";
  task["authoredOn"] = base::to_text(submission.received);
  auto outputs = counts_of(submission, services, language);
  add_recipients(outputs, submission, services, language);
  if (any_held)
    outputs.push_back(object{{"type", concept_of("held", base::say(language, "fhir.task.held"))},
                             {"valueReference", object{{"reference", "#held"}}}});
  task["output"] = std::move(outputs);
  return task;
}

}  // namespace musubi::console
