// Existence, filtering, subsetting, combining: FHIRPath 2.0, sections 5.1 to 5.4, 5.7 and 7.
#include <algorithm>

#include "calls.h"
#include "comparing.h"
#include "functions.h"
#include "operators.h"
#include "sets.h"

namespace musubi::fhirpath {

bool run_empty(Run& run, const Step& step) {
  Items items;
  return eval_items(run, step, items) && answer(run, items.mark, items.size() == 0);
}

bool run_exists(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  if (step.argument_count == 0) return answer(run, items.mark, items.size() != 0);
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    auto truth = Truth::no;
    if (!criterion(run, step, run.at(items.mark + index), index, truth)) return false;
    if (truth == Truth::yes) return answer(run, items.mark, true);
  }
  return answer(run, items.mark, false);
}

bool run_all(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    auto truth = Truth::no;
    if (!criterion(run, step, run.at(items.mark + index), index, truth)) return false;
    if (truth != Truth::yes) return answer(run, items.mark, false);
  }
  return answer(run, items.mark, true);
}

namespace {

/// Whether any item is `wanted`; all must be Boolean.
bool any_item_is(Run& run, const Step& step, bool wanted, bool answer_if_any) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  bool any = false;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    const auto value = run.system_value(*run.at(items.mark + index));
    if (!value.is(ValueKind::boolean))
      return run.fail(step, "fhirpath.run.boolean_expected", {{"name", std::string(step.name)}});
    any = any || value.boolean() == wanted;
  }
  return answer(run, items.mark, any == answer_if_any);
}

}  // namespace

bool run_all_true(Run& run, const Step& step) { return any_item_is(run, step, false, false); }
bool run_any_true(Run& run, const Step& step) { return any_item_is(run, step, true, true); }
bool run_all_false(Run& run, const Step& step) { return any_item_is(run, step, true, false); }
bool run_any_false(Run& run, const Step& step) { return any_item_is(run, step, false, true); }

namespace {

/// Whether each of `part` is in `whole`.
bool includes(Run& run, std::span<const Value> whole, std::span<const Value> part) {
  ValueSet set(run);
  for (const auto& value : whole) set.add(value);
  return std::ranges::all_of(part, [&](const Value& value) { return set.contains(value); });
}

}  // namespace

bool run_subset_of(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items) || !run.eval_argument(step, 0)) return false;
  return answer(run, items.mark, includes(run, run.from(items.begin), {run.at(items.mark), items.size()}));
}

bool run_superset_of(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items) || !run.eval_argument(step, 0)) return false;
  return answer(run, items.mark, includes(run, {run.at(items.mark), items.size()}, run.from(items.begin)));
}

bool run_count(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  run.drop(items.mark);
  return run.push_integer(items.size());
}

bool run_distinct(Run& run, const Step& step) {
  Items items;
  return eval_items(run, step, items) && keep_distinct(run, items.mark);
}

bool run_is_distinct(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items) || !keep_distinct(run, items.mark)) return false;
  return answer(run, items.mark, run.count_from(items.mark) == items.size());
}

bool run_not(Run& run, const Step& step) {
  const auto mark = run.mark();
  auto truth = Truth::unknown;
  if (!run.eval_input(step) || !run.truth_from(step, mark, truth)) return false;
  return truth == Truth::unknown || run.push_boolean(truth == Truth::no);
}

bool run_where(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  std::uint32_t kept = 0;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    auto truth = Truth::no;
    if (!criterion(run, step, run.at(items.mark + index), index, truth)) return false;
    if (truth == Truth::yes) *run.at(items.mark + kept++) = *run.at(items.mark + index);
  }
  run.drop(items.mark + kept);
  return true;
}

bool run_select(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    if (!run.eval_argument_on(step, 0, frame_of(run, run.at(items.mark + index), index))) return false;
  }
  run.settle(items.mark, items.begin);
  return true;
}

/// Results are looked at in turn; what is new is kept and looked at later.
bool run_repeat(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  ValueSet seen(run);
  std::uint32_t next = items.mark;
  for (std::uint32_t index = 0; next < run.mark(); ++next, ++index) {
    const auto begin = run.mark();
    if (!run.count_steps() || !run.eval_argument_on(step, 0, frame_of(run, run.at(next), index)))
      return false;
    std::uint32_t kept = begin;
    for (auto made = begin; made < run.mark(); ++made) {
      if (seen.add(*run.at(made))) *run.at(kept++) = *run.at(made);
    }
    run.drop(kept);
  }
  run.settle(items.mark, items.begin);
  return !run.failed();
}

