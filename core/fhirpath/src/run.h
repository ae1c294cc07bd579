// One evaluation in progress. Collections live on one stack of values that never moves: a step pushes what it
// yields, and whoever asked takes it from where the stack stood before.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/document/row_batch.h"
#include "musubi/fhirpath/evaluation.h"
#include "plan.h"

namespace musubi::fhirpath {

/// What $this, $index and $total mean, and where a path without input begins.
struct Frame {
  const Value* focus = nullptr;
  std::uint32_t focus_count = 0;
  std::uint32_t index = 0;
  bool has_index = false;
  const Value* total = nullptr;
  std::uint32_t total_count = 0;
  bool has_total = false;
};

/// A variable that defineVariable() made; innermost first.
struct Binding {
  std::string_view name{};
  const Value* values = nullptr;
  std::uint32_t count = 0;
  const Binding* outer = nullptr;
};

/// The cells of a row, in either of the shapes that readers and mappings have.
struct Row {
  const document::Cell* cells = nullptr;
  const std::string_view* texts = nullptr;
  std::size_t size = 0;
  std::string_view operator[](std::uint32_t column) const noexcept {
    if (column >= size) return {};
    return cells != nullptr ? cells[column].text() : texts[column];
  }
};

/// Yes, no, or the empty collection.
enum class Truth : std::uint8_t { no, yes, unknown };

/// Memory of texts and decimals made during a run; freed at once, kept for the next.
class Arena {
 public:
  explicit Arena(std::uint64_t limit) : limit_(limit) {}
  /// nullptr: the limit is reached.
  void* take(std::size_t bytes, std::size_t alignment);
  void clear() noexcept;

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };
  std::vector<Block> blocks_;
  std::size_t block_ = 0, used_ = 0;
  std::uint64_t limit_, taken_ = 0;
};

class Run {
 public:
  Run(const Services& services, const EvaluationLimits& limits);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// Evaluates the whole plan on `focus`.
  base::Result<std::span<const Value>> whole(const Plan& plan, Value focus, bool has_focus);
  void set_row(const Row& row) noexcept { row_ = row; }

  // ---- steps
  bool eval(StepIndex index) {
    if (index == kFocus) return push_focus();
    const auto& step = steps_[index];
    if (steps_left_ == 0) return count_steps();
    --steps_left_;
    running_ = &step;
    return step.run(*this, step);
  }
  bool eval_input(const Step& step) { return eval(step.input); }
  /// An argument in the scope of the call: what it defines stays inside.
  bool eval_argument(const Step& step, std::size_t index) {
    const auto* outer = bindings_;
    const bool done = eval(argument(step, index));
    bindings_ = outer;
    return done;
  }
  bool eval_argument_on(const Step& step, std::size_t index, const Frame& frame);
  const Plan& plan() const noexcept { return *plan_; }
  StepIndex argument(const Step& step, std::size_t index) const noexcept {
    return arguments_[step.first_argument + index];
  }

  // ---- the stack
  std::uint32_t mark() const noexcept { return size_; }
  std::uint32_t count_from(std::uint32_t mark) const noexcept { return size_ - mark; }
  std::span<Value> from(std::uint32_t mark) noexcept { return {stack_.get() + mark, size_ - mark}; }
  Value* at(std::uint32_t mark) noexcept { return stack_.get() + mark; }
  bool push(const Value& value) {
    if (size_ == capacity_) return fail_limit("fhirpath.limit.values", capacity_);
    stack_[size_++] = value;
    return true;
  }
  bool push_boolean(bool value) { return push(Value::of_boolean(value)); }
  bool push_truth(Truth truth) { return truth == Truth::unknown || push_boolean(truth == Truth::yes); }
  bool push_integer(std::int64_t value) { return push(Value::of_integer(value)); }
  bool push_decimal(std::optional<Decimal> value);
  bool push_copy(std::string_view text);  ///< copies into the arena
  bool push_date_time(std::optional<DateTime> value);
  bool push_time(std::optional<Time> value);
  bool push_quantity(std::optional<Quantity> value);  ///< its unit must outlive the run
  void drop(std::uint32_t mark) noexcept { size_ = mark; }
  /// Moves what was pushed from `begin` on down to `mark`.
  void settle(std::uint32_t mark, std::uint32_t begin) noexcept;

  // ---- memory
  template <class T>
  const T* keep(const T& value) {
    auto* place = arena_.take(sizeof(T), alignof(T));
    if (place == nullptr) fail_limit("fhirpath.limit.memory", limits_.memory_bytes);
    return place == nullptr ? nullptr : new (place) T(value);
  }
  /// A copy of the values that outlives the stack they are on; nullptr: the limit is reached.
  const Value* keep_array(std::span<const Value> values);
  std::optional<std::string_view> keep_text(std::string_view text);
  /// A text that a handler builds; cleared on every call. Not across eval().
  std::string& scratch() noexcept {
    scratch_.clear();
    return scratch_;
  }

