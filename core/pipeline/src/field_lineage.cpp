#include "musubi/pipeline/field_lineage.h"

#include <algorithm>

#include "corrections.h"
#include "opened_part.h"
#include "reread_row.h"

namespace musubi::pipeline {
namespace {

using Version = ledger::Lineage::Version;

/// By the day they speak of, then by arrival: the order in which the store overlays them.
std::vector<const Version*> newest_first(const ledger::Lineage& record) {
  std::vector<const Version*> versions;
  for (const auto& version : record.versions) versions.push_back(&version);
  std::ranges::sort(versions, std::ranges::greater{},
                    [](const Version* each) { return std::pair(each->as_of, each->version); });
  return versions;
}

base::Result<std::shared_ptr<const privacy::Policies>> pinned_policies(const Equipment& equipment,
                                                                       const Version& version) {
  if (version.pin.policy_digest == equipment.policies->version()) return equipment.policies;
  MUSUBI_ASSIGN(const auto text, equipment.ledger->configuration(version.pin.policy_digest));
  return privacy::Policies::parse_text(text, equipment.catalogue);
}

const privacy::Route* route_named(const Equipment& equipment, const std::string& source,
                                  model::RecordKind kind, const std::string& id) {
  const auto routes = equipment.routes->recipients_for(source, kind);
  const auto found = std::ranges::find(routes, id, &privacy::Route::id);
  return found == routes.end() ? nullptr : &*found;
}

FieldLineage describe(const Version& version, const RereadRow& row, const model::Value& value,
                      const std::string& field) {
  FieldLineage lineage;
  lineage.field = field;
  lineage.version = version.version;
  lineage.mapping = row.mapping->head().id;
  lineage.mapping_version = row.mapping->head().version;
  lineage.mapping_digest = row.mapping->digest();
  lineage.file = version.file;
  lineage.part = version.part_name;
  lineage.digest = version.digest;
  lineage.row = version.row;
  lineage.line = version.line;
  lineage.byte = version.byte;
  lineage.length = version.length;
  lineage.rule = row.records.layout().rules[value.rule()];
  const auto cells = row.rows.row(row.index);
  const auto column = static_cast<std::size_t>(lineage.rule.column_index);
  if (lineage.rule.column_index >= 0 && column < cells.size() &&
      cells[column].kind != document::CellKind::missing) {
    lineage.byte = cells[column].source_byte;
    lineage.length = cells[column].source_length;
  }
  return lineage;
}

base::Status add_recipients(const Equipment& equipment, const ledger::Lineage& record, const Version& version,
                            const RereadRow& row, const mapping::Head& head, FieldLineage& lineage) {
  MUSUBI_ASSIGN(const auto policies, pinned_policies(equipment, version));
  const auto field = equipment.catalogue->number_of(lineage.field);
  const auto event_date = equipment.catalogue->number_of(head.event_date_field);
  for (const auto& delivery : version.deliveries) {
    FieldRecipient recipient{delivery.recipient, delivery.route, delivery.receipt, delivery.at, {}, {}};
    if (const auto* route = route_named(equipment, record.source, head.record, delivery.route)) {
      privacy::Protector protector(
          policies, {head.jurisdiction, route->basis, route->purpose, route->recipient}, route->recipient);
      const auto decision =
          protector.decision(row.records, 0, field, event_date, base::day_in_japan(version.received));
      recipient.treatment = privacy::name_of(decision.treatment);
      recipient.rule = decision.rule;
    }
    lineage.recipients.push_back(std::move(recipient));
  }
  return {};
}

}  // namespace

base::Result<FieldLineage> field_lineage(const Equipment& equipment, const ledger::Lineage& record,
                                         const std::string& field) {
  const auto* known = equipment.catalogue->find(field);
  if (known == nullptr) {
    return base::Error(base::ErrorKind::usage, "pipeline.field_unknown",
                       {{"field_id", field}, {"suggestion", equipment.catalogue->suggest(field)}});
  }
  for (const auto* version : newest_first(record)) {
    MUSUBI_ASSIGN(const auto row, reread_row(equipment, record.source, *version));
    const auto& value = row.records.value(0, known->number);
    if (value.silent()) continue;
    auto lineage = describe(*version, row, value, field);
    lineage.corrected = newest_correction(*equipment.ledger, version->part, version->row, field);
    MUSUBI_TRY(add_recipients(equipment, record, *version, row, row.mapping->head(), lineage));
    return lineage;
  }
  return base::Error(base::ErrorKind::not_found, "pipeline.field_silent", {{"field_id", field}});
}

}  // namespace musubi::pipeline
