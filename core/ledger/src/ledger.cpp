#include "musubi/ledger/ledger.h"

#include <fcntl.h>

#include <mutex>

#include "home.h"
#include "questions.h"
#include "schema.h"
#include "writer.h"

namespace musubi::ledger {
namespace {

base::Error missing(std::string_view message, std::string_view name, std::string_view value) {
  return base::Error(base::ErrorKind::not_found, message, {{std::string(name), std::string(value)}});
}

/// SQLite gives its other files the permissions of this one: readable by the owner alone.
base::Status create_private(const std::filesystem::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  return descriptor.open() ? sync_folder(file.parent_path()) : base::Status();
}

/// The row of a submission of these bytes from this source; 0 when there is none.
std::int64_t find_submission(sqlite::Database& database, std::int64_t source, const std::string& digest) {
  auto find = database.prepare("SELECT id FROM submissions WHERE source = ?1 AND digest = ?2");
  return find.with(source, digest).next() ? find.integer(0) : 0;
}

std::int64_t add_submission(sqlite::Database& database, std::int64_t source, const KeptBytes& kept,
                            const std::string& name, base::Instant now) {
  database
      .prepare(
          "INSERT INTO submissions(source, digest, name, bytes, received, day, state, reason)"
          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0, '')")
      .with(source, kept.digest, name, kept.bytes, now.time_since_epoch().count(),
            base::day_in_japan(now).time_since_epoch().count())
      .run();
  return database.last_id();
}

/// The submission of these bytes, new or known, and the receipt that it came (again).
SubmissionInfo note_receipt(sqlite::Database& database, std::int64_t source, const KeptBytes& kept,
                            const std::string& name, base::Instant now) {
  const auto earlier = find_submission(database, source, kept.digest);
  const auto id = earlier != 0 ? earlier : add_submission(database, source, kept, name, now);
  database.prepare("INSERT INTO receipts(submission, name, received) VALUES(?1, ?2, ?3)")
      .with(id, name, now.time_since_epoch().count())
      .run();
  auto found = submissions(database, "s.id = ?1", id);
  if (found.empty()) return {};
  found[0].repeated = earlier != 0;
  return found[0];
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

struct Ledger::Parts {
  Parts(const std::filesystem::path& home_folder, const base::Clock& its_clock)
      : clock(its_clock), file(home_folder / "ledger.sqlite"), kept(home_folder) {}

  const base::Clock& clock;
  std::filesystem::path file;
  KeptFiles kept;
  Descriptor lock;
  std::unique_ptr<Writer> writer;  ///< none: opened to read
  bool beside = false;             ///< another process holds the lock; only activations may be written
  std::mutex asking;
  std::unique_ptr<sqlite::Database> reader;
  base::Status last_failure;

  base::Status open_reader();
  base::Status open_writer();
  base::Status open_writer_beside();
  base::Result<Writer*> writing() const;
  base::Error locked() const;

  /// Answers from one state of the books; one question at a time.
  template <class Question>
  auto ask(const Question& question) {
    const std::lock_guard guard(asking);
    reader->clear_failure();
    const sqlite::Snapshot snapshot(*reader);
    auto answer = question(*reader);
    if (reader->failed()) last_failure = reader->status();
    return answer;
  }
};

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

// --- receive and keep

base::Result<SubmissionInfo> Ledger::keep(const std::string& source, const std::filesystem::path& file,
                                          const std::string& shown_name,
                                          const std::function<void(std::uint64_t)>& progress) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  const auto kept = parts_->kept.keep(file, progress);
  if (kept.has_error()) {
    if (kept.error().code() == "ledger.sync_failed") writer->stop(kept.error());
    return kept.error();
  }
  SubmissionInfo info;
  MUSUBI_TRY(writer->change([&](sqlite::Database& database) {
    info = note_receipt(database, writer->source_id(source), *kept, shown_name, parts_->clock.now());
    return database.status();
  }));
  return info;
}

std::filesystem::path Ledger::kept_path(std::string_view digest) const {
  return parts_->kept.path_of(digest);
}

base::Status Ledger::keep_configuration(std::string_view digest, std::string_view kind, std::string_view name,
                                        std::string_view text) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->change([&](sqlite::Database& database) {
    database.prepare("INSERT INTO configurations VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING")
        .with(digest, kind, name, text, writer->now())
        .run();
    return database.status();
  });
}

base::Result<std::string> Ledger::configuration(std::string_view digest) const {
  const auto text = parts_->ask([&](sqlite::Database& database) -> std::optional<std::string> {
    auto find = database.prepare("SELECT text FROM configurations WHERE digest = ?1");
    if (!find.with(digest).next()) return {};
    return find.text(0);
  });
  if (!text) return missing("ledger.configuration_unknown", "digest", digest);
  return *text;
}

base::Status Ledger::set_submission_state(std::int64_t submission, SubmissionState state,
                                          std::string_view reason) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->change([&](sqlite::Database& database) {
    database.prepare("UPDATE submissions SET state = ?2, reason = ?3 WHERE id = ?1")
        .with(submission, static_cast<int>(state), reason)
        .run();
    return must_change_one(database,
                           missing("ledger.submission_unknown", "submission", std::to_string(submission)));
  });
}

