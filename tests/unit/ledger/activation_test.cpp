// What is in force: recorded whole or not at all, beside a running hub too.
#include <fcntl.h>
#include <sys/file.h>

#include <array>

#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class ActivationTest : public LedgerTest {
 protected:
  static Activation mapping(const std::string& digest, ActivationAction action = ActivationAction::activate) {
    Activation activation;
    activation.mapping = "tokyo/positive-cases";
    activation.version = "2020-01-24";
    activation.file = "tokyo/positive-cases.yaml";
    activation.action = action;
    activation.mapping_digest = digest;
    activation.value_sets_digest = "values";
    activation.by = "tester";
    activation.why = "because";
    return activation;
  }
  /// With the texts that go with it.
  static std::string activate(Ledger& with, const Activation& activation, std::int64_t seen) {
    const std::array texts{
        ConfigurationText{activation.mapping_digest, "mapping", activation.mapping, "text"},
        ConfigurationText{activation.value_sets_digest, "value_sets", "", "manifest"}};
    return code_of(with.activate(texts, std::array{activation}, seen));
  }
};

TEST_F(ActivationTest, what_was_recorded_is_told_with_what_was_in_force_before) {
  EXPECT_EQ(ledger->newest_activation(), 0);
  ASSERT_EQ(activate(*ledger, mapping("m1", ActivationAction::baseline), 0), "");
  ASSERT_EQ(activate(*ledger, mapping("m2"), 1), "");
  reopen();
  EXPECT_EQ(ledger->newest_activation(), 2);
  const auto all = ledger->activations();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].previous_mapping_digest, "");
  EXPECT_EQ(all[0].action, ActivationAction::baseline);
  EXPECT_EQ(all[1].mapping_digest, "m2");
  EXPECT_EQ(all[1].previous_mapping_digest, "m1");
  EXPECT_EQ(all[1].previous_value_sets, "values");
  EXPECT_EQ(all[1].by + ", " + all[1].why, "tester, because");
  EXPECT_EQ(all[1].file, "tokyo/positive-cases.yaml");
  EXPECT_EQ(all[1].at, clock.time);
  EXPECT_EQ(*ledger->configuration("m2"), "text");
  expect_right();
}

TEST_F(ActivationTest, who_was_overtaken_changes_nothing) {
  ASSERT_EQ(activate(*ledger, mapping("m1"), 0), "");
  EXPECT_EQ(activate(*ledger, mapping("m2"), 0), "ledger.activation_overtaken");
  EXPECT_THAT(ledger->activations(), SizeIs(1));
  EXPECT_EQ(ledger->configuration("m2").error().code(), "ledger.configuration_unknown");
}

TEST_F(ActivationTest, beside_a_running_hub_activations_are_written_and_nothing_else) {
  const auto part = part_of_text("a");
  auto beside = Ledger::open_beside(home(), clock);
  ASSERT_FALSE(beside.has_error());
  EXPECT_EQ(activate(**beside, mapping("m1"), 0), "");
  EXPECT_EQ(ledger->newest_activation(), 1) << "the hub sees it";
  EXPECT_EQ(code_of((*beside)->begin_batch(part.id)), "ledger.locked");
  EXPECT_EQ((*beside)->keep("tokyo", file("b", "b"), "b", {}).error().code(), "ledger.locked");
  ASSERT_EQ(code_of(ledger->begin_batch(part.id)), "");
  EXPECT_EQ((*beside)->newest_activation(), 1) << "asking never waits for a batch";
  add_words(*ledger, part, 1, {{"1", 1}});
  EXPECT_EQ(code_of(ledger->commit_batch(1)), "");
  EXPECT_EQ(activate(**beside, mapping("m2"), 1), "");
  beside->reset();
  expect_right();
}

TEST_F(ActivationTest, where_no_hub_is_running_beside_is_the_whole_ledger) {
  ledger.reset();
  auto opened = Ledger::open_beside(home(), clock);
  ASSERT_FALSE(opened.has_error());
  EXPECT_FALSE((*opened)->keep("tokyo", file("b", "b"), "b", {}).has_error());
}

TEST_F(ActivationTest, a_configuration_that_is_not_kept_is_found_by_the_audit) {
  ASSERT_EQ(activate(*ledger, mapping("m1"), 0), "");
  tamper("DELETE FROM configurations WHERE digest = 'm1'");
  EXPECT_THAT(audit(), ::testing::ElementsAre("ledger.audit_configuration"));
}

