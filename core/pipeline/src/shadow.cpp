#include "musubi/pipeline/shadow.h"

#include <algorithm>
#include <limits>
#include <set>

#include "shadow_side.h"

namespace musubi::pipeline {
namespace {

constexpr model::Value kSilent{};

/// Where both sides keep the same field.
struct FieldPlace {
  model::FieldNumber field = model::kNoField;
  int before = -1, after = -1;
};

std::vector<FieldPlace> places_of(const ShadowSide& before, const ShadowSide& after) {
  std::set<model::FieldNumber> fields;
  for (const auto* side : {&before, &after})
    if (side->layout() != nullptr) fields.insert(side->layout()->slots.begin(), side->layout()->slots.end());
  std::vector<FieldPlace> places;
  for (const auto field : fields)
    places.push_back({field, before.layout() == nullptr ? -1 : before.layout()->slot(field),
                      after.layout() == nullptr ? -1 : after.layout()->slot(field)});
  return places;
}

const model::Value& value_at(const ShadowRecord& record, int slot) {
  return slot < 0 || record.values.empty() ? kSilent : record.values[static_cast<std::size_t>(slot)];
}

/// Compares the two readings of one part, row by row.
class PartComparison {
 public:
  PartComparison(const model::Catalogue& catalogue, ShadowSide before, ShadowSide after, ShadowPart& part,
                 ShadowReport& report, const DifferenceVisitor& visit)
      : catalogue_(catalogue),
        before_(std::move(before)),
        after_(std::move(after)),
        places_(places_of(before_, after_)),
        part_(part),
        report_(report),
        visit_(visit) {
    const bool both_read = before_.layout() != nullptr && after_.layout() != nullptr;
    part_.divided_otherwise = both_read && before_.for_each() != after_.for_each();
  }

  void run(const std::function<void(std::uint64_t rows, std::uint64_t bytes)>& progress) {
    constexpr std::uint64_t kBetweenProgress = 1000;
    for (auto old_row = before_.row(), new_row = after_.row(); old_row || new_row;
         old_row = before_.row(), new_row = after_.row()) {
      constexpr auto kEnd = std::numeric_limits<std::uint64_t>::max();
      const auto row = std::min(old_row.value_or(kEnd), new_row.value_or(kEnd));
      compare_row(old_row == row ? before_.take_row() : std::vector<ShadowRecord>{},
                  new_row == row ? after_.take_row() : std::vector<ShadowRecord>{});
      if (part_.records % kBetweenProgress == 0)
        progress(part_.records, std::max(before_.consumed(), after_.consumed()));
    }
    part_.failure_before = before_.failure();
    part_.failure_after = after_.failure();
  }

 private:
  using Records = std::vector<ShadowRecord>;

  void compare_row(const Records& old_records, const Records& new_records) {
    if (part_.divided_otherwise) return compare_by_key(old_records, new_records);
    for (std::size_t item = 0; item < std::max(old_records.size(), new_records.size()); ++item) {
      const auto* before = item < old_records.size() ? &old_records[item] : nullptr;
      const auto* after = item < new_records.size() ? &new_records[item] : nullptr;
      compare(before, after, static_cast<std::uint32_t>(item));
    }
  }

  /// The items of one side are not those of the other: a record is the one of its row with the same key.
  void compare_by_key(const Records& old_records, const Records& new_records) {
    std::vector<bool> met(new_records.size(), false);
    std::uint32_t item = 0;
    for (const auto& before : old_records) {
      const auto other = same_key(before, new_records, met);
      if (other) met[*other] = true;
      compare(&before, other ? &new_records[*other] : nullptr, item++);
    }
    for (std::size_t index = 0; index < new_records.size(); ++index)
      if (!met[index]) compare(nullptr, &new_records[index], static_cast<std::uint32_t>(index));
  }

