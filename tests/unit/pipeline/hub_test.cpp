// The hub that runs on: nothing that was acknowledged is lost or counted twice, whatever recipients do.
#include "small_hub.h"

namespace musubi::pipeline {
namespace {

/// Writes down of whom the hub was not able to take something, and why.
class NotKept final : public HubObserver {
 public:
  void not_kept(std::string_view source, const base::Error& error) noexcept override {
    told.push_back(std::string(source) + " " + error.code());
  }
  std::vector<std::string> told;
};

TEST_F(HubTest, carries_what_it_receives_to_the_recipient) {
  start();
  const auto info = receive(rows(1, 25));
  EXPECT_FALSE(info.repeated);
  expect_idle();
  EXPECT_EQ(sink.stored().size(), 25u);
  expect_books(25, 25);
  EXPECT_EQ(ledger->submission(info.id)->state, ledger::SubmissionState::done);
}

TEST_F(HubTest, the_same_bytes_again_are_already_received) {
  start();
  const auto first = receive(rows(1, 5));
  expect_idle();
  const auto again = receive(rows(1, 5));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.id, first.id);
  expect_idle();
  expect_books(5, 5);
}

TEST_F(HubTest, the_same_report_five_times_at_once_is_one_case) {
  start();
  std::atomic<int> answered = 0, repeated = 0;
  for (int time = 0; time < 5; ++time) {
    hub->receive({"test", "a.csv", rows(1, 1), {}, {}}, [&](const auto& info) {
      if (!info.has_error() && info->repeated) ++repeated;
      ++answered;
    });
  }
  while (answered < 5) std::this_thread::yield();
  expect_idle();
  EXPECT_EQ(repeated, 4);
  EXPECT_EQ(ledger->submissions().at(0).receipts, 5u) << "five receipts";
  expect_books(1, 1);
}

TEST_F(HubTest, a_recipient_that_is_away_keeps_nobody_from_handing_in) {
  sink.away = true;
  start();
  for (int part = 0; part < 10; ++part) receive(rows(part * 20 + 1, part * 20 + 20));
  expect_idle();
  EXPECT_EQ(ledger->balance().in_flight, 200u);
  EXPECT_NE(hub->couriers().at(0).circuit, delivery::Circuit::closed);
  sink.away = false;
  expect_soon([&] { return all_settled(); });
  EXPECT_EQ(sink.stored().size(), 200u);
  expect_books(200, 200);
}

TEST_F(HubTest, what_was_owed_when_it_stopped_is_delivered_after_the_next_start) {
  sink.away = true;
  start();
  receive(rows(1, 60));
  expect_idle();
  sink.away = false;
  restart();
  expect_idle();
  EXPECT_EQ(sink.stored().size(), 60u);
  expect_books(60, 60);
}

TEST_F(HubTest, an_answer_that_was_lost_makes_nothing_double) {
  sink.loses_answer = 2;
  start();
  receive(rows(1, 50));
  expect_idle();
  expect_soon([&] { return all_settled(); });
  EXPECT_EQ(sink.stored().size(), 50u);
  expect_books(50, 50);
}

TEST_F(HubTest, one_record_the_recipient_refuses_becomes_a_dead_letter_and_the_others_arrive) {
  std::atomic<bool> choosy = true;
  sink.refuses = [&](std::int64_t record) { return choosy && record == 7; };
  start();
  receive(rows(1, 30));
  expect_idle();
  expect_books(30, 29, 1);
  const auto letters = ledger->dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].cause, "test.refused");
  choosy = false;
  ASSERT_EQ(taken(ledger->reopen({.cause = "test.refused"})), 1u);
  const auto before = sink.attempts.load();
  expect_soon([&] { return all_settled(); });
  expect_books(30, 30);
  EXPECT_EQ(sink.attempts - before, 1) << "what was accepted is not sent again";
}

TEST_F(HubTest, a_consignment_that_never_passes_is_taken_apart_while_others_go_on) {
  sink.refuses = [](std::int64_t record) { return record == 3; };
  sink.refuse_as = base::ErrorKind::unavailable;
  start();
  receive(rows(1, 10));
  receive(rows(11, 40), "other");
  expect_idle();
  expect_soon([&] { return all_settled(); });
  expect_books(40, 39, 1);
}

TEST_F(HubTest, a_recipient_that_refuses_everything_is_not_asked_record_by_record) {
  sink.refuses = [](std::int64_t) { return true; };
  auto settings = quick();
  settings.tuning.batch_rows = 1'000;
  start(settings);
  receive(rows(1, 500));
  expect_idle();
  expect_books(500, 0, 500);
  EXPECT_LT(sink.attempts, 60);
}

