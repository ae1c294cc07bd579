#include "musubi/ledger/ledger.h"

#include <fcntl.h>

#include "ledger_parts.h"
#include "questions.h"
#include "review.h"
#include "schema.h"

namespace musubi::ledger {
namespace {

/// SQLite gives its other files the permissions of this one: readable by the owner alone.
base::Status create_private(const std::filesystem::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  return descriptor.open() ? sync_folder(file.parent_path()) : base::Status();
}

base::Status must_change_one(sqlite::Database& database, base::Error otherwise) {
  MUSUBI_TRY(database.status());
  if (database.changed_rows() == 0) return otherwise;
  return {};
}

std::vector<PartInfo> part_named(sqlite::Database& database, const PartInfo& wanted) {
  return parts(database, "submission = ?1 AND name = ?2", wanted.submission, wanted.name);
}

base::Status add_part(sqlite::Database& database, const PartInfo& wanted) {
  database
      .prepare(
          "INSERT INTO parts(submission, name, mapping, mapping_version, mapping_digest, value_sets_digest,"
          " policy_digest, as_of) SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM submissions WHERE id = ?1")
      .with(wanted.submission, wanted.name, wanted.pin.mapping, wanted.pin.mapping_version,
            wanted.pin.mapping_digest, wanted.pin.value_sets_digest, wanted.pin.policy_digest, wanted.as_of)
      .run();
  return must_change_one(
      database, missing("ledger.submission_unknown", "submission", std::to_string(wanted.submission)));
}

/// Nothing of the part was read with its pin yet.
bool may_be_pinned_anew(const PartInfo& part) { return part.rows_done == 0 && !part.complete; }

base::Status pin_anew(sqlite::Database& database, std::int64_t part, const PartInfo& wanted) {
  database
      .prepare(
          "UPDATE parts SET mapping = ?2, mapping_version = ?3, mapping_digest = ?4, value_sets_digest = ?5,"
          " policy_digest = ?6, as_of = ?7 WHERE id = ?1")
      .with(part, wanted.pin.mapping, wanted.pin.mapping_version, wanted.pin.mapping_digest,
            wanted.pin.value_sets_digest, wanted.pin.policy_digest, wanted.as_of)
      .run();
  return must_change_one(database, missing("ledger.part_unknown", "part", std::to_string(part)));
}

}  // namespace

std::string_view name_of(SubmissionState state) noexcept {
  constexpr std::string_view kNames[] = {"kept",      "processing", "done",
                                         "in_review", "rejected",   "dead_letter"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view name_of(Disposition disposition) noexcept {
  constexpr std::string_view kNames[] = {"deliver",   "unchanged", "late",
                                         "in_review", "rejected",  "dead_letter"};
  return kNames[static_cast<std::size_t>(disposition)];
}

base::Status Ledger::Parts::open_reader() {
  MUSUBI_ASSIGN(reader, sqlite::Database::open(file, SQLITE_OPEN_READONLY));
  return prepare_to_read(*reader, file);
}

base::Status Ledger::Parts::open_writer() {
  MUSUBI_TRY(create_private(file));
  MUSUBI_TRY(kept.prepare());
  MUSUBI_ASSIGN(writer, Writer::open(file, clock));
  return {};
}

base::Status Ledger::Parts::open_writer_beside() {
  beside = true;
  MUSUBI_ASSIGN(writer, Writer::open_beside(file, clock));
  return {};
}

base::Error Ledger::Parts::locked() const {
  return base::Error(base::ErrorKind::environment, "ledger.locked").at({.file = file.parent_path().string()});
}

base::Result<Writer*> Ledger::Parts::writing() const {
  if (beside) return locked();
  if (!writer) return base::Error(base::ErrorKind::defect, "ledger.opened_to_read");
  MUSUBI_TRY(writer->ready());
  return writer.get();
}

void Ledger::Parts::note_misuse() {
  if (!writer) return;
  const Turn while_it_lasts(turn);
  writer->note(base::Error(base::ErrorKind::defect, "ledger.no_batch"));
}

Ledger::Ledger() = default;
Ledger::~Ledger() = default;

base::Result<std::unique_ptr<Ledger>> Ledger::open(const std::filesystem::path& home,
                                                   const base::Clock& clock) {
  std::unique_ptr<Ledger> ledger(new Ledger);
  ledger->parts_ = std::make_unique<Parts>(home, clock);
  auto& parts = *ledger->parts_;
  MUSUBI_TRY(make_folder(home));
  MUSUBI_ASSIGN(parts.lock, lock_home(home));
  MUSUBI_TRY(parts.open_writer());
  MUSUBI_TRY(parts.open_reader());
  return ledger;
}

base::Result<std::unique_ptr<Ledger>> Ledger::open_to_read(const std::filesystem::path& home,
                                                           const base::Clock& clock) {
  std::unique_ptr<Ledger> ledger(new Ledger);
  ledger->parts_ = std::make_unique<Parts>(home, clock);
  std::error_code failure;
  if (!std::filesystem::exists(ledger->parts_->file, failure)) {
    return base::Error(base::ErrorKind::environment, "ledger.nothing_here").at({.file = home.string()});
  }
  MUSUBI_TRY(ledger->parts_->open_reader());
  return ledger;
}

base::Result<std::unique_ptr<Ledger>> Ledger::open_beside(const std::filesystem::path& home,
                                                          const base::Clock& clock) {
  auto whole = open(home, clock);
  if (!whole.has_error() || whole.error().code() != "ledger.locked") return whole;
  std::unique_ptr<Ledger> ledger(new Ledger);
  ledger->parts_ = std::make_unique<Parts>(home, clock);
  MUSUBI_TRY(ledger->parts_->open_writer_beside());
  MUSUBI_TRY(ledger->parts_->open_reader());
  return ledger;
}

base::Status Ledger::keep_configuration(std::string_view digest, std::string_view kind, std::string_view name,
                                        std::string_view text) {
  return parts_->change([&](sqlite::Database& database) {
    database.prepare("INSERT INTO configurations VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
        .with(digest, kind, name, text, parts_->clock.now().time_since_epoch().count())
        .run();
    return database.status();
  });
}

base::Status Ledger::set_submission_state(std::int64_t submission, SubmissionState state,
                                          std::string_view reason) {
  return parts_->change([&](sqlite::Database& database) {
    if (state > SubmissionState::processing) forget_unended(database, Errand::carry, submission);
    database.prepare("UPDATE submissions SET state = ?2, reason = ?3 WHERE id = ?1")
        .with(submission, static_cast<int>(state), reason)
        .run();
    return must_change_one(database,
                           missing("ledger.submission_unknown", "submission", std::to_string(submission)));
  });
}

base::Status Ledger::together(const std::function<base::Status()>& work) {
  return parts_->write([&](Writer& writer) {
    const TurnsTakenSince of_batches_left_open(parts_->turn);
    return writer.together(work);
  });
}

// --- parts and batches

base::Result<PartInfo> Ledger::begin_part(const PartInfo& wanted) {
  std::vector<PartInfo> found;
  MUSUBI_TRY(parts_->change([&](sqlite::Database& database) {
    found = part_named(database, wanted);
    if (!found.empty() && !may_be_pinned_anew(found.front())) return base::Status();
    auto pinned = found.empty() ? add_part(database, wanted) : pin_anew(database, found.front().id, wanted);
    found = part_named(database, wanted);
    return pinned;
  }));
  return found.at(0);
}

base::Status Ledger::complete_part(std::int64_t part) {
  return parts_->change([&](sqlite::Database& database) {
    database.prepare("UPDATE parts SET complete = 1 WHERE id = ?1").with(part).run();
    return must_change_one(database, missing("ledger.part_unknown", "part", std::to_string(part)));
  });
}

base::Status Ledger::begin_batch(std::int64_t part) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  parts_->turn.take();
  auto begun = writer->begin_batch(part);
  if (begun.has_error()) parts_->turn.give_back();
  return begun;
}

std::optional<KnownCase> Ledger::find_case(std::string_view source, std::string_view local_id) {
  auto* const writer = parts_->in_batch();
  if (writer == nullptr) parts_->note_misuse();
  return writer ? writer->find_case(source, local_id) : std::nullopt;
}

std::int64_t Ledger::put_case(std::string_view source, std::string_view local_id, const KnownCase& now) {
  auto* const writer = parts_->in_batch();
  if (writer == nullptr) parts_->note_misuse();
  return writer ? writer->put_case(source, local_id, now) : 0;
}

void Ledger::add_record(const RecordRow& record) {
  auto* const writer = parts_->in_batch();
  if (writer == nullptr) return parts_->note_misuse();
  writer->add_record(record);
}

std::int64_t Ledger::open_outbox(std::string_view recipient, std::string_view route, std::uint64_t first_row,
                                 std::uint64_t last_row) {
  auto* const writer = parts_->in_batch();
  if (writer == nullptr) parts_->note_misuse();
  return writer ? writer->open_outbox(recipient, route, first_row, last_row) : 0;
}

void Ledger::retire(std::int64_t outbox, std::string_view receipt) {
  auto* const writer = parts_->in_batch();
  if (writer == nullptr) return parts_->note_misuse();
  writer->retire(outbox, receipt);
}

base::Status Ledger::commit_batch(std::uint64_t rows_done) {
  auto* const writer = parts_->in_batch();
  if (writer == nullptr) return base::Error(base::ErrorKind::defect, "ledger.no_batch");
  auto done = writer->commit_batch(rows_done);
  parts_->turn.give_back();
  return done;
}

void Ledger::abandon_batch() noexcept {
  auto* const writer = parts_->in_batch();
  if (writer == nullptr) return;
  writer->abandon_batch();
  parts_->turn.give_back();
}

base::Status Ledger::retire_now(std::int64_t outbox, std::string_view receipt) {
  const Delivered one{outbox, std::string(receipt)};
  return retire_all({&one, 1});
}

base::Status Ledger::retire_all(std::span<const Delivered> receipts) {
  if (receipts.empty()) return {};
  return parts_->write([&](Writer& writer) {
    return writer.change([&](sqlite::Database& database) {
      for (const auto& each : receipts) writer.retire(each.outbox, each.receipt);
      return database.status();
    });
  });
}

base::Status Ledger::settle(std::int64_t outbox, std::string_view receipt, std::span<const Refusal> refused) {
  return parts_->write([&](Writer& writer) {
    return writer.change([&](sqlite::Database& database) {
      if (!receipt.empty()) writer.retire(outbox, receipt);
      return settle_outbox(database, outbox, receipt, refused, writer.now());
    });
  });
}

base::Result<std::uint64_t> Ledger::reopen(const DeadLetterFilter& filter) {
  std::uint64_t reopened = 0;
  MUSUBI_TRY(parts_->change([&](sqlite::Database& database) {
    reopened = reopen_dead(database, filter);
    return database.status();
  }));
  return reopened;
}

base::Status Ledger::note_attempt(std::int64_t outbox, std::string_view error_code) {
  return parts_->change([&](sqlite::Database& database) {
    database.prepare("UPDATE outbox SET attempts = attempts + 1, last_error = ?2 WHERE id = ?1")
        .with(outbox, error_code)
        .run();
    return must_change_one(database, missing("ledger.outbox_unknown", "outbox", std::to_string(outbox)));
  });
}

base::Status Ledger::resolve_quarantined(std::int64_t id, const RecordRow& now, std::string_view by,
                                         const std::optional<Pin>& read_with) {
  return parts_->write([&](Writer& writer) { return writer.resolve(id, now, by, read_with); });
}

// --- what people do with what is held

base::Status Ledger::correct(const Correction& correction) {
  return parts_->change([&](sqlite::Database& database) { return add_correction(database, correction); });
}

base::Status Ledger::propose(const Proposal& proposal) {
  return parts_->change([&](sqlite::Database& database) { return add_proposal(database, proposal); });
}

base::Status Ledger::drop_proposal(std::int64_t held) {
  return parts_->change([&](sqlite::Database& database) { return remove_proposal(database, held); });
}

base::Status Ledger::note_look(std::int64_t held, std::string_view by) {
  const auto at = parts_->clock.now().time_since_epoch().count();
  return parts_->change([&](sqlite::Database& database) { return add_look(database, held, by, at); });
}

// --- what is in force

base::Status Ledger::activate(std::span<const ConfigurationText> texts,
                              std::span<const Activation> activations, std::int64_t seen) {
  if (!parts_->writer) return base::Error(base::ErrorKind::defect, "ledger.opened_to_read");
  const Turn while_it_lasts(parts_->turn);
  return parts_->writer->activate(texts, activations, seen);
}

}  // namespace musubi::ledger
