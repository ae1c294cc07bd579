#include "hub_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "musubi/ledger/ledger.h"

namespace musubi::app {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;
using Labels = std::map<std::string, std::string>;

const Histogram::BucketBoundaries kSeconds{0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1,
                                           0.25,  0.5,    1,     2.5,  5,    10,   60};

double seconds(std::chrono::microseconds time) { return std::chrono::duration<double>(time).count(); }
double number(std::uint64_t count) { return static_cast<double>(count); }
std::string text_of(std::string_view text) { return std::string(text); }

Family<Counter>& counter(Registry& registry, const char* name, const char* help) {
  return BuildCounter().Name(name).Help(help).Register(registry);
}
Family<Histogram>& histogram(Registry& registry, const char* name, const char* help) {
  return BuildHistogram().Name(name).Help(help).Register(registry);
}
Family<Gauge>& gauge(Registry& registry, const char* name, const char* help) {
  return BuildGauge().Name(name).Help(help).Register(registry);
}

void put(Family<Gauge>& family, const Labels& labels, double value) { family.Add(labels).Set(value); }

void add_books(Registry& now, const pipeline::Hub& hub) {
  auto& records = gauge(now, "musubi_ledger_records", "Records on the books, by source and state");
  auto& gap =
      gauge(now, "musubi_ledger_gap_records", "Received minus the sum of states; 0 when the books balance");
  std::map<std::string, ledger::Balance> by_source;
  for (const auto& row : hub.books().balance_rows()) by_source[row.source] += row.records;
  for (const auto& [source, sum] : by_source) {
    const std::pair<const char*, std::uint64_t> states[] = {
        {"received", sum.received}, {"delivered", sum.delivered},     {"in_review", sum.in_review},
        {"rejected", sum.rejected}, {"dead_letter", sum.dead_letter}, {"in_flight", sum.in_flight}};
    for (const auto& [state, count] : states)
      put(records, {{"source", source}, {"state", state}}, number(count));
    const auto ends = sum.delivered + sum.in_review + sum.rejected + sum.dead_letter + sum.in_flight;
    put(gap, {{"source", source}}, number(sum.received) - number(ends));
  }
}

void add_recipients(Registry& now, const console::Services& services) {
  const auto time = services.clock->now();
  auto& open = gauge(now, "musubi_outbox_open", "Consignments that a recipient is owed");
  auto& dead = gauge(now, "musubi_outbox_dead", "Consignments that a recipient refused for good");
  auto& oldest =
      gauge(now, "musubi_outbox_oldest_seconds", "Age of the oldest consignment that a recipient is owed");
  for (const auto& each : services.hub->books().backlogs()) {
    const Labels labels{{"recipient", each.recipient}, {"route", each.route}};
    put(open, labels, number(each.open));
    put(dead, labels, number(each.dead));
    put(oldest, labels, each.open == 0 ? 0.0 : seconds(time - each.oldest));
  }
  auto& circuit = gauge(now, "musubi_sink_circuit_open", "1 while a sink is not answering");
  for (const auto& each : services.hub->couriers())
    put(circuit, {{"sink", each.sink}}, each.circuit == delivery::Circuit::closed ? 0.0 : 1.0);
}

void add_ways_in(Registry& now, const console::Services& services) {
  auto& waiting = gauge(now, "musubi_way_in_waiting", "Seen at a way in and neither taken nor refused");
  auto& failing = gauge(now, "musubi_way_in_failing", "1 while the last look at a way in failed");
  for (const auto* each : services.ways_in) {
    const auto health = each->health();
    put(waiting, {{"way_in", health.name}}, number(health.waiting));
    put(failing, {{"way_in", health.name}}, health.last_error ? 1.0 : 0.0);
  }
}

void add_hub(Registry& now, const console::Services& services) {
  put(gauge(now, "musubi_submissions_waiting", "Submissions received and not carried yet"), {},
      number(services.hub->waiting()));
  put(gauge(now, "musubi_working", "0 when the hub cannot go on"), {}, services.hub->failure() ? 0.0 : 1.0);
  auto& alarms = gauge(now, "musubi_alarms", "Alarms standing now, by code");
  std::map<std::string, double> by_code;
  for (const auto& each : console::alarms(services)) by_code[each.code] += 1.0;
  for (const auto& [code, count] : by_code) put(alarms, {{"code", code}}, count);
}

}  // namespace

