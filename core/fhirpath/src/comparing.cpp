#include "comparing.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <vector>

#include "calls.h"
#include "characters.h"

namespace musubi::fhirpath {
namespace {

bool is_moment(const Value& value) { return value.is(ValueKind::date) || value.is(ValueKind::date_time); }
bool is_amount(const Value& value) { return is_number(value) || value.is(ValueKind::quantity); }

Truth truth_of(std::optional<bool> answer) {
  if (!answer) return Truth::unknown;
  return *answer ? Truth::yes : Truth::no;
}

Truth truth_of(bool answer) { return answer ? Truth::yes : Truth::no; }

std::span<const ResourceNode> children_of(const Value& value) {
  return value.resource().children(value.node());
}

Value child_value(const Value& parent, const ResourceNode& child) {
  return Value::of(&child, &parent.resource());
}

bool same_leaf(const Value& left, const Value& right) {
  return left.node().has_value() == right.node().has_value() && left.node().text == right.node().text;
}

/// Groups of elements: the same children in the same order.
Truth equal_nodes(Run& run, const Value& left, const Value& right) {
  if (&left.node() == &right.node()) return Truth::yes;
  const auto ours = children_of(left), theirs = children_of(right);
  if (ours.size() != theirs.size() || !same_leaf(left, right)) return Truth::no;
  auto all = Truth::yes;
  for (std::size_t index = 0; index < ours.size(); ++index) {
    if (ours[index].name != theirs[index].name) return Truth::no;
    const auto one = equal_items(run, child_value(left, ours[index]), child_value(right, theirs[index]));
    if (one == Truth::no) return Truth::no;
    if (one == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

/// Matches each of `left` with one of `right` that nothing else was matched with.
template <class Left, class Right, class Same>
bool match_all(const Left& left, const Right& right, const Same& same) {
  if (left.size() != right.size()) return false;
  std::vector<bool> taken(right.size());
  for (const auto& one : left) {
    std::size_t other = 0;
    while (other < right.size() && (taken[other] || !same(one, right[other]))) ++other;
    if (other == right.size()) return false;
    taken[other] = true;
  }
  return true;
}

bool equivalent_nodes(Run& run, const Value& left, const Value& right) {
  if (!same_leaf(left, right)) return false;
  return match_all(children_of(left), children_of(right),
                   [&](const ResourceNode& one, const ResourceNode& other) {
                     return one.name == other.name &&
                            equivalent_items(run, child_value(left, one), child_value(right, other));
                   });
}

Truth equal_simple(const Value& left, const Value& right) {
  if (is_number(left) && is_number(right)) return truth_of(decimal_of(left) == decimal_of(right));
  if (is_amount(left) && is_amount(right)) return truth_of(equal(quantity_from(left), quantity_from(right)));
  if (is_moment(left) && is_moment(right)) {
    if (left.is(ValueKind::date) && right.is(ValueKind::date))
      return truth_of(equal(left.date(), right.date()));
    return truth_of(equal(date_time_of(left), date_time_of(right)));
  }
  if (left.kind() != right.kind()) return Truth::no;
  switch (left.kind()) {
    case ValueKind::boolean:
      return truth_of(left.boolean() == right.boolean());
    case ValueKind::string:
      return truth_of(left.text() == right.text());
    case ValueKind::time:
      return truth_of(equal(left.time(), right.time()));
    case ValueKind::type:
      return truth_of(left.type_table() == right.type_table() && left.type_index() == right.type_index());
    default:
      return Truth::yes;  // the row itself
  }
}

/// Reads a text for `~`: lower case, runs of blanks as one.
class FoldedText {
 public:
  explicit FoldedText(std::string_view text) : text_(text) {}
  /// The next character, or -1 at the end.
  UChar32 next() {
    if (at_ >= text_.size()) return -1;
    auto code = read();
    if (u_isUWhiteSpace(code) == 0) return u_foldCase(code, U_FOLD_CASE_DEFAULT);
    while (at_ < text_.size()) {
      const auto before = at_;
      code = read();
      if (u_isUWhiteSpace(code) == 0) {
        at_ = before;
        break;
      }
    }
    return ' ';
  }

 private:
  UChar32 read() {
    const auto character = character_at(text_, at_);
    at_ += character.bytes;
    return character.code;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

bool equivalent_texts(std::string_view left, std::string_view right) {
  FoldedText ours(left), theirs(right);
  for (;;) {
    const auto one = ours.next();
    if (one != theirs.next()) return false;
    if (one == -1) return true;
  }
}

bool equivalent_simple(const Value& left, const Value& right) {
  if (is_number(left) && is_number(right)) return equivalent(decimal_of(left), decimal_of(right));
  if (is_amount(left) && is_amount(right)) return equivalent(quantity_from(left), quantity_from(right));
  if (is_moment(left) && is_moment(right)) {
    if (left.is(ValueKind::date) && right.is(ValueKind::date)) return equivalent(left.date(), right.date());
    return equivalent(date_time_of(left), date_time_of(right));
  }
  if (left.kind() != right.kind()) return false;
  if (left.is(ValueKind::string)) return equivalent_texts(left.text(), right.text());
  if (left.is(ValueKind::time)) return equivalent(left.time(), right.time());
  return equal_simple(left, right) == Truth::yes;
}

}  // namespace

bool is_number(const Value& value) noexcept {
  return value.is(ValueKind::integer) || value.is(ValueKind::decimal);
}

Decimal decimal_of(const Value& value) noexcept {
  return value.is(ValueKind::integer) ? Decimal(value.integer()) : value.decimal();
}

Quantity quantity_from(const Value& value) noexcept {
  return value.is(ValueKind::quantity) ? value.quantity() : Quantity{.value = decimal_of(value)};
}

DateTime date_time_of(const Value& value) noexcept {
  return value.is(ValueKind::date) ? to_date_time(value.date()) : value.date_time();
}

Truth equal_items(Run& run, const Value& left, const Value& right) {
  if (!run.count_steps()) return Truth::no;
  const auto ours = run.system_value(left), theirs = run.system_value(right);
  if (ours.is(ValueKind::node) && theirs.is(ValueKind::node)) return equal_nodes(run, ours, theirs);
  if (ours.is(ValueKind::string) && theirs.is(ValueKind::string) &&
      ours.text().size() == theirs.text().size() && !run.count_steps(ours.text().size() / kBytesPerStep)) {
    return Truth::no;
  }
  return equal_simple(ours, theirs);
}

bool equivalent_items(Run& run, const Value& left, const Value& right) {
  if (!run.count_steps()) return false;
  const auto ours = run.system_value(left), theirs = run.system_value(right);
  if (ours.is(ValueKind::node) && theirs.is(ValueKind::node)) return equivalent_nodes(run, ours, theirs);
  if (ours.is(ValueKind::string) && !run.count_steps(ours.text().size() / kBytesPerStep)) return false;
  return equivalent_simple(ours, theirs);
}

Truth equal_collections(Run& run, std::span<const Value> left, std::span<const Value> right) {
  if (left.size() != right.size()) return Truth::no;
  auto all = Truth::yes;
  for (std::size_t index = 0; index < left.size(); ++index) {
    const auto one = equal_items(run, left[index], right[index]);
    if (one == Truth::no) return Truth::no;
    if (one == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

bool equivalent_collections(Run& run, std::span<const Value> left, std::span<const Value> right) {
  return match_all(left, right,
                   [&](const Value& one, const Value& other) { return equivalent_items(run, one, other); });
}

Order order_of(Run& run, const Value& left, const Value& right) {
  const auto ours = run.system_value(left), theirs = run.system_value(right);
  if (is_number(ours) && is_number(theirs)) return {true, compare(decimal_of(ours), decimal_of(theirs))};
  if (is_amount(ours) && is_amount(theirs))
    return {true, compare(quantity_from(ours), quantity_from(theirs))};
  if (is_moment(ours) && is_moment(theirs)) {
    if (ours.is(ValueKind::date) && theirs.is(ValueKind::date))
      return {true, compare(ours.date(), theirs.date())};
    return {true, compare(date_time_of(ours), date_time_of(theirs))};
  }
  if (ours.is(ValueKind::string) && theirs.is(ValueKind::string))
    return {true, ours.text() <=> theirs.text()};
  if (ours.is(ValueKind::time) && theirs.is(ValueKind::time))
    return {true, compare(ours.time(), theirs.time())};
  return {is_without_value(ours) || is_without_value(theirs), std::nullopt};
}

bool holds(Run& run, std::span<const Value> values, const Value& item) {
  const auto wanted = run.system_value(item);
  if (!wanted.is(ValueKind::string))
    return std::ranges::any_of(values,
                               [&](const Value& each) { return equal_items(run, each, item) == Truth::yes; });
  const auto text = wanted.text();
  const auto is_it = [&](const Value& each) {
    if (!each.is(ValueKind::string)) return equal_items(run, each, item) == Truth::yes;
    return each.text().size() == text.size() && run.count_steps(text.size() / kBytesPerStep) &&
           each.text() == text;
  };
  return run.count_steps(values.size()) && std::ranges::any_of(values, is_it);
}

}  // namespace musubi::fhirpath
