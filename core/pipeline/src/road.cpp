#include "musubi/pipeline/road.h"

#include <algorithm>

#include "books.h"
#include "contained.h"
#include "handoff.h"
#include "held_record.h"
#include "hub/attempts.h"
#include "hub/watched_adapters.h"
#include "musubi/base/kill_point.h"
#include "musubi/pipeline/trial.h"
#include "opened_part.h"
#include "redelivery.h"
#include "replay.h"
#include "transfer.h"

namespace musubi::pipeline {
namespace {

using base::ErrorKind;
using ledger::SubmissionState;

std::int32_t to_number(std::chrono::sys_days day) {
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

/// Whether the sender is to mend it; otherwise the machine or the configuration is at fault and the import
/// goes on later.
bool is_about_input(const base::Error& error) {
  const auto kind = error.kind();  // refused: a DOCTYPE, a ZIP that is a bomb; no later try reads them
  return kind == ErrorKind::bad_input || kind == ErrorKind::limit_exceeded || kind == ErrorKind::refused;
}

/// What is read of the part stays, the rest is held: reading it again would end in the same place.
bool ends_the_part(const base::Error& error) {
  return is_about_input(error) || error.code() == "plugin.exception";
}

/// Remembers what failed too often.
class SetAside final : public HubObserver {
 public:
  explicit SetAside(std::vector<Unended>& all) : all_(all) {}
  void set_aside(const Unended& one) noexcept override { all_.push_back(one); }

 private:
  std::vector<Unended>& all_;
};

/// Carries one submission along the road, part by part.
class Journey {
 public:
  Journey(const Equipment& equipment, const Tuning& tuning, Handoffs& handoffs,
          const ledger::SubmissionInfo& info, const ProgressListener& listener)
      : equipment_(equipment), tuning_(tuning), handoffs_(handoffs), info_(info), listener_(listener) {}

  base::Result<SubmissionReport> go() {
    report_.submission = info_.id;
    report_.source = info_.source;
    report_.file = info_.name;
    report_.digest = info_.digest;
    MUSUBI_ASSIGN(auto opened, open_submission(equipment_, info_));
    MUSUBI_TRY(check_bytes(*opened.submission.bytes, info_.digest));
    opened.submission.stated_as_of = info_.stated_as_of;
    const auto parts = parts_of(opened);
    if (parts.has_error()) return refuse(parts.error());
    MUSUBI_TRY(equipment_.ledger->set_submission_state(info_.id, SubmissionState::processing, {}));
    for (const auto& part : *parts) MUSUBI_TRY(carry(part));
    MUSUBI_TRY(close());
    report_.repeated = info_.repeated && report_.parts.empty();
    return std::move(report_);
  }

 private:
  /// As the mappings in force see the submission; parts that an earlier run began, as they were begun.
  base::Result<std::vector<OpenedPart>> parts_of(const OpenedPart& opened) {
    auto begun = equipment_.ledger->parts_of(info_.id);
    std::erase_if(begun, [](const ledger::PartInfo& part) { return part.rows_done == 0 && !part.complete; });
    auto recognised = recognise(opened, equipment_.in_force->mappings->of_source(info_.source));
    if (recognised.has_error() && begun.empty()) return recognised.error();
    std::vector<OpenedPart> parts;
    if (!recognised.has_error()) parts = std::move(*recognised);
    for (const auto& part : begun) {
      MUSUBI_ASSIGN(const auto mapping, equipment_.active->pinned(part.pin));
      MUSUBI_ASSIGN(auto again, reopen(equipment_, info_, part.name, {mapping}));
      const auto found =
          std::ranges::find(parts, part.name, [](const OpenedPart& each) { return each.part.name; });
      *(found == parts.end() ? parts.insert(found, OpenedPart{}) : found) = std::move(again);
    }
    return parts;
  }

  base::Error refuse(const base::Error& error) {
    if (!is_about_input(error)) return error;
    const auto told =
        equipment_.ledger->set_submission_state(info_.id, SubmissionState::rejected, error.code());
    return told.has_error() ? told.error() : error;
  }

  base::Status carry(const OpenedPart& opened) {
    PartReport& report = report_.parts.emplace_back();
    report.name = opened.part.name;
    report.ignored_because = opened.part.ignored_because;
    report.ended_by = opened.part.fault;
    if (!opened.mapping) return {};
    auto carried = carry_read(opened, report);
    if (!carried.has_error()) {
      if (!*carried) report_.parts.pop_back();
      return {};
    }
    if (!is_about_input(carried.error())) return carried.error();
    report.ended_by = carried.error();
    return {};
  }

  /// False: an earlier run has read it to its end.
  base::Result<bool> carry_read(const OpenedPart& opened, PartReport& report) {
    MUSUBI_ASSIGN(const auto part, pin(opened));
    report.mapping = part.pin.mapping;
    report.mapping_version = part.pin.mapping_version;
    report.as_of = part.as_of;
    report.read_before = part.rows_done;
    if (part.complete) return false;
    const auto& mapping = opened.mapping;
    const auto today = base::day_in_japan(equipment_.clock->now());
    MUSUBI_ASSIGN(auto reader, PartReader::open(*opened.source, opened.submission, opened.part, mapping,
                                                *equipment_.checks, today, tuning_));
    report.drift = reader.bound().drift();
    base::kill_point("pipeline.opened");
    MUSUBI_TRY(reader.skip_accepted(part.rows_done));
    MUSUBI_TRY(run(opened, *mapping, part, reader, report));
    return true;
  }

  base::Status run(const OpenedPart& opened, const mapping::Mapping& mapping, const ledger::PartInfo& part,
                   PartReader& reader, PartReport& report) {
    const auto& head = mapping.head();
    const auto routes = equipment_.routes->recipients_for(info_.source, head.record);
    const auto terms = terms_of(equipment_, info_, head);
    MUSUBI_ASSIGN(const auto handoff, handoffs_.begin(equipment_, routes, terms));
    Acceptor acceptor(*equipment_.ledger, part, equipment_.catalogue->number_of(head.local_id_field), routes,
                      protectors_for(equipment_, routes, terms), terms, report);
    const auto total = opened.submission.bytes->size();
    MUSUBI_TRY(transfer(reader, acceptor, *handoff, *equipment_.ledger, tuning_, [&](std::uint64_t consumed) {
      listener_({report.name, report.rows, consumed, total});
    }));
    if (reader.damage()) MUSUBI_TRY(keep_rest(reader, acceptor, total, report));
    return equipment_.ledger->complete_part(part.id);
  }

  /// What could not be read any more is one entry in review: its bytes are on the books.
  static base::Status keep_rest(const PartReader& reader, Acceptor& acceptor, std::uint64_t total,
                                PartReport& report) {
    const auto& damage = *reader.damage();
    if (!ends_the_part(damage)) return damage;
    const auto first = std::min(reader.consumed(), total);
    const auto length = std::min<std::uint64_t>(total - first, 0xFFFFFFFF);
    report.ended_by = damage;
    return acceptor.accept_damage(
        damage, {reader.last_row() + 1, damage.place().line, first, static_cast<std::uint32_t>(length)});
  }

  base::Result<ledger::PartInfo> pin(const OpenedPart& opened) {
    const auto& policies = *equipment_.policies;
    ledger::PartInfo wanted;
    wanted.submission = info_.id;
    wanted.name = opened.part.name;
    wanted.pin = pin_of(*opened.mapping, policies.version());
    wanted.as_of = to_number(day_of(opened));
    MUSUBI_TRY(equipment_.ledger->keep_configuration(policies.version(), "policies", "", policies.text()));
    return equipment_.ledger->begin_part(wanted);
  }

  /// Never later than the day of receipt: nobody reports the future, but a year is easily mistyped, and a
  /// list dated too late would make every later one an older word.
  std::chrono::sys_days day_of(const OpenedPart& opened) const {
    const auto received = base::day_in_japan(info_.received);
    if (opened.part.as_of) return std::min(*opened.part.as_of, received);
    const auto latest =
        latest_day(*opened.source, opened.submission, opened.part, opened.mapping->head(), received);
    return latest.value_or(received);
  }

  base::Status close() {
    if (report_.parts.empty() && info_.repeated)
      return equipment_.ledger->set_submission_state(info_.id, info_.state, info_.reason);
    const auto damaged =
        std::ranges::find_if(report_.parts, [](const PartReport& each) { return each.ended_by.has_value(); });
    if (damaged == report_.parts.end())
      return equipment_.ledger->set_submission_state(info_.id, SubmissionState::done, {});
    const bool nothing_read =
        std::ranges::all_of(report_.parts, [](const PartReport& each) { return each.rows == 0; });
    return equipment_.ledger->set_submission_state(
        info_.id, nothing_read ? SubmissionState::rejected : SubmissionState::in_review,
        damaged->ended_by->code());
  }

  const Equipment& equipment_;
  const Tuning& tuning_;
  Handoffs& handoffs_;
  const ledger::SubmissionInfo& info_;
  const ProgressListener& listener_;
  SubmissionReport report_;
};

}  // namespace

bool is_settled(SubmissionState state) noexcept {
  return state == SubmissionState::done || state == SubmissionState::dead_letter;
}

/// What a road has that works without a hub around it.
struct Road::Alone {
  explicit Alone(Equipment& equipment) : watched(equipment) {}
  ~Alone() {
    if (hands) Hand::of_this_thread() = nullptr;
  }
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;