struct HubMetrics::Families {
  Registry registry;
  Family<Counter>& submissions = counter(registry, "musubi_submissions_total", "Submissions kept, by source");
  Family<Counter>& bytes = counter(registry, "musubi_received_bytes_total", "Bytes kept, by source");
  Family<Counter>& not_kept = counter(registry, "musubi_submissions_not_kept_total",
                                      "Submissions not acknowledged, by source and cause");
  Family<Histogram>& kept_seconds =
      histogram(registry, "musubi_keep_seconds", "From arrival to the durable acknowledgement");
  Family<Counter>& records =
      counter(registry, "musubi_records_total", "Records read, by source and what became of them");
  Family<Counter>& held = counter(registry, "musubi_held_total", "Records held, by source and reason");
  Family<Counter>& findings =
      counter(registry, "musubi_findings_total", "What was found in records, by source and code");
  Family<Counter>& expected =
      counter(registry, "musubi_fields_expected_total", "Fields that records could have, by importance");
  Family<Counter>& filled =
      counter(registry, "musubi_fields_filled_total", "Fields of records that have a value, by importance");
  Family<Histogram>& carried_seconds =
      histogram(registry, "musubi_carry_seconds", "Reading, mapping, checking and linking of a submission");
  Family<Counter>& delivered =
      counter(registry, "musubi_delivered_records_total", "Records delivered, by recipient");
  Family<Histogram>& delivered_seconds =
      histogram(registry, "musubi_deliver_seconds", "One consignment, from protecting to the receipt");
  Family<Counter>& away =
      counter(registry, "musubi_delivery_failures_total", "Attempts that failed, by recipient and cause");
  Family<Counter>& refused =
      counter(registry, "musubi_refused_records_total", "Records refused for good, by recipient and cause");
  Family<Counter>& requests =
      counter(registry, "musubi_http_requests_total", "HTTP requests, by route and status");
  Family<Histogram>& request_seconds =
      histogram(registry, "musubi_http_request_seconds", "HTTP requests, by route");
  Family<Counter>& decisions =
      counter(registry, "musubi_http_decisions_total", "Decisions whether a caller may, by reason");

  void count_outcomes(const std::string& source, const pipeline::PartReport& part);
  void count_quality(const std::string& source, const pipeline::PartReport& part);
};

void HubMetrics::Families::count_outcomes(const std::string& source, const pipeline::PartReport& part) {
  const std::pair<const char*, std::uint64_t> outcomes[] = {{"accepted", part.delivered},
                                                            {"unchanged", part.unchanged},
                                                            {"late", part.late},
                                                            {"in_review", part.in_review},
                                                            {"rejected", part.rejected}};
  for (const auto& [outcome, count] : outcomes)
    records.Add({{"source", source}, {"outcome", outcome}}).Increment(number(count));
  for (const auto& [reason, count] : part.reasons)
    held.Add({{"source", source}, {"reason", reason}}).Increment(number(count));
}

void HubMetrics::Families::count_quality(const std::string& source, const pipeline::PartReport& part) {
  for (const auto& [code, count] : part.findings)
    findings.Add({{"source", source}, {"code", code}}).Increment(number(count));
  for (std::size_t index = 0; index < pipeline::kImportances; ++index) {
    const auto importance = pipeline::name_of(static_cast<pipeline::Importance>(index));
    const Labels labels{{"source", source}, {"importance", text_of(importance)}};
    expected.Add(labels).Increment(number(part.fields[index].expected));
    filled.Add(labels).Increment(number(part.fields[index].filled));
  }
}

HubMetrics::HubMetrics() : families_(std::make_unique<Families>()) {}
HubMetrics::~HubMetrics() = default;

void HubMetrics::kept(std::string_view source, std::uint64_t bytes, bool repeated, Duration time) {
  auto& all = *families_;
  all.submissions.Add({{"source", text_of(source)}, {"repeated", repeated ? "true" : "false"}}).Increment();
  all.bytes.Add({{"source", text_of(source)}}).Increment(number(bytes));
  all.kept_seconds.Add({}, kSeconds).Observe(seconds(time));
}

void HubMetrics::not_kept(std::string_view source, std::string_view code) {
  families_->not_kept.Add({{"source", text_of(source)}, {"cause", text_of(code)}}).Increment();
}

void HubMetrics::carried(const pipeline::SubmissionReport& report, Duration time) {
  families_->carried_seconds.Add({{"source", report.source}}, kSeconds).Observe(seconds(time));
  for (const auto& part : report.parts) {
    families_->count_outcomes(report.source, part);
    families_->count_quality(report.source, part);
  }
}

void HubMetrics::delivered(std::string_view recipient, std::uint64_t records, Duration time) {
  families_->delivered.Add({{"recipient", text_of(recipient)}}).Increment(number(records));
  families_->delivered_seconds.Add({{"recipient", text_of(recipient)}}, kSeconds).Observe(seconds(time));
}

void HubMetrics::recipient_away(std::string_view recipient, std::string_view code) {
  families_->away.Add({{"recipient", text_of(recipient)}, {"cause", text_of(code)}}).Increment();
}

void HubMetrics::refused(std::string_view recipient, std::uint64_t records, std::string_view code) {
  families_->refused.Add({{"recipient", text_of(recipient)}, {"cause", text_of(code)}})
      .Increment(number(records));
}

void HubMetrics::request(const net::RequestSeen& request) {
  const auto route = request.route.empty() ? std::string("none") : text_of(request.route);
  families_->requests.Add({{"route", route}, {"status", std::to_string(request.status)}}).Increment();
  families_->request_seconds.Add({{"route", route}}, kSeconds).Observe(seconds(request.duration));
}

void HubMetrics::decision(const net::DecisionSeen& decision) {
  families_->decisions
      .Add({{"allowed", decision.allowed ? "true" : "false"}, {"reason", text_of(decision.reason)}})
      .Increment();
}

std::string HubMetrics::text(const console::Services& services) const {
  Registry now;
  add_books(now, *services.hub);
  add_recipients(now, services);
  add_ways_in(now, services);
  add_hub(now, services);
  const prometheus::TextSerializer serializer;
  return serializer.Serialize(families_->registry.Collect()) + serializer.Serialize(now.Collect());
}

}  // namespace musubi::app