/// A home that an earlier Musubi wrote: one part with a delivered record and four that are held.
class HomeOfFormat : public LedgerTest {
 protected:
  explicit HomeOfFormat(const char* script) : script_(script) {}
  void SetUp() override {
    std::filesystem::create_directories(home() / "kept");
    std::ifstream script(std::filesystem::path(MUSUBI_LEDGER_TESTS) / script_);
    const std::string sql{std::istreambuf_iterator<char>(script), {}};
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((home() / "ledger.sqlite").c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
  }
  std::unique_ptr<Ledger> reader() const {
    auto opened = Ledger::open_to_read(home(), clock);
    EXPECT_FALSE(opened.has_error()) << base::describe(base::Language::english, opened.error());
    return opened.has_error() ? nullptr : std::move(*opened);
  }

 private:
  const char* script_;
};

class OldHome : public HomeOfFormat {
 protected:
  OldHome() : HomeOfFormat("format1.sql") {}
  static void expect_the_books(const Ledger& of) {
    expect_counts(of.balance(), {.received = 5, .delivered = 1, .in_review = 4});
    const auto parts = of.parts_of(1);
    ASSERT_THAT(parts, SizeIs(1));
    EXPECT_EQ(parts[0].pin.mapping, "tokyo/positive-cases");
    EXPECT_EQ(parts[0].pin.value_sets_digest, "");
    EXPECT_THAT(of.quarantine(), SizeIs(4));
    EXPECT_EQ(of.lineage(1)->versions.at(0).pin, parts[0].pin);
    EXPECT_THAT(of.activations(), IsEmpty());
    EXPECT_EQ(of.newest_activation(), 0);
    EXPECT_EQ(of.submission(1)->receipts, 1U);
    EXPECT_EQ(code_of(of.health()), "");
  }
};

TEST_F(OldHome, can_be_read_and_stays_as_it_is) {
  const auto old = reader();
  ASSERT_NE(old, nullptr);
  expect_the_books(*old);
}

TEST_F(OldHome, is_brought_up_to_date_when_it_is_written) {
  reopen();
  expect_the_books(*ledger);
  EXPECT_EQ(code_of(ledger->activate({}, {}, 0)), "");
  reopen();
  expect_the_books(*ledger);
}

TEST_F(OldHome, a_hub_of_an_older_musubi_that_runs_is_left_alone) {
  std::ofstream(home() / "ledger.lock");
  const auto lock = ::open((home() / "ledger.lock").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
  EXPECT_EQ(Ledger::open_beside(home(), clock).error().code(), "ledger.locked");
  ::close(lock);
}

/// The same bytes lie in it once, handed in twice as tokyo's and once as osaka's.
class HomeOfReceipts : public HomeOfFormat {
 protected:
  HomeOfReceipts() : HomeOfFormat("format4.sql") {
    clock.time = std::chrono::sys_days(std::chrono::year(2027) / 1 / 1);  // after it was written
  }
  static void expect_the_receipts(const Ledger& of) {
    const auto all = of.submissions();
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].receipts, 2U);
    EXPECT_EQ(all[1].receipts, 1U);
    EXPECT_EQ(all[1].reason, "adapter.header_unknown");
    const auto receipts = of.receipts_of(all[0].id);
    ASSERT_THAT(receipts, SizeIs(2));
    EXPECT_EQ(receipts[0].name + " " + receipts[1].name, "a.csv b.csv");
    EXPECT_EQ(receipts[0].received, all[0].received);
    EXPECT_LT(receipts[0].received, receipts[1].received);
    for (const auto& each : all) EXPECT_EQ(of.kept(each)->bytes->size(), each.bytes) << each.source;
    const auto newest = of.newest_receipts(5);
    EXPECT_THAT(newest.at("tokyo"), SizeIs(2));
    EXPECT_THAT(newest.at("osaka"), SizeIs(1));
    EXPECT_THAT(of.verify(), IsEmpty());
  }
};

TEST_F(HomeOfReceipts, can_be_read_and_stays_as_it_is) {
  const auto old = reader();
  ASSERT_NE(old, nullptr);
  expect_the_receipts(*old);
}

TEST_F(HomeOfReceipts, is_brought_up_to_date_when_it_is_written) {
  reopen();
  expect_the_receipts(*ledger);
  const auto bytes = *ledger->kept(*ledger->submission(2))->bytes;
  const std::vector<Arrival> arrivals{{"osaka", "d.csv", bytes}, {"osaka", "e.csv", "new"}};
  const auto infos = ledger->keep_all(arrivals);
  ASSERT_FALSE(infos.has_error());
  EXPECT_TRUE((*infos)[0].repeated);
  EXPECT_EQ((*infos)[0].receipts, 2U);
  EXPECT_EQ((*infos)[1].id, 3) << "numbers go on";
  expect_right();
}

}  // namespace
}  // namespace musubi::ledger
