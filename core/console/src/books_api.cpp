// The books, what recipients are owed, and what they refused.
#include <algorithm>
#include <boost/json.hpp>

#include "api.h"

namespace musubi::console {
namespace {

using boost::json::array;
using boost::json::object;
using net::Request;
using net::Response;
using net::Role;

constexpr std::uint64_t kMostQuestion = std::uint64_t{64} << 10;  ///< bytes of a JSON body

Response books(const Request& request, const Services& services) {
  const auto source = query(request, "source").value_or("");
  const auto day = query(request, "day").value_or("");
  const auto& ledger = services.hub->books();
  array rows;
  ledger::Balance sum;
  for (const auto& row : ledger.balance_rows(source, day)) {
    if (!may_see(request, services, row.source)) continue;
    auto each = to_json(row.records);
    each["source"] = row.source;
    each["day"] = row.day;
    rows.push_back(std::move(each));
    sum += row.records;
  }
  return json(
      200, object{{"records", to_json(sum)}, {"balanced", sum.balanced()}, {"by_source", std::move(rows)}});
}

Response recipients(const Request&, const Services& services) {
  const auto now = services.clock->now();
  array couriers, backlogs;
  for (const auto& each : services.hub->couriers()) couriers.push_back(to_json(each, now));
  for (const auto& each : services.hub->books().backlogs()) {
    object backlog{{"recipient", each.recipient}, {"route", each.route},
                   {"open", each.open},           {"dead_letter", each.dead},
                   {"attempts", each.attempts},   {"last_error", each.last_error}};
    if (each.open != 0) backlog["oldest"] = base::to_text(each.oldest);
    backlogs.push_back(std::move(backlog));
  }
  return json(200, object{{"sinks", std::move(couriers)}, {"owed", std::move(backlogs)}});
}

Response deliver_now(const Request&, const Services& services) {
  services.hub->deliver_now();
  return json(202, object{{"asked", true}});
}

Response dead_letters(const Request& request, const Services& services) {
  const auto language = net::language_of(request.headers);
  array letters;
  for (const auto& each : services.hub->books().dead_letters({.source = query(request, "source").value_or(""),
                          .recipient = query(request, "recipient").value_or(""),
                          .cause = query(request, "cause").value_or("")}))
    if (may_see(request, services, each.source)) letters.push_back(to_json(each, services, language));
  return json(200, object{{"dead_letters", std::move(letters)}});
}

/// `member` is one of ours: what a caller wrote in its place is not repeated.
base::Error not_understood(std::string_view member) {
  return base::Error(base::ErrorKind::bad_input, "api.body_not_understood",
                     {{"member", std::string(member)}});
}

/// What a body asks for. "all" has to be said, so that nobody reopens everything by mistake.
struct ReplayQuestion {
  ledger::DeadLetterFilter filter;
  bool all = false;

  bool narrowed() const {
    return filter.outbox != 0 || !filter.source.empty() || !filter.recipient.empty() ||
           !filter.route.empty() || !filter.cause.empty();
  }
};

constexpr std::pair<std::string_view, std::string ledger::DeadLetterFilter::*> kTexts[] = {
    {"source", &ledger::DeadLetterFilter::source},
    {"recipient", &ledger::DeadLetterFilter::recipient},
    {"route", &ledger::DeadLetterFilter::route},
    {"cause", &ledger::DeadLetterFilter::cause}};

base::Status read_member(std::string_view name, const boost::json::value& given, ReplayQuestion& question) {
  if (name == "id") {
    if (!given.is_int64()) return not_understood("id");
    question.filter.outbox = given.get_int64();
    return {};
  }
  if (name == "all") {
    if (!given.is_bool()) return not_understood("all");
    question.all = given.get_bool();
    return {};
  }
  const auto* const text = std::ranges::find(kTexts, name, [](const auto& each) { return each.first; });
  if (text == std::end(kTexts)) return not_understood("{}");
  if (!given.is_string()) return not_understood(text->first);
  question.filter.*(text->second) = given.get_string();
  return {};
}

base::Result<ledger::DeadLetterFilter> filter_of(std::string_view body) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(body, failure);
  if (failure || !value.is_object()) return not_understood("{}");
  ReplayQuestion question;
  for (const auto& [name, given] : value.get_object()) MUSUBI_TRY(read_member(name, given, question));
  if (!question.narrowed() && !question.all) return not_understood("all");
  return question.filter;
}

Response replay_dead_letters(const Request& request, const Services& services) {
  const auto filter = filter_of(request.body);
  if (filter.has_error()) return net::error_answer(request, filter.error());
  for (const auto& each : services.hub->books().dead_letters(*filter))
    if (!may_see(request, services, each.source)) return absent(request);
  const auto reopened = services.hub->ledger().reopen(*filter);
  if (reopened.has_error()) return net::error_answer(request, reopened.error());
  services.hub->deliver_now();
  return json(202, object{{"reopened", *reopened}});
}

Response show_alarms(const Request& request, const Services& services) {
  const auto language = net::language_of(request.headers);
  array list;
  for (const auto& each : alarms(services)) list.push_back(to_json(each, language));
  return json(200, object{{"alarms", std::move(list)}});
}

Response ways_in(const Request&, const Services& services) {
  array list;
  for (const auto* each : services.ways_in) list.push_back(to_json(each->health()));
  return json(200, object{{"ways_in", std::move(list)}});
}

Response reload(const Request& request, const Services& services) {
  if (const auto done = services.reload(); done.has_error())
    return net::error_answer(request, 422, done.error());
  return json(200, object{{"reloaded", true}});
}

}  // namespace

void add_books(net::Routes& routes, const Shared& services) {
  const auto staff = net::any_of(Role::reviewer, Role::operator_);
  const auto operators = net::any_of(Role::operator_);
  routes.add({.pattern = "/api/v1/ledger",
              .needs = net::any_of(Role::reviewer, Role::operator_, Role::reader, Role::sender, Role::hub),
              .handler = answering(services, books),
              .summary = "received = delivered + in review + rejected + dead letter + in flight"});
  routes.add({.pattern = "/api/v1/recipients",
              .needs = staff,
              .handler = answering_for_all(services, recipients),
              .summary = "What each recipient is owed, and whether it answers"});
  routes.add({.method = net::Method::post,
              .pattern = "/api/v1/recipients/deliver-now",
              .needs = operators,
              .handler = answering_for_all(services, deliver_now),
              .summary = "Ask recipients that were away now, without waiting for the back-off to end"});
  routes.add({.pattern = "/api/v1/dead-letters",
              .needs = staff,
              .handler = answering(services, dead_letters),
              .summary = "What recipients refused for good, with the cause"});
  routes.add({.method = net::Method::post,
              .pattern = "/api/v1/dead-letters/replay",
              .needs = operators,
              .most_body = kMostQuestion,
              .handler = answering(services, replay_dead_letters),
              .summary = "Owe dead letters again: by id, source, recipient, route, cause, or all"});
  routes.add({.pattern = "/api/v1/alarms",
              .needs = staff,
              .handler = answering_for_all(services, show_alarms),
              .summary = "What a person has to look at now"});
  routes.add({.pattern = "/api/v1/ways-in",
              .needs = staff,
              .handler = answering_for_all(services, ways_in),
              .summary = "Drop folders, systems that are asked, mailboxes, and how they are doing"});
  routes.add({.method = net::Method::post,
              .pattern = "/api/v1/reload",
              .needs = operators,
              .handler = answering_for_all(services, reload),
              .summary = "Read policies, routes and checks again"});
}

}  // namespace musubi::console
