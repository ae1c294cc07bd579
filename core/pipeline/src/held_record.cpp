#include "held_record.h"

#include "reread_row.h"

namespace musubi::pipeline {
namespace {

std::vector<HeldValues::Cell> cells_of(const RereadRow& row) {
  std::vector<HeldValues::Cell> cells;
  const auto texts = row.rows.row(row.index);
  for (std::size_t index = 0; index < texts.size() && index < row.columns.size(); ++index)
    cells.push_back({row.columns[index], std::string(texts[index].text())});
  return cells;
}

std::vector<HeldValues::Field> fields_of(const HeldRecord& held, const RereadRow& row) {
  std::vector<HeldValues::Field> fields;
  if (row.records.size() == 0) return fields;
  const auto& layout = row.records.layout();
  const auto values = row.records.values(0);
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    const auto& value = values[slot];
    if (value.silent()) continue;
    const auto number = layout.slots[slot];
    HeldValues::Field field{.field = layout.catalogue->at(number).id};
    if (value.is_absent())
      field.absent = model::name_of(value.absent_reason());
    else
      field.value = model::to_text(value);
    if (value.rule() < layout.rules.size()) field.column = layout.rules[value.rule()].from;
    field.corrected = held.corrections.touches(row.records.origin(0).row, number);
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace

base::Result<HeldRecord> open_held(const Equipment& equipment, const ledger::QuarantinedRecord& held) {
  HeldRecord record;
  MUSUBI_ASSIGN(record.submitted, submitted_part(*equipment.ledger, held.part_id));
  MUSUBI_ASSIGN(record.opened, reopen(equipment, record.submitted.submission, held.part,
                                      equipment.in_force->mappings->of_source(held.source)));
  const auto& mapping = *record.opened.mapping;
  MUSUBI_ASSIGN(const auto pinned, equipment.active->pinned(record.submitted.part.pin));
  if (pinned->head().for_each != mapping.head().for_each)
    return base::Error(base::ErrorKind::refused, "pipeline.rows_counted_otherwise");
  MUSUBI_ASSIGN(record.corrections, Corrections::of_part(*equipment.ledger, held.part_id, mapping));
  return record;
}

base::Result<HeldValues> held_values(const Equipment& equipment, const ledger::QuarantinedRecord& held) {
  MUSUBI_ASSIGN(const auto record, open_held(equipment, held));
  MUSUBI_ASSIGN(const auto row, read_row(record.opened, held.row, record.corrections));
  return HeldValues{cells_of(row), fields_of(record, row)};
}

base::Result<std::string> read_correction(const Equipment& equipment, const ledger::QuarantinedRecord& held,
                                          std::string_view json) {
  MUSUBI_ASSIGN(const auto record, open_held(equipment, held));
  const auto& mapping = *record.opened.mapping;
  MUSUBI_ASSIGN(auto columns, canonical_columns(json, *equipment.catalogue, mapping.head().record));
  MUSUBI_ASSIGN(const auto row, read_row(record.opened, held.row, record.corrections));
  if (row.records.size() == 0) return base::Error(base::ErrorKind::refused, "review.row_not_readable");
  MUSUBI_TRY(Corrections::check(columns, mapping, row.records.layout()));
  return columns;
}

}  // namespace musubi::pipeline
