// What is held for review, and what people decide about it. Who looked and who decided stands in the history.
#include <boost/json.hpp>

#include "api.h"
#include "musubi/pipeline/review.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;
using net::Request;
using net::Response;
using net::Role;

constexpr std::uint64_t kMostQuestion = std::uint64_t{64} << 10;

using Held = ledger::QuarantinedRecord;

Response list(const Request& request, const Services& services) {
  const auto submission = number_asked(request, "submission");
  if (submission.has_error()) return net::error_answer(request, submission.error());
  const auto language = net::language_of(request.headers);
  array records;
  for (const auto& each : services.hub->books().quarantine({.submission = submission->value_or(0),
                          .source = query(request, "source").value_or(""),
                          .reason = query(request, "reason").value_or(""),
                          .mapping = query(request, "mapping").value_or("")}))
    if (may_see(request, services, each.source)) records.push_back(to_json(each, services, language));
  return json(200, object{{"records", std::move(records)}});
}

/// What a route does with the held record that the path names.
using AboutHeld = Response (*)(const Request&, const Services&, const Held&);

Answer about_held(AboutHeld answer) {
  return [answer](const Request& request, const Services& services) {
    const auto id = number_in(request.captured.at("id"));
    const auto held = id ? services.hub->books().quarantined(*id) : std::nullopt;
    if (!held || !may_see(request, services, held->source)) return absent(request);
    return answer(request, services, *held);
  };
}

Response show(const Request& request, const Services& services, const Held& held) {
  return json(200, to_json(held, services, net::language_of(request.headers)));
}

/// 409 where somebody has decided about it already, or has to decide first.
Response not_done(const Request& request, const base::Error& error) {
  if (error.code() == "ledger.not_held" || error.kind() == base::ErrorKind::refused)
    return net::error_answer(request, 409, error);
  if (error.kind() == base::ErrorKind::bad_input) return net::error_answer(request, 422, error);
  return net::error_answer(request, error);
}

/// Noted before anything is shown.
Response show_values(const Request& request, const Services& services, const Held& held) {
  const auto noted = services.hub->ledger().note_look(held.id, caller(request));
  if (noted.has_error()) return not_done(request, noted.error());
  const auto values = services.hub->look_at(held);
  if (values.has_error()) return not_done(request, values.error());
  array row, fields;
  for (const auto& each : values->row) row.push_back(object{{"column", each.column}, {"text", each.text}});
  for (const auto& each : values->fields) {
    object field{{"field", each.field}, {"column", each.column}, {"corrected", each.corrected}};
    each.absent.empty() ? field["value"] = each.value : field["absent"] = each.absent;
    fields.push_back(std::move(field));
  }
  auto response = json(200, object{{"row", std::move(row)}, {"fields", std::move(fields)}});
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Response outcome_of(const Request& request, const Services& services, const Held& held,
                    const base::Result<pipeline::ReplayReport>& report) {
  if (report.has_error()) return not_done(request, report.error());
  object answer{{"delivered", report->delivered != 0}, {"still_held", report->still_held != 0}};
  const auto now = services.hub->books().quarantined(held.id);
  if (report->still_held != 0 && now)
    answer["record"] = to_json(*now, services, net::language_of(request.headers));
  return json(200, answer);
}

Response replay(const Request& request, const Services& services, const Held& held) {
  return outcome_of(request, services, held, services.hub->replay({held}));
}

// --- putting right and sending back, by one person or by two

/// What a body says: {"reason": "…", "fields": {…}}; fields only where something is put right.
struct Decision {
  std::string reason, fields;
};

base::Error not_understood(std::string_view member) {
  return base::Error(base::ErrorKind::bad_input, "api.body_not_understood",
                     {{"member", std::string(member)}});
}

base::Result<Decision> decision_in(std::string_view body) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(body, failure);
  const auto* const said = failure ? nullptr : value.if_object();
  const auto* reason = said == nullptr ? nullptr : said->if_contains("reason");
  if (reason == nullptr || !reason->is_string() || reason->get_string().empty())
    return not_understood("reason");
  Decision decision{std::string(reason->get_string()), {}};
  if (const auto* fields = said->if_contains("fields")) decision.fields = boost::json::serialize(*fields);
  return decision;
}

/// Sent back: it will not be delivered, and its sender is told why by the receipt.
Response send_back(const Request& request, const Services& services, const Held& held,
                   const std::string& by) {
  const auto done = pipeline::send_back(services.hub->ledger(), held, by);
  if (done.has_error()) return not_done(request, done.error());
  return json(200, object{{"rejected", true}});
}

