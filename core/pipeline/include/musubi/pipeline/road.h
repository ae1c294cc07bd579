// The road of a record: receive → keep → read → map → check → link → route → protect → deliver. Three stages
// work at the same time on successive batches: one reads, maps and checks; one links and writes the ledger;
// one delivers. Bounded queues between them push back.
#pragma once

#include <array>
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
#include "musubi/delivery/delivery.h"
#include "musubi/ledger/ledger.h"
#include "musubi/mapping/mapping.h"
#include "musubi/pipeline/active_mappings.h"
#include "musubi/pipeline/cells.h"
#include "musubi/plugin/sink.h"
#include "musubi/plugin/source.h"
#include "musubi/privacy/policy.h"
#include "musubi/privacy/routes.h"
#include "musubi/quality/checks.h"

namespace musubi::pipeline {

/// What the road works with. Everything is borrowed or shared and outlives the Road.
struct Equipment {
  std::shared_ptr<const model::Catalogue> catalogue;
  ActiveMappings* active = nullptr;
  std::shared_ptr<const InForce> in_force;  ///< of `active`, when the work that is going on began
  std::shared_ptr<const quality::Checks> checks;
  /// The checks with other value sets, for when those change.
  std::function<base::Result<std::shared_ptr<const quality::Checks>>(std::shared_ptr<const model::ValueSets>)>
      checks_with;
  std::shared_ptr<const privacy::Policies> policies;
  std::shared_ptr<const privacy::Routes> routes;
  ledger::Ledger* ledger = nullptr;
  const base::Clock* clock = nullptr;
  std::map<std::string, plugin::Source*> sources;  ///< by name
  /// Others of the same, for trials, which must keep nobody waiting; where one is missing, that of `sources`.
  std::map<std::string, plugin::Source*> trial_sources;
  std::map<std::string, plugin::Sink*> sinks;  ///< by name
  std::shared_ptr<const void> keeps;           ///< what is borrowed and does not outlive the equipment
  document::Limits limits;
  delivery::RetryPolicy retry;
  delivery::Wait wait;
};

struct Progress {
  std::string part;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0, total_bytes = 0;
};
/// Called from the thread that called the Road, at most once a batch.
using ProgressListener = std::function<void(const Progress&)>;

/// How much it matters that a record has a field.
enum class Importance : std::uint8_t {
  essential,  ///< the catalogue does not let it be missing
  required,   ///< asked for in the notification (感染症法12条)
  optional
};
inline constexpr std::size_t kImportances = 3;
std::string_view name_of(Importance importance) noexcept;

/// Over all records: fields that the catalogue has for their kind, and those with a value.
struct FieldCount {
  std::uint64_t expected = 0, filled = 0;
};
using FieldCounts = std::array<FieldCount, kImportances>;  ///< by Importance

struct PartReport {
  std::string name, mapping, mapping_version, ignored_because;
  mapping::Drift drift;
  std::int32_t as_of = 0;         ///< days since 1970-01-01
  std::uint64_t read_before = 0;  ///< records that an interrupted run had put on the books; not in the counts
  std::uint64_t rows = 0, delivered = 0, unchanged = 0, late = 0, in_review = 0, rejected = 0;
  std::uint64_t withdrawn = 0;  ///< of delivered, unchanged and late: those that withdraw a case (取下げ)
  std::map<std::string, std::uint64_t> reasons;                ///< code → records held for it
  std::map<std::string, std::uint64_t, std::less<>> findings;  ///< code → findings of any severity
  FieldCounts fields{};                                        ///< of the records, held ones too
  std::map<std::string, std::uint64_t> skipped;  ///< rows that are no records (totals, blank rows), by reason
  std::optional<base::Error> ended_by;           ///< damage that ended the reading of the part
};

/// One that waits for its turn.
struct ToCarry {
  ledger::SubmissionInfo info;
  std::string faultless_by{};  ///< see plugin::Submission
};

struct SubmissionReport {
  std::int64_t submission = 0;
  std::string source, file, digest;
  bool repeated = false;  ///< these bytes were received before; nothing was counted again
  std::vector<PartReport> parts;
};

struct Intake {
  std::string source;
  std::filesystem::path file;
  std::optional<std::chrono::sys_days> as_of;
};

struct ReplayReport {
  std::uint64_t tried = 0, delivered = 0, still_held = 0;
};

/// One held record as a person who decides about it has to see it. Personal data: for those entitled, and
/// noted before (ledger::Ledger::note_look).
struct HeldValues {
  struct Cell {
    std::string column{}, text{};  ///< as the sender wrote it
  };
  struct Field {
    std::string field{}, value{};
    std::string absent{};  ///< why there is no value
    std::string column{};  ///< where the mapping reads it
    bool corrected = false;
  };
  std::vector<Cell> row;      ///< empty where the row cannot be read at all
  std::vector<Field> fields;  ///< what the mapping in force makes of it, with what people put right
};

struct Tuning {
  std::size_t batch_rows = 10'000;    ///< records per ledger transaction and per delivery
  std::size_t batch_bytes = 1 << 20;  ///< of the source; a batch of long rows ends here
  std::size_t read_rows = 1'000;      ///< rows per reader call: what fits in the cache
  std::size_t queued_batches = 1;     ///< between two stages
  /// Of one submission or consignment, before it is set aside because the process died of it, or an adapter
  /// failed at it, each time; 0: as often as it takes.
  std::uint32_t most_attempts = 3;
};

/// Something did not come to its end, for no fault of who sent it.
struct Unended {
  ledger::Errand errand = ledger::Errand::carry;
  std::int64_t id = 0;      ///< of the submission or the outbox row
  std::string name{};       ///< of the source or the recipient
  std::uint32_t times = 0;  ///< in a row
};

/// From now on, where a fault (SIGSEGV, SIGABRT and the like) ends the process inside an adapter, the next
/// start knows in whose errand. Changes what these signals do in the whole process; once.
void blame_adapters_for_crashes();

/// What an earlier process left, and what became of it.
struct Resumed {
  std::vector<SubmissionReport> reports{};
  std::vector<Unended> set_aside{};  ///< failed too often; not tried again until a person wants it
};

class Handoffs;
struct TriedPart;

/// Whether the same bytes, come again, have nothing left to be read. What was refused or not understood is
/// tried with the mappings of today.
bool is_settled(ledger::SubmissionState state) noexcept;

/// Each call works with the mappings in force when it began. Threads: calls from one thread at a time; the
/// stages' own threads end before a call returns.
class Journey;

class Road {
 public:
  explicit Road(Equipment equipment, Tuning tuning = {});
  /// Of a hub that runs on: what is accepted is handed over and not waited for.
  Road(Equipment equipment, Tuning tuning, std::shared_ptr<Handoffs> handoffs);
  ~Road();
  Road(Road&&) noexcept;
  Road& operator=(Road&&) noexcept;

