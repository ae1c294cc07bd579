#include "musubi/fhirpath/presence.h"

#include <algorithm>
#include <array>

#include "functions.h"
#include "operators.h"

namespace musubi::fhirpath {
namespace {

/// What a step yields: one Boolean, nothing, or something that is not known closer.
enum class Yield : std::uint8_t { unknown, nothing, something, yes, no };

Yield opposite(Yield yield) {
  if (yield == Yield::yes) return Yield::no;
  return yield == Yield::no ? Yield::yes : yield;
}

Yield truth_of(bool truth) { return truth ? Yield::yes : Yield::no; }
bool is_truth(Yield yield) { return yield == Yield::yes || yield == Yield::no; }
bool is_logical(Yield yield) { return is_truth(yield) || yield == Yield::nothing; }

/// Of nothing they yield nothing, whatever their arguments.
constexpr auto kKeepNothing = std::to_array<StepHandler>(
    {run_where,       run_select,    run_of_type,  run_as,       run_single,      run_first,
     run_last,        run_tail,      run_trace,    run_children, run_descendants, run_distinct,
     run_starts_with, run_ends_with, run_contains, run_matches,  run_length,      run_substring,
     run_to_string,   run_resolve,   run_member,   run_indexer,  run_extension});

class Estimate {
 public:
  Estimate(const Plan& plan, std::span<const std::string_view> names, std::uint32_t there)
      : plan_(plan), names_(names), there_(there) {}

  Yield of_step(StepIndex index) const {
    if (index == kFocus) return Yield::unknown;
    const auto& step = plan_.steps[index];
    if (step.operation != Operator::none && step.argument_count == 1) return of_operator(step);
    if (step.run == run_constant) return of_constant(step.constant);
    if (step.run == run_group) return of_step(step.input);
    if (is_child(step)) return is_there(step.name) ? Yield::something : Yield::nothing;
    return of_function(step, of_step(step.input));
  }

  /// A name that stands alone, and is that of a child.
  static bool is_child(const Step& step) {
    return step.input == kFocus &&
           (step.run == run_member || (step.run == run_type_or_member && step.type.found == kNoType));
  }

 private:
  static Yield of_constant(const Value& value) {
    return value.is(ValueKind::boolean) ? truth_of(value.boolean()) : Yield::something;
  }

  bool is_there(std::string_view name) const {
    const auto place = std::ranges::find(names_, name) - names_.begin();
    return (there_ >> place & 1U) != 0;
  }

  static Yield of_function(const Step& step, Yield input) {
    const bool nothing = input == Yield::nothing;
    if (input == Yield::unknown) return Yield::unknown;
    if (step.run == run_exists && step.argument_count == 0) return truth_of(!nothing);
    if (step.run == run_empty) return truth_of(nothing);
    if (step.run == run_not && is_logical(input)) return opposite(input);
    if (!nothing) return Yield::unknown;
    if (step.run == run_exists || step.run == run_has_value) return Yield::no;
    if (step.run == run_all || step.run == run_is_distinct) return Yield::yes;
    const bool keeps = std::ranges::find(kKeepNothing, step.run) != kKeepNothing.end();
    return keeps ? Yield::nothing : Yield::unknown;
  }

  Yield of_operator(const Step& step) const {
    const auto left = of_step(step.input);
    if (left == Yield::unknown) return Yield::unknown;
    const auto right = of_step(plan_.arguments[step.first_argument]);
    switch (step.operation) {
      case Operator::logical_and:
        return both(left, right);
      case Operator::logical_or:
        return opposite(both(opposite(left), opposite(right)));
      case Operator::implies:
        return opposite(both(left, opposite(right)));
      case Operator::logical_xor:
        return is_truth(left) && is_truth(right) ? truth_of(left != right) : Yield::unknown;
      case Operator::equal:
        return same(left, right);
      case Operator::not_equal:
        return opposite(same(left, right));
      case Operator::less:
      case Operator::less_or_equal:
      case Operator::greater:
      case Operator::greater_or_equal:
        return left == Yield::nothing || right == Yield::nothing ? Yield::nothing : Yield::unknown;
      case Operator::unite:
        return united(left, right);
      default:
        return Yield::unknown;
    }
  }

  /// Left no decides before the right is looked at; otherwise both must be known.
  static Yield both(Yield left, Yield right) {
    if (left == Yield::no) return Yield::no;
    if (!is_logical(left) || !is_logical(right)) return Yield::unknown;
    if (right == Yield::no) return Yield::no;
    return left == Yield::yes && right == Yield::yes ? Yield::yes : Yield::nothing;
  }

  static Yield same(Yield left, Yield right) {
    if (right == Yield::unknown) return Yield::unknown;
    if (left == Yield::nothing || right == Yield::nothing) return Yield::nothing;
    return is_truth(left) && is_truth(right) ? truth_of(left == right) : Yield::unknown;
  }

  static Yield united(Yield left, Yield right) {
    if (right == Yield::unknown) return Yield::unknown;
    return left == Yield::nothing && right == Yield::nothing ? Yield::nothing : Yield::something;
  }

  const Plan& plan_;
  std::span<const std::string_view> names_;
  std::uint32_t there_;
};

/// The children that the expression names of its focus: not inside the arguments of functions, which have a
/// focus of their own.
class Names {
 public:
  explicit Names(const Plan& plan) : plan_(plan) {}
  void visit(StepIndex index) {
    if (index == kFocus) return;
    const auto& step = plan_.steps[index];
    if (Estimate::is_child(step) && std::ranges::find(found_, step.name) == found_.end())
      found_.push_back(step.name);
    visit(step.input);
    if (step.operation != Operator::none && step.argument_count == 1)
      visit(plan_.arguments[step.first_argument]);
  }
  std::vector<std::string_view> take() { return std::move(found_); }

 private:
  const Plan& plan_;
  std::vector<std::string_view> found_;
};

Presence::Answer answer_of(Yield yield) {
  switch (yield) {
    case Yield::yes:
      return Presence::Answer::yes;
    case Yield::no:
      return Presence::Answer::no;
    case Yield::nothing:
      return Presence::Answer::nothing;
    default:
      return Presence::Answer::unknown;
  }
}

}  // namespace

Presence::Presence(const Expression& expression) {
  constexpr std::size_t kMostNames = 6;
  const auto& plan = expression.plan();
  Names names(plan);
  names.visit(plan.root);
  names_ = names.take();
  if (names_.size() > kMostNames) {
    names_.clear();
    answers_.assign(1, Answer::unknown);
    return;
  }
  for (std::uint32_t there = 0; there < 1U << names_.size(); ++there)
    answers_.push_back(answer_of(Estimate(plan, names_, there).of_step(plan.root)));
}

bool Presence::ever_known() const noexcept {
  return std::ranges::any_of(answers_, [](Answer answer) { return answer != Answer::unknown; });
}

}  // namespace musubi::fhirpath
