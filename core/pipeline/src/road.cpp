#include "musubi/pipeline/road.h"

#include <algorithm>

#include "books.h"
#include "cells_found.h"
#include "contained.h"
#include "handoff.h"
#include "held_record.h"
#include "hub/attempts.h"
#include "hub/watched_adapters.h"
#include "journey.h"
#include "musubi/pipeline/trial.h"
#include "redelivery.h"
#include "replay.h"

namespace musubi::pipeline {
namespace {

using base::ErrorKind;
using ledger::SubmissionState;

/// Remembers what failed too often.
class SetAside final : public HubObserver {
 public:
  explicit SetAside(std::vector<Unended>& all) : all_(all) {}
  void set_aside(const Unended& one) noexcept override { all_.push_back(one); }

 private:
  std::vector<Unended>& all_;
};

}  // namespace

bool is_settled(SubmissionState state) noexcept {
  return state == SubmissionState::done || state == SubmissionState::dead_letter;
}

/// What a road has that works without a hub around it.
struct Road::Alone {
  explicit Alone(Equipment& equipment) : watched(equipment) { watch_sources(equipment); }
  ~Alone() {
    if (hands) Hand::of_this_thread() = nullptr;
  }
  Alone(const Alone&) = delete;
  Alone& operator=(const Alone&) = delete;

  WatchedSinks watched;
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

std::vector<base::Result<SubmissionReport>> Road::carry_together(std::span<const ToCarry> submissions) {
  std::vector<base::Result<SubmissionReport>> reports;
  if (!take_what_is_in_force().has_error()) {
    auto left = submissions;
    while (reports.empty() && !left.empty()) left = left.first(book_together(left, reports));
  }
  if (reports.empty() && !submissions.empty())
    reports.push_back(carry(submissions.front().info, [](const Progress&) {}));
  return reports;
}

/// Those of them, from the first on, that can be prepared. Without reports nothing was written; returned is
/// how many stand before the one that cannot be booked.
std::size_t Road::book_together(std::span<const ToCarry> submissions,
                                std::vector<base::Result<SubmissionReport>>& reports) {
  const ProgressListener nobody = [](const Progress&) {};
  std::vector<std::unique_ptr<Journey>> ready;
  for (const auto& each : submissions) {
    const InHand in_hand({ledger::Errand::carry, each.info.id, each.info.source});
    auto journey = std::make_unique<Journey>(equipment_, tuning_, *handoffs_, each, nobody);
    const auto prepared = contained([&] { return base::Result<bool>(journey->prepare()); });
    if (prepared.has_error() || !*prepared) break;
    ready.push_back(std::move(journey));
  }
  if (ready.empty()) return 0;
  std::size_t booked = 0;
  const auto all = equipment_.ledger->together([&]() -> base::Status {
    for (booked = 0; booked < ready.size(); ++booked)
      MUSUBI_TRY(contained([&] { return ready[booked]->book(); }));
    return {};
  });
  if (all.has_error()) return booked == ready.size() ? 0 : booked;
  for (const auto& each : ready) reports.push_back(contained([&] { return each->hand_over(); }));
  return booked;
}

base::Result<SubmissionReport> Road::go(const ledger::SubmissionInfo& info,
                                        const ProgressListener& listener) {
  const InHand in_hand({ledger::Errand::carry, info.id, info.source});
  auto report = contained([&] {
    return Journey(equipment_, tuning_, *handoffs_, {info, {}}, listener).go();
  });
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

base::Status Road::find_cells(std::int64_t part, std::span<CellPlace> cells) {
  MUSUBI_TRY(take_what_is_in_force());
  return contained([&] { return pipeline::find_cells(equipment_, part, cells); });
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
