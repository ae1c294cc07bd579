#include "task.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>

#include "answers.h"
#include "task_records.h"

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

object named(std::string_view code, std::string text) {
  return {{"coding", array{object{{"system", "urn:musubi:message"}, {"code", code}}}},
          {"text", std::move(text)}};
}

/// {"type": {"coding": [{"code": "delivered"}]}, "valueUnsignedInt": 3}
object count(std::string_view kind, std::uint64_t records, base::Language language) {
  return {{"type", named(kind, base::say(language, "fhir.task." + std::string(kind)))},
          {"valueUnsignedInt", records}};
}

/// Of one that was read: what has become of its records.
SubmissionState standing_of(const ledger::SubmissionInfo& submission, const ledger::Balance& records) {
  if (submission.state != SubmissionState::done) return submission.state;
  if (records.in_review != 0) return SubmissionState::in_review;
  if (records.in_flight != 0) return SubmissionState::processing;
  if (records.dead_letter != 0) return SubmissionState::dead_letter;
  return records.rejected != 0 ? SubmissionState::rejected : SubmissionState::done;
}

array counts_of(const ledger::Balance& balance, base::Language language) {
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
    outputs.push_back(object{
        {"type",
         named(word, base::say(language, "fhir.task." + std::string(word), {{"recipient", each.recipient}}))},
        {"valueString", each.last_receipt.empty() ? each.recipient : each.last_receipt}});
    for (const auto& [cause, records] : each.refused)
      outputs.push_back(
          object{{"type", concept_of(cause, services, language)}, {"valueUnsignedInt", records}});
  }
}

/// Why records wait or were sent back may be that they are wrong as FHIR.
bool is_about_fhir(const ledger::SubmissionInfo& submission, const array& held) {
  if (submission.state == SubmissionState::rejected) return true;
  return std::ranges::any_of(held, [](const boost::json::value& issue) {
    const auto& code = issue.at_pointer("/details/coding/0/code").as_string();
    return code == "fhir.entry_invalid" || code == "fhir.line_not_read";
  });
}

/// What lies inside the Task, each told of in `outputs`.
class Contained {
 public:
  Contained(array& outputs, base::Language language) : outputs_(outputs), language_(language) {}

  void add(std::string_view id, array issues) {
    if (issues.empty()) return;
    inside_.push_back(object{{"resourceType", "OperationOutcome"}, {"id", id}, {"issue", std::move(issues)}});
    outputs_.push_back(object{{"type", named(id, base::say(language_, "fhir.task." + std::string(id)))},
                              {"valueReference", object{{"reference", "#" + std::string(id)}}}});
  }
  array take() { return std::move(inside_); }

 private:
  array& outputs_;
  const base::Language language_;
  array inside_;
};

array errors_as_fhir(const ledger::SubmissionInfo& submission, const Services& services, JudgedAgain& judged,
                     base::Language language) {
  const auto errors = judged.errors_of(submission, services);
  if (!errors || errors->empty()) return {};
  auto outcome = boost::json::parse(fhir::operation_outcome(*errors, language));
  return std::move(outcome.at("issue").as_array());
}

/// Those that a Task tells of: the first, and those of the page.
HeldRecords held_told_of(const ledger::SubmissionInfo& submission, const HeldRecords& all_held,
                         const Services& services, std::uint64_t from) {
  if (all_held.empty()) return {};
  std::map<std::int64_t, std::uint64_t> rows_before;
  std::uint64_t before = 0;
  for (const auto& part : services.hub->books().parts_of(submission.id)) {
    rows_before[part.id] = before;
    before += part.rows_done;
  }
  HeldRecords told;
  for (const auto& each : all_held) {
    const auto place = rows_before[each.part_id] + each.row - 1;
    const bool is_of_page = place >= from && place - from < kRecordsOfPage;
    if (told.size() < kRecordsOfPage || is_of_page) told.push_back(each);
  }
  return told;
}

/// Where the next page of records is.
object next_page(const ledger::SubmissionInfo& submission, std::uint64_t row, base::Language language) {
  return {{"type", named("next_records", base::say(language, "fhir.task.next_records"))},
          {"valueUri", task_url(submission.id) + "?records_from=" + std::to_string(row)}};
}

}  // namespace

object task_of(const ledger::SubmissionInfo& submission, const Services& services, ReadAgain& read_again,
               base::Language language, std::uint64_t from) {
  const auto balance = services.hub->books().balance_of(submission.id);
  auto outputs = counts_of(balance, language);
  add_recipients(outputs, submission, services, language);
  Contained contained(outputs, language);
  const auto all_held = services.hub->books().quarantine({.submission = submission.id});
  const auto told_of = held_told_of(submission, all_held, services, from);
  const auto elements = read_again.elements.of(submission, told_of, services);
  auto held = held_records(all_held, *elements, services, language);
  if (is_about_fhir(submission, held))
    contained.add("judged", errors_as_fhir(submission, services, read_again.judged, language));
  contained.add("held", std::move(held));
  std::optional<std::uint64_t> next;
  contained.add("each_record",
                record_states(submission, all_held, *elements, services, language, from, next));
  if (next) outputs.push_back(next_page(submission, *next, language));

  object task{{"resourceType", "Task"}, {"id", std::to_string(submission.id)}};
  if (auto inside = contained.take(); !inside.empty()) task["contained"] = std::move(inside);
  const auto standing = standing_of(submission, balance);
  task["status"] = status_of(standing);
  if (!submission.reason.empty())
    task["statusReason"] = concept_of(submission.reason, services, language);
  else if (standing == SubmissionState::rejected)
    task["statusReason"] = concept_of("fhir.records_sent_back", services, language);
  const auto name = ledger::name_of(standing);
  task["businessStatus"] = named(name, base::say(language, "fhir.task.state." + std::string(name)));
  task["intent"] = "order";
  task["authoredOn"] = base::to_text(submission.received);
  task["output"] = std::move(outputs);
  return task;
}

}  // namespace musubi::console
