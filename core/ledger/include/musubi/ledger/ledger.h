// The ledger: every submission and every record in it ends in exactly one visible state, and received = sum
// of end states, always. On SQLite: one writing connection, WAL, synchronous FULL. Bytes are kept verbatim,
// durably, before anything is said to the sender.
//
// A batch of records is written in two transactions around the delivery:
//   commit_batch  - cases, record rows with their disposition, one outbox row per recipient   (commit)
//   the sink commits                                                                           (receipt)
//   retire        - the outbox row goes with its receipt; may be grouped with the next batch   (commit)
// A record that is to be delivered is "in flight" while an outbox row that covers it is open and "delivered"
// after: nothing is written per record when a batch is retired. The outbox holds references, not payloads:
// what is open after a crash is read again from the kept bytes with the pinned mapping and delivered again;
// the sink recognises what it has (docs/decisions/0003).
//
// After a write that failed (disk full, fsync refused) every further write answers ledger.stopped until the
// ledger is opened again: whether the last transaction is there is then read from the disk, not guessed.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/clock.h"
#include "musubi/base/result.h"
#include "musubi/ledger/entries.h"
#include "musubi/ledger/review.h"

namespace musubi::ledger {

/// Threads: any. Writing goes by turns, in the order in which threads came; from begin_batch() to
/// commit_batch() or abandon_batch() the turn stays with the thread that began. What is const has a
/// connection of its own, which sees what is committed and never writes.
class Ledger {
 public:
  /// Creates or opens HOME/ledger.sqlite and HOME/kept, checks integrity, and holds a lock so that two hubs
  /// do not write one home. Errors: ledger.locked, ledger.corrupt, ledger.newer_format, file.*.
  static base::Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& home,
                                                    const base::Clock& clock);
  /// For ledger, lineage, quarantine list and query: no lock, no writing.
  static base::Result<std::unique_ptr<Ledger>> open_to_read(const std::filesystem::path& home,
                                                            const base::Clock& clock);
  /// To record activations, also while a hub is running: where another process holds the lock, everything
  /// else that writes answers ledger.locked. Errors: those of open(); ledger.locked as well when the hub
  /// that holds the lock left the tables in an older format.
  static base::Result<std::unique_ptr<Ledger>> open_beside(const std::filesystem::path& home,
                                                           const base::Clock& clock);
  ~Ledger();

  std::filesystem::path home() const;

  // --- receive and keep
  // ---------------------------------------------------------------------------------------
  /// Copies the file into HOME/kept (named by SHA-256), fsyncs file and folder, writes the submission row,
  /// commits. Only then may the sender be told "received". The same bytes from the same source again: the
  /// earlier submission with repeated = true (counted as a repeated receipt; its records are not counted
  /// again). `progress(bytes)` is called while copying. Errors: file.disk_full, file.*.
  base::Result<SubmissionInfo> keep(const std::string& source, const std::filesystem::path& file,
                                    const std::string& shown_name,
                                    const std::function<void(std::uint64_t)>& progress,
                                    std::optional<std::chrono::sys_days> stated_as_of = {});
  /// For what comes in piece by piece; keep_all() makes a submission of it.
  base::Result<std::unique_ptr<Incoming>> begin_incoming();
  /// Makes all of them durable in one transaction: one answer per arrival, in order. All or nothing. Errors:
  /// ledger.not_small, those of keep().
  base::Result<std::vector<SubmissionInfo>> keep_all(std::span<const Arrival> arrivals);
  /// Error: ledger.bytes_unknown.
  base::Result<KeptContent> kept(const SubmissionInfo& submission) const;
  /// Keeps a configuration file by digest (mapping, policy), so that pinned records can be replayed.
  base::Status keep_configuration(std::string_view digest, std::string_view kind, std::string_view name,
                                  std::string_view text);
  /// Error: ledger.configuration_unknown.
  base::Result<std::string> configuration(std::string_view digest) const;

  // --- what is in force
  // ----------------------------------------------------------------------------------------
  /// Keeps the texts and records the activations, in one transaction: all of it or nothing, whenever the
  /// process dies. id, at and the previous digests are filled in. `seen`: the newest activation the caller
  /// knows. Error: ledger.activation_overtaken when there is a newer one.
  base::Status activate(std::span<const ConfigurationText> texts, std::span<const Activation> activations,
                        std::int64_t seen);
  /// Id of the newest activation; 0 when there is none. Cheap: asked before every submission.
  std::int64_t newest_activation() const;
  std::vector<Activation> activations() const;  ///< oldest first
  base::Status set_submission_state(std::int64_t submission, SubmissionState state, std::string_view reason);