Response put_right(const Request& request, const Services& services, const Held& held,
                   const ledger::Correction& correction) {
  return outcome_of(request, services, held, services.hub->correct(held, correction));
}

Response propose(const Request& request, const Services& services, const ledger::Proposal& proposal) {
  const auto done = services.hub->ledger().propose(proposal);
  if (done.has_error()) return not_done(request, done.error());
  return json(202, object{{"proposed", ledger::name_of(proposal.action)},
                          {"confirm", "/api/v1/quarantine/" + std::to_string(proposal.held) + "/confirm"}});
}

Response correct(const Request& request, const Services& services, const Held& held) {
  const auto decision = decision_in(request.body);
  if (decision.has_error()) return net::error_answer(request, decision.error());
  if (decision->fields.empty()) return net::error_answer(request, not_understood("fields"));
  const auto fields = services.hub->read_correction(held, decision->fields);
  if (fields.has_error()) return not_done(request, fields.error());
  const auto now = services.clock->now();
  if (services.two_people)
    return propose(request, services,
                   {held.id, ledger::Proposed::correct, *fields, caller(request), decision->reason, now});
  return put_right(request, services, held,
                   {held.id, held.row, *fields, caller(request), decision->reason, now});
}

Response reject(const Request& request, const Services& services, const Held& held) {
  const auto decision = decision_in(request.body);
  if (decision.has_error()) return net::error_answer(request, decision.error());
  if (services.two_people)
    return propose(
        request, services,
        {held.id, ledger::Proposed::reject, {}, caller(request), decision->reason, services.clock->now()});
  return send_back(request, services, held, caller(request) + ": " + decision->reason);
}

/// By somebody else than who proposed it.
Response confirm(const Request& request, const Services& services, const Held& held) {
  if (!held.proposal)
    return not_done(request, base::Error(base::ErrorKind::refused, "ledger.no_proposal",
                                         {{"id", std::to_string(held.id)}}));
  const auto& proposal = *held.proposal;
  if (proposal.by == caller(request))
    return not_done(request, base::Error(base::ErrorKind::refused, "review.same_person"));
  const auto by = proposal.by + " + " + caller(request);
  if (proposal.action == ledger::Proposed::reject)
    return send_back(request, services, held, by + ": " + proposal.why);
  return put_right(request, services, held,
                   {held.id, held.row, proposal.fields, by, proposal.why, services.clock->now()});
}

Response drop(const Request& request, const Services& services, const Held& held) {
  const auto done = services.hub->ledger().drop_proposal(held.id);
  if (done.has_error()) return net::error_answer(request, 409, done.error());
  return json(200, object{{"dropped", true}});
}

}  // namespace

void add_review(net::Routes& routes, const Shared& services) {
  const auto reviewers = net::any_of(Role::reviewer, Role::operator_);
  const auto of_health_centres = net::any_of(Role::reviewer);
  const auto ask = [&](std::string pattern, net::Needs needs, Answer answer, std::string summary) {
    routes.add({.pattern = std::move(pattern),
                .needs = needs,
                .handler = answering(services, std::move(answer)),
                .summary = std::move(summary)});
  };
  const auto decide = [&](const std::string& action, net::Needs needs, AboutHeld answer,
                          std::string summary) {
    routes.add({.method = net::Method::post,
                .pattern = "/api/v1/quarantine/{id}/" + action,
                .needs = needs,
                .most_body = kMostQuestion,
                .handler = answering(services, about_held(answer)),
                .summary = std::move(summary)});
  };
  ask("/api/v1/quarantine", reviewers, list, "What is held, where it stands and why");
  ask("/api/v1/quarantine/{id}", reviewers, about_held(show),
      "One held record with its history; no values of its fields");
  ask("/api/v1/quarantine/{id}/values", of_health_centres, about_held(show_values),
      "The values of a held record; that they were looked at, and by whom, is kept");
  decide("replay", reviewers, replay, "Read it again with the mappings, checks and policies in force");
  decide("correct", of_health_centres, correct, "Put fields right by hand, with a reason, and read it again");
  decide("reject", reviewers, reject, "Send it back to its sender, with a reason");
  decide("confirm", reviewers, confirm, "Do what somebody else proposed, where two people have to decide");
  decide("drop-proposal", reviewers, drop, "Do not do what was proposed");
}

}  // namespace musubi::console