// --- parts and batches

base::Result<PartInfo> Ledger::begin_part(const PartInfo& wanted) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  std::vector<PartInfo> found;
  MUSUBI_TRY(writer->change([&](sqlite::Database& database) {
    found = part_named(database, wanted);
    if (!found.empty() && !may_be_pinned_anew(found.front())) return base::Status();
    auto pinned = found.empty() ? add_part(database, wanted) : pin_anew(database, found.front().id, wanted);
    found = part_named(database, wanted);
    return pinned;
  }));
  return found.at(0);
}

base::Status Ledger::complete_part(std::int64_t part) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->change([&](sqlite::Database& database) {
    database.prepare("UPDATE parts SET complete = 1 WHERE id = ?1").with(part).run();
    return must_change_one(database, missing("ledger.part_unknown", "part", std::to_string(part)));
  });
}

base::Status Ledger::begin_batch(std::int64_t part) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->begin_batch(part);
}

std::optional<KnownCase> Ledger::find_case(std::string_view source, std::string_view local_id) {
  return parts_->writer ? parts_->writer->find_case(source, local_id) : std::nullopt;
}

std::int64_t Ledger::put_case(std::string_view source, std::string_view local_id, const KnownCase& now) {
  return parts_->writer ? parts_->writer->put_case(source, local_id, now) : 0;
}

void Ledger::add_record(const RecordRow& record) {
  if (parts_->writer) parts_->writer->add_record(record);
}

std::int64_t Ledger::open_outbox(std::string_view recipient, std::string_view route, std::uint64_t first_row,
                                 std::uint64_t last_row) {
  return parts_->writer ? parts_->writer->open_outbox(recipient, route, first_row, last_row) : 0;
}

void Ledger::retire(std::int64_t outbox, std::string_view receipt) {
  if (parts_->writer) parts_->writer->retire(outbox, receipt);
}

base::Status Ledger::commit_batch(std::uint64_t rows_done) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->commit_batch(rows_done);
}

void Ledger::abandon_batch() noexcept {
  if (parts_->writer) parts_->writer->abandon_batch();
}

base::Status Ledger::retire_now(std::int64_t outbox, std::string_view receipt) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->change([&](sqlite::Database& database) {
    writer->retire(outbox, receipt);
    return database.status();
  });
}

base::Status Ledger::note_attempt(std::int64_t outbox, std::string_view error_code) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->change([&](sqlite::Database& database) {
    database.prepare("UPDATE outbox SET attempts = attempts + 1, last_error = ?2 WHERE id = ?1")
        .with(outbox, error_code)
        .run();
    return must_change_one(database, missing("ledger.outbox_unknown", "outbox", std::to_string(outbox)));
  });
}

