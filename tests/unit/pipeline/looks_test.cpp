// What is looked at without being kept: what the process dies of, what keeps others waiting, what is renewed.
#include "hub/looks.h"

#include <future>

#include "hub/attempts.h"

#include "small_hub.h"

namespace musubi::pipeline {
namespace {

constexpr const char* kDeadly = "No,sex,day\nthese bytes\n";

class LooksTest : public HubTest {
 protected:
  static HubSettings settings() {
    auto settings = quick();
    settings.tuning.most_attempts = 2;
    return settings;
  }
  std::string look(std::string_view bytes) {
    const auto begun = hub->look_at_bytes("test", bytes);
    return begun.has_error() ? begun.error().code() : "";
  }
  static std::shared_ptr<const document::ByteSource> source_of(std::string bytes) {
    return document::ByteSource::of_text(std::move(bytes), "a.csv");
  }
};

TEST_F(LooksTest, bytes_that_the_process_died_of_too_often_are_looked_at_no_more_until_an_orderly_end) {
  auto hands = taken(Hands::open(ledger->home(), 1, 2));
  auto looks = Looks::after_start(*ledger, *hands, 2);
  { const auto done = taken(looks.begin("test", "others")); }
  std::unique_ptr<Look> not_ended;
  std::thread([&] { not_ended = taken(looks.begin("test", kDeadly)); }).join();
  HubObserver nobody;
  Attempts attempts(*ledger, nobody, 2);
  for (int death = 0; death < 2; ++death)
    ASSERT_FALSE(attempts.count_left(left_in_hand(ledger->home())).has_error());
  auto next = Looks::after_start(*ledger, *hands, 2);
  EXPECT_EQ(next.begin("test", kDeadly).error().code(), "pipeline.bytes_poison");
  EXPECT_FALSE(next.begin("test", "others").has_error());
  start(settings());
  EXPECT_EQ(look(kDeadly), "pipeline.bytes_poison");
  hub->stop();
  EXPECT_TRUE(ledger->suspects(1).empty());
}

/// Waits in recognise() until it is let go.
class WaitingSource final : public plugin::Source {
 public:
  base::Result<std::vector<plugin::Part>> recognise(const plugin::Submission& submission,
                                                    std::span<const plugin::Layout> layouts) override {
    ++inside;
    go.wait();
    return plugin::recognise_tables(submission, layouts, {});
  }
  document::RowReaderResult open(const plugin::Submission& submission, const plugin::Part& part) override {
    return plugin::open_table(submission, part);
  }
  std::promise<void> let_go;
  std::shared_future<void> go = let_go.get_future().share();
  std::atomic<int> inside = 0;
};

TEST_F(LooksTest, a_trial_keeps_nothing_that_is_handed_in_waiting_and_many_are_told_to_come_later) {
  WaitingSource waiting;
  auto its = equipment();
  its.trial_sources["test"] = &waiting;
  hub = taken(Hub::start(std::move(its), quick(), observer));
  const auto trial = [&] { return hub->try_out("test", "a.csv", source_of(rows(1, 3))); };
  std::vector<std::future<base::Result<std::vector<TriedPart>>>> trials;
  for (int each = 0; each < 3; ++each) trials.push_back(std::async(std::launch::async, trial));
  while (waiting.inside == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  receive(rows(1, 5));
  expect_idle();
  expect_books(5, 5);
  const auto is_ready = [](const auto& each) {
    return each.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready;
  };
  while (std::ranges::none_of(trials, is_ready)) continue;
  waiting.let_go.set_value();
  std::multiset<std::string> answers;
  for (auto& each : trials) {
    const auto answer = each.get();
    answers.insert(answer.has_error() ? answer.error().code()
                                      : std::to_string(answer->front().records.size()));
  }
  EXPECT_THAT(answers, ::testing::ElementsAre("3", "3", "pipeline.trials_busy"));
}

TEST_F(LooksTest, sources_are_renewed_while_it_runs_and_old_ones_end_with_who_uses_them) {
  start();
  receive(rows(1, 5));
  expect_idle();
  auto fresh = std::make_shared<TableSource>();
  const std::weak_ptr<TableSource> watching = fresh;
  auto next = equipment();
  for (auto& [name, its] : next.sources) its = fresh.get();
  next.keeps = std::move(fresh);
  hub->use(next);
  next = equipment();
  receive(rows(6, 9));
  expect_idle();
  expect_books(9, 9);
  EXPECT_FALSE(watching.expired());
  next.keeps = std::make_shared<int>();
  hub->use(next);
  expect_soon([&] { return watching.expired(); });
}

}  // namespace
}  // namespace musubi::pipeline
