// musubi serve under load: how its throughput compares with `musubi import` of the same file, and, at a share
// of the measured maximum, how long an acknowledgement takes beside an fsync, and whether memory stays flat;
// with --crowd, while others send as slowly as they can, and too much.
//
//   musubi_serve_bench [--rows N] [--seconds N] [--share 0.7] [--crowd N]
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <thread>

#include "machine_limits.h"
#include "program.h"
#include "raw_client.h"
#include "serving_hub.h"
#include "stopwatch.h"
#include "temporary_folder.h"

namespace {

using namespace std::chrono_literals;
namespace net = musubi::net;
using musubi::testing::eventually;
using musubi::testing::run_musubi;
using musubi::testing::ServingHub;
using Clock = std::chrono::steady_clock;

struct Settings {
  std::uint64_t rows = 200'000;
  std::chrono::seconds time{60};
  double share = 0.7;
  std::size_t crowd = 0;  ///< connections that send a byte a second
};

Settings settings_of(int count, char** words) {
  Settings settings;
  for (int index = 1; index + 1 < count; index += 2) {
    const std::string name = words[index];
    if (name == "--rows") settings.rows = std::strtoull(words[index + 1], nullptr, 10);
    if (name == "--seconds") settings.time = std::chrono::seconds(std::atoi(words[index + 1]));
    if (name == "--crowd") settings.crowd = std::strtoull(words[index + 1], nullptr, 10);
    if (name == "--share") settings.share = std::atof(words[index + 1]);
  }
  return settings;
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

std::filesystem::path sample(const musubi::testing::TemporaryFolder& folder, std::uint64_t rows, int seed) {
  const auto file = folder.path() / fmt::format("tokyo-{}-{}.csv", rows, seed);
  run_musubi({"sample", "--source", "tokyo", "--rows", std::to_string(rows), "--seed", std::to_string(seed),
              "--output", file.string()});
  return file;
}

std::uint64_t resident_kilobytes(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::strtoull(line.c_str() + 6, nullptr, 10);
  return 0;
}

/// A hub over a home of its own, with tokens.
struct Served {
  explicit Served(const musubi::testing::TemporaryFolder& folder, const std::string& name)
      : home(folder.path() / name),
        sender(musubi::testing::new_token(home, "sender", "tokyo")),
        staff(musubi::testing::new_token(home, "operator")),
        hub({.home = home}) {}

  std::uint64_t count(const char* state) const {
    return hub.get("/api/v1/ledger", staff).json().at("records").at(state).to_number<std::uint64_t>();
  }
  bool settled(std::uint64_t records) const {
    return eventually([&] { return count("received") >= records && count("in_flight") == 0; }, 600s);
  }

  std::filesystem::path home;
  std::string sender, staff;
  ServingHub hub;
};

double throughput(const musubi::testing::TemporaryFolder& folder, std::uint64_t rows) {
  const auto file = sample(folder, rows, 1);
  const auto bytes = text_of(file);
  int turn = 0;
  const auto import = [&] {
    run_musubi({"import", "--source", "tokyo", file.string(), "--home",
                (folder.path() / fmt::format("import-{}", turn)).string()});
  };
  const auto serve = [&] {
    const Served served(folder, fmt::format("serve-{}", turn));
    served.hub.post("/api/v1/submissions?name=a.csv", served.sender, bytes);
    served.settled(rows);
    ++turn;
  };
  const auto pair = musubi::bench::alternate(serve, import, 3);
  fmt::print("serve {:>10.0f} rows/s, started and stopped each time; {:.2f} of import ({:.0f} rows/s)\n",
             static_cast<double>(rows) / pair.ours, pair.ratio, static_cast<double>(rows) / pair.limit);
  return static_cast<double>(rows) / pair.ours;
}

/// Small submissions by HTTP and files by the drop folder, at a rate; what each acknowledgement took.
class Load {
 public:
  static constexpr std::uint64_t kRows = 40;  ///< of a submission

  Load(const musubi::testing::TemporaryFolder& folder, const Served& served)
      : served_(served), base_(text_of(sample(folder, kRows, 9))) {}

  void run(double submissions_a_second, std::chrono::seconds time) {
    const auto begin = Clock::now();
    const auto gap = std::chrono::duration_cast<Clock::duration>(1s / submissions_a_second);
    std::vector<std::jthread> callers;
    for (int each = 0; each < kCallers; ++each)
      callers.emplace_back([&, each] {
        for (int number = each; gap * number < time && Clock::now() < begin + time; number += kCallers) {
          std::this_thread::sleep_until(begin + gap * number);
          number % 10 == 9 ? drop(number) : post(number);
        }
      });
    watch_memory(begin + time);
  }

  void tell(double fsync_microseconds) {
    std::ranges::sort(milliseconds_);
    const auto at = [&](double share) {
      return milliseconds_[static_cast<std::size_t>(share * static_cast<double>(milliseconds_.size() - 1))];
    };
    fmt::print("acknowledged {}: p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms; one fsync {:.1f} ms\n",
               milliseconds_.size(), at(0.5), at(0.99), at(1.0), fsync_microseconds / 1000);
    fmt::print("refused or failed {}; memory in MiB, in equal steps of time:", failed_.load());
    constexpr std::size_t kSteps = 10;
    for (std::size_t step = 0; step <= kSteps && !kilobytes_.empty(); ++step)
      fmt::print(" {}", kilobytes_[step * (kilobytes_.size() - 1) / kSteps] / 1024);
    fmt::print("\n");
  }

 private:
  static constexpr int kCallers = 8;

  /// The same rows under other numbers: other cases.
  std::string bytes_of(int number) const {
    std::string bytes;
    std::istringstream lines(base_);
    std::string line;
    std::getline(lines, line);
    bytes = line + "\n";
    for (int row = 0; std::getline(lines, line); ++row)
      bytes += fmt::format("{}{}\n", number * static_cast<int>(kRows) + row, line.substr(line.find(',')));
    return bytes;
  }

  void post(int number) {
    const auto bytes = bytes_of(number);
    const auto begin = Clock::now();
    const auto answer =
        served_.hub.post(fmt::format("/api/v1/submissions?name={}.csv", number), served_.sender, bytes);
    const std::chrono::duration<double, std::milli> took = Clock::now() - begin;
    if (answer.status != 202 && answer.status != 200) ++failed_;
    const std::lock_guard lock(mutex_);
    milliseconds_.push_back(took.count());
  }

  void drop(int number) {
    const auto inbox = served_.home / "inbox/tokyo";
    const auto part = inbox / fmt::format(".{}.part", number);
    std::ofstream(part, std::ios::binary) << bytes_of(number);
    std::filesystem::rename(part, inbox / fmt::format("{}.csv", number));
  }

  void watch_memory(Clock::time_point until) {
    while (Clock::now() < until) {
      kilobytes_.push_back(resident_kilobytes(served_.hub.process()));
      std::this_thread::sleep_for(500ms);
    }
  }

  const Served& served_;
  std::string base_;
  std::mutex mutex_;  ///< of milliseconds_
  std::vector<double> milliseconds_;
  std::atomic<std::uint64_t> failed_{0};
  std::vector<std::uint64_t> kilobytes_;  ///< resident, as time went on
};

/// Senders who mean no good: heads that never end, a byte a second, and once a second a body that is
/// announced beyond every limit.
class Crowd {
 public:
  Crowd(const Served& served, std::size_t size)
      : port_(static_cast<std::uint16_t>(served.hub.port())),
        token_(net::testing::bearer(served.sender)),
        slow_(size),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}
  ~Crowd() {
    thread_.request_stop();
    thread_.join();
    if (!slow_.empty())
      fmt::print(
          "meanwhile {} connections sent a byte a second; {} were ended by the hub, {} senders of too much "
          "were refused, {} were not\n",
          slow_.size(), ended_, refused_, taken_);
  }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested() && !slow_.empty()) {
      for (auto& each : slow_) keep_waiting(each);
      send_too_much();
      std::this_thread::sleep_for(1s);
    }
  }

  void keep_waiting(std::unique_ptr<net::testing::RawClient>& each) {
    if (each && each->send("x")) return;
    if (each) ++ended_;
    each = std::make_unique<net::testing::RawClient>(port_);
    each->send("POST /api/v1/submissions HTTP/1.1\r\nHost: hub\r\nX-Slow: ");
  }

  void send_too_much() {
    const std::string head = "POST /api/v1/submissions?name=a HTTP/1.1\r\nHost: hub\r\n" + token_;
    const auto announced = net::testing::RawClient(port_).ask(head + "Content-Length: 9000000000\r\n\r\n");
    ++(announced.status == 413 ? refused_ : taken_);
  }

  const std::uint16_t port_;
  const std::string token_;
  std::vector<std::unique_ptr<net::testing::RawClient>> slow_;
  std::uint64_t ended_ = 0, refused_ = 0, taken_ = 0;
  std::jthread thread_;
};