  std::optional<std::size_t> same_key(const ShadowRecord& before, const Records& new_records,
                                      const std::vector<bool>& met) const {
    const auto key = before_.key(before);
    for (std::size_t index = 0; index < new_records.size(); ++index)
      if (key.present() && !met[index] && after_.key(new_records[index]) == key) return index;
    return std::nullopt;
  }

  void compare(const ShadowRecord* before, const ShadowRecord* after, std::uint32_t item) {
    difference_.fields.clear();
    if (before != nullptr && after != nullptr) collect_fields(*before, *after);
    const auto outcome = outcome_of(before, after);
    ++report_.records[static_cast<std::size_t>(outcome)];
    ++part_.records;
    if (before != nullptr && !before->held.empty()) ++report_.reasons[std::string(before->held)].first;
    if (after != nullptr && !after->held.empty()) ++report_.reasons[std::string(after->held)].second;
    if (outcome != ShadowOutcome::same) tell(outcome, before, after, item);
  }

  void collect_fields(const ShadowRecord& before, const ShadowRecord& after) {
    for (const auto& place : places_) {
      const auto& was = value_at(before, place.before);
      const auto& is = value_at(after, place.after);
      if (!(was == is)) difference_.fields.push_back({place.field, was, is});
    }
  }

  ShadowOutcome outcome_of(const ShadowRecord* before, const ShadowRecord* after) const {
    if (before == nullptr) return ShadowOutcome::appeared;
    if (after == nullptr) return ShadowOutcome::disappeared;
    if (before->held.empty() && !after->held.empty()) return ShadowOutcome::newly_held;
    if (!before->held.empty() && after->held.empty()) return ShadowOutcome::no_longer_held;
    if (before->held != after->held) return ShadowOutcome::held_otherwise;
    const bool other_key = before_.local_id() != after_.local_id() ||
                           std::ranges::find(difference_.fields, before_.local_id(),
                                             &FieldDifference::field) != difference_.fields.end();
    if (other_key) return ShadowOutcome::keyed_differently;
    return difference_.fields.empty() ? ShadowOutcome::same : ShadowOutcome::changed;
  }

  void tell(ShadowOutcome outcome, const ShadowRecord* before, const ShadowRecord* after,
            std::uint32_t item) {
    ++part_.differing;
    for (const auto& each : difference_.fields) ++report_.fields[catalogue_.at(each.field).id];
    const auto& origin = (before == nullptr ? after : before)->origin;
    difference_.outcome = outcome;
    difference_.submission = part_.submission;
    difference_.file = part_.file;
    difference_.part = part_.part;
    difference_.row = origin.table_row == 0 ? origin.row : origin.table_row;
    difference_.line = origin.line;
    difference_.item = item;
    difference_.held_before = before == nullptr ? std::string_view() : before->held;
    difference_.held_after = after == nullptr ? std::string_view() : after->held;
    visit_(difference_);
  }

  const model::Catalogue& catalogue_;
  ShadowSide before_, after_;
  std::vector<FieldPlace> places_;
  ShadowPart& part_;
  ShadowReport& report_;
  const DifferenceVisitor& visit_;
  RecordDifference difference_;
};

/// What each side makes of one table.
struct PartPair {
  std::string name;
  OpenedPart before, after;
};

/// The mappings that would be in force: the candidate in place of its own version.
Mappings with_candidate(Mappings mappings, const std::shared_ptr<const mapping::Mapping>& candidate) {
  const auto& head = candidate->head();
  std::erase_if(mappings, [&head](const auto& each) {
    return each->head().id == head.id && each->head().version == head.version;
  });
  mappings.push_back(candidate);
  return mappings;
}

class Shadow {
 public:
  Shadow(const Equipment& equipment, const ShadowRequest& request, const DifferenceVisitor& visit,
         const ProgressListener& listener)
      : equipment_(equipment),
        request_(request),
        visit_(visit),
        listener_(listener),
        id_(request.candidate->head().id),
        source_(id_.substr(0, id_.find('/'))),
        mappings_before_(equipment.in_force->mappings->of_source(source_)),
        mappings_after_(with_candidate(mappings_before_, request.candidate)) {}

