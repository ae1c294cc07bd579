// sort(): by the items themselves or by keys; a key that begins with - sorts downwards.
#include <algorithm>
#include <numeric>
#include <vector>

#include "calls.h"
#include "comparing.h"
#include "functions.h"
#include "operators.h"

namespace musubi::fhirpath {
namespace {

struct Key {
  Value value{};
  bool found = false;
};

/// Whether the argument is a minus sign before a key: then the step of the key is `into`.
bool is_downward(Run& run, StepIndex argument, StepIndex& into) {
  into = argument;
  const auto& step = run.plan().steps[argument];
  if (step.run != run_sign || step.operation != Operator::minus) return false;
  into = step.input;
  return true;
}

bool eval_key(Run& run, const Step& step, StepIndex key_step, const Frame& frame, Key& key) {
  const auto mark = run.mark();
  const auto outer = run.frame();
  run.frame() = frame;
  const bool done = run.eval(key_step);
  run.frame() = outer;
  return done && run.only_value(step, mark, key.value, key.found);
}

class Sorting {
 public:
  Sorting(Run& run, const Step& step, const Items& items) : run_(run), step_(step), items_(items) {}

  bool run() {
    const auto width = std::max<std::size_t>(1, step_.argument_count);
    keys_.resize(items_.size() * width);
    downward_.resize(width);
    for (std::size_t column = 0; column < width; ++column) {
      if (!fill(column, width)) return false;
    }
    std::vector<std::uint32_t> places(items_.size());
    std::iota(places.begin(), places.end(), 0U);
    std::ranges::stable_sort(places, [&](auto left, auto right) { return before(left, right, width); });
    if (run_.failed()) return false;
    if (!comparable_) return run_.fail(step_, "fhirpath.run.not_comparable", {{"name", "sort"}});
    std::vector<Value> sorted;
    sorted.reserve(places.size());
    for (const auto place : places) sorted.push_back(*run_.at(items_.mark + place));
    std::ranges::copy(sorted, run_.at(items_.mark));
    return true;
  }

 private:
  bool fill(std::size_t column, std::size_t width) {
    StepIndex key_step = kFocus;
    if (step_.argument_count != 0)
      downward_[column] = is_downward(run_, run_.argument(step_, column), key_step);
    for (std::uint32_t index = 0; index < items_.size(); ++index) {
      const auto frame = frame_of(run_, run_.at(items_.mark + index), index);
      if (!eval_key(run_, step_, key_step, frame, keys_[index * width + column])) return false;
    }
    return true;
  }

  /// Items without a key come first (last when downwards).
  bool before(std::uint32_t left, std::uint32_t right, std::size_t width) {
    if (!run_.count_steps()) return false;
    for (std::size_t column = 0; column < width; ++column) {
      const auto& ours = keys_[left * width + column];
      const auto& theirs = keys_[right * width + column];
      const int sign = compare(ours, theirs);
      if (sign != 0) return downward_[column] ? sign > 0 : sign < 0;
    }
    return false;
  }

  int compare(const Key& left, const Key& right) {
    if (!left.found || !right.found) return static_cast<int>(left.found) - static_cast<int>(right.found);
    const auto order = order_of(run_, left.value, right.value);
    comparable_ = comparable_ && order.comparable;
    if (!order.known) return 0;
    return *order.known < 0 ? -1 : static_cast<int>(*order.known > 0);
  }

  Run& run_;
  const Step& step_;
  Items items_;
  std::vector<Key> keys_;
  std::vector<bool> downward_;
  bool comparable_ = true;
};

}  // namespace

bool run_sort(Run& run, const Step& step) {
  Items items;
  return eval_items(run, step, items) && (items.size() <= 1 || Sorting(run, step, items).run());
}

}  // namespace musubi::fhirpath