  // --- parts and batches
  // --------------------------------------------------------------------------------------
  /// The part as pinned when its first row was accepted; until then it is pinned as wanted. Asking again
  /// returns it with rows_done.
  base::Result<PartInfo> begin_part(const PartInfo& wanted);
  base::Status complete_part(std::int64_t part);

  /// A batch is one transaction: begin_batch, then find_case / put_case / add_record per record, open_outbox
  /// per recipient, commit_batch. abandon_batch rolls back. Every other writing call made meanwhile is part
  /// of the same transaction. A record that goes out (deliver, late) needs its case put in the batch or
  /// earlier, and an outbox row that covers it: the ledger refuses to count as delivered what nobody is owed.
  base::Status begin_batch(std::int64_t part);
  std::optional<KnownCase> find_case(std::string_view source, std::string_view local_id);
  /// Inserts or updates by source and local id (now.number does not matter); returns the case number, which
  /// is never given again. Version is the newest number; content, as_of and submission only move forward:
  /// those of an older as_of leave the known ones as they are.
  std::int64_t put_case(std::string_view source, std::string_view local_id, const KnownCase& now);
  void add_record(const RecordRow& record);
  std::int64_t open_outbox(std::string_view recipient, std::string_view route, std::uint64_t first_row,
                           std::uint64_t last_row);
  /// Retires outbox rows within this transaction (receipts of earlier batches), so that one fsync serves
  /// both.
  void retire(std::int64_t outbox, std::string_view receipt);
  /// `rows_done`: rows of the part accepted so far, from its beginning. It is counted as received, apart from
  /// the records added. Reports any failure of the calls since begin_batch; nothing of the batch is then
  /// there.
  base::Status commit_batch(std::uint64_t rows_done);
  void abandon_batch() noexcept;
  /// All that `work` writes, whole batches as well, is one transaction with one sync: all of it or nothing,
  /// whenever the process dies. An error of `work`, or of anything it wrote, undoes all of it. Keeps the
  /// turn: `work` must not wait for other threads. What it writes is not seen by what is const.
  base::Status together(const std::function<base::Status()>& work);
  /// Retires outside of a batch, in a transaction of its own.
  base::Status retire_now(std::int64_t outbox, std::string_view receipt);
  /// The same of many, in one transaction.
  base::Status retire_all(std::span<const Delivered> receipts);
  base::Status note_attempt(std::int64_t outbox, std::string_view error_code);
  /// The recipient took all records of an outbox row but those in `refused`, which become dead letters. With
  /// an empty receipt it took none: the row itself is then dead, for the cause of the first refusal.
  base::Status settle(std::int64_t outbox, std::string_view receipt, std::span<const Refusal> refused);
  /// Dead letters are owed again, with their attempts forgotten. What was accepted is not sent again. Returns
  /// the number of outbox rows.
  base::Result<std::uint64_t> reopen(const DeadLetterFilter& filter);

  // --- what does not come to its end
  // ---------------------------------------------------------------------------------------
  /// The errand died with its process, or failed for no fault of the sender. How often so far, this time
  /// counted, since it last got further; 0: it is not open any more.
  base::Result<std::uint32_t> note_unended(Errand errand, std::int64_t id);
  /// Is not gone on with until a person wants it: the submission, or the records of the outbox row, are dead
  /// letters with that reason. What is on the books of it stays, and so do its bytes.
  base::Status set_aside(Errand errand, std::int64_t id, std::string_view reason);
  /// Carries on with a submission that was set aside, or rejected, as if it had just come. Error:
  /// ledger.not_set_aside.
  base::Status try_again(std::int64_t submission);
  std::vector<SubmissionInfo> set_aside_submissions() const;  ///< in order of receipt
  /// Bytes that were not kept, and were looked at when the process died, at least so often (Errand::look).
  std::vector<std::int64_t> suspects(std::uint32_t least_times) const;
  base::Status forget_suspects();