TEST_F(HubTest, unreadable_bytes_are_told_and_do_not_stop_the_next) {
  start();
  const auto bad = receive("nothing,of,ours\n1,2,3\n");
  const auto good = receive(rows(1, 3));
  expect_idle();
  EXPECT_EQ(ledger->submission(bad.id)->state, ledger::SubmissionState::rejected);
  EXPECT_EQ(ledger->submission(good.id)->state, ledger::SubmissionState::done);
  expect_books(3, 3);
}

/// Short submissions that wait are booked by one transaction; what cannot be is carried alone, in its turn.
TEST_F(HubTest, short_submissions_that_wait_together_keep_their_order) {
  ASSERT_NO_FATAL_FAILURE(start());
  std::vector<std::future<base::Result<ledger::SubmissionInfo>>> answers;
  const auto hand_in = [&](const std::string& csv) {
    auto answer = std::make_shared<std::promise<base::Result<ledger::SubmissionInfo>>>();
    answers.push_back(answer->get_future());
    hub->receive({"test", "a.csv", csv, {}, {}}, [answer](auto info) { answer->set_value(std::move(info)); });
  };
  for (int round = 1; round <= 40; ++round) hand_in(rows(round, round, "男性"));
  hand_in("nothing,of,ours\n1,2,3\n");
  hand_in(rows(1, 100, "女性"));  // more than one batch: alone
  for (int round = 1; round <= 40; ++round) hand_in(rows(round, round, "男性") + "\n");
  hand_in("No,sex,day\n500,unknown to all,2020-04-01\n");  // for a person
  hand_in(rows(501, 501));
  std::vector<ledger::SubmissionInfo> infos;
  for (auto& each : answers) infos.push_back(taken(each.get()));
  expect_idle();
  EXPECT_EQ(ledger->submission(infos.at(40).id)->state, ledger::SubmissionState::rejected);
  EXPECT_EQ(ledger->submission(infos.at(83).id)->state, ledger::SubmissionState::done);
  const auto books = ledger->balance();
  EXPECT_EQ(books.received, 182u);
  EXPECT_EQ(books.delivered, 181u);
  EXPECT_EQ(books.in_review, 1u);
  EXPECT_TRUE(books.balanced());
  EXPECT_EQ(ledger->lineage(*ledger->case_number("test", "7"))->versions.size(), 3u)
      << "男性, 女性, 男性 again";
  EXPECT_THAT(ledger->verify(), ::testing::IsEmpty());
}

/// Hands in many short submissions at once, so that they wait together.
class ManyAtOnce : public HubTest {
 protected:
  void hand_in(int count) {
    std::vector<std::future<base::Result<ledger::SubmissionInfo>>> answers;
    for (int round = 1; round <= count; ++round) {
      auto answer = std::make_shared<std::promise<base::Result<ledger::SubmissionInfo>>>();
      answers.push_back(answer->get_future());
      hub->receive({"test", "a.csv", rows(round, round), {}, {}},
                   [answer](auto info) { answer->set_value(std::move(info)); });
    }
    for (auto& each : answers) taken(each.get());
    expect_idle();
  }
};

TEST_F(ManyAtOnce, are_delivered_together) {
  ASSERT_NO_FATAL_FAILURE(start());
  hand_in(200);
  expect_books(200, 200);
  EXPECT_EQ(sink.stored().size(), 200u);
  EXPECT_GT(sink.most_together, 1u);
}

TEST_F(ManyAtOnce, one_that_is_refused_does_not_keep_the_others) {
  sink.refuses = [](std::int64_t record) { return record == 70; };
  ASSERT_NO_FATAL_FAILURE(start());
  hand_in(200);
  expect_soon([&] { return all_settled(); });
  expect_books(200, 199, 1);
  EXPECT_EQ(sink.stored().size(), 199u);
}

TEST_F(ManyAtOnce, wait_for_a_recipient_that_is_away) {
  sink.away = true;
  ASSERT_NO_FATAL_FAILURE(start());
  hand_in(200);
  EXPECT_TRUE(sink.stored().empty());
  sink.away = false;
  expect_soon([&] { return all_settled(); });
  expect_books(200, 200);
}

TEST_F(HubTest, what_the_calling_thread_keeps_is_durable_when_it_comes_back) {
  start();
  bool answered = false;
  hub->receive(
      {"test", "a.csv", rows(1, 1), {}, {}},
      [&](const auto& info) {
        EXPECT_FALSE(info.has_error());
        EXPECT_EQ(ledger->submissions().size(), 1u);
        answered = true;
      },
      Hub::Keeper::here);
  EXPECT_TRUE(answered);
  expect_idle();
  expect_books(1, 1);
}

