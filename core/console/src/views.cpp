#include "views.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "musubi/pipeline/review.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;

array parts_of(const ledger::SubmissionInfo& submission, const ledger::Ledger& books) {
  array parts;
  for (const auto& part : books.parts_of(submission.id)) {
    parts.push_back(object{{"name", part.name},
                           {"mapping", part.pin.mapping},
                           {"mapping_version", part.pin.mapping_version},
                           {"rows_read", part.rows_done},
                           {"read_to_its_end", part.complete}});
  }
  return parts;
}

array refusals_of(const ledger::RecipientWord& word, const Services& services, base::Language language) {
  array refusals;
  for (const auto& [cause, records] : word.refused)
    refusals.push_back(
        object{{"cause", cause}, {"message", services.reason(cause, language)}, {"records", records}});
  return refusals;
}

array recipients_of(std::int64_t submission, const Services& services, base::Language language) {
  array recipients;
  for (const auto& each : services.hub->books().recipients_of(submission)) {
    recipients.push_back(
        object{{"recipient", each.recipient},
               {"route", each.route},
               {"consignments",
                object{{"in_flight", each.open}, {"delivered", each.delivered}, {"dead_letter", each.dead}}},
               {"last_receipt", each.last_receipt},
               {"refused", refusals_of(each, services, language)}});
  }
  return recipients;
}

array receipts_of(std::int64_t submission, const ledger::Ledger& books) {
  array receipts;
  for (const auto& each : books.receipts_of(submission))
    receipts.push_back(object{{"name", each.name}, {"received", base::to_text(each.received)}});
  return receipts;
}

/// More than these are counted, not listed: the review has them.
constexpr std::size_t kMostListed = 100;

/// The fields that a correction is about, without their values.
array fields_of(const std::string& columns) {
  array names;
  for (const auto& name : pipeline::fields_named_in(columns)) names.push_back(boost::json::string(name));
  return names;
}

void add_doings(object& json, const ledger::QuarantinedRecord& record) {
  array corrections, looks;
  for (const auto& each : record.corrections)
    corrections.push_back(object{{"at", base::to_text(each.at)},
                                 {"by", each.by},
                                 {"reason", each.why},
                                 {"fields", fields_of(each.fields)}});
  for (const auto& each : record.looks)
    looks.push_back(object{{"at", base::to_text(each.at)}, {"by", each.by}});
  if (!corrections.empty()) json["corrections"] = std::move(corrections);
  if (!looks.empty()) json["looked_at"] = std::move(looks);
  if (!record.proposal) return;
  object proposal{{"action", ledger::name_of(record.proposal->action)},
                  {"at", base::to_text(record.proposal->at)},
                  {"by", record.proposal->by},
                  {"reason", record.proposal->why}};
  if (!record.proposal->fields.empty()) proposal["fields"] = fields_of(record.proposal->fields);
  json["proposal"] = std::move(proposal);
}

array held_of(std::int64_t submission, const Services& services, base::Language language) {
  array held;
  for (const auto& each : services.hub->books().quarantine({.submission = submission})) {
    if (held.size() == kMostListed) break;
    held.push_back(object{{"part", each.part},
                          {"row", each.row},
                          {"line", each.line},
                          {"state", each.state},
                          {"reason", each.reason},
                          {"message", services.reason(each.reason, language)}});
  }
  return held;
}

}  // namespace

std::string status_url(std::int64_t submission) {
  return "/api/v1/submissions/" + std::to_string(submission);
}

std::string time_in_japan(base::Instant instant) {
  auto text = base::to_text(instant + std::chrono::hours(9));
  text.resize(std::string_view("2020-04-20T12:00:00").size());
  text[10] = ' ';
  return text;
}

object to_json(const ledger::Balance& balance) {
  return {{"received", balance.received},       {"delivered", balance.delivered},
          {"in_review", balance.in_review},     {"rejected", balance.rejected},
          {"dead_letter", balance.dead_letter}, {"in_flight", balance.in_flight}};
}

