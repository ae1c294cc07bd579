#include "held_elements.h"

#include <algorithm>
#include <boost/json.hpp>

#include "judging.h"

namespace musubi::console {
namespace {

/// A Task is asked for often, and each time all of it is read.
constexpr std::uint64_t kMostRead = std::uint64_t{4} << 20;
constexpr std::size_t kMostHeld = 1000;

std::string text_of(const boost::json::object& finding, std::string_view name) {
  const auto* const value = finding.if_contains(name);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

/// By part and by ascending row; the row itself first.
std::map<std::int64_t, std::vector<pipeline::CellPlace>> cells_of(const HeldRecords& held) {
  std::map<std::int64_t, std::vector<pipeline::CellPlace>> cells;
  for (const auto& record : std::span(held).first(std::min(held.size(), kMostHeld))) {
    auto& of_part = cells[record.part_id];
    of_part.push_back({.row = record.row});
    for (const auto& finding : findings_of(record))
      if (!finding.column.empty()) of_part.push_back({.row = record.row, .column = finding.column});
  }
  for (auto& [part, of_part] : cells) std::ranges::stable_sort(of_part, {}, &pipeline::CellPlace::row);
  return cells;
}

}  // namespace

std::vector<RecordFinding> findings_of(const ledger::QuarantinedRecord& record) {
  std::vector<RecordFinding> findings;
  if (record.findings.empty()) return findings;
  const auto written = boost::json::parse(record.findings);
  for (const auto& each : written.as_array()) {
    const auto& finding = each.as_object();
    if (text_of(finding, "severity") == "information") continue;
    findings.push_back({text_of(finding, "code"), text_of(finding, "field"), text_of(finding, "column")});
  }
  return findings;
}

HeldElements::HeldElements(const ledger::SubmissionInfo& submission, const HeldRecords& held,
                           const Services& services) {
  if (held.empty() || submission.bytes > kMostRead || !fhir_source(submission.source, services)) return;
  auto bytes = bytes_of(submission, services, kMostRead);
  if (bytes.has_error()) return;
  const auto look = services.hub->look_at_bytes(submission.source, *bytes);
  if (look.has_error()) return;
  const auto collection = fhir::Collection::of_text(std::move(*bytes), "", document::Limits());
  if (collection.has_error()) return;
  for (auto& [part, cells] : cells_of(held)) {
    if (services.hub->find_cells(part, cells).has_error()) continue;
    for (const auto& each : cells)
      if (each.found)
        paths_.insert_or_assign({part, each.row, each.column}, (*collection)->path_at(each.byte));
  }
}

std::string HeldElements::path(const ledger::QuarantinedRecord& record, std::string_view column) const {
  const auto found = paths_.find({record.part_id, record.row, std::string(column)});
  return found == paths_.end() ? std::string() : found->second;
}

}  // namespace musubi::console
