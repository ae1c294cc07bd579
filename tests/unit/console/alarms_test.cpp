// Each kind of alarm stands while its cause does, and goes with it.
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <csignal>

#include "watched_hub.h"

namespace musubi::console {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// While it lives, no file of this process grows.
class NoRoom {
 public:
  NoRoom() : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &room_);
    set(1);
  }
  ~NoRoom() {
    set(room_.rlim_cur);
    std::signal(SIGXFSZ, before_);
  }
  NoRoom(const NoRoom&) = delete;
  NoRoom& operator=(const NoRoom&) = delete;

 private:
  void set(rlim_t bytes) const {
    const rlimit limit{bytes, room_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  rlimit room_{};
  void (*before_)(int);
};

class Alarms : public WatchedHub {
 protected:
  std::vector<std::string> standing() const {
    std::vector<std::string> codes;
    for (const auto& each : alarms(*services)) {
      EXPECT_NE(base::say(base::Language::japanese, each.code, each.arguments),
                base::say(base::Language::english, each.code, each.arguments));
      EXPECT_FALSE(base::remedy(base::Language::japanese, each.code, each.arguments).empty()) << each.code;
      EXPECT_FALSE(base::remedy(base::Language::english, each.code, each.arguments).empty()) << each.code;
      codes.push_back(each.code);
    }
    return codes;
  }

  /// In the ledger's tables, past the ledger.
  void tamper(const char* statement) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((folder.path() / "home/ledger.sqlite").c_str(), &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 5'000);
    EXPECT_EQ(sqlite3_exec(database, statement, nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
  }
};

TEST_F(Alarms, none_stands_where_all_is_well) {
  receive(rows(1, 20));
  expect_idle();
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(Alarms, dead_letters_until_they_are_replayed) {
  std::atomic<bool> choosy = true;
  sink.refuses = [&](std::int64_t record) { return choosy && record == 7; };
  receive(rows(1, 20));
  expect_soon([&] { return ledger->balance().dead_letter == 1; });
  EXPECT_THAT(standing(), ElementsAre("hub.alarm.dead_letters"));
  choosy = false;
  ASSERT_FALSE(ledger->reopen({.recipient = "central-store"}).has_error());
  expect_soon([&] { return ledger->balance().dead_letter == 0 && all_settled(); });
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(Alarms, a_recipient_that_waits_until_it_has_what_it_is_owed) {
  sink.away = true;
  receive(rows(1, 20));
  expect_soon([&] { return ledger->balance().in_flight == 20; });
  set_clock.time = clock.now() + 9min;
  EXPECT_THAT(standing(), IsEmpty());
  set_clock.time = clock.now() + 11min;
  EXPECT_THAT(standing(), ElementsAre("hub.alarm.recipient_waits"));
  sink.away = false;
  expect_soon([&] { return all_settled(); });
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(Alarms, a_way_in_whose_last_look_failed) {
  way_in.told.last_error = base::Error(base::ErrorKind::environment, "intake.folder");
  EXPECT_THAT(standing(), ElementsAre("hub.alarm.way_in"));
  way_in.told.last_error.reset();
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(Alarms, a_sender_that_is_silent_for_longer_than_expected) {
  services->silence["test"] = {.expected_every = 60min, .least = 60min};
  receive(rows(1, 2));
  expect_idle();
  set_clock.time = clock.now() + 2h;
  EXPECT_THAT(standing(), IsEmpty());
  set_clock.time = clock.now() + 4h;
  EXPECT_THAT(standing(), ElementsAre("hub.alarm.silent"));
}

TEST_F(Alarms, books_that_do_not_balance) {
  receive(rows(1, 20));
  expect_idle();
  tamper("UPDATE books SET received = received + 1");
  EXPECT_THAT(standing(), ElementsAre("hub.alarm.gap"));
  tamper("UPDATE books SET received = received - 1");
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(Alarms, a_hub_that_cannot_go_on_until_it_is_started_again) {
  {
    const NoRoom no_room;
    hub->receive({"test", "a.csv", rows(1, 2), {}, {}},
                 [](const auto& info) { EXPECT_TRUE(info.has_error()); });
    expect_soon([&] { return hub->failure().has_value(); });
  }
  EXPECT_THAT(standing(), ElementsAre("hub.alarm.not_working"));
  restart();
  services->hub = hub.get();
  EXPECT_THAT(standing(), IsEmpty());
}

}  // namespace
}  // namespace musubi::console
