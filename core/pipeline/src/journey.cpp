#include "journey.h"

#include <algorithm>

#include "books.h"
#include "contained.h"
#include "musubi/base/kill_point.h"
#include "transfer.h"

namespace musubi::pipeline {
namespace {

using ledger::SubmissionState;

/// Of what is booked together with others: a report or two, not a list.
constexpr std::size_t kFewRows = 64, kFewParts = 8;

std::int32_t to_number(std::chrono::sys_days day) {
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

/// Of reading; refused are a DOCTYPE, and a ZIP that is a bomb, which no later try reads.
bool is_about_bytes(const base::Error& error) {
  return is_about_input(error) || error.kind() == base::ErrorKind::refused;
}

/// What is read of the part stays, the rest is held: reading it again would end in the same place.
bool ends_the_part(const base::Error& error) {
  return is_about_bytes(error) || error.code() == "plugin.exception";
}

bool was_begun(const ledger::PartInfo& part) { return part.rows_done != 0 || part.complete; }

/// What could not be read any more is one entry in review: its bytes are on the books.
base::Status keep_rest(const PartReader& reader, Acceptor& acceptor, std::uint64_t total,
                       PartReport& report) {
  const auto& damage = *reader.damage();
  if (!ends_the_part(damage)) return damage;
  const auto first = std::min(reader.consumed(), total);
  const auto length = std::min<std::uint64_t>(total - first, 0xFFFFFFFF);
  report.ended_by = damage;
  return acceptor.accept_damage(
      damage, {reader.last_row() + 1, damage.place().line, first, static_cast<std::uint32_t>(length)});
}

}  // namespace

bool is_about_input(const base::Error& error) {
  return error.kind() == base::ErrorKind::bad_input || error.kind() == base::ErrorKind::limit_exceeded;
}

Journey::Journey(const Equipment& equipment, const Tuning& tuning, Handoffs& handoffs,
                 const ToCarry& submission, const ProgressListener& listener)
    : equipment_(equipment),
      tuning_(tuning),
      handoffs_(handoffs),
      info_(submission.info),
      faultless_by_(submission.faultless_by),
      listener_(listener) {
  report_.submission = info_.id;
  report_.source = info_.source;
  report_.file = info_.name;
  report_.digest = info_.digest;
}

// --- both ways

base::Result<OpenedPart> Journey::open() {
  MUSUBI_ASSIGN(auto opened, open_submission(equipment_, info_));
  MUSUBI_TRY(check_bytes(*opened.submission.bytes, info_.digest));
  opened.submission.stated_as_of = info_.stated_as_of;
  opened.submission.faultless_by = faultless_by_;
  return opened;
}

/// As the mappings in force see the submission; parts that an earlier run began, as they were begun.
base::Result<std::vector<OpenedPart>> Journey::parts_of(const OpenedPart& opened) {
  auto begun = equipment_.ledger->parts_of(info_.id);
  std::erase_if(begun, [](const ledger::PartInfo& part) { return !was_begun(part); });
  begun_before_ = !begun.empty();
  auto recognised = recognise(opened, *equipment_.in_force->layouts_of(info_.source));
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

PartReport& Journey::report_on(const OpenedPart& opened) {
  PartReport& report = report_.parts.emplace_back();
  report.name = opened.part.name;
  report.ignored_because = opened.part.ignored_because;
  report.ended_by = opened.part.fault;
  return report;
}

base::Result<PartReader> Journey::reader_of(const OpenedPart& opened) const {
  const auto today = base::day_in_japan(equipment_.clock->now());
  auto reader = PartReader::open(*opened.source, opened.submission, opened.part, opened.mapping,
                                 *equipment_.checks, today, tuning_);
  base::kill_point("pipeline.opened");
  return reader;
}

base::Result<ledger::PartInfo> Journey::pin(const OpenedPart& opened, std::chrono::sys_days as_of) {
  const auto& policies = *equipment_.policies;
  ledger::PartInfo wanted;
  wanted.submission = info_.id;
  wanted.name = opened.part.name;
  wanted.pin = pin_of(*opened.mapping, policies.version());
  wanted.as_of = to_number(as_of);
  MUSUBI_TRY(equipment_.ledger->keep_configuration(policies.version(), "policies", "", policies.text()));
  return equipment_.ledger->begin_part(wanted);
}

/// Never later than the day of receipt: nobody reports the future, but a year is easily mistyped, and a
/// list dated too late would make every later one an older word.
std::chrono::sys_days Journey::day_of(const OpenedPart& opened) const {
  const auto received = base::day_in_japan(info_.received);
  if (opened.part.as_of) return std::min(*opened.part.as_of, received);
  const auto latest =
      latest_day(*opened.source, opened.submission, opened.part, opened.mapping->head(), received);
  return latest.value_or(received);
}

base::Status Journey::close() {
  if (report_.parts.empty() && info_.repeated)
    return equipment_.ledger->set_submission_state(info_.id, info_.state, info_.reason);
  const auto damaged =
      std::ranges::find_if(report_.parts, [](const PartReport& each) { return each.ended_by.has_value(); });
  if (damaged == report_.parts.end())
    return equipment_.ledger->set_submission_state(info_.id, SubmissionState::done, {});
  const bool nothing_read =
      !part_read_before_ &&
      std::ranges::all_of(report_.parts, [](const PartReport& each) { return each.rows == 0; });
  return equipment_.ledger->set_submission_state(
      info_.id, nothing_read ? SubmissionState::rejected : SubmissionState::in_review,
      damaged->ended_by->code());
}

// --- alone

base::Result<SubmissionReport> Journey::go() {
  MUSUBI_ASSIGN(const auto opened, open());
  const auto parts = parts_of(opened);
  if (parts.has_error()) return refuse(parts.error());
  MUSUBI_TRY(equipment_.ledger->set_submission_state(info_.id, SubmissionState::processing, {}));
  for (const auto& part : *parts) MUSUBI_TRY(carry(part));
  MUSUBI_TRY(close());
  report_.repeated = info_.repeated && report_.parts.empty();
  return std::move(report_);
}

base::Error Journey::refuse(const base::Error& error) {
  if (!is_about_bytes(error)) return error;
  const auto told =
      equipment_.ledger->set_submission_state(info_.id, SubmissionState::rejected, error.code());
  return told.has_error() ? told.error() : error;
}

base::Status Journey::carry(const OpenedPart& opened) {
  PartReport& report = report_on(opened);
  if (!opened.mapping) return {};
  auto carried = carry_read(opened, report);
  if (!carried.has_error()) {
    if (*carried) return {};
    part_read_before_ = true;
    report_.parts.pop_back();
    return {};
  }
  if (!is_about_input(carried.error())) return carried.error();
  report.ended_by = carried.error();
  return {};
}

/// False: an earlier run has read it to its end.
base::Result<bool> Journey::carry_read(const OpenedPart& opened, PartReport& report) {
  MUSUBI_ASSIGN(const auto part, pin(opened, day_of(opened)));
  report.mapping = part.pin.mapping;
  report.mapping_version = part.pin.mapping_version;
  report.as_of = part.as_of;
  report.read_before = part.rows_done;
  if (part.complete) return false;
  auto reader = reader_of(opened);
  if (reader.has_error() && !is_about_bytes(reader.error())) return reader.error();
  if (reader.has_error()) {
    report.ended_by = reader.error();
    return true;
  }
  report.drift = reader->bound().drift();
  MUSUBI_TRY(reader->skip_accepted(part.rows_done));
  MUSUBI_TRY(run(opened, *opened.mapping, part, *reader, report));
  return true;
}

base::Status Journey::run(const OpenedPart& opened, const mapping::Mapping& mapping,
                          const ledger::PartInfo& part, PartReader& reader, PartReport& report) {
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

// --- together with others

bool Journey::prepare() {
  if (info_.bytes > ledger::kMostSmallBytes) return false;
  auto opened = open();
  if (opened.has_error()) return false;
  auto parts = parts_of(*opened);
  if (parts.has_error() || begun_before_ || parts->size() > kFewParts) return false;
  std::size_t rows = 0;
  for (auto& part : *parts) {
    const auto whole = read_whole(std::move(part));
    if (whole.has_error() || !*whole) return false;
    rows += read_.back().batch.entries.size();
    if (rows > kFewRows) return false;
  }
  return true;
}

/// False: there is more than one batch of it, or it is damaged.
base::Result<bool> Journey::read_whole(OpenedPart opened) {
  auto& part = read_.emplace_back();
  part.opened = std::move(opened);
  if (!part.opened.mapping) return true;
  part.as_of = day_of(part.opened);
  MUSUBI_ASSIGN(auto reader, reader_of(part.opened));
  part.batch = reader.next(std::min(kFewRows, tuning_.batch_rows));
  part.drift = reader.bound().drift();
  const bool more = !reader.damage() && !reader.next(1).entries.empty();
  return !more && !reader.damage();
}

base::Status Journey::book() {
  for (auto& part : read_) MUSUBI_TRY(book(part));
  return close();
}

base::Status Journey::book(ReadPart& part) {
  PartReport& report = report_on(part.opened);
  if (!part.opened.mapping) return {};
  MUSUBI_ASSIGN(const auto pinned, pin(part.opened, part.as_of));
  if (was_begun(pinned)) return base::Error(base::ErrorKind::unavailable, "pipeline.part_begun");
  report.mapping = pinned.pin.mapping;
  report.mapping_version = pinned.pin.mapping_version;
  report.as_of = pinned.as_of;
  report.drift = std::move(part.drift);
  const auto& head = part.opened.mapping->head();
  const auto routes = equipment_.routes->recipients_for(info_.source, head.record);
  const auto terms = terms_of(equipment_, info_, head);
  MUSUBI_ASSIGN(part.handoff, handoffs_.begin(equipment_, routes, terms));
  Acceptor acceptor(*equipment_.ledger, pinned, equipment_.catalogue->number_of(head.local_id_field), routes,
                    protectors_for(equipment_, routes, terms), terms, report);
  if (!part.batch.entries.empty()) {
    MUSUBI_ASSIGN(part.outgoing, acceptor.accept(part.batch, {}));
  }
  return equipment_.ledger->complete_part(pinned.id);
}

base::Result<SubmissionReport> Journey::hand_over() {
  for (auto& part : read_) {
    if (!part.handoff) continue;
    // What is not taken now is owed, and the outbox says so.
    if (!part.outgoing.recipients.empty()) part.handoff->take(std::move(part.outgoing));
    const auto undelivered = part.handoff->finish();
    MUSUBI_TRY(equipment_.ledger->retire_all(part.handoff->receipts()));
    if (undelivered) return *undelivered;
  }
  return std::move(report_);
}

}  // namespace musubi::pipeline