base::Status Ledger::resolve_quarantined(std::int64_t id, const RecordRow& now, std::string_view by,
                                         const std::optional<Pin>& read_with) {
  MUSUBI_ASSIGN(auto* const writer, parts_->writing());
  return writer->resolve(id, now, by, read_with);
}

// --- what is in force

base::Status Ledger::activate(std::span<const ConfigurationText> texts,
                              std::span<const Activation> activations, std::int64_t seen) {
  if (!parts_->writer) return base::Error(base::ErrorKind::defect, "ledger.opened_to_read");
  return parts_->writer->activate(texts, activations, seen);
}

std::int64_t Ledger::newest_activation() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::newest_activation(database); });
}

std::vector<Activation> Ledger::activations() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::activations(database); });
}

// --- after a restart, and asking

std::vector<SubmissionInfo> Ledger::unfinished_submissions() const {
  return parts_->ask(
      [](sqlite::Database& database) { return ledger::submissions(database, "s.state IN (0, 1)"); });
}

std::vector<PartInfo> Ledger::parts_of(std::int64_t submission) const {
  return parts_->ask(
      [&](sqlite::Database& database) { return parts(database, "submission = ?1", submission); });
}

std::vector<OutboxRow> Ledger::open_outbox_rows() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::open_outbox_rows(database); });
}

std::vector<Replayed> Ledger::records_between(std::int64_t part, std::uint64_t first_row,
                                              std::uint64_t last_row) const {
  return parts_->ask([&](sqlite::Database& database) {
    return ledger::records_between(database, {part, first_row, last_row});
  });
}

base::Status Ledger::health() const {
  if (parts_->writer) MUSUBI_TRY(parts_->writer->ready());
  const std::lock_guard guard(parts_->asking);
  return parts_->last_failure;
}

Balance Ledger::balance(std::string_view source, std::string_view day) const {
  Balance sum;
  for (const auto& [name, its_day, records] : balance_rows(source, day)) {
    sum.received += records.received;
    sum.delivered += records.delivered;
    sum.in_review += records.in_review;
    sum.rejected += records.rejected;
    sum.dead_letter += records.dead_letter;
    sum.in_flight += records.in_flight;
  }
  return sum;
}

std::vector<BalanceRow> Ledger::balance_rows(std::string_view source, std::string_view day) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::balance_rows(database, source, day); });
}

std::vector<SubmissionInfo> Ledger::submissions() const {
  return parts_->ask([](sqlite::Database& database) { return ledger::submissions(database, "true"); });
}

std::vector<Receipt> Ledger::receipts_of(std::int64_t submission) const {
  return parts_->ask([&](sqlite::Database& database) { return receipts(database, submission); });
}

std::vector<QuarantinedRecord> Ledger::quarantine(const HeldFilter& filter) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::quarantine(database, filter); });
}

std::optional<QuarantinedRecord> Ledger::quarantined(std::int64_t id) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::quarantined(database, id); });
}

std::optional<Lineage> Ledger::lineage(std::int64_t case_number) const {
  return parts_->ask([&](sqlite::Database& database) { return ledger::lineage(database, case_number); });
}

std::optional<std::int64_t> Ledger::case_number(std::string_view source, std::string_view local_id) const {
  return parts_->ask(
      [&](sqlite::Database& database) { return ledger::case_number(database, source, local_id); });
}

std::string Ledger::source_of(std::int64_t submission) const {
  const auto found = parts_->ask(
      [&](sqlite::Database& database) { return ledger::submissions(database, "s.id = ?1", submission); });
  return found.empty() ? std::string() : found[0].source;
}

std::vector<base::Error> Ledger::verify(AuditDepth depth) const {
  return parts_->ask([&](sqlite::Database& database) { return audit(database, parts_->kept, depth); });
}

}  // namespace musubi::ledger