  /// One file through the whole road. An Error with a submission already kept leaves it visible in the
  /// ledger: rejected-and-told when it cannot be read at all, unfinished (resume() goes on) when the machine
  /// failed.
  base::Result<SubmissionReport> import(const Intake& intake, const ProgressListener& listener);

  /// A submission that is kept already.
  base::Result<SubmissionReport> carry(const ledger::SubmissionInfo& submission,
                                       const ProgressListener& listener);

  /// The first of these, all of one source, in order: short ones with one transaction for as many as can be
  /// read to their end, else one alone. A report for each that was carried, at least one.
  std::vector<base::Result<SubmissionReport>> carry_together(std::span<const ToCarry> submissions);

  /// Goes on with what an earlier process left: open deliveries first, then unfinished submissions. What an
  /// adapter crashed at is counted; what was ended from outside (Ctrl-C) is not.
  base::Result<Resumed> resume(const ProgressListener& listener);

  /// Reads held records again with the mappings, checks and policies in force; what passes leaves quarantine,
  /// is delivered, and is pinned to them.
  base::Result<ReplayReport> replay(const std::vector<ledger::QuarantinedRecord>& held);

  /// See pipeline/trial.h.
  base::Result<std::vector<TriedPart>> try_out(const std::string& source, const std::string& name,
                                               std::shared_ptr<const document::ByteSource> bytes);

  /// Errors: pipeline.part_missing, pipeline.rows_counted_otherwise.
  base::Result<HeldValues> look_at(const ledger::QuarantinedRecord& held);
  /// Fills in where they lie; by ascending row, all of one part. Errors: pipeline.part_missing and those of
  /// reading.
  base::Status find_cells(std::int64_t part, std::span<CellPlace> cells);
  /// Values for fields of a held record, as JSON ({"onset.date": "2020-04-01", "patient.sex": {"absent":
  /// "unknown"}}), in the form that correct() keeps. Errors: review.*, those of look_at().
  base::Result<std::string> read_correction(const ledger::QuarantinedRecord& held, std::string_view json);
  /// Keeps the correction and reads the record again. Errors: ledger.not_held.
  base::Result<ReplayReport> correct(const ledger::QuarantinedRecord& held,
                                     const ledger::Correction& correction);

 private:
  struct Alone;
  base::Status take_what_is_in_force();
  base::Status deliver_open_rows();
  base::Result<SubmissionReport> go(const ledger::SubmissionInfo& info, const ProgressListener& listener);
  std::size_t book_together(std::span<const ToCarry> submissions,
                            std::vector<base::Result<SubmissionReport>>& reports);

  Equipment equipment_;
  Tuning tuning_;
  std::shared_ptr<Handoffs> handoffs_;
  std::unique_ptr<Alone> alone_;  ///< nullptr: in a hub, which looks after what is in hand
};

}  // namespace musubi::pipeline