bool run_repeat_all(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  for (std::uint32_t next = items.mark, index = 0; next < run.mark(); ++next, ++index) {
    if (!run.count_steps() || !run.eval_argument_on(step, 0, frame_of(run, run.at(next), index)))
      return false;
  }
  run.settle(items.mark, items.begin);
  return true;
}

bool run_single(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  return items.size() <= 1 || run.fail(step, "fhirpath.run.single_expected", {{"name", "single"}});
}

namespace {

/// Keeps `count` items from item `first` on.
bool keep_slice(Run& run, const Items& items, std::int64_t first, std::int64_t count) {
  const auto size = static_cast<std::int64_t>(items.size());
  const auto begin = static_cast<std::uint32_t>(std::clamp<std::int64_t>(first, 0, size));
  const auto kept = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 0, size - begin));
  run.drop(items.mark + begin + kept);
  run.settle(items.mark, items.mark + begin);
  return true;
}

bool eval_slice(Run& run, const Step& step, Items& items, MaybeInteger& number) {
  return eval_items(run, step, items) && argument_integer(run, step, 0, number);
}

}  // namespace

bool run_first(Run& run, const Step& step) {
  Items items;
  return eval_items(run, step, items) && keep_slice(run, items, 0, 1);
}

bool run_last(Run& run, const Step& step) {
  Items items;
  return eval_items(run, step, items) && keep_slice(run, items, std::int64_t{items.size()} - 1, 1);
}

bool run_tail(Run& run, const Step& step) {
  Items items;
  return eval_items(run, step, items) && keep_slice(run, items, 1, items.size());
}

bool run_skip(Run& run, const Step& step) {
  Items items;
  MaybeInteger number;
  if (!eval_slice(run, step, items, number)) return false;
  return keep_slice(run, items, number.found ? number.value : items.size(), items.size());
}

bool run_take(Run& run, const Step& step) {
  Items items;
  MaybeInteger number;
  return eval_slice(run, step, items, number) && keep_slice(run, items, 0, number.found ? number.value : 0);
}

namespace {

/// Keeps the items whose being in the argument is `wanted`.
bool keep_members(Run& run, const Step& step, bool wanted, Items& items) {
  if (!eval_items(run, step, items) || !run.eval_argument(step, 0)) return false;
  ValueSet others(run);
  for (const auto& value : run.from(items.begin)) others.add(value);
  std::uint32_t kept = 0;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    const auto value = *run.at(items.mark + index);
    if (others.contains(value) == wanted) *run.at(items.mark + kept++) = value;
  }
  run.drop(items.mark + kept);
  return !run.failed();
}

}  // namespace

bool run_intersect(Run& run, const Step& step) {
  Items items;
  return keep_members(run, step, true, items) && keep_distinct(run, items.mark);
}

bool run_exclude(Run& run, const Step& step) {
  Items items;
  return keep_members(run, step, false, items);
}

bool run_union_of(Run& run, const Step& step) {
  Items items;
  return eval_items(run, step, items) && run.eval_argument(step, 0) && keep_distinct(run, items.mark);
}

bool run_combine(Run& run, const Step& step) {
  const auto mark = run.mark();
  if (!run.eval_input(step) || !run.eval_argument(step, 0)) return false;
  return run.count_steps(run.count_from(mark));
}

/// The first of the arguments that is not empty.
bool run_coalesce(Run& run, const Step& step) {
  const auto mark = run.mark();
  for (std::size_t index = 0; index < step.argument_count; ++index) {
    if (!run.eval_argument(step, index)) return false;
    if (run.count_from(mark) != 0) return true;
  }
  return true;
}

bool run_aggregate(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  if (step.argument_count > 1 && !run.eval_argument(step, 1)) return false;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    auto frame = frame_of(run, run.at(items.mark + index), index);
    frame.total = run.at(items.begin);
    frame.total_count = run.count_from(items.begin);
    frame.has_total = true;
    const auto begin = run.mark();
    if (!run.eval_argument_on(step, 0, frame)) return false;
    run.settle(items.begin, begin);
  }
  run.settle(items.mark, items.begin);
  return true;
}

}  // namespace musubi::fhirpath
