// A server on a free port with a few routes, whose gate knows the roles by name: the token "reviewer" is a
// reviewer's.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "musubi/net/answers.h"
#include "musubi/net/server.h"
#include "raw_client.h"

namespace musubi::net::testing {

class NamedRoles final : public Gate {
 public:
  base::Result<std::shared_ptr<const Identity>> identify(std::string_view token,
                                                         const Peer& peer) noexcept override;
  bool has_tokens() noexcept override { return true; }
  std::atomic<bool> is_broken = false;
};

/// What the server told, as texts that a test can compare.
class Notes final : public Observer {
 public:
  void on_request(const RequestSeen& request) noexcept override;
  void on_decision(const DecisionSeen& decision) noexcept override;
  /// "GET /things/{id} 200 reader"
  std::vector<std::string> requests() const;
  /// "reader /things/{id} yes net.role_permitted"
  std::vector<std::string> decisions() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> requests_, decisions_;
};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest();
  /// With `settings` and `routes` as the test has left them.
  void start();
  RawAnswer ask(std::string_view bytes) const { return RawClient(server->port()).ask(bytes); }

  NamedRoles gate;
  Notes notes;
  base::SystemClock clock;
  ServerSettings settings;
  Routes routes;
  std::unique_ptr<Server> server;
};

/// Answers with what it was asked.
void echo(const std::shared_ptr<Request>& request, const Reply& reply);

}  // namespace musubi::net::testing
