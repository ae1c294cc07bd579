#include "witness.h"

namespace musubi::app {
namespace {

std::uint64_t number(std::int64_t id) { return static_cast<std::uint64_t>(id); }
double milliseconds(std::chrono::microseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}
const base::Error& root_of(const base::Error& error) {
  return error.cause() != nullptr ? root_of(*error.cause()) : error;
}

}  // namespace

bool Pace::lets_through(std::string_view source, std::string_view code) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  auto& next = next_[{std::string(source), std::string(code)}];
  if (now < next) return false;
  next = now + std::chrono::seconds(1);
  return true;
}

void Witness::kept(const ledger::SubmissionInfo& info, Duration time) noexcept {
  metrics_.kept(info.source, info.bytes, info.repeated, time);
  log_.write(LogLevel::info, "hub.log.kept",
             {{"source", info.source},
              {"submission", number(info.id)},
              {"bytes", info.bytes},
              {"repeated", info.repeated},
              {"ms", milliseconds(time)}});
}

void Witness::not_kept(std::string_view source, const base::Error& error) noexcept {
  metrics_.not_kept(source, root_of(error).code());
  if (not_kept_lines_.lets_through(source, error.code()))
    log_.write(LogLevel::warning, "hub.log.not_kept", error, {{"source", source}});
}

void Witness::carried(const pipeline::SubmissionReport& report, Duration time) noexcept {
  metrics_.carried(report, time);
  pipeline::PartReport sum;
  for (const auto& part : report.parts) {
    sum.rows += part.rows;
    sum.in_review += part.in_review;
    sum.rejected += part.rejected;
  }
  log_.write(LogLevel::info, "hub.log.carried",
             {{"source", report.source},
              {"submission", number(report.submission)},
              {"records", sum.rows},
              {"in_review", sum.in_review},
              {"rejected", sum.rejected},
              {"ms", milliseconds(time)}});
}

void Witness::not_carried(const ledger::SubmissionInfo& info, const base::Error& error) noexcept {
  log_.write(LogLevel::warning, "hub.log.not_carried", error,
             {{"source", info.source}, {"submission", number(info.id)}});
}

void Witness::delivered(std::string_view recipient, std::string_view route, std::uint64_t records,
                        Duration time) noexcept {
  metrics_.delivered(recipient, records, time);
  log_.write(LogLevel::info, "hub.log.delivered",
             {{"recipient", recipient}, {"route", route}, {"records", records}, {"ms", milliseconds(time)}});
}

void Witness::recipient_away(std::string_view recipient, std::string_view route,
                             const base::Error& error) noexcept {
  metrics_.recipient_away(recipient, root_of(error).code());
  log_.write(LogLevel::warning, "hub.log.recipient_away", error,
             {{"recipient", recipient}, {"route", route}});
}

void Witness::refused(std::string_view recipient, std::string_view route, std::uint64_t records,
                      std::string_view cause) noexcept {
  metrics_.refused(recipient, records, cause);
  log_.write(LogLevel::error, "hub.log.refused",
             {{"recipient", recipient}, {"route", route}, {"records", records}, {"cause", cause}});
}

void Witness::unended(const pipeline::Unended& unended) noexcept {
  log_.write(LogLevel::warning, "hub.log.unended",
             {{"errand", name_of(unended.errand)},
              {"number", number(unended.id)},
              {"name", unended.name},
              {"times", std::uint64_t{unended.times}}});
}

void Witness::set_aside(const pipeline::Unended& unended) noexcept {
  log_.write(LogLevel::error, "hub.log.set_aside",
             {{"errand", name_of(unended.errand)},
              {"number", number(unended.id)},
              {"name", unended.name},
              {"times", std::uint64_t{unended.times}}});
}

void Witness::stopped_working(const base::Error& error) noexcept {
  log_.write(LogLevel::error, "hub.log.stopped_working", error, {});
}

void Witness::on_request(const net::RequestSeen& request) noexcept {
  metrics_.request(request);
  log_.write(request.status >= 500 ? LogLevel::warning : LogLevel::debug, "hub.log.request",
             {{"method", request.method},
              {"route", request.route},
              {"status", std::uint64_t{request.status}},
              {"bytes_in", request.bytes_in},
              {"bytes_out", request.bytes_out},
              {"trace", request.trace},
              {"token", request.token},
              {"ms", milliseconds(request.duration)}});
}

void Witness::on_decision(const net::DecisionSeen& decision) noexcept {
  metrics_.decision(decision);
  const bool of_nobody = decision.allowed && decision.token.empty();
  log_.write(of_nobody ? LogLevel::debug : LogLevel::info, "hub.log.decision",
             {{"route", decision.route},
              {"allowed", decision.allowed},
              {"reason", decision.reason},
              {"token", decision.token},
              {"address", decision.address},
              {"trace", decision.trace}});
}

}  // namespace musubi::app
