#include "task_records.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace musubi::console {
namespace {

using base::Language;
using boost::json::array;
using boost::json::object;
using ledger::Disposition;
using ledger::Lineage;

/// Without a remedy that speaks of parts nobody filled in.
std::string remedy_of(Language language, std::string_view code, std::string_view field) {
  const base::MessageArgument its_field{"field", std::string(field)};
  auto text = base::remedy(language, code, {&its_field, 1});
  return text.find('{') == text.npos ? text : std::string();
}

std::string place_of(std::string_view part, std::uint64_t row, std::uint64_t line) {
  auto place = std::string(part) + " " + std::to_string(row);
  return line == 0 ? place : place + ", line " + std::to_string(line);
}

object issue(std::string_view severity, std::string_view type, std::string_view code, std::string text,
             const std::string& place) {
  return {{"severity", severity},
          {"code", type},
          {"details", coded(code)},
          {"diagnostics", std::move(text)},
          {"location", array{boost::json::string(place)}}};
}

/// Every finding of the record that is more than a remark; the reason itself where none says it.
void add_reasons(array& issues, const ledger::QuarantinedRecord& record, const HeldElements& elements,
                 const Services& services, Language language) {
  const auto* const severity = record.state == "in_review" ? "warning" : "error";
  const auto place = place_of(record.part, record.row, record.line);
  const auto add = [&](std::string_view code, std::string_view field, std::string_view column) {
    auto its = issue(severity, "business-rule", code, told(code, field, services, language), place);
    if (const auto path = elements.path(record, column); !path.empty())
      its["expression"] = array{boost::json::string(path)};
    issues.push_back(std::move(its));
  };
  bool is_told = false;
  for (const auto& finding : findings_of(record)) {
    add(finding.code, finding.field, finding.column);
    is_told = is_told || finding.code == record.reason;
  }
  if (!is_told) add(record.reason, {}, {});
}

std::string say(Language language, const char* state, std::string_view recipient = {},
                std::string_view detail = {}) {
  return base::say(language, std::string("fhir.task.record.") + state,
                   {{"recipient", std::string(recipient)}, {"detail", std::string(detail)}});
}

/// Of one record: what has become of it so far, to each recipient.
class RecordState {
 public:
  RecordState(const ledger::PartInfo& part, const ledger::Replayed& record, const HeldElements& elements,
              const Services& services, Language language)
      : part_(part), record_(record), elements_(elements), services_(services), language_(language) {}

  void add_to(array& issues, const ledger::QuarantinedRecord* held) const {
    if (held != nullptr) return add_reasons(issues, *held, elements_, services_, language_);
    const auto version = version_of();
    const auto place = place_of(part_.name, record_.row, version ? version->line : 0);
    if (record_.disposition == Disposition::unchanged)
      return add(issues, "unchanged", say(language_, "unchanged"), place);
    if (!version || version->deliveries.empty())
      return add(issues, "in_flight", say(language_, "in_flight"), place);
    for (const auto& each : version->deliveries) add_delivery(issues, each, place);
  }

 private:
  std::optional<Lineage::Version> version_of() const {
    const auto lineage = services_.hub->books().lineage(record_.case_number);
    if (!lineage) return std::nullopt;
    const auto found = std::ranges::find_if(lineage->versions, [&](const Lineage::Version& each) {
      return each.part == part_.id && each.row == record_.row;
    });
    return found == lineage->versions.end() ? std::nullopt : std::optional(*found);
  }
  void add_delivery(array& issues, const Lineage::Version::Delivery& delivery,
                    const std::string& place) const {
    if (!delivery.refused.empty())
      issues.push_back(issue(
          "error", "business-rule", delivery.refused,
          say(language_, "refused", delivery.recipient, told(delivery.refused, {}, services_, language_)),
          place));
    else if (delivery.at.empty())
      add(issues, "in_flight", say(language_, "waiting", delivery.recipient), place);
    else
      add(issues, "delivered", say(language_, "delivered", delivery.recipient, delivery.receipt), place);
  }
  static void add(array& issues, std::string_view code, std::string text, const std::string& place) {
    issues.push_back(issue("information", "informational", code, std::move(text), place));
  }

  const ledger::PartInfo& part_;
  const ledger::Replayed& record_;
  const HeldElements& elements_;
  const Services& services_;
  const Language language_;
};

using ByPlace = std::map<std::pair<std::int64_t, std::uint64_t>, const ledger::QuarantinedRecord*>;

ByPlace by_place(const HeldRecords& held) {
  ByPlace places;
  for (const auto& each : held) places.emplace(std::pair{each.part_id, each.row}, &each);
  return places;
}

}  // namespace

object coded(std::string_view code) {
  return {{"coding", array{object{{"system", "urn:musubi:message"}, {"code", code}}}}};
}

std::string told(std::string_view code, std::string_view field, const Services& services, Language language) {
  auto text = services.reason(code, language);
  if (!field.empty()) text += " (" + std::string(field) + ")";
  if (const auto remedy = remedy_of(language, code, field); !remedy.empty()) text += " " + remedy;
  return text;
}

object concept_of(std::string_view code, const Services& services, Language language) {
  auto its = coded(code);
  its["text"] = told(code, {}, services, language);
  return its;
}

array held_records(const HeldRecords& held, const HeldElements& elements, const Services& services,
                   Language language) {
  array issues;
  for (const auto& each : held) {
    if (issues.size() >= kRecordsOfPage) break;
    add_reasons(issues, each, elements, services, language);
  }
  return issues;
}

array record_states(const ledger::SubmissionInfo& submission, const HeldRecords& all_held,
                    const HeldElements& elements, const Services& services, Language language,
                    std::uint64_t from, std::optional<std::uint64_t>& next) {
  array issues;
  const auto& books = services.hub->books();
  const auto held = by_place(all_held);
  auto left = kRecordsOfPage;
  std::uint64_t before = 0;  // rows of the parts that were passed
  for (const auto& part : books.parts_of(submission.id)) {
    const auto first = std::max(from, before) - before;
    const auto rows = first < part.rows_done ? std::min(left, part.rows_done - first) : 0;
    if (first < part.rows_done && rows == 0) next = before + first;
    if (next) break;
    const auto records =
        rows == 0 ? std::vector<ledger::Replayed>() : books.records_between(part.id, first + 1, first + rows);
    for (const auto& record : records) {
      const auto its = held.find({part.id, record.row});
      RecordState(part, record, elements, services, language)
          .add_to(issues, its == held.end() ? nullptr : its->second);
    }
    left -= rows;
    if (first + rows < part.rows_done && rows != 0) next = before + first + rows;
    before += part.rows_done;
  }
  return issues;
}

}  // namespace musubi::console
