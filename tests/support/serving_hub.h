// A `musubi serve` of a test's own, as a child process: started, asked over HTTP, ended or killed.
#pragma once

#include <sys/types.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace musubi::net {
class Client;
}

namespace musubi::testing {

struct HttpAnswer {
  unsigned status = 0;  ///< 0: there was none
  std::string body;
  boost::json::value json() const { return boost::json::parse(body); }
};

class ServingHub {
 public:
  struct Settings {
    std::filesystem::path home;
    std::filesystem::path config = std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "config/musubi.yaml";
    int port = 0;  ///< 0: a free one
    std::vector<std::pair<std::string, std::string>> environment{};
  };

  /// Starts and waits until it listens, or has ended.
  explicit ServingHub(Settings settings);
  /// Kills what still runs.
  ~ServingHub();
  ServingHub(const ServingHub&) = delete;
  ServingHub& operator=(const ServingHub&) = delete;

  bool runs();
  pid_t process() const { return child_; }
  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  void kill();
  /// SIGTERM, and how it ended: the exit code, or 128 + the signal.
  int stop();
  void signal(int number) const;
  /// Waits for its end by itself; -1 where it goes on.
  int end(std::chrono::milliseconds patience);
  /// How it ended, as stop() tells it; -1: it has not, or was killed by kill().
  int exit_code() const { return exit_code_; }
  /// What it has written to standard error so far.
  std::string log() const;
  /// Waits until the log has a line with this; false when patience is over.
  bool logged(std::string_view text, std::chrono::milliseconds patience = std::chrono::seconds(10)) const;

  using Headers = std::vector<std::pair<std::string, std::string>>;
  HttpAnswer get(const std::string& target, const std::string& token = {},
                 const Headers& headers = {}) const {
    return ask("GET", target, token, {}, headers);
  }
  HttpAnswer post(const std::string& target, const std::string& token, std::string body = {},
                  const Headers& headers = {}) const {
    return ask("POST", target, token, std::move(body), headers);
  }
  HttpAnswer ask(std::string_view method, const std::string& target, const std::string& token,
                 std::string body = {}, const Headers& headers = {}) const;

 private:
  Settings settings_;
  std::filesystem::path log_;
  std::shared_ptr<const net::Client> client_;
  pid_t child_ = -1;
  int port_ = 0, exit_code_ = -1;
};

/// A port that nobody listens on now.
int free_port();

/// `musubi token create` for the hub of this home: the token.
std::string new_token(const std::filesystem::path& home, const std::string& role,
                      const std::string& source = {}, const std::string& jurisdiction = {});

/// Asks until it holds or patience is over.
template <typename Condition>
bool eventually(const Condition& holds, std::chrono::milliseconds patience = std::chrono::seconds(20)) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace musubi::testing
