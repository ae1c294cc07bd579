#include "run.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "musubi/base/text.h"

namespace musubi::fhirpath {
namespace {

constexpr std::size_t kBlockBytes = 16U << 10;
constexpr std::size_t kSpareStacks = 4;       ///< of a thread: rows are read while others are looked for
constexpr std::size_t kKeptBytes = 1U << 20;  ///< of memory kept for the next run

}  // namespace

void* Arena::take(std::size_t bytes, std::size_t alignment) {
  for (;;) {
    if (block_ < blocks_.size()) {
      const auto begin = (used_ + alignment - 1) / alignment * alignment;
      if (begin + bytes <= blocks_[block_].size) {
        used_ = begin + bytes;
        return blocks_[block_].bytes.get() + begin;
      }
      if (block_ + 1 < blocks_.size()) {
        ++block_;
        used_ = 0;
        continue;
      }
    }
    const auto size = std::max(kBlockBytes, bytes + alignment);
    if (taken_ + size > limit_) return nullptr;
    taken_ += size;
    blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
    block_ = blocks_.size() - 1;
    used_ = 0;
  }
}

void Arena::clear() noexcept {
  if (taken_ > kKeptBytes) {
    blocks_.clear();
    taken_ = 0;
  }
  block_ = 0;
  used_ = 0;
}

std::vector<Run::SpareStack>& Run::spare_stacks() {
  thread_local auto own = [] {
    std::vector<SpareStack> none;
    none.reserve(kSpareStacks);
    return none;
  }();
  return own;
}

Run::Run(const Services& services, const EvaluationLimits& limits)
    : services_(services), limits_(limits), capacity_(limits.values), arena_(limits.memory_bytes) {
  // Untouched pages cost nothing: only as much as is used becomes memory.
  static_assert(std::is_trivially_copyable_v<Value> && std::is_trivially_destructible_v<Value>);
  auto& spares = spare_stacks();
  // The newest first: it is the one whose memory is warm.
  const auto newest = std::find_if(spares.rbegin(), spares.rend(),
                                   [this](const SpareStack& each) { return each.capacity == capacity_; });
  if (newest == spares.rend()) {
    stack_.reset(static_cast<Value*>(::operator new(capacity_ * sizeof(Value))));
  } else {
    stack_ = std::move(newest->values);
    spares.erase(std::next(newest).base());
  }
}

Run::~Run() {
  if (auto& spares = spare_stacks(); spares.size() < kSpareStacks)
    spares.push_back({std::move(stack_), capacity_});
}

base::Result<std::span<const Value>> Run::whole(const Plan& plan, Value focus, bool has_focus) {
  plan_ = &plan;
  steps_ = plan.steps.data();
  arguments_ = plan.arguments.data();
  ++runs_;
  size_ = 0;
  arena_.clear();
  bindings_ = nullptr;
  now_.reset();
  error_.reset();
  running_ = nullptr;
  steps_left_ = limits_.steps;
  origin_ = focus;
  has_origin_ = has_focus;
  frame_ = {.focus = &origin_, .focus_count = has_focus ? 1U : 0U};
  const auto* const on = focus.is(ValueKind::node) ? &focus.node() : nullptr;
  if (plan.family != 0 && (on == nullptr || on != shared_on_ || plan.family != shared_family_))
    forget_shared(on);
  if (!eval(plan.root)) return *error_;
  return std::span<const Value>(stack_.get(), size_);
}

void Run::forget_shared(const ResourceNode* next) {
  for (auto& part : shared_) part.known = false;
  shared_family_ = plan_->family;
  shared_on_ = next;
}

Run::Edition Run::edition_of(const LastingPart& part) const {
  Edition edition{.run = part.of_this_run ? runs_ : 0};
  for (std::size_t each = 0; each < part.variables.size(); ++each) {
    const auto given = std::ranges::find(services_.variables, part.variables[each], &Variable::name);
    const bool has_none = given == services_.variables.end() || given->edition == 0;
    if (has_none || each == Edition::kMostVariables) return {.run = runs_};
    edition.variables[each] = given->edition;
  }
  return edition;
}

const std::vector<Value>* Run::known(std::uint32_t part, const Edition& edition) const {
  const auto of_plan = known_.find(plan_->number);
  if (of_plan == known_.end()) return nullptr;
  const auto& all = of_plan->second[part];
  const auto found = all.find(edition);
  return found == all.end() ? nullptr : &found->second;
}

void Run::learn(std::uint32_t part, const Edition& edition, std::span<const Value> values) {
  auto& of_plan = known_[plan_->number];
  of_plan.resize(plan_->lasting.size());
  auto& all = of_plan[part];
  if (edition.run != 0) all.clear();  // of a run that is over
  all.emplace(edition, std::vector<Value>(values.begin(), values.end()));
}

bool Run::push_focus() {
  for (std::uint32_t item = 0; item < frame_.focus_count; ++item) {
    if (!push(frame_.focus[item])) return false;
  }
  return true;
}

bool Run::eval_argument_on(const Step& step, std::size_t index, const Frame& frame) {
  const auto outer = frame_;
  frame_ = frame;
  const bool done = eval_argument(step, index);
  frame_ = outer;
  return done;
}

bool Run::push_decimal(std::optional<Decimal> value) {
  if (!value) return true;
  const auto* kept = keep(*value);
  return kept != nullptr && push(Value::of(kept));
}

bool Run::push_date_time(std::optional<DateTime> value) {
  if (!value) return true;
  const auto* kept = keep(*value);
  return kept != nullptr && push(Value::of(kept));
}

bool Run::push_time(std::optional<Time> value) {
  if (!value) return true;
  const auto* kept = keep(*value);
  return kept != nullptr && push(Value::of(kept));
}

bool Run::push_quantity(std::optional<Quantity> value) {
  if (!value) return true;
  const auto* kept = keep(*value);
  return kept != nullptr && push(Value::of(kept));
}

bool Run::push_copy(std::string_view text) {
  const auto kept = keep_text(text);
  return kept && push(Value::of_text(*kept));
}

std::optional<std::string_view> Run::keep_text(std::string_view text) {
  if (text.size() > limits_.text_bytes) {
    fail_limit("fhirpath.limit.text", limits_.text_bytes);
    return std::nullopt;
  }
  auto* place = static_cast<char*>(arena_.take(text.size(), 1));
  if (place == nullptr) {
    fail_limit("fhirpath.limit.memory", limits_.memory_bytes);
    return std::nullopt;
  }
  if (!text.empty()) std::memcpy(place, text.data(), text.size());
  return std::string_view(place, text.size());
}

const Value* Run::keep_array(std::span<const Value> values) {
  auto* place = static_cast<Value*>(
      arena_.take(std::max<std::size_t>(1, values.size()) * sizeof(Value), alignof(Value)));
  if (place == nullptr) {
    fail_limit("fhirpath.limit.memory", limits_.memory_bytes);
    return nullptr;
  }
  std::uninitialized_copy(values.begin(), values.end(), place);
  return place;
}

void Run::settle(std::uint32_t mark, std::uint32_t begin) noexcept {
  const auto count = size_ - begin;
  if (mark != begin && count != 0) std::memmove(at(mark), at(begin), count * sizeof(Value));
  size_ = mark + count;
}

bool Run::fail(const Step& step, std::string_view code,
               std::initializer_list<base::MessageArgument> arguments) {
  if (!error_)
    error_ = base::Error(base::ErrorKind::bad_input, code, arguments)
                 .at({.line = step.at.line, .column = step.at.column});
  return false;
}

bool Run::fail_limit(std::string_view code, std::uint64_t limit) {
  if (error_) return false;
  auto error = base::Error(base::ErrorKind::limit_exceeded, code, {{"limit", std::to_string(limit)}});
  if (running_ != nullptr) error = error.at({.line = running_->at.line, .column = running_->at.column});
  error_ = std::move(error);
  return false;
}

DateTime Run::now() {
  if (!now_) {
    const base::SystemClock system;
    const auto instant = services_.clock != nullptr ? services_.clock->now() : system.now();
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count();
    now_ = date_time_of_unix(milliseconds, services_.utc_offset_minutes);
  }
  return *now_;
}

bool is_without_value(const Value& value) noexcept {
  if (!value.is(ValueKind::node) || value.node().has_value() || value.node().type == kNoType) return false;
  return value.resource().model()->type(value.node().type).kind == TypeKind::primitive;
}

bool Run::only_value(const Step& step, std::uint32_t mark, Value& value, bool& found) {
  const auto values = from(mark);
  if (values.size() > 1)
    return fail(step, "fhirpath.run.single_expected", {{"name", std::string(step.name)}});
  found = !values.empty() && !is_without_value(values.front());
  if (found) value = system_value(values.front());
  drop(mark);
  return !error_;
}

bool Run::truth_from(const Step& step, std::uint32_t mark, Truth& truth) {
  if (count_from(mark) == 1 && at(mark)->is(ValueKind::boolean)) {
    truth = at(mark)->boolean() ? Truth::yes : Truth::no;
    drop(mark);
    return true;
  }
  Value value;
  bool found = false;
  if (!only_value(step, mark, value, found)) return false;
  if (!found) {
    truth = Truth::unknown;
  } else if (value.is(ValueKind::boolean)) {
    truth = value.boolean() ? Truth::yes : Truth::no;
  } else {
    truth = Truth::yes;  // singleton evaluation: one item, whatever it is
  }
  return true;
}

}  // namespace musubi::fhirpath