  // ---- what lasts
  /// Which of the values that a part may yield: equal editions, equal values.
  struct Edition {
    static constexpr std::size_t kMostVariables = 6;
    std::uint64_t run = 0;  ///< 0: of all runs
    std::array<std::uint64_t, kMostVariables> variables{};
    auto operator<=>(const Edition&) const = default;
  };
  Edition edition_of(const LastingPart& part) const;
  /// What a part of the plan yielded; nullptr: it is not known.
  const std::vector<Value>* known(std::uint32_t part, const Edition& edition) const;
  void learn(std::uint32_t part, const Edition& edition, std::span<const Value> values);
  std::uint64_t steps_left() const noexcept { return steps_left_; }

  // ---- what a family shares
  struct SharedPart {
    bool known = false;
    std::vector<Value> values;
  };
  /// Of the plan's family on the node it is run on.
  SharedPart& shared_part(std::uint32_t number) {
    if (number >= shared_.size()) shared_.resize(number + 1);
    return shared_[number];
  }

  // ---- failing
  bool fail(const Step& step, std::string_view code,
            std::initializer_list<base::MessageArgument> arguments = {});
  bool fail_limit(std::string_view code, std::uint64_t limit);
  bool count_steps(std::uint64_t steps = 1) {
    if (steps > steps_left_) return fail_limit("fhirpath.limit.steps", limits_.steps);
    steps_left_ -= steps;
    return true;
  }
  bool failed() const noexcept { return error_.has_value(); }
  Frame& frame() noexcept { return frame_; }
  const Binding*& bindings() noexcept { return bindings_; }
  const Row& row() const noexcept { return row_; }
  const Services& services() const noexcept { return services_; }
  const EvaluationLimits& limits() const noexcept { return limits_; }
  std::span<const Value> origin() const noexcept { return {&origin_, has_origin_ ? 1U : 0U}; }
  /// The moment of this run: the same however often it is asked.
  DateTime now();

  // ---- meaning of values
  /// A FHIR primitive becomes its System value, a FHIR Quantity a System.Quantity; others stay.
  Value system_value(const Value& value) {
    if (!value.is(ValueKind::node) || value.node().system == ValueKind::node) return value;
    if (value.node().system == ValueKind::string) return Value::of_text(value.node().text);
    return value_of_node(value);
  }
  /// As above but leaves quantities that cannot be converted, and has no input: pops to `mark` and gives the
  /// only value. False: failed, or more than one value. `found` tells whether there is one.
  bool only_value(const Step& step, std::uint32_t mark, Value& value, bool& found);
  /// The truth of what was pushed since `mark`: one Boolean, or any one item (true), or nothing. Pops.
  bool truth_from(const Step& step, std::uint32_t mark, Truth& truth);

 private:
  bool push_focus();
  void forget_shared(const ResourceNode* next);
  Value value_of_node(const Value& value);
  Value value_of_leaf(const ResourceNode& node, ValueKind kind);
  Value value_of_number(const ResourceNode& node, ValueKind kind);
  Value quantity_of(const Value& value);

  Services services_;
  EvaluationLimits limits_;
  struct GivesBack {
    void operator()(Value* values) const noexcept { ::operator delete(values); }
  };
  using Stack = std::unique_ptr<Value[], GivesBack>;  ///< memory only: a value begins when it is pushed
  /// Those of runs that are over: the next of the thread take them.
  struct SpareStack {
    Stack values;
    std::uint32_t capacity = 0;
  };
  static std::vector<SpareStack>& spare_stacks();

  Stack stack_;
  std::uint32_t size_ = 0, capacity_ = 0;
  Arena arena_;
  std::string scratch_;
  std::uint64_t runs_ = 0;
  using Known = std::map<Edition, std::vector<Value>>;
  std::unordered_map<std::uint64_t, std::vector<Known>> known_;  ///< by Plan::number, then by part
  std::vector<SharedPart> shared_;
  std::uint64_t shared_family_ = 0;
  const ResourceNode* shared_on_ = nullptr;
  const Plan* plan_ = nullptr;
  const Step* steps_ = nullptr;  ///< of the plan
  const StepIndex* arguments_ = nullptr;
  Frame frame_;
  const Binding* bindings_ = nullptr;
  Row row_;
  Value origin_;
  bool has_origin_ = false;
  std::uint64_t steps_left_ = 0;
  std::optional<DateTime> now_;
  std::optional<base::Error> error_;
  const Step* running_ = nullptr;
};

/// A primitive element that has only extensions: there is no value to compare or to reckon with (FHIR R4,
/// "FHIRPath").
bool is_without_value(const Value& value) noexcept;
}  // namespace musubi::fhirpath
