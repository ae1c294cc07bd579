#include "cells_found.h"

#include <algorithm>

#include "books.h"
#include "opened_part.h"

namespace musubi::pipeline {
namespace {

constexpr std::size_t kRowsAtATime = 1000;

void find_in(const document::RowBatch& rows, std::span<const std::string> columns,
             std::span<CellPlace>::iterator& next, std::span<CellPlace>::iterator end) {
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const auto row = rows.origin(index).row;
    for (; next != end && next->row <= row; ++next) {
      if (next->row != row) continue;
      next->byte = byte_of_cell(rows, index, columns, next->column);
      next->found = true;
    }
  }
}

}  // namespace

std::uint64_t byte_of_cell(const document::RowBatch& rows, std::size_t index,
                           std::span<const std::string> columns, std::string_view column) {
  const auto cells = rows.row(index);
  const auto found = static_cast<std::size_t>(std::ranges::find(columns, column) - columns.begin());
  const bool is_there = found < cells.size() && cells[found].kind != document::CellKind::missing;
  return is_there ? cells[found].source_byte : rows.origin(index).byte;
}

namespace {

/// What is held is judged again by the mappings in force, whose columns may be others.
bool is_in_force(const mapping::Mapping& mapping, const Equipment& equipment, const std::string& source) {
  return std::ranges::any_of(equipment.in_force->mappings->of_source(source),
                             [&](const auto& each) { return each->digest() == mapping.digest(); });
}

}  // namespace

base::Status find_cells(const Equipment& equipment, std::int64_t part, std::span<CellPlace> cells) {
  MUSUBI_ASSIGN(const auto submitted, submitted_part(*equipment.ledger, part));
  MUSUBI_ASSIGN(const auto mapping, equipment.active->pinned(submitted.part.pin));
  MUSUBI_ASSIGN(auto whole, open_submission(equipment, submitted.submission));
  whole.source = source_for_looking(equipment, submitted.submission.source);
  MUSUBI_ASSIGN(const auto opened, part_named(whole, submitted.part.name, {mapping}));
  MUSUBI_ASSIGN(auto table, opened.source->open(opened.submission, opened.part));
  const auto reader = mapping->items_of(std::move(table));
  const auto columns = is_in_force(*mapping, equipment, submitted.submission.source)
                           ? reader->columns()
                           : std::span<const std::string>();
  document::RowBatch rows;
  for (auto next = cells.begin(); next != cells.end();) {
    MUSUBI_ASSIGN(const auto got, reader->read(rows, kRowsAtATime));
    if (got == 0) break;
    find_in(rows, columns, next, cells.end());
  }
  return {};
}

}  // namespace musubi::pipeline
