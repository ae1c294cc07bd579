#include <algorithm>

#include "record_maker.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using document::Cell;
using Row = std::span<const Cell>;

bool is_blank(const Cell& cell) { return trimmed(cell.text()).empty(); }

/// Whether a row has items and none of their cells holds anything.
bool has_no_item(Row row, const std::vector<int>& item_columns) {
  return !item_columns.empty() && std::ranges::all_of(item_columns, [&](int column) {
    return is_blank(row[static_cast<std::size_t>(column)]);
  });
}

/// Applies a plan to one batch of rows.
class Application {
 public:
  Application(const BoundMapping::Plan& plan, model::RecordBatch& into, std::size_t rows)
      : plan_(plan), maker_(plan, into, rows) {}

  /// The number of the reason why the row is no record; nullopt: it was made one.
  std::optional<std::uint16_t> take(Row row, const document::RowOrigin& origin) {
    const auto meant = plan_.when ? maker_.ask(*plan_.when, row) : Answer::yes;
    if (const auto skipped = skip_of(row, meant)) return skipped;
    maker_.make(row, origin);
    if (meant == Answer::unclear) maker_.report({}, false);
    for (const auto& test : plan_.verdicts) judge(test, row);
    return std::nullopt;
  }

 private:
  std::optional<std::uint16_t> skip_of(Row row, Answer meant) {
    if (std::ranges::all_of(row, is_blank)) return std::uint16_t{0};
    for (const SkipTest& test : plan_.skip_tests) {
      const auto text = trimmed(row[static_cast<std::size_t>(test.column)].text());
      const auto word = comparable(folded(text, maker_.buffer()));
      if (std::ranges::find(test.words, word) != test.words.end()) return test.reason;
    }
    if (has_no_item(row, plan_.item_columns)) return plan_.no_item_reason;
    if (meant == Answer::no) return plan_.when_reason;
    return std::nullopt;
  }

  void judge(const VerdictTest& test, Row row) {
    const auto answer = maker_.ask(test.when, row);
    if (answer == Answer::yes) maker_.report(test.verdict->code, test.verdict->rejects);
    if (answer == Answer::unclear) maker_.report({}, false);
  }

  const BoundMapping::Plan& plan_;
  RecordMaker maker_;
};

}  // namespace

BoundMapping::BoundMapping(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
BoundMapping::BoundMapping(BoundMapping&&) noexcept = default;
BoundMapping::~BoundMapping() = default;

const std::shared_ptr<const model::RecordLayout>& BoundMapping::layout() const noexcept {
  return plan_->layout;
}
const Drift& BoundMapping::drift() const noexcept { return plan_->drift; }
std::span<const SkipReason> BoundMapping::skip_reasons() const noexcept { return plan_->skip_reasons; }

Applied BoundMapping::apply(const document::RowBatch& rows, model::RecordBatch& into) const {
  Applied applied;
  into.keep_alive(plan_);
  for (auto& owner : rows.owners()) into.keep_alive(owner);
  Application application(*plan_, into, rows.size());
  auto fault = rows.faults().begin();
  std::vector<Cell> padded;
  for (std::uint32_t index = 0; index < rows.size(); ++index) {
    while (fault != rows.faults().end() && fault->row_index < index) ++fault;
    if (fault != rows.faults().end() && fault->row_index == index) continue;
    auto row = rows.row(index);
    if (row.size() < plan_->width) {
      padded.assign(row.begin(), row.end());
      padded.resize(plan_->width);
      row = padded;
    }
    if (const auto reason = application.take(row, rows.origin(index)))
      applied.skipped.push_back({index, *reason});
    else
      ++applied.records;
  }
  return applied;
}

}  // namespace musubi::mapping
