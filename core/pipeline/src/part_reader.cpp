#include "part_reader.h"

#include <algorithm>
#include <span>

#include "musubi/base/japanese_date.h"
#include "musubi/base/kill_point.h"
#include "musubi/base/text.h"
#include "musubi/linkage/linkage.h"

namespace musubi::pipeline {
namespace {

model::RecordOrigin origin_of(const document::RowOrigin& row) {
  return {row.row, row.table_row, row.line, row.byte, row.length};
}

/// Rows become entries in order: those with a fault have no record, skipped ones no entry, the others take
/// the records one by one.
void append_entries(const document::RowBatch& rows, const mapping::Applied& applied,
                    std::uint32_t first_record, std::vector<Entry>& entries) {
  auto fault = rows.faults().begin();
  auto skipped = applied.skipped.begin();
  std::uint32_t record = first_record;
  for (std::size_t index = 0; index < rows.size(); ++index) {
    if (skipped != applied.skipped.end() && skipped->row_index == index) {
      ++skipped;
      continue;
    }
    Entry entry{.fault = {}, .origin = origin_of(rows.origin(index))};
    if (fault != rows.faults().end() && fault->row_index == index) {
      entry.fault = fault->code;
      while (fault != rows.faults().end() && fault->row_index == index) ++fault;
    } else {
      entry.record = record++;
    }
    entries.push_back(entry);
  }
}

std::optional<base::PartialDate> date_in_cell(const document::Cell& cell) {
  if (auto date = base::parse_iso_date(cell.text())) return date;
  if (auto date = base::parse_date(cell.text())) return date;
  if (cell.kind != document::CellKind::number) return std::nullopt;
  const auto serial = base::parse_integer(cell.text());
  return serial ? base::date_of_serial(static_cast<double>(*serial), false) : std::nullopt;
}

void advance(std::optional<std::chrono::sys_days>& latest, const document::Cell& cell,
             std::chrono::sys_days not_after) {
  const auto date = date_in_cell(cell);
  const auto day = date ? base::day_of(*date) : std::nullopt;
  if (day && *day <= not_after && (!latest || *day > *latest)) latest = day;
}

}  // namespace

base::Result<PartReader> PartReader::open(plugin::Source& source, const plugin::Submission& submission,
                                          const plugin::Part& part,
                                          std::shared_ptr<const mapping::Mapping> mapping,
                                          const quality::Checks& checks, std::chrono::sys_days today,
                                          const Tuning& tuning) {
  MUSUBI_ASSIGN(auto table, source.open(submission, part));
  auto rows = mapping->items_of(std::move(table));
  MUSUBI_ASSIGN(auto bound, mapping->bind(rows->columns()));
  return PartReader(std::move(mapping), std::move(bound), std::move(rows), checks, today, tuning.read_rows,
                    tuning.batch_bytes);
}

PartReader::PartReader(std::shared_ptr<const mapping::Mapping> mapping, mapping::BoundMapping bound,
                       std::unique_ptr<document::RowReader> rows, const quality::Checks& checks,
                       std::chrono::sys_days today, std::size_t read_rows, std::size_t batch_bytes)
    : mapping_(std::move(mapping)),
      bound_(std::move(bound)),
      rows_(std::move(rows)),
      checks_(&checks),
      today_(today),
      read_rows_(read_rows),
      batch_bytes_(batch_bytes) {}

base::Status PartReader::skip_rows(std::uint64_t rows) {
  while (rows > 0) {
    MUSUBI_ASSIGN(const auto got, rows_->read(buffer_, std::min<std::uint64_t>(rows, read_rows_)));
    if (got == 0) return {};
    rows -= got;
    last_row_ += got;
  }
  return {};
}

base::Status PartReader::skip_accepted(std::uint64_t entries) {
  while (entries > 0) {
    auto batch = empty_batch(read_rows_);
    MUSUBI_ASSIGN(const auto got, rows_->read(buffer_, std::min<std::uint64_t>(entries, read_rows_)));
    if (got == 0) return {};
    append(batch);
    entries -= batch.entries.size();
  }
  return {};
}

PreparedBatch PartReader::empty_batch(std::size_t rows) const {
  PreparedBatch batch;
  batch.records = std::make_shared<model::RecordBatch>(bound_.layout());
  batch.records->reserve(rows);
  batch.entries.reserve(rows);
  return batch;
}

void PartReader::append(PreparedBatch& batch) {
  const auto first = static_cast<std::uint32_t>(batch.records->size());
  const auto entries_before = batch.entries.size();
  const auto applied = bound_.apply(buffer_, *batch.records);
  corrections_.apply(*batch.records, first);
  append_entries(buffer_, applied, first, batch.entries);
  for (const auto& row : applied.skipped) ++batch.skipped[bound_.skip_reasons()[row.reason].because];
  for (const auto& entry : std::span(batch.entries).subspan(entries_before))
    batch.source_bytes += entry.origin.length;
  last_row_ = buffer_.origin(buffer_.size() - 1).row;
}

PreparedBatch PartReader::next(std::size_t rows) {
  auto batch = empty_batch(rows);
  while (batch.entries.size() < rows && batch.source_bytes < batch_bytes_ && !damage_) {
    const auto got = rows_->read(buffer_, std::min(read_rows_, rows - batch.entries.size()));
    if (got.has_error()) damage_ = got.error();
    if (got.has_error() || *got == 0) break;
    append(batch);
  }
  base::kill_point("pipeline.read");
  checks_->run(*batch.records, today_);
  base::kill_point("pipeline.checked");
  batch.hashes.reserve(batch.records->size());
  for (std::size_t record = 0; record < batch.records->size(); ++record) {
    batch.hashes.push_back(linkage::content_hash(batch.records->layout(), batch.records->values(record)));
  }
  batch.consumed_bytes = rows_->consumed();
  return batch;
}

std::optional<std::chrono::sys_days> latest_day(plugin::Source& source, const plugin::Submission& submission,
                                                const plugin::Part& part, const mapping::Head& head,
                                                std::chrono::sys_days not_after) {
  if (head.as_of_column.empty()) return std::nullopt;
  auto rows = source.open(submission, part);
  if (rows.has_error()) return std::nullopt;
  const auto columns = (*rows)->columns();
  const auto column = std::ranges::find(columns, head.as_of_column);
  if (column == columns.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(column - columns.begin());
  std::optional<std::chrono::sys_days> latest;
  document::RowBatch batch;
  for (;;) {
    const auto got = (*rows)->read(batch, 1000);
    if (got.has_error() || *got == 0) return latest;
    for (std::size_t row = 0; row < batch.size(); ++row) advance(latest, batch.row(row)[index], not_after);
  }
}

}  // namespace musubi::pipeline