  base::Result<ShadowReport> run() {
    const auto submissions = equipment_.ledger->submissions();
    MUSUBI_TRY(equipment_.ledger->health());
    for (const auto& submission : submissions) {
      const bool early = request_.since && base::day_in_japan(submission.received) < *request_.since;
      if (submission.source == source_ && !early) MUSUBI_TRY(look_at(submission));
    }
    return std::move(report_);
  }

 private:
  base::Status look_at(const ledger::SubmissionInfo& submission) {
    MUSUBI_ASSIGN(const auto opened, open_submission(equipment_, submission));
    const auto before = recognise(opened, mappings_before_);
    const auto after = recognise(opened, mappings_after_);
    bool read = false;
    for (const auto& pair : pairs_of(before, after)) {
      if (!concerns(pair.before) && !concerns(pair.after)) continue;
      read = true;
      compare(submission, pair, after.has_error() ? std::optional(after.error()) : std::nullopt);
    }
    report_.submissions += read ? 1 : 0;
    return {};
  }

  /// Parts of either side by name, in order.
  static std::vector<PartPair> pairs_of(const base::Result<std::vector<OpenedPart>>& before,
                                        const base::Result<std::vector<OpenedPart>>& after) {
    std::vector<PartPair> pairs;
    const auto pair_named = [&pairs](const std::string& name) -> PartPair& {
      const auto found = std::ranges::find(pairs, name, &PartPair::name);
      return found != pairs.end() ? *found : pairs.emplace_back(PartPair{name, {}, {}});
    };
    if (!before.has_error())
      for (const auto& each : *before) pair_named(each.part.name).before = each;
    if (!after.has_error())
      for (const auto& each : *after) pair_named(each.part.name).after = each;
    return pairs;
  }

  bool concerns(const OpenedPart& part) const { return part.mapping && part.mapping->head().id == id_; }

  ShadowSide side_of(const OpenedPart& part) const {
    const bool by_candidate = part.mapping == request_.candidate;
    return ShadowSide(equipment_, source_, part, by_candidate ? *request_.checks : *equipment_.checks);
  }

  void compare(const ledger::SubmissionInfo& submission, const PartPair& pair,
               const std::optional<base::Error>& not_recognised) {
    auto before = side_of(pair.before), after = side_of(pair.after);
    ShadowPart part{
        submission.id, submission.name, pair.name, before.mapping(), after.mapping(), {}, {}, false, 0, 0};
    PartComparison comparison(*equipment_.catalogue, std::move(before), std::move(after), part, report_,
                              visit_);
    comparison.run([&](std::uint64_t rows, std::uint64_t bytes) {
      if (listener_) listener_({submission.name, rows, bytes, submission.bytes});
    });
    if (!part.failure_after && not_recognised) part.failure_after = not_recognised;
    const bool worth_telling = part.differing != 0 || part.divided_otherwise ||
                               part.mapping_before != part.mapping_after || part.failure_before ||
                               part.failure_after;
    if (worth_telling) report_.parts.push_back(std::move(part));
  }

  const Equipment& equipment_;
  const ShadowRequest& request_;
  const DifferenceVisitor& visit_;
  const ProgressListener& listener_;
  std::string id_, source_;
  Mappings mappings_before_, mappings_after_;
  ShadowReport report_;
};

}  // namespace

std::string_view name_of(ShadowOutcome outcome) noexcept {
  constexpr std::array<std::string_view, kShadowOutcomes> kNames{
      "same",           "appeared",       "disappeared",       "newly_held",
      "no_longer_held", "held_otherwise", "keyed_differently", "changed"};
  return kNames[static_cast<std::size_t>(outcome)];
}

base::Result<ShadowReport> shadow(const Equipment& equipment, const ShadowRequest& request,
                                  const DifferenceVisitor& visit, const ProgressListener& listener) {
  return Shadow(equipment, request, visit, listener).run();
}

}  // namespace musubi::pipeline
