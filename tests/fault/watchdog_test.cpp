// What a hub tells its service manager (sd_notify): that it is ready, that it is alive, that it stops; and
// nothing while its own housekeeping hangs, so that it is started again.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

#include "faulty_machine.h"
#include "held_store.h"
#include "program.h"

namespace {

using namespace std::chrono_literals;
using musubi::testing::eventually;
using musubi::testing::Laboratory;
using musubi::testing::Reports;
using musubi::testing::ServingHub;

/// Listens where NOTIFY_SOCKET points.
class ServiceManager {
 public:
  explicit ServiceManager(const std::filesystem::path& file)
      : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    file.native().copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::abort();
  }
  ~ServiceManager() { ::close(descriptor_); }
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;

  /// Whether this was told since it was last asked.
  bool was_told(std::string_view what) {
    bool told = false;
    std::array<char, 4096> text{};
    for (ssize_t length = 0; (length = ::recv(descriptor_, text.data(), text.size(), 0)) > 0;)
      told = told || std::string_view(text.data(), static_cast<std::size_t>(length)).starts_with(what);
    return told;
  }

 private:
  int descriptor_;
};

class Watchdog : public ::testing::Test {
 protected:
  Watchdog() {
    std::ifstream file(laboratory.config());
    std::string text(std::istreambuf_iterator<char>(file), {});
    const std::string serve = "most_attempts: 0";
    text.replace(text.find(serve), serve.size(), serve + ", stuck_after: 1s");
    std::ofstream(laboratory.config()) << text;
  }
  Laboratory::Environment environment() const {
    return {{"NOTIFY_SOCKET", socket.string()}, {"WATCHDOG_USEC", "1000000"}};
  }

  Laboratory laboratory;
  Reports reports;
  std::filesystem::path socket = laboratory.config().parent_path() / "notify";
  ServiceManager manager{socket};
};

TEST_F(Watchdog, a_hub_says_when_it_is_ready_that_it_is_alive_and_that_it_stops) {
  ServingHub hub(laboratory.settings(environment()));
  ASSERT_NE(hub.port(), 0) << hub.log();
  EXPECT_TRUE(eventually([&] { return manager.was_told("READY=1\nSTATUS="); }));
  EXPECT_TRUE(eventually([&] { return manager.was_told("WATCHDOG=1"); }));
  EXPECT_EQ(hub.stop(), 0);
  EXPECT_TRUE(manager.was_told("STOPPING=1"));
}

TEST_F(Watchdog, a_hub_whose_books_hang_does_not_say_that_it_is_alive) {
  if (!musubi::testing::machine_can_be_faulty())
    GTEST_SKIP() << "a sanitizer's runtime leaves no room for another preloaded library";
  const auto stalls = laboratory.home() / "ledger.sqlite.stalls";
  auto faulty = musubi::testing::forgetful_disk(laboratory, 0);
  faulty.emplace_back("MUSUBI_DISK_STALLS", stalls.string());
  for (const auto& each : environment()) faulty.push_back(each);
  {
    ServingHub hub(laboratory.settings(faulty));
    ASSERT_NE(hub.port(), 0) << hub.log();
    {
      const musubi::testing::HeldStore held(laboratory);
      ASSERT_TRUE(held.held());
      ASSERT_EQ(laboratory.post(hub, reports.number(0)), 202U);
      ASSERT_TRUE(hub.logged("\"hub.log.recipient_away\"", 30s)) << hub.log();
      std::ofstream{stalls};  // what is delivered now cannot be noted
    }
    EXPECT_TRUE(eventually(
        [&] {
          static_cast<void>(manager.was_told({}));
          std::this_thread::sleep_for(1'200ms);
          return !manager.was_told("WATCHDOG=1");
        },
        60s))
        << "a hub that hangs said that it lives";
    std::filesystem::remove(stalls);
    EXPECT_TRUE(eventually([&] { return manager.was_told("WATCHDOG=1"); })) << hub.log();
    EXPECT_TRUE(eventually([&] { return laboratory.at_rest(hub); })) << hub.log();
    EXPECT_EQ(hub.stop(), 0);
  }
  laboratory.expect_nothing_lost_nothing_double();
}

}  // namespace
