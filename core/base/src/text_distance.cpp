#include <algorithm>
#include <vector>

#include "musubi/base/text.h"
#include "utf8.h"

namespace musubi::base {
namespace {

std::u32string characters_of(std::string_view text) {
  std::u32string all;
  all.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    const Character next = character_at(text, position);
    all += next.code;
    position += next.length;
  }
  return all;
}

// The three rows that the recurrence looks at.
struct Rows {
  std::vector<std::size_t> two_above, above, current;
  explicit Rows(std::size_t columns) : two_above(columns), above(columns), current(columns) {
    for (std::size_t column = 0; column < columns; ++column) current[column] = column;
  }
  void next() {
    two_above.swap(above);
    above.swap(current);
  }
};

bool swapped(const std::u32string& left, const std::u32string& right, std::size_t row, std::size_t column) {
  return row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
}

/// Fills the row and returns its smallest entry.
std::size_t fill_row(Rows& rows, const std::u32string& left, const std::u32string& right, std::size_t row) {
  rows.current[0] = row;
  std::size_t smallest = row;
  for (std::size_t column = 1; column <= right.size(); ++column) {
    const std::size_t replaced = rows.above[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
    std::size_t best = std::min({replaced, rows.above[column] + 1, rows.current[column - 1] + 1});
    if (swapped(left, right, row, column)) best = std::min(best, rows.two_above[column - 2] + 1);
    rows.current[column] = best;
    smallest = std::min(smallest, best);
  }
  return smallest;
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
  const std::u32string one = characters_of(left), other = characters_of(right);
  const std::size_t shorter = std::min(one.size(), other.size()), longer = std::max(one.size(), other.size());
  if (longer - shorter > limit) return limit + 1;
  Rows rows(other.size() + 1);
  for (std::size_t row = 1; row <= one.size(); ++row) {
    rows.next();
    // A swap reaches back two rows, so a row beyond the limit ends it only together with the one above.
    const std::size_t smallest = fill_row(rows, one, other, row);
    if (smallest > limit && std::ranges::min(rows.above) > limit) return limit + 1;
  }
  return std::min(rows.current.back(), limit + 1);
}

}  // namespace musubi::base
