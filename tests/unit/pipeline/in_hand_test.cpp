// What a process had in hand is known to the next one, and only that.
#include "hub/in_hand.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <thread>

#include "musubi/pipeline/hub.h"
#include "temporary_folder.h"

namespace musubi::pipeline {
namespace {

using ledger::Errand;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class InHandTest : public ::testing::Test {
 protected:
  static std::unique_ptr<Hands> hands_in(const std::filesystem::path& home, std::size_t count = 2) {
    auto hands = Hands::open(home, count);
    if (hands.has_error()) throw std::runtime_error(hands.error().code());
    return std::move(*hands);
  }
  /// Runs `work` in a process that then dies at once, as by SIGKILL.
  void in_a_process_that_dies(const std::function<void()>& work) const {
    const auto child = ::fork();
    if (child == 0) {
      work();
      ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
  }
  /// "carry 7" and the like.
  std::vector<std::string> left() const {
    std::vector<std::string> words;
    for (const auto& each : left_in_hand(folder.path()))
      words.push_back(std::string(name_of(each.errand)) + " " + std::to_string(each.id));
    return words;
  }

  musubi::testing::TemporaryFolder folder;
};

TEST_F(InHandTest, a_home_without_the_file_left_nothing) { EXPECT_THAT(left(), IsEmpty()); }

TEST_F(InHandTest, what_was_laid_down_is_not_left) {
  in_a_process_that_dies([&] {
    const auto hands = hands_in(folder.path());
    hands->give_one();
    { const InHand done({Errand::carry, 1, "tokyo"}); }
    Hand::of_this_thread()->take({Errand::carry, 7, "tokyo"});
    std::thread([&] {
      hands->give_one();
      Hand::of_this_thread()->take({Errand::deliver, 9, "central"});
    }).join();
  });
  EXPECT_THAT(left(), ElementsAre("carry 7", "deliver 9"));
}

TEST_F(InHandTest, whoever_is_to_blame_is_left_alone) {
  in_a_process_that_dies([&] {
    const auto hands = hands_in(folder.path());
    std::thread([&] {
      hands->give_one();
      Hand::of_this_thread()->take({Errand::carry, 7, "tokyo"});
    }).join();
    hands->give_one();
    Hand::of_this_thread()->take({Errand::deliver, 9, "central"});
    const InsideAdapter inside(Hand::of_this_thread());
    std::this_thread::sleep_for(milliseconds(2));
    hands->blame_stuck(milliseconds(1));
  });
  EXPECT_THAT(left(), ElementsAre("deliver 9"));
}

TEST_F(InHandTest, a_new_process_begins_with_empty_hands) {
  in_a_process_that_dies([&] {
    const auto hands = hands_in(folder.path());
    hands->give_one();
    Hand::of_this_thread()->take({Errand::carry, 7, "tokyo"});
  });
  in_a_process_that_dies([&] { hands_in(folder.path()); });
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(InHandTest, a_file_that_is_something_else_is_nothing) {
  for (const std::string text : {"", "musubi", "another file, and a long one, of something else entirely"}) {
    std::ofstream(folder.path() / "in-hand", std::ios::binary) << text;
    EXPECT_THAT(left(), IsEmpty()) << text;
  }
  std::ofstream(folder.path() / "in-hand", std::ios::binary) << "musubi 1" << std::string(33, '\xff');
  EXPECT_THAT(left(), IsEmpty()) << "no errands of ours";
}

TEST_F(InHandTest, a_home_that_cannot_be_written_to_is_no_obstacle) {
  const auto hands = hands_in(folder.path() / "missing");
  hands->give_one();
  const InHand task({Errand::carry, 7, "tokyo"});
  EXPECT_THAT(left_in_hand(folder.path() / "missing"), IsEmpty());
  Hand::of_this_thread() = nullptr;
}

TEST_F(InHandTest, only_who_is_inside_an_adapter_for_long_is_stuck) {
  const auto hands = hands_in(folder.path());
  std::thread([&] {
    hands->give_one();
    const InHand task({Errand::carry, 7, "tokyo"});
    EXPECT_THAT(hands->stuck(milliseconds(0)), IsEmpty()) << "it waits, but not for an adapter";
    const InsideAdapter inside(Hand::of_this_thread());
    EXPECT_THAT(hands->stuck(std::chrono::hours(1)), IsEmpty());
    std::this_thread::sleep_for(milliseconds(3));
    const auto stuck = hands->stuck(milliseconds(1));
    ASSERT_EQ(stuck.size(), 1U);
    EXPECT_EQ(stuck[0].task.name, "tokyo");
    EXPECT_GE(stuck[0].time, milliseconds(2));
  }).join();
  EXPECT_THAT(hands->stuck(milliseconds(0)), IsEmpty());
}

TEST_F(InHandTest, threads_without_a_hand_do_nothing) {
  const InHand task({Errand::carry, 7, "tokyo"});
  const InsideAdapter inside(Hand::of_this_thread());
  EXPECT_EQ(Hand::of_this_thread(), nullptr);
}

}  // namespace
}  // namespace musubi::pipeline
