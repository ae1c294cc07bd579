// Writes down what a hub and its server tell: each thing once in the log and once in the metrics.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "hub_log.h"
#include "hub_metrics.h"
#include "musubi/net/observer.h"
#include "musubi/pipeline/hub.h"

namespace musubi::app {

/// Lets the same thing through once a second, so that a flood of refusals is no flood of lines. Threads: any.
class Pace {
 public:
  bool lets_through(std::string_view source, std::string_view code);

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::chrono::steady_clock::time_point> next_;
};

/// Threads: any. Log and metrics are borrowed.
class Witness final : public pipeline::HubObserver, public net::Observer {
 public:
  Witness(HubLog& log, HubMetrics& metrics) : log_(log), metrics_(metrics) {}

  void kept(const ledger::SubmissionInfo& info, Duration time) noexcept override;
  void not_kept(std::string_view source, const base::Error& error) noexcept override;
  void carried(const pipeline::SubmissionReport& report, Duration time) noexcept override;
  void not_carried(const ledger::SubmissionInfo& info, const base::Error& error) noexcept override;
  void delivered(std::string_view recipient, std::string_view route, std::uint64_t records,
                 Duration time) noexcept override;
  void recipient_away(std::string_view recipient, std::string_view route,
                      const base::Error& error) noexcept override;
  void refused(std::string_view recipient, std::string_view route, std::uint64_t records,
               std::string_view cause) noexcept override;
  void unended(const pipeline::Unended& unended) noexcept override;
  void set_aside(const pipeline::Unended& unended) noexcept override;
  void stopped_working(const base::Error& error) noexcept override;
  void on_request(const net::RequestSeen& request) noexcept override;
  void on_decision(const net::DecisionSeen& decision) noexcept override;

 private:
  HubLog& log_;
  HubMetrics& metrics_;
  Pace not_kept_lines_;  ///< the metrics count what has no line
};

}  // namespace musubi::app
