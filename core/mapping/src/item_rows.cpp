#include "item_rows.h"

#include <algorithm>

#include "column_names.h"
#include "words.h"

namespace musubi::mapping {
namespace {

using document::Cell;

constexpr std::size_t kRowsAtATime = 1000;

bool is_blank(std::span<const Cell> cells) {
  return std::ranges::all_of(cells, [](const Cell& cell) { return trimmed(cell.text()).empty(); });
}

void append(std::span<const Cell> row, const std::vector<int>& columns, std::vector<Cell>& cells) {
  for (const auto column : columns)
    cells.push_back(column < 0 ? Cell{} : row[static_cast<std::size_t>(column)]);
}

}  // namespace

ItemRows::ItemRows(std::unique_ptr<document::RowReader> rows, ItemLayout items)
    : rows_(std::move(rows)), items_(std::move(items)) {
  const Header header(rows_->columns());
  const auto column = [&](const std::string& name) { return header.find(name).value_or(-1); };
  columns_.assign(rows_->columns().begin(), rows_->columns().end());
  const bool is_list = !items_.list.empty();
  if (is_list) list_ = column(items_.list);
  for (const auto& name : is_list ? items_.columns : items_.names) {
    if (is_list) flat_.push_back(column(name));
    columns_.push_back(name);
  }
  for (const auto& set : items_.sets) {
    auto& numbers = sets_.emplace_back();
    for (const auto& name : set) numbers.push_back(name.empty() ? -1 : column(name));
  }
  // Where the table has a column of an item's name, the item's cell is the one that counts.
  for (std::size_t index = 0; index < rows_->columns().size(); ++index)
    if (std::ranges::find(columns_.begin() + static_cast<std::ptrdiff_t>(rows_->columns().size()),
                          columns_.end(), columns_[index]) != columns_.end())
      columns_[index] = "(" + columns_[index] + ")";
}

base::Result<std::size_t> ItemRows::read(document::RowBatch& into, std::size_t rows) noexcept {
  into.start(columns_.size());
  batch_is_held_ = false;
  while (into.size() < rows && !ended_by_) {
    if (item_ < item_count_) {
      emit(into);
      continue;
    }
    const auto more = next_row();
    if (more.has_error()) ended_by_ = more.error();
    if (more.has_error() || !*more) break;
  }
  if (into.size() == 0 && ended_by_) return *ended_by_;
  return into.size();
}

base::Result<bool> ItemRows::next_row() {
  if (item_count_ != 0) ++row_;
  if (row_ >= batch_.size()) {
    MUSUBI_ASSIGN(const auto got, rows_->read(batch_, kRowsAtATime));
    row_ = fault_ = 0;
    item_count_ = item_ = 0;
    batch_is_held_ = false;
    if (got == 0) return false;
  }
  const auto faults = batch_.faults();
  while (fault_ < faults.size() && faults[fault_].row_index < row_) ++fault_;
  damage_ = {};
  cells_.clear();
  item_ = 0;
  item_count_ = 1;
  list_of_row_.reset();
  if (fault_ < faults.size() && faults[fault_].row_index == row_) {
    damage_ = faults[fault_].code;
    damaged_at_ = faults[fault_].byte;
    return true;
  }
  find_items(batch_.row(row_));
  return true;
}

void ItemRows::find_items(Row row) {
  if (list_ < 0 || trimmed(row[static_cast<std::size_t>(list_)].text()).empty()) return find_sets(row);
  const Cell& list = row[static_cast<std::size_t>(list_)];
  list_of_row_ = ItemList::read(list, items_.names);
  if (!list_of_row_) {
    damage_ = "mapping.list_not_read";
    damaged_at_ = list.source_byte;
    return;
  }
  for (std::size_t index = 0; index < list_of_row_->size(); ++index) {
    const auto item = list_of_row_->item(index);
    cells_.insert(cells_.end(), item.begin(), item.end());
  }
  item_count_ = std::max<std::size_t>(list_of_row_->size(), 1);
}

/// Items whose cells are all blank are none.
void ItemRows::find_sets(Row row) {
  if (!flat_.empty()) append(row, flat_, cells_);
  for (const auto& set : sets_) {
    const auto before = cells_.size();
    append(row, set, cells_);
    if (is_blank(std::span(cells_).subspan(before))) cells_.resize(before);
  }
  item_count_ = std::max<std::size_t>(cells_.size() / items_.names.size(), 1);
}

void ItemRows::emit(document::RowBatch& into) {
  if (!batch_is_held_)
    for (auto& owner : batch_.owners()) into.hold(std::move(owner));
  batch_is_held_ = true;
  if (list_of_row_) into.hold(list_of_row_);
  auto origin = batch_.origin(row_);
  origin.table_row = origin.row;
  origin.row = ++given_;
  const auto given = into.add_row(origin);
  if (damage_.empty()) {
    const auto row = batch_.row(row_);
    std::ranges::copy(row, given.begin());
    const auto width = items_.names.size();
    if (!cells_.empty())
      std::ranges::copy(std::span(cells_).subspan(item_ * width, width),
                        given.end() - static_cast<std::ptrdiff_t>(width));
  } else {
    into.add_fault({static_cast<std::uint32_t>(into.size() - 1), damage_, damaged_at_});
  }
  ++item_;
}

}  // namespace musubi::mapping