object to_json(const ledger::Words& words) {
  return {{"new", words.new_cases},
          {"corrected", words.corrected},
          {"unchanged", words.unchanged},
          {"late", words.late},
          {"withdrawn", words.withdrawn}};
}

object to_json(const ledger::SubmissionInfo& submission, const Services& services, base::Language language) {
  object json{{"submission", submission.id},
              {"source", submission.source},
              {"name", submission.name},
              {"bytes", submission.bytes},
              {"sha256", submission.digest},
              {"received", base::to_text(submission.received)},
              {"state", ledger::name_of(submission.state)},
              {"times_received", submission.receipts},
              {"status", status_url(submission.id)}};
  if (!submission.reason.empty()) {
    json["reason"] = submission.reason;
    json["message"] = services.reason(submission.reason, language);
  }
  return json;
}

object receipt_of(const ledger::SubmissionInfo& submission, const Services& services,
                  base::Language language) {
  const auto& books = services.hub->books();
  auto json = to_json(submission, services, language);
  json["hub"] = services.name;
  json["receipts"] = receipts_of(submission.id, books);
  json["parts"] = parts_of(submission, books);
  json["records"] = to_json(books.balance_of(submission.id));
  json["words"] = to_json(books.words_of(submission.id));
  json["recipients"] = recipients_of(submission.id, services, language);
  json["held"] = held_of(submission.id, services, language);
  return json;
}

object to_json(const ledger::QuarantinedRecord& record, const Services& services, base::Language language) {
  object json{{"id", record.id},         {"submission", record.submission},
              {"source", record.source}, {"file", record.file},
              {"part", record.part},     {"mapping", record.mapping},
              {"row", record.row},       {"line", record.line},
              {"day", record.day},       {"state", record.state},
              {"reason", record.reason}, {"message", services.reason(record.reason, language)}};
  if (!record.findings.empty()) json["findings"] = boost::json::parse(record.findings);
  array history;
  for (const auto& each : record.history) {
    history.push_back(object{{"at", each.at},
                             {"by", each.by},
                             {"before", each.state_before},
                             {"reason_before", each.reason_before},
                             {"after", each.state_after}});
  }
  if (!history.empty()) json["history"] = std::move(history);
  add_doings(json, record);
  return json;
}

object to_json(const ledger::DeadLetter& letter, const Services& services, base::Language language) {
  return {{"id", letter.outbox},
          {"submission", letter.submission},
          {"source", letter.source},
          {"file", letter.file},
          {"part", letter.part},
          {"recipient", letter.recipient},
          {"route", letter.route},
          {"first_row", letter.first_row},
          {"last_row", letter.last_row},
          {"records", letter.records},
          {"since", base::to_text(letter.since)},
          {"cause", letter.cause},
          {"message", services.reason(letter.cause, language)}};
}

object to_json(const pipeline::CourierState& courier, base::Instant now) {
  object json{{"sink", courier.sink},
              {"circuit", delivery::name_of(courier.circuit)},
              {"failures", courier.failures},
              {"delivered_since_start", courier.delivered}};
  if (courier.failures != 0) {
    json["last_error"] = courier.last_error;
    if (courier.not_before > now) json["next_attempt"] = base::to_text(courier.not_before);
  }
  return json;
}

object to_json(const intake::Health& health) {
  object json{{"name", health.name},         {"kind", intake::name_of(health.kind)},
              {"received", health.received}, {"repeated", health.repeated},
              {"refused", health.refused},   {"waiting", health.waiting}};
  if (health.last_looked) json["last_looked"] = base::to_text(*health.last_looked);
  if (health.last_received) json["last_received"] = base::to_text(*health.last_received);
  if (health.last_error) json["last_error"] = health.last_error->code();
  return json;
}

object to_json(const Alarm& alarm, base::Language language) {
  return {{"code", alarm.code},
          {"message", base::say(language, alarm.code, alarm.arguments)},
          {"remedy", base::remedy(language, alarm.code, alarm.arguments)}};
}

}  // namespace musubi::console