TEST_F(HubTest, callers_who_keep_and_callers_who_do_not_are_all_answered) {
  constexpr int kThreads = 4, kEach = 40;
  start();
  std::atomic<int> kept = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kThreads; ++caller)
    callers.emplace_back([&, caller] {
      for (int round = 0; round < kEach; ++round) {
        const int row = caller * kEach + round + 1;
        hub->receive(
            {"test", "a.csv", rows(row, row), {}, {}},
            [&](const auto& info) { kept += info.has_error() ? 0 : 1; },
            (caller + round) % 3 == 0 ? Hub::Keeper::other : Hub::Keeper::here);
      }
    });
  for (auto& each : callers) each.join();
  expect_soon([&] { return kept == kThreads * kEach; });
  expect_idle();
  expect_books(kThreads * kEach, kThreads * kEach);
}

/// What was judged when it came is known to the adapter, until the process ends.
class RememberingSource final : public plugin::Source {
 public:
  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& submission, std::span<const plugin::Layout> layouts) noexcept override {
    faultless_by.push_back(submission.faultless_by);
    return plugin::recognise_tables(submission, layouts, {});
  }
  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    return plugin::open_table(submission, part);
  }
  std::vector<std::string> faultless_by;
};

TEST_F(HubTest, the_adapter_learns_by_which_rules_a_submission_was_judged) {
  RememberingSource remembering;
  auto all = equipment();
  all.sources["test"] = &remembering;
  hub = taken(Hub::start(std::move(all), quick(), observer));
  std::promise<void> answered;
  hub->receive({"test", "a.csv", rows(1, 1), {}, {}, "the rules"}, [&](auto) { answered.set_value(); });
  answered.get_future().get();
  receive(rows(2, 2));
  expect_idle();
  hub->stop();
  EXPECT_THAT(remembering.faultless_by, ::testing::UnorderedElementsAre("the rules", ""));
}

/// Finds the same table twice, as in a workbook of which two sheets have one name.
class TwiceSource final : public plugin::Source {
 public:
  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& submission, std::span<const plugin::Layout> layouts) noexcept override {
    auto parts = plugin::recognise_tables(submission, layouts, {});
    if (!parts.has_error()) parts->push_back(parts->front());
    return parts;
  }
  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    return plugin::open_table(submission, part);
  }
};

TEST_F(HubTest, of_two_parts_of_one_name_the_second_is_told_not_to_have_been_read) {
  TwiceSource twice;
  auto its = equipment();
  its.sources["test"] = &twice;
  hub = taken(Hub::start(std::move(its), quick(), observer));
  const auto short_one = receive(rows(1, 3)), long_one = receive(rows(4, 103));
  expect_idle();
  for (const auto id : {short_one.id, long_one.id}) {
    EXPECT_EQ(ledger->submission(id)->state, ledger::SubmissionState::in_review);
    EXPECT_EQ(ledger->submission(id)->reason, "pipeline.part_name_twice");
  }
  expect_books(103, 103);
}

TEST_F(HubTest, an_unknown_source_is_not_received) {
  start();
  EXPECT_EQ(hub->may_receive("nobody").error().code(), "pipeline.source_unknown");
}

TEST_F(HubTest, who_is_told_to_come_later_is_counted_and_names_that_are_no_source_are_not) {
  NotKept observer_of_refusals;
  hub = taken(Hub::start(equipment(), quick(), observer_of_refusals));
  EXPECT_FALSE(hub->admit("test").has_error());
  EXPECT_EQ(hub->admit("nobody").error().code(), "pipeline.source_unknown");
  hub->stop();
  EXPECT_EQ(hub->admit("test").error().code(), "hub.stopping");
  EXPECT_EQ(observer_of_refusals.told, std::vector<std::string>{"test hub.stopping"});
  hub.reset();
}

TEST_F(HubTest, too_much_waiting_pushes_senders_back) {
  sink.away = true;
  auto settings = quick();
  settings.most_in_flight = 20;
  start(settings);
  receive(rows(1, 30));
  for (int time = 0; time < 200 && !hub->may_receive("test").has_error(); ++time)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_TRUE(hub->may_receive("test").has_error());
  EXPECT_EQ(hub->may_receive("test").error().code(), "hub.full");
  sink.away = false;
  hub->deliver_now();
  for (int time = 0; time < 200 && hub->may_receive("test").has_error(); ++time)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(hub->may_receive("test").has_error());
}

TEST_F(HubTest, a_correction_that_comes_before_the_original_stays_the_newest_word) {
  start();
  std::promise<void> done;
  const auto day = [](int number) { return std::chrono::sys_days(std::chrono::year(2020) / 4 / number); };
  hub->receive({"test", "correction.csv", rows(1, 1, "女性"), {}, day(20)}, [](const auto&) {});
  hub->receive({"test", "original.csv", rows(1, 1, "男性"), {}, day(10)},
               [&](const auto&) { done.set_value(); });
  done.get_future().get();
  expect_idle();
  expect_books(2, 2);
  const auto lineage = ledger->lineage(1);
  ASSERT_EQ(lineage->versions.size(), 2u);
  EXPECT_EQ(lineage->versions[1].disposition, ledger::Disposition::late);
}