  WatchedAdapters watched;
  std::unique_ptr<Hands> hands;
};

Road::Road(Equipment equipment, Tuning tuning)
    : equipment_(std::move(equipment)),
      tuning_(tuning),
      handoffs_(deliver_at_once(tuning)),
      alone_(std::make_unique<Alone>(equipment_)) {}
Road::Road(Equipment equipment, Tuning tuning, std::shared_ptr<Handoffs> handoffs)
    : equipment_(std::move(equipment)), tuning_(tuning), handoffs_(std::move(handoffs)) {}
Road::~Road() = default;
Road::Road(Road&&) noexcept = default;
Road& Road::operator=(Road&&) noexcept = default;

base::Result<SubmissionReport> Road::import(const Intake& intake, const ProgressListener& listener) {
  if (!equipment_.sources.contains(intake.source)) {
    return base::Error(ErrorKind::usage, "pipeline.source_unknown", {{"source", intake.source}});
  }
  const auto today = base::day_in_japan(equipment_.clock->now());
  if (intake.as_of && *intake.as_of > today) return base::Error(ErrorKind::usage, "pipeline.as_of_future");
  MUSUBI_TRY(take_what_is_in_force());
  const auto name = intake.file.filename().string();
  MUSUBI_ASSIGN(const auto info, equipment_.ledger->keep(intake.source, intake.file, name, {}, intake.as_of));
  if (info.repeated && is_settled(info.state)) {
    SubmissionReport report;
    report.submission = info.id;
    report.source = info.source;
    report.file = name;
    report.digest = info.digest;
    report.repeated = true;
    return report;
  }
  auto report = go(info, listener);
  HubObserver nobody;
  if (report.has_error())
    Attempts(*equipment_.ledger, nobody, tuning_.most_attempts).is_over(info, report.error());
  return report;
}

base::Result<SubmissionReport> Road::carry(const ledger::SubmissionInfo& submission,
                                           const ProgressListener& listener) {
  MUSUBI_TRY(take_what_is_in_force());
  return go(submission, listener);
}

base::Result<SubmissionReport> Road::go(const ledger::SubmissionInfo& info,
                                        const ProgressListener& listener) {
  const InHand in_hand({ledger::Errand::carry, info.id, info.source});
  auto report = contained([&] { return Journey(equipment_, tuning_, *handoffs_, info, listener).go(); });
  if (report.has_error()) equipment_.ledger->abandon_batch();  // an exception may have left one open
  return report;
}

base::Result<std::vector<TriedPart>> Road::try_out(const std::string& source, const std::string& name,
                                                   std::shared_ptr<const document::ByteSource> bytes) {
  MUSUBI_TRY(take_what_is_in_force());
  return contained([&] { return pipeline::try_out(equipment_, source, name, std::move(bytes)); });
}

base::Status Road::take_what_is_in_force() {
  MUSUBI_ASSIGN(auto now, equipment_.active->now());
  const bool other_value_sets = now->value_sets->digest() != equipment_.in_force->value_sets->digest();
  if (other_value_sets) {
    MUSUBI_ASSIGN(equipment_.checks, equipment_.checks_with(now->value_sets));
  }
  equipment_.in_force = std::move(now);
  return {};
}

base::Result<Resumed> Road::resume(const ProgressListener& listener) {
  MUSUBI_TRY(take_what_is_in_force());
  Resumed resumed;
  SetAside set_aside(resumed.set_aside);
  Attempts attempts(*equipment_.ledger, set_aside, tuning_.most_attempts);
  if (alone_) {
    const auto& home = equipment_.ledger->home();
    auto left = left_in_hand(home);
    std::erase_if(left, [](const Task& task) { return !task.blamed; });
    MUSUBI_TRY(attempts.count_left(left));
    MUSUBI_ASSIGN(alone_->hands, Hands::open(home, 1));
    alone_->hands->give_one();
  }
  MUSUBI_TRY(deliver_open_rows());
  for (const auto& info : equipment_.ledger->unfinished_submissions()) {
    auto report = go(info, listener);
    if (!report.has_error())
      resumed.reports.push_back(std::move(*report));
    else if (!is_about_input(report.error()) && !attempts.is_over(info, report.error()))
      return report.error();
  }
  return resumed;
}

base::Status Road::deliver_open_rows() {
  Rereading rereading(equipment_, tuning_);
  for (const auto& row : equipment_.ledger->open_outbox_rows()) {
    const InHand in_hand({ledger::Errand::deliver, row.id, row.recipient});
    MUSUBI_TRY(redeliver(equipment_, rereading, row));
  }
  return {};
}

base::Result<ReplayReport> Road::replay(const std::vector<ledger::QuarantinedRecord>& held) {
  MUSUBI_TRY(take_what_is_in_force());
  ReplayReport report;
  for (const auto& each : held) {
    ++report.tried;
    MUSUBI_ASSIGN(const auto delivered, replay_one(equipment_, tuning_, *handoffs_, each));
    ++(delivered ? report.delivered : report.still_held);
  }
  return report;
}

base::Result<HeldValues> Road::look_at(const ledger::QuarantinedRecord& held) {
  MUSUBI_TRY(take_what_is_in_force());
  return held_values(equipment_, held);
}

base::Result<std::string> Road::read_correction(const ledger::QuarantinedRecord& held,
                                                std::string_view json) {
  MUSUBI_TRY(take_what_is_in_force());
  return pipeline::read_correction(equipment_, held, json);
}

base::Result<ReplayReport> Road::correct(const ledger::QuarantinedRecord& held,
                                         const ledger::Correction& correction) {
  MUSUBI_TRY(equipment_.ledger->correct(correction));
  return replay({held});
}

}  // namespace musubi::pipeline
