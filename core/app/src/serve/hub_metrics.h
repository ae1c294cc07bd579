// What is counted and measured of a hub, in Prometheus' terms. Labels are names of configuration and codes:
// never anything of a record.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "musubi/console/console.h"
#include "musubi/net/observer.h"
#include "musubi/pipeline/hub.h"

namespace musubi::app {

/// Threads: any.
class HubMetrics {
 public:
  using Duration = std::chrono::microseconds;
  HubMetrics();
  ~HubMetrics();

  void kept(std::string_view source, std::uint64_t bytes, bool repeated, Duration);
  void not_kept(std::string_view source, std::string_view code);
  void carried(const pipeline::SubmissionReport& report, Duration);
  void delivered(std::string_view recipient, std::uint64_t records, Duration);
  void recipient_away(std::string_view recipient, std::string_view code);
  void refused(std::string_view recipient, std::uint64_t records, std::string_view code);
  void request(const net::RequestSeen& request);
  void decision(const net::DecisionSeen& decision);

  /// Everything as text, the books and queues read from the hub at this moment.
  std::string text(const console::Services& services) const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace musubi::app
