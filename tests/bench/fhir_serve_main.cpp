// POSTs of a laboratory's message to /fhir of a hub that runs as a process, over 32 kept connections: judged
// only ($validate), and judged and durable (as fast as it takes them, and at half that pace), against Beast
// alone in the same run; an fsync beside it. No message is handed in twice.
//
//   musubi_fhir_serve_bench [--seconds N]
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "fhir_message.h"
#include "machine_limits.h"
#include "net_echo.h"
#include "net_load.h"
#include "own_configuration.h"
#include "serving_hub.h"
#include "temporary_folder.h"

namespace {

using namespace std::chrono_literals;
using musubi::bench::Load;
using musubi::bench::Served;
using musubi::testing::ServingHub;

constexpr int kRounds = 5;

std::string request_for(std::string_view path, std::string_view token, const std::string& body) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nContent-Type: "
      "application/fhir+json\r\nPrefer: return=minimal\r\nContent-Length: {}\r\n\r\n{}",
      path, token, body.size(), body);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.at(values.size() / 2);
}

/// Processor time of a process so far, in microseconds.
double work_of(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  std::istringstream words(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int word = 0; word < 11; ++word) words >> skipped;
  double user = 0, system = 0;
  words >> user >> system;
  return (user + system) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

/// Until the hub has carried to their recipients what it took; the seconds that took.
double wait_until_idle(pid_t process) {
  const auto begun = std::chrono::steady_clock::now();
  constexpr auto kLook = 100ms;
  constexpr double kIdle = 5'000;  // microseconds of work in that time
  for (double before = work_of(process);;) {
    std::this_thread::sleep_for(kLook);
    const double now = work_of(process);
    if (now - before <= kIdle)
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun - kLook).count();
    before = now;
  }
}

/// What one kind of request reached, beside Beast alone in the same round.
struct Series {
  std::vector<double> a_second, ratios, p50, p99, work;
  void add(const Served& served, double bare, double microseconds, std::chrono::milliseconds time) {
    a_second.push_back(served.a_second);
    work.push_back(microseconds / (served.a_second * std::chrono::duration<double>(time).count()));
    ratios.push_back(served.a_second / bare);
    p50.push_back(served.milliseconds_p50);
    p99.push_back(served.milliseconds_p99);
  }
  void print(std::string_view what) const {
    fmt::print(
        "{:<28}{:9.0f} POST/s   {:.2f} [{:.2f}-{:.2f}] of Beast alone   {:5.0f} us of processor time each   "
        "p50 {:.2f} ms, p99 {:.2f} ms\n",
        what, median(a_second), median(ratios), *std::ranges::min_element(ratios),
        *std::ranges::max_element(ratios), median(work), median(p50), median(p99));
  }
};

/// The shipped configuration without a limit of requests per second.
void lift_rate_limit(const musubi::testing::OwnConfiguration& configuration) {
  std::ostringstream text;
  text << std::ifstream(configuration.config()).rdbuf();
  auto settings = text.str();
  const std::string shipped = "serve: { address: 127.0.0.1, port: 8080 }";
  const auto at = settings.find(shipped);
  if (at == settings.npos) throw std::runtime_error("the shipped configuration has another serve");
  settings.replace(at, shipped.size(), "serve: { address: 127.0.0.1, port: 8080, requests_per_second: 0 }");
  std::ofstream(configuration.config()) << settings;
}

/// Resident memory of the hub, in MiB.
double memory_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  return 0;
}

int run(int count, char** words) {
  const auto body = musubi::bench::laboratory_message();
  std::chrono::milliseconds time = 2s;
  for (int index = 1; index + 1 < count; index += 2) {
    if (std::string_view(words[index]) == "--seconds")
      time = std::chrono::seconds(std::atoi(words[index + 1]));
  }
  const musubi::testing::TemporaryFolder folder;
  const auto token = musubi::testing::new_token(folder.path(), "sender", "fhir");
  const musubi::testing::OwnConfiguration configuration;
  lift_rate_limit(configuration);
  ServingHub hub({.home = folder.path(), .config = configuration.config()});
  if (hub.port() == 0) throw std::runtime_error("the hub did not start: " + hub.log());
  const musubi::bench::BareBeast bare;
  const auto plain = request_for("/", "bench", body);
  const auto judged = request_for("/fhir/$validate", token, body);
  const auto durable = request_for("/fhir", token, body);
  const Load same{.time = time};
  std::uint64_t number = 1;
  const auto numbered = [&, at = durable.find(musubi::bench::kNumber)](Load load) {
    constexpr std::uint64_t kMoreThanOneRoundTakes = 10'000'000;
    load.time = time;
    load.number_at = at;
    load.first_number = number;
    number += kMoreThanOneRoundTakes;
    return load;
  };
  std::vector<double> limit, bare_work, sync, behind;
  Series validated, kept, half, one;
  const auto measure = [&](Series& series, const std::string& request, const Load& load) {
    const auto before = work_of(hub.process());
    const auto served = musubi::bench::put_under_load(static_cast<std::uint16_t>(hub.port()), request, load);
    series.add(served, limit.back(), work_of(hub.process()) - before, time);
  };
  for (int round = 0; round < kRounds; ++round) {
    const auto alone_served = musubi::bench::put_under_load(bare.port(), plain, same);
    limit.push_back(alone_served.a_second);
    bare_work.push_back(alone_served.server_microseconds);
    measure(validated, judged, same);
    measure(kept, durable, numbered({}));
    behind.push_back(wait_until_idle(hub.process()));
    measure(half, durable, numbered({.due_a_second = kept.a_second.back() / 2}));
    wait_until_idle(hub.process());
    measure(one, durable, numbered({.connections = 1}));
    wait_until_idle(hub.process());
    sync.push_back(musubi::bench::fsync_microseconds(folder.path()));
  }
  fmt::print("a message of {} bytes; memory of the hub at the end {:.0f} MiB\n", body.size(),
             memory_of(hub.process()));
  fmt::print("{:<28}{:9.0f} POST/s   {:5.1f} us of processor time each\n", "Beast alone", median(limit),
             median(bare_work));
  validated.print("judged ($validate)");
  kept.print("judged and durable");
  fmt::print("{:<28}{:9.1f} s after {} s of that\n", "all of it delivered", median(behind),
             std::chrono::duration<double>(time).count());
  half.print("the same, at half that pace");
  one.print("the same, one connection");
  fmt::print("{:<28}{:9.0f} us; an acknowledgement over one connection takes {:.1f} of it\n", "fdatasync",
             median(sync), median(one.p50) * 1000 / median(sync));
  return 0;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run(count, words);
  } catch (const std::exception& failure) {
    std::cerr << "musubi_fhir_serve_bench: " << failure.what() << '\n';
    return 3;
  }
}
