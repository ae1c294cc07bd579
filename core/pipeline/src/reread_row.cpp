#include "reread_row.h"

#include <algorithm>

namespace musubi::pipeline {
namespace {

constexpr std::uint64_t kRowsAtATime = 1000;

/// Skips whole batches, then reads just the wanted row.
base::Status position(document::RowReader& reader, document::RowBatch& rows, std::uint64_t row) {
  for (std::uint64_t before = row - 1; before > 0;) {
    MUSUBI_ASSIGN(const auto got, reader.read(rows, std::min(before, kRowsAtATime)));
    if (got == 0) break;
    before -= got;
  }
  MUSUBI_ASSIGN(const auto got, reader.read(rows, 1));
  if (got == 1) return {};
  return base::Error(base::ErrorKind::defect, "pipeline.row_missing", {{"row", std::to_string(row)}});
}

}  // namespace

base::Result<RereadRow> read_row(const OpenedPart& opened, std::uint64_t row,
                                 const Corrections& corrections) {
  MUSUBI_ASSIGN(auto table, opened.source->open(opened.submission, opened.part));
  const auto reader = opened.mapping->items_of(std::move(table));
  MUSUBI_ASSIGN(const auto bound, opened.mapping->bind(reader->columns()));
  const auto columns = reader->columns();
  RereadRow result{
      opened.mapping, {columns.begin(), columns.end()}, {}, 0, model::RecordBatch(bound.layout())};
  MUSUBI_TRY(position(*reader, result.rows, row));
  bound.apply(result.rows, result.records);
  corrections.apply(result.records, 0);
  return result;
}

base::Result<RereadRow> reread_row(const Equipment& equipment, const std::string& source,
                                   const ledger::Lineage::Version& version) {
  ledger::SubmissionInfo info;
  info.id = version.submission;
  info.source = source;
  info.name = version.file;
  info.digest = version.digest;
  MUSUBI_ASSIGN(const auto mapping, equipment.active->pinned(version.pin));
  MUSUBI_ASSIGN(const auto opened, reopen(equipment, info, version.part_name, {mapping}));
  MUSUBI_ASSIGN(const auto corrections, Corrections::of_part(*equipment.ledger, version.part, *mapping));
  MUSUBI_ASSIGN(auto row, read_row(opened, version.row, corrections));
  const bool holds = std::ranges::any_of(row.records.findings(), [](const model::Finding& finding) {
    return finding.severity == model::Severity::error;
  });
  if (!holds || !version.replayed) return row;
  // It left quarantine before replays were pinned (format 1 of the ledger), under a newer mapping.
  MUSUBI_ASSIGN(const auto again,
                reopen(equipment, info, version.part_name, equipment.in_force->mappings->of_source(source)));
  const bool same_rows = again.mapping->head().for_each == mapping->head().for_each;
  return same_rows ? read_row(again, version.row, corrections) : std::move(row);
}

}  // namespace musubi::pipeline
