// What is const may be asked from other threads while the writer works, and always sees balanced books.
#include <atomic>
#include <thread>

#include "ledger_fixture.h"

namespace musubi::ledger {
namespace {

using ThreadsTest = LedgerTest;

TEST_F(ThreadsTest, questions_see_only_whole_batches) {
  auto part = part_of_text("a");
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0, asked = 0;
  const auto ask = [&] {
    while (!done) {
      const auto balance = ledger->balance();
      if (!balance.balanced() || balance.received % 100 != 0) ++wrong;
      if (ledger->open_outbox_rows().size() > 2) ++wrong;
      ledger->lineage(1);
      ledger->quarantine({.source = "tokyo"});
      ++asked;
    }
  };
  std::thread first(ask), second(ask);
  std::int64_t outbox = 0;
  for (int batch = 0; batch < 30; ++batch) {
    std::vector<Word> words;
    for (int number = 0; number < 100; ++number) {
      words.push_back({std::to_string(number * 7 % 90), static_cast<std::uint64_t>(batch),
                       number % 10 == 0 ? Disposition::in_review : Disposition::deliver});
    }
    const auto next = accept(part, words);
    if (outbox != 0) retire(outbox);
    outbox = next;
  }
  while (asked < 10) std::this_thread::yield();
  done = true;
  first.join();
  second.join();
  EXPECT_EQ(wrong, 0);
  expect_right();
}

}  // namespace
}  // namespace musubi::ledger
