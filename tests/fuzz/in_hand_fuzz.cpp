// What an earlier process left in hand, any bytes: errands that there are, with numbers that there can be;
// and where somebody is to blame, nobody else.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "hub/in_hand.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace musubi;
  const auto tasks = pipeline::tasks_left({reinterpret_cast<const char*>(data), size});
  const bool known = std::ranges::any_of(tasks, &pipeline::Task::blamed);
  for (const auto& task : tasks) {
    const bool errand = task.errand == ledger::Errand::carry || task.errand == ledger::Errand::deliver;
    if (!errand || task.id <= 0 || task.blamed != known) std::abort();
  }
  return 0;
}
