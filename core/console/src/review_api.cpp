// What is held for review, and what people decide about it. Who decided stands in the history.
#include <boost/json.hpp>

#include "api.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;
using net::Request;
using net::Response;
using net::Role;

constexpr std::uint64_t kMostQuestion = std::uint64_t{64} << 10;

Response list(const Request& request, const Services& services) {
  const auto submission = number_asked(request, "submission");
  if (submission.has_error()) return net::error_answer(request, submission.error());
  const auto language = net::language_of(request.headers);
  array records;
  for (const auto& each : services.hub->books().quarantine({.submission = submission->value_or(0),
                          .source = query(request, "source").value_or(""),
                          .reason = query(request, "reason").value_or(""),
                          .mapping = query(request, "mapping").value_or("")}))
    records.push_back(to_json(each, services, language));
  return json(200, object{{"records", std::move(records)}});
}

std::optional<ledger::QuarantinedRecord> asked_for(const Request& request, const Services& services) {
  const auto id = number_in(request.captured.at("id"));
  return id ? services.hub->books().quarantined(*id) : std::nullopt;
}

Response show(const Request& request, const Services& services) {
  const auto record = asked_for(request, services);
  if (!record) return absent(request);
  return json(200, to_json(*record, services, net::language_of(request.headers)));
}

/// 409 where somebody has decided about it already.
Response not_resolved(const Request& request, const base::Error& error) {
  if (error.code() == "ledger.not_held") return net::error_answer(request, 409, error);
  return net::error_answer(request, error);
}

Response replay(const Request& request, const Services& services) {
  const auto record = asked_for(request, services);
  if (!record) return absent(request);
  const auto report = services.hub->replay({*record});
  if (report.has_error()) return not_resolved(request, report.error());
  return json(200, object{{"delivered", report->delivered != 0}, {"still_held", report->still_held != 0}});
}

base::Result<std::string> reason_in(std::string_view body) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(body, failure);
  const auto* reason = failure || !value.is_object() ? nullptr : value.get_object().if_contains("reason");
  if (reason == nullptr || !reason->is_string() || reason->get_string().empty())
    return base::Error(base::ErrorKind::bad_input, "api.body_not_understood", {{"member", "reason"}});
  return std::string(reason->get_string());
}

/// Sent back: it will not be delivered, and its sender is told why by the receipt.
Response reject(const Request& request, const Services& services) {
  const auto record = asked_for(request, services);
  if (!record) return absent(request);
  const auto why = reason_in(request.body);
  if (why.has_error()) return net::error_answer(request, why.error());
  ledger::RecordRow row{.row = record->row,
                        .line = record->line,
                        .byte = record->byte,
                        .length = record->length,
                        .disposition = ledger::Disposition::rejected,
                        .reason = record->reason,
                        .findings = record->findings};
  const auto by = caller(request) + ": " + *why;
  const auto done = services.hub->ledger().resolve_quarantined(record->id, row, by);
  if (done.has_error()) return not_resolved(request, done.error());
  return json(200, object{{"rejected", true}});
}

}  // namespace

void add_review(net::Routes& routes, const Shared& services) {
  const auto reviewers = net::any_of(Role::reviewer, Role::operator_);
  routes.add({.pattern = "/api/v1/quarantine",
              .needs = reviewers,
              .handler = answering(services, list),
              .summary = "What is held, where it stands and why"});
  routes.add({.pattern = "/api/v1/quarantine/{id}",
              .needs = reviewers,
              .handler = answering(services, show),
              .summary = "One held record with its history; no values of its fields"});
  routes.add({.method = net::Method::post,
              .pattern = "/api/v1/quarantine/{id}/replay",
              .needs = reviewers,
              .most_body = kMostQuestion,
              .handler = answering(services, replay),
              .summary = "Read it again with the mappings, checks and policies in force"});
  routes.add({.method = net::Method::post,
              .pattern = "/api/v1/quarantine/{id}/reject",
              .needs = reviewers,
              .most_body = kMostQuestion,
              .handler = answering(services, reject),
              .summary = "Send it back to its sender, with a reason"});
}

}  // namespace musubi::console
