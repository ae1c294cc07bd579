// The one writing connection: transactions, batches, and the rule that after a failed write nothing more is
// acknowledged.
// Threads: one at a time, but for stop() and ready().
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch.h"
#include "case_reader.h"
#include "home.h"
#include "musubi/base/clock.h"
#include "musubi/ledger/ledger.h"
#include "sqlite.h"

namespace musubi::ledger {

/// Texts stored once and named by number: sources, reasons, findings.
class Names {
 public:
  /// `table` has the columns id and `column`.
  Names(sqlite::Database& database, const std::string& table, const std::string& column);
  std::int64_t id_of(std::string_view text);  ///< stores it when it is new; 0 after a failure
  void forget() { ids_.clear(); }             ///< after a rollback

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::int64_t look_up(std::string_view text);

  sqlite::Database& database_;
  sqlite::Statement find_, insert_;
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> ids_;
};

class Writer {
 public:
  static base::Result<std::unique_ptr<Writer>> open(const std::filesystem::path& file,
                                                    const base::Clock& clock);
  /// Beside the writer of another process, for single changes.
  static base::Result<std::unique_ptr<Writer>> open_beside(const std::filesystem::path& file,
                                                           const base::Clock& clock);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Runs `work` in a transaction of its own, or within the batch that is open. What it returns or what the
  /// database noted rolls the transaction back.
  base::Status change(const std::function<base::Status(sqlite::Database&)>& work);
  /// All that `work` writes, batches as well, is one transaction. What it returns or what the database noted
  /// rolls all of it back. Not within a batch.
  base::Status together(const std::function<base::Status()>& work);
  /// Nothing is written any more until the ledger is opened again.
  void stop(const base::Error& because);
  base::Status ready() const;  ///< the reason to have stopped

  /// Makes the next transaction fail with it.
  void note(const base::Error& misuse) { database_->fail(misuse); }

  base::Status begin_batch(std::int64_t part);
  std::optional<KnownCase> find_case(std::string_view source, std::string_view local_id);
  std::int64_t put_case(std::string_view source, std::string_view local_id, const KnownCase& now);
  void add_record(const RecordRow& record);
  std::int64_t open_outbox(std::string_view recipient, std::string_view route, std::uint64_t first_row,
                           std::uint64_t last_row);
  base::Status commit_batch(std::uint64_t rows_done);
  void abandon_batch() noexcept;
  bool in_batch() const { return batch_.open(); }

  void retire(std::int64_t outbox, std::string_view receipt);
  base::Status resolve(std::int64_t held, const RecordRow& now, std::string_view by,
                       const std::optional<Pin>& read_with);
  base::Status activate(std::span<const ConfigurationText> texts, std::span<const Activation> activations,
                        std::int64_t seen);

  std::int64_t source_id(std::string_view source);
  std::int64_t now() const { return clock_.now().time_since_epoch().count(); }

 private:
  struct TouchedCases;
  struct PendingRecords;
  struct Statements;
  struct PartBeingWritten {
    std::uint64_t received = 0;
    std::int64_t source = 0, day = 0;
  };

  Writer(WriteTurns turns, std::unique_ptr<sqlite::Database> database, const base::Clock& clock);
  /// Gives back the turn that was taken for opening.
  static base::Result<std::unique_ptr<Writer>> prepared(WriteTurns turns,
                                                        std::unique_ptr<sqlite::Database> database,
                                                        const base::Clock& clock);
  base::Status prepare();
  base::Status begin();
  base::Status finish(base::Status outcome);
  base::Status end_batch(base::Status outcome);
  void roll_back() noexcept;
  base::Status load_part(std::int64_t part);

  Batch::Cases::value_type& known_case(std::string_view source, std::string_view local_id);
  base::Status resolve_row(std::int64_t held, const RecordRow& now, std::string_view by,
                           const std::optional<Pin>& read_with);
  void pin_held(std::int64_t held, const Pin& pin);
  void change_row(std::int64_t record, const RecordRow& now);

  base::Status write_batch(std::uint64_t rows_done);
  void write_records();
  void link_strays();
  bool covered_later(std::int64_t record);
  base::Status check_covered();
  void write_movement();

  const base::Clock& clock_;
  WriteTurns turns_;  ///< outlives the database, whose closing takes a turn too
  std::unique_ptr<sqlite::Database> database_;
  Batch batch_;
  bool together_ = false;  ///< a transaction is open that outlives its batches
  std::unique_ptr<TouchedCases> touched_cases_;
  std::unique_ptr<PendingRecords> pending_records_;
  std::unique_ptr<Statements> statements_;
  std::unique_ptr<CaseReader> cases_;
  std::unique_ptr<Names> sources_, texts_;
  std::string last_source_;
  std::int64_t last_source_id_ = 0, last_case_ = 0;
  PartBeingWritten part_;
  mutable std::mutex stopping_;  ///< of stopped_, which other threads ask for
  std::optional<base::Error> stopped_;
};

}  // namespace musubi::ledger
