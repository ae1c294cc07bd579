#include "held_elements.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "judging.h"
#include "musubi/base/digest.h"

namespace musubi::console {
namespace {

constexpr std::uint64_t kMostRead = std::uint64_t{4} << 20;
constexpr std::size_t kRemembered = 32;

std::string text_of(const boost::json::object& finding, std::string_view name) {
  const auto* const value = finding.if_contains(name);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

/// By part and by ascending row; the row itself first.
std::map<std::int64_t, std::vector<pipeline::CellPlace>> cells_of(const HeldRecords& held) {
  std::map<std::int64_t, std::vector<pipeline::CellPlace>> cells;
  for (const auto& record : held) {
    auto& of_part = cells[record.part_id];
    of_part.push_back({.row = record.row});
    for (const auto& finding : findings_of(record))
      if (!finding.column.empty()) of_part.push_back({.row = record.row, .column = finding.column});
  }
  for (auto& [part, of_part] : cells) std::ranges::stable_sort(of_part, {}, &pipeline::CellPlace::row);
  return cells;
}

/// What is held, and why: the digest of it.
std::string key_of(const ledger::SubmissionInfo& submission, const HeldRecords& held) {
  base::Sha256 sum;
  sum.add(submission.digest);
  for (const auto& each : held) {
    sum.add(std::to_string(each.part_id) + " " + std::to_string(each.row) + " ");
    sum.add(each.findings);
  }
  return base::to_hex(sum.finish());
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
  if (submission.bytes > kMostRead || !fhir_source(submission.source, services)) return;
  auto bytes = bytes_of(submission, services, kMostRead);
  if (bytes.has_error()) return;
  const auto look = services.hub->look_at_bytes(submission.source, *bytes);
  if (look.has_error()) return;
  const auto collection = fhir::Collection::of_text(std::move(*bytes), "", document::Limits());
  if (collection.has_error()) return;
  std::set<std::uint64_t> bytes_asked;
  for (auto& [part, cells] : cells_of(held)) {
    if (services.hub->find_cells(part, cells).has_error()) continue;
    for (const auto& each : cells) {
      if (!each.found) continue;
      bytes_.insert_or_assign({part, each.row, each.column}, each.byte);
      bytes_asked.insert(each.byte);
    }
  }
  paths_ = (*collection)->paths_at(bytes_asked);
}

std::string HeldElements::path(const ledger::QuarantinedRecord& record, std::string_view column) const {
  const auto byte = bytes_.find({record.part_id, record.row, std::string(column)});
  const auto path = byte == bytes_.end() ? paths_.end() : paths_.find(byte->second);
  return path == paths_.end() ? std::string() : path->second;
}

KnownHeldElements::Elements KnownHeldElements::find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(known_, key, &std::pair<std::string, Elements>::first);
  return found == known_.end() ? nullptr : found->second;
}

KnownHeldElements::Elements KnownHeldElements::of(const ledger::SubmissionInfo& submission,
                                                  const HeldRecords& held, const Services& services) {
  static const auto kNone = std::make_shared<const HeldElements>();
  if (held.empty()) return kNone;
  const auto key = key_of(submission, held);
  if (auto known = find(key)) return known;
  const std::lock_guard one_at_a_time(finding_);
  if (auto known = find(key)) return known;
  auto elements = std::make_shared<const HeldElements>(submission, held, services);
  const std::lock_guard lock(mutex_);
  known_.emplace_front(key, elements);
  if (known_.size() > kRemembered) known_.pop_back();
  return elements;
}

}  // namespace musubi::console
