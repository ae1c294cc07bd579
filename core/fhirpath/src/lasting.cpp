#include "lasting.h"

#include <algorithm>
#include <array>

#include "functions.h"
#include "operators.h"
#include "pure_steps.h"
#include "run.h"

namespace musubi::fhirpath {
namespace {

/// Their arguments are evaluated on each item of the input.
constexpr auto kIterating = std::to_array<StepHandler>({run_where, run_select, run_exists, run_all});

template <std::size_t count>
bool is_one_of(const std::array<StepHandler, count>& handlers, StepHandler handler) {
  return std::ranges::find(handlers, handler) != handlers.end();
}

bool is_place(std::string_view name) {
  return name == "resource" || name == "rootResource" || name == "context";
}

class Marking {
 public:
  Marking(Plan& plan, std::span<const std::string> variables) : plan_(plan), variables_(variables) {}

  void run() { plan_.root = wrapped(plan_.root, visit(plan_.root, false), false); }

 private:
  struct Found {
    bool lasts = true;
    bool needs_focus = false;
    bool is_work = false;  ///< more than a constant or a variable
    LastingPart part{};
  };

  Found visit(StepIndex index, bool in_loop) {
    if (index == kFocus) return {.needs_focus = true};
    const auto step = plan_.steps[index];
    if (step.run == run_variable) return of_variable(step);
    const bool iterates = is_one_of(kIterating, step.run);
    auto found = visit(step.input, in_loop);
    found.needs_focus |= step.run == run_type_or_member;
    const auto input = found;
    std::array<Found, kMostArguments> arguments;
    const auto count = std::min<std::size_t>(step.argument_count, arguments.size());
    for (std::size_t each = 0; each < count; ++each) {
      arguments[each] = visit(plan_.arguments[step.first_argument + each], in_loop || iterates);
      join(found, arguments[each], iterates);
    }
    found.lasts = found.lasts && is_pure(step) && count == step.argument_count;
    found.is_work |= step.run != run_constant && step.run != run_group;
    if (step.input == kFocus && step.run == run_constant) found.needs_focus = false;
    if (found.lasts && !found.needs_focus) return found;
    plan_.steps[index].input = wrapped(step.input, input, in_loop);
    for (std::size_t each = 0; each < count; ++each) {
      auto& argument = plan_.arguments[step.first_argument + each];
      argument = wrapped(argument, arguments[each], in_loop || iterates);
    }
    return found;
  }

  static void join(Found& found, const Found& argument, bool iterates) {
    found.lasts &= argument.lasts;
    found.needs_focus |= argument.needs_focus && !iterates;
    found.is_work |= argument.is_work;
    found.part.of_this_run |= argument.part.of_this_run;
    const auto& names = argument.part.variables;
    for (const auto name : names)
      if (std::ranges::find(found.part.variables, name) == found.part.variables.end())
        found.part.variables.push_back(name);
  }

  Found of_variable(const Step& step) const {
    Found found;
    if (std::ranges::find(variables_, step.name) != variables_.end())
      found.part.variables.push_back(step.name);
    else if (is_place(step.name))
      found.part.of_this_run = true;
    else
      found.lasts = false;
    return found;
  }

  StepIndex wrapped(StepIndex index, const Found& found, bool in_loop) {
    const bool asks = found.part.of_this_run || !found.part.variables.empty();
    if (!found.lasts || found.needs_focus || !found.is_work || !asks || (found.part.of_this_run && !in_loop))
      return index;
    Step step;
    step.run = run_lasting;
    step.input = index;
    step.at = plan_.steps[index].at;
    step.column = static_cast<std::uint32_t>(plan_.lasting.size());
    plan_.lasting.push_back(found.part);
    plan_.steps.push_back(step);
    return static_cast<StepIndex>(plan_.steps.size() - 1);
  }

  static constexpr std::size_t kMostArguments = 4;

  Plan& plan_;
  std::span<const std::string> variables_;
};

/// What outlives the memory of a run.
bool is_kept(const Value& value) {
  return value.is(ValueKind::node) || value.is(ValueKind::boolean) || value.is(ValueKind::integer);
}

}  // namespace

void mark_what_lasts(Plan& plan, std::span<const std::string> variables) {
  if (!plan.by_row) Marking(plan, variables).run();
}

bool run_lasting(Run& run, const Step& step) {
  constexpr std::uint64_t kWorthKeeping = 64;  // steps
  const auto edition = run.edition_of(run.plan().lasting[step.column]);
  if (const auto* known = run.known(step.column, edition); known != nullptr) {
    for (const auto& value : *known)
      if (!run.push(value)) return false;
    return run.count_steps(known->size());
  }
  const auto mark = run.mark();
  const auto steps = run.steps_left();
  if (!run.eval_input(step)) return false;
  const auto values = run.from(mark);
  const bool is_worth = edition.run != 0 || steps - run.steps_left() >= kWorthKeeping;  // runs: in a loop
  if (is_worth && std::ranges::all_of(values, is_kept)) run.learn(step.column, edition, values);
  return true;
}

}  // namespace musubi::fhirpath