TEST_F(HubTest, stops_while_it_works_and_goes_on_at_the_next_start) {
  start();
  for (int part = 0; part < 20; ++part) receive(rows(part * 50 + 1, part * 50 + 50));
  restart();
  expect_idle();
  EXPECT_EQ(sink.stored().size(), 1000u);
  expect_books(1000, 1000);
}

TEST_F(HubTest, bytes_that_changed_on_the_disk_are_not_read_as_what_was_received) {
  const auto csv = rows(1, 6'000);
  ASSERT_GT(csv.size(), ledger::kMostSmallBytes);
  const auto info = taken(ledger->keep("test", folder.write("a.csv", csv), "a.csv", {}));
  const auto kept = taken(ledger->kept(info)).file;
  std::filesystem::permissions(kept, std::filesystem::perms::owner_all);
  const auto put = [&](char byte) {
    std::fstream(kept, std::ios::binary | std::ios::in | std::ios::out).seekp(12).put(byte);
  };
  put('9');
  Road road(equipment());
  const auto report = road.carry(info, [](const auto&) {});
  ASSERT_TRUE(report.has_error());
  EXPECT_EQ(report.error().code(), "ledger.bytes_unknown");
  EXPECT_EQ(ledger->submission(info.id)->state, ledger::SubmissionState::kept)
      << "the sender is not to blame";
  EXPECT_EQ(ledger->balance().received, 0u);

  put(csv[12]);  // restored
  EXPECT_FALSE(road.carry(info, [](const auto&) {}).has_error());
  expect_books(6'000, 6'000);
}

// --- what the hub fails at

/// Reads tables, but throws at one whose bytes begin with "poison", or sleeps while it is told to.
class FailingSource final : public plugin::Source {
 public:
  base::Result<std::vector<plugin::Part>> recognise(const plugin::Submission& submission,
                                                    std::span<const plugin::Layout> layouts) override {
    while (sleeps) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    char head[6] = {};
    if (taken(submission.bytes->read_at(0, head, sizeof head)) == 6 && std::string_view(head, 6) == "poison")
      throw std::bad_alloc();
    return plugin::recognise_tables(submission, layouts, {});
  }
  document::RowReaderResult open(const plugin::Submission& submission, const plugin::Part& part) override {
    return plugin::open_table(submission, part);
  }
  std::atomic<bool> sleeps = false;
};

class FailingHub : public HubTest {
 protected:
  void TearDown() override {
    failing.sleeps = false;
    HubTest::TearDown();
  }
  void start_failing(HubSettings settings) {
    auto its = equipment();
    its.sources["test"] = &failing;
    hub = taken(Hub::start(std::move(its), std::move(settings), observer));
  }
  FailingSource failing;
};

TEST_F(FailingHub, a_submission_at_which_it_fails_each_time_is_set_aside_and_the_next_goes_on) {
  auto settings = quick();
  settings.tuning.most_attempts = 1;
  start_failing(settings);
  const auto poison = receive("poison" + rows(1, 5));
  const auto good = receive(rows(1, 5));
  expect_idle();
  EXPECT_EQ(ledger->submission(poison.id)->state, ledger::SubmissionState::dead_letter);
  EXPECT_EQ(ledger->submission(poison.id)->reason, "pipeline.submission_poison");
  EXPECT_EQ(ledger->submission(good.id)->state, ledger::SubmissionState::done);
  expect_books(5, 5);
  EXPECT_TRUE(receive("poison" + rows(1, 5)).repeated) << "the same bytes again are not carried again";
  expect_idle();
  EXPECT_EQ(hub->try_again(good.id).error().code(), "ledger.not_set_aside");
  EXPECT_FALSE(hub->try_again(poison.id).has_error());
  expect_idle();
  EXPECT_EQ(ledger->submission(poison.id)->state, ledger::SubmissionState::dead_letter) << "it failed again";
}

TEST_F(FailingHub, an_adapter_that_does_not_come_back_is_known_by_source_and_submission) {
  auto settings = quick();
  settings.stuck_after = settings.end_when_stuck = std::chrono::milliseconds(20);
  failing.sleeps = true;
  start_failing(settings);
  const auto info = receive(rows(1, 5));
  for (int time = 0; time < 1'000 && !hub->stuck_for_good(); ++time)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const auto stuck = hub->stuck_for_good();
  failing.sleeps = false;
  ASSERT_TRUE(stuck.has_value());
  EXPECT_EQ(stuck->name, "test");
  EXPECT_EQ(stuck->submission, info.id);
  expect_idle();
  EXPECT_TRUE(hub->stuck().empty());
  expect_books(5, 5);
}

}  // namespace
}  // namespace musubi::pipeline
