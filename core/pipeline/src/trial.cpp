#include "musubi/pipeline/trial.h"

#include "cells_found.h"
#include "opened_part.h"

namespace musubi::pipeline {
namespace {

/// `row`: of the record, in `rows`.
TriedRecord record_of(const model::RecordBatch& records, std::size_t number, const document::RowBatch& rows,
                      std::size_t row, std::span<const std::string> columns) {
  const auto& layout = records.layout();
  TriedRecord record;
  record.row = records.origin(number).row;
  record.line = records.origin(number).line;
  record.fields = model::to_json(layout, records.values(number));
  for (const auto& each : records.findings()) {
    if (each.record != number) continue;
    const bool of_field = each.field != model::kNoField;
    record.findings.push_back({each.severity, std::string(each.code),
                               of_field ? layout.catalogue->at(each.field).id : std::string(),
                               byte_of_cell(rows, row, columns, each.column)});
  }
  return record;
}

class Trial {
 public:
  Trial(const Equipment& equipment, const OpenedPart& opened) : equipment_(equipment), opened_(opened) {}

  base::Result<TriedPart> run() {
    part_.name = opened_.part.name;
    part_.ignored_because = opened_.part.ignored_because;
    if (opened_.part.fault) return *opened_.part.fault;
    if (!opened_.mapping) return std::move(part_);
    part_.mapping = opened_.mapping->head().id;
    part_.mapping_version = opened_.mapping->head().version;
    MUSUBI_ASSIGN(auto table, opened_.source->open(opened_.submission, opened_.part));
    const auto rows = opened_.mapping->items_of(std::move(table));
    MUSUBI_ASSIGN(const auto bound, opened_.mapping->bind(rows->columns()));
    MUSUBI_TRY(read(*rows, bound));
    return std::move(part_);
  }

 private:
  base::Status read(document::RowReader& rows, const mapping::BoundMapping& bound) {
    document::RowBatch batch;
    model::RecordBatch records(bound.layout());
    const auto today = base::day_in_japan(equipment_.clock->now());
    for (;;) {
      MUSUBI_ASSIGN(const auto got, rows.read(batch, kMostTried));
      if (got == 0) return {};
      if (part_.records.size() + got > kMostTried) {
        part_.cut_short = true;
        return {};
      }
      records.clear();
      const auto applied = bound.apply(batch, records);
      equipment_.checks->run(records, today);
      for (std::size_t each = 0, row = 0; each < records.size(); ++each) {
        while (batch.origin(row).row < records.origin(each).row) ++row;
        part_.records.push_back(record_of(records, each, batch, row, rows.columns()));
      }
      for (const auto& each : applied.skipped) ++part_.skipped[bound.skip_reasons()[each.reason].because];
      for (const auto& each : batch.faults()) ++part_.faults[std::string(each.code)];
    }
  }

  const Equipment& equipment_;
  const OpenedPart& opened_;
  TriedPart part_;
};

}  // namespace

base::Result<std::vector<TriedPart>> try_out(const Equipment& equipment, const std::string& source,
                                             const std::string& name,
                                             std::shared_ptr<const document::ByteSource> bytes) {
  auto* adapter = source_for_looking(equipment, source);
  if (adapter == nullptr)
    return base::Error(base::ErrorKind::usage, "pipeline.source_unknown", {{"source", source}});
  OpenedPart opened;
  opened.source = adapter;
  opened.submission.bytes = std::move(bytes);
  opened.submission.name = name;
  MUSUBI_ASSIGN(const auto parts, recognise(opened, equipment.in_force->mappings->of_source(source)));
  std::vector<TriedPart> tried;
  for (const auto& each : parts) {
    MUSUBI_ASSIGN(auto part, Trial(equipment, each).run());
    tried.push_back(std::move(part));
  }
  return tried;
}

}  // namespace musubi::pipeline