  // --- after a restart
  // ----------------------------------------------------------------------------------------
  std::vector<SubmissionInfo> unfinished_submissions() const;
  std::vector<PartInfo> parts_of(std::int64_t submission) const;
  std::vector<OutboxRow> open_outbox_rows() const;
  /// Those of one route after `after`, oldest first, up to `most`.
  std::vector<OutboxRow> open_outbox_rows(std::string_view route, std::int64_t after, std::size_t most) const;
  std::optional<OutboxRow> open_outbox_row(std::int64_t id) const;
  std::vector<DeadLetter> dead_letters(const DeadLetterFilter& filter = {}) const;
  std::vector<Backlog> backlogs() const;
  std::vector<RecipientWord> recipients_of(std::int64_t submission) const;
  /// Of each source that ever handed something in, the newest `most` receipts up to now, oldest first.
  std::map<std::string, std::vector<base::Instant>> newest_receipts(std::size_t most) const;
  /// Case number and version of the record rows of an outbox row, in order, to deliver them again.
  using Replayed = ledger::Replayed;
  std::vector<Replayed> records_between(std::int64_t part, std::uint64_t first_row,
                                        std::uint64_t last_row) const;

  // --- asking
  // ----------------------------------------------------------------------------------------
  /// Why a question could not be answered (its answer was then empty), or writing has stopped; asked after
  /// reading the books, before they are believed.
  base::Status health() const;
  /// Whether a thread of this process writes now, so that another would have to wait.
  bool is_being_written() const noexcept;
  Balance balance(std::string_view source = {}, std::string_view day = {}) const;
  std::vector<BalanceRow> balance_rows(std::string_view source = {}, std::string_view day = {}) const;
  std::vector<SubmissionInfo> submissions() const;
  /// The newest `most` before `before` (0: from the end), newest first.
  std::vector<SubmissionInfo> newest_submissions(std::string_view source, std::int64_t before,
                                                 std::size_t most) const;
  std::optional<SubmissionInfo> submission(std::int64_t id) const;
  std::optional<PartInfo> part(std::int64_t id) const;
  /// The counts of one submission. Slow for a large one while some of it is in flight.
  Balance balance_of(std::int64_t submission) const;
  std::vector<Receipt> receipts_of(std::int64_t submission) const;
  /// What the records that went through said of their cases. Slow for a large submission.
  Words words_of(std::int64_t submission) const;
  /// What is held now.
  std::vector<QuarantinedRecord> quarantine(const HeldFilter& filter = {}) const;
  /// Also when it was resolved: `state` is then its new disposition.
  std::optional<QuarantinedRecord> quarantined(std::int64_t id) const;
  /// A replay succeeded, or a person decided: the record gets the new disposition, case, version, reason and
  /// findings (its place stays), the counters move, and what it was before is kept with `by` (a role or a
  /// command, not a name of a patient). To send it out: begin_batch(its part), put_case, open_outbox(its row,
  /// its row), resolve_quarantined, commit_batch(the part's rows_done), deliver, retire. `read_with`: what
  /// it was read with this time, where that is not what its part is pinned to. Errors: ledger.not_held,
  /// ledger.no_recipient.
  base::Status resolve_quarantined(std::int64_t id, const RecordRow& now, std::string_view by = {},
                                   const std::optional<Pin>& read_with = {});
  /// Kept from now on, and laid over the row whenever it is read again; a proposal for the record is done
  /// with. The record stays held until it is replayed. Error: ledger.not_held.
  base::Status correct(const Correction& correction);
  /// Of all records of a part, oldest first.
  std::vector<Correction> corrections_of(std::int64_t part) const;
  /// Errors: ledger.not_held, ledger.proposal_waits where another one does.
  base::Status propose(const Proposal& proposal);
  /// It will not be done. Error: ledger.no_proposal.
  base::Status drop_proposal(std::int64_t held);
  /// Before somebody is shown the values of a held record. Error: ledger.not_held where there is none of this
  /// number.
  base::Status note_look(std::int64_t held, std::string_view by);
  std::optional<Lineage> lineage(std::int64_t case_number) const;
  std::optional<std::int64_t> case_number(std::string_view source, std::string_view local_id) const;
  std::string source_of(std::int64_t submission) const;
  /// Slow: counts everything anew from the rows and looks at every kept file. Empty: the books are right.
  /// Errors: ledger.audit_*.
  std::vector<base::Error> verify(AuditDepth depth = AuditDepth::bytes_too) const;

 private:
  Ledger();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace musubi::ledger