/// Submissions a second when nobody waits.
double most_submissions(const musubi::testing::TemporaryFolder& folder) {
  const Served served(folder, "most");
  Load load(folder, served);
  constexpr int kFaster = 100'000;
  const auto begin = Clock::now();
  load.run(kFaster, 10s);
  eventually([&] { return served.count("in_flight") == 0; }, 120s);
  const std::chrono::duration<double> took = Clock::now() - begin;
  const auto most = static_cast<double>(served.count("received")) / Load::kRows / took.count();
  fmt::print("at most {:.0f} submissions of {} rows a second, delivered\n", most, Load::kRows);
  return most;
}

}  // namespace

int main(int count, char** words) {
  const auto settings = settings_of(count, words);
  const musubi::testing::TemporaryFolder folder;
  throughput(folder, settings.rows);
  const auto most = most_submissions(folder);
  const Served served(folder, "load");
  Load load(folder, served);
  {
    const Crowd crowd(served, settings.crowd);
    load.run(settings.share * most, settings.time);
  }
  load.tell(musubi::bench::fsync_microseconds(folder.path()));
  eventually([&] { return served.count("in_flight") == 0; }, 120s);
  fmt::print("received {}, delivered {}, in review {}, balanced {}\n", served.count("received"),
             served.count("delivered"), served.count("in_review"),
             served.hub.get("/api/v1/ledger", served.staff).json().at("balanced").as_bool());
}
