#include <map>

#include "musubi/console/console.h"
#include "views.h"

namespace musubi::console {
namespace {

using Alarms = std::vector<Alarm>;

std::string minutes_of(base::Instant::duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(time).count());
}

void look_at_the_hub(const Services& services, Alarms& found) {
  if (const auto failure = services.hub->failure())
    found.push_back({"hub.alarm.not_working", {{"code", failure->code()}}});
}

void look_at_the_books(const Services& services, Alarms& found) {
  for (const auto& row : services.hub->books().balance_rows()) {
    if (row.records.balanced()) continue;
    found.push_back({"hub.alarm.gap", {{"source", row.source}, {"day", row.day}}});
  }
}

void look_at_recipients(const Services& services, Alarms& found) {
  const auto now = services.clock->now();
  for (const auto& backlog : services.hub->books().backlogs()) {
    if (backlog.dead != 0)
      found.push_back({"hub.alarm.dead_letters",
                       {{"recipient", backlog.recipient}, {"count", std::to_string(backlog.dead)}}});
    if (backlog.open != 0 && now - backlog.oldest > services.away_too_long)
      found.push_back({"hub.alarm.recipient_waits",
                       {{"recipient", backlog.recipient}, {"minutes", minutes_of(now - backlog.oldest)}}});
  }
}

void look_at_adapters(const Services& services, Alarms& found) {
  for (const auto& each : services.hub->stuck())
    found.push_back({"hub.alarm.stuck",
                     {{"name", each.name},
                      {"submission", std::to_string(each.submission)},
                      {"minutes", minutes_of(each.time)}}});
}

void look_at_what_is_set_aside(const Services& services, Alarms& found) {
  std::map<std::string, std::size_t> by_source;
  for (const auto& each : services.hub->books().set_aside_submissions()) ++by_source[each.source];
  for (const auto& [source, count] : by_source)
    found.push_back({"hub.alarm.set_aside", {{"source", source}, {"count", std::to_string(count)}}});
}

void look_at_senders(const Services& services, Alarms& found) {
  const auto now = services.clock->now();
  for (const auto& [source, receipts] :
       services.hub->books().newest_receipts(intake::SilentSender::kMostGaps + 1)) {
    const auto settings = services.silence.find(source);
    const intake::SilentSender sender(
        settings == services.silence.end() ? intake::SilenceSettings{} : settings->second, receipts);
    if (sender.is_silent(now))
      found.push_back({"hub.alarm.silent", {{"source", source}, {"time", time_in_japan(receipts.back())}}});
  }
}

void look_at_ways_in(const Services& services, Alarms& found) {
  for (const auto* way_in : services.ways_in) {
    const auto health = way_in->health();
    if (health.last_error)
      found.push_back({"hub.alarm.way_in", {{"name", health.name}, {"code", health.last_error->code()}}});
  }
}

}  // namespace

Alarms alarms(const Services& services) {
  Alarms found;
  look_at_the_hub(services, found);
  look_at_the_books(services, found);
  look_at_adapters(services, found);
  look_at_what_is_set_aside(services, found);
  look_at_recipients(services, found);
  look_at_ways_in(services, found);
  look_at_senders(services, found);
  return found;
}

}  // namespace musubi::console
