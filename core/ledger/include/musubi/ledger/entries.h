// What goes into the ledger and what it answers: values, and Incoming, which takes bytes piece by piece.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/clock.h"
#include "musubi/base/digest.h"
#include "musubi/base/result.h"
#include "musubi/ledger/review.h"

namespace musubi::ledger {

/// Counts of records by visible state. received is counted from what was read; the others from the rows.
struct Balance {
  std::uint64_t received = 0, delivered = 0, in_review = 0, rejected = 0, dead_letter = 0, in_flight = 0;
  bool balanced() const noexcept {
    return received == delivered + in_review + rejected + dead_letter + in_flight;
  }
  Balance& operator+=(const Balance& other) noexcept;
};

/// What records said of their cases; each is counted once.
struct Words {
  std::uint64_t new_cases = 0;
  std::uint64_t corrected = 0;  ///< a newer word on a case that was known
  std::uint64_t unchanged = 0;  ///< what was known already
  std::uint64_t late = 0;       ///< an older word than the one that was known
  std::uint64_t withdrawn = 0;  ///< takes the case back, whenever it was said
};

enum class SubmissionState : std::uint8_t { kept, processing, done, in_review, rejected, dead_letter };
std::string_view name_of(SubmissionState state) noexcept;

struct SubmissionInfo {
  std::int64_t id = 0;
  std::string source{}, name{}, digest{}, reason{};
  std::uint64_t bytes = 0;
  base::Instant received{};
  SubmissionState state = SubmissionState::kept;
  std::int32_t as_of = 0;
  std::optional<std::chrono::sys_days> stated_as_of{};  ///< the day it speaks of, where the sender said it
  bool repeated = false;       ///< recognised: these bytes were submitted before; this is the earlier one
  std::uint32_t receipts = 0;  ///< how often this source sent these bytes
};

/// One receipt of a submission: the first, and every time its bytes came again.
struct Receipt {
  std::string name{};
  base::Instant received{};
};

struct BalanceRow {
  std::string source{}, day{};  ///< day of receipt in Japan, "2020-04-20"
  Balance records{};
};

/// The disposition of one record, decided by the steps.
enum class Disposition : std::uint8_t {
  deliver,    ///< in flight, then delivered
  unchanged,  ///< known already: counts as delivered
  late,       ///< delivered as history
  in_review,
  rejected,
  dead_letter
};
std::string_view name_of(Disposition disposition) noexcept;

/// The reason of a record that goes out and withdraws its case (取下げ).
inline constexpr std::string_view kWithdrawal = "ledger.withdrawal";

struct RecordRow {
  std::uint64_t row = 0, line = 0, byte = 0;  ///< row: names the record in its part; below 2^32
  std::uint32_t length = 0;
  Disposition disposition = Disposition::in_review;
  std::int64_t case_number = 0;  ///< 0: none
  std::uint32_t version = 0;
  std::string_view reason{};  ///< code of the finding that holds it, or kWithdrawal; empty otherwise
  std::string_view
      findings{};  ///< all findings as compact JSON [{"code","severity","field"}]; empty when none
};

/// What a record is read and judged with, by digest: the mapping, the value sets it was compiled with, the
/// policies. The texts are in the ledger as configurations.
struct Pin {
  std::string mapping{}, mapping_version{}, mapping_digest{};
  std::string value_sets_digest{};  ///< empty: read before value sets were pinned (format 1)
  std::string policy_digest{};
  friend bool operator==(const Pin&, const Pin&) = default;
};

/// The part of a submission being processed, as pinned.
struct PartInfo {
  std::int64_t id = 0;
  std::int64_t submission = 0;
  std::string name{};
  Pin pin{};
  std::int32_t as_of = 0;
  std::uint64_t rows_done = 0;  ///< rows already accepted: where to go on
  bool complete = false;
};

/// Bytes that are durable under their name but that no submission speaks of yet.
struct KeptBytes {
  std::string digest{};  ///< SHA-256, hex
  std::uint64_t bytes = 0;
};

/// Bytes on their way into HOME/kept, for what comes in piece by piece. Destroyed before finish(), or after a
/// failure: nothing of them stays. Threads: one at a time; several may be open at once.
class Incoming {
 public:
  virtual ~Incoming() = default;
  /// Errors: file.disk_full, file.*.
  virtual base::Status write(std::string_view bytes) = 0;
  /// Durable, file and name, when it returns. Errors: ledger.sync_failed, file.*.
  virtual base::Result<KeptBytes> finish() = 0;
};

/// One submission that arrived: bytes of at most kMostSmallBytes, or bytes that Incoming made durable.
struct Arrival {
  std::string_view source{}, name{};
  std::string_view bytes{};         ///< borrowed for the call
  std::optional<KeptBytes> kept{};  ///< then `bytes` is not looked at
  std::optional<std::chrono::sys_days> stated_as_of{};
};
inline constexpr std::size_t kMostSmallBytes = std::size_t{64} << 10;

/// Where the bytes of a submission are: small ones in the ledger, others in a file of their own.
struct KeptContent {
  std::filesystem::path file{};
  std::optional<std::string> bytes{};
};

/// A receipt of the recipient for an outbox row.
struct Delivered {
  std::int64_t outbox = 0;
  std::string receipt{};
};

/// A record that the recipient will never take.
struct Refusal {
  std::uint64_t row = 0;
  std::string cause{};  ///< message id
};

struct OutboxRow {
  std::int64_t id = 0, part = 0;
  std::uint64_t first_row = 0, last_row = 0;  ///< record rows of the part, inclusive
  std::string recipient{}, route{};
  std::uint32_t attempts = 0;
  std::string last_error{};  ///< code, of the last attempt that failed
};

/// Records that a recipient refused for good. They are counted as dead letters until they are reopened.
struct DeadLetter {
  std::int64_t outbox = 0, submission = 0;
  std::string source{}, file{}, part{}, recipient{}, route{}, cause{};
  std::uint64_t first_row = 0, last_row = 0, records = 0;
  base::Instant since{};
};

/// Which dead letters are meant; what is empty does not count.
struct DeadLetterFilter {
  std::int64_t outbox = 0;
  std::string source{}, recipient{}, route{}, cause{};
  std::optional<base::Instant> since{}, until{};
};

/// How far the records of one submission have come on one route, in outbox rows.
struct RecipientWord {
  std::string recipient{}, route{};
  std::uint64_t open = 0, delivered = 0, dead = 0;
  std::string last_receipt{};
  std::map<std::string, std::uint64_t> refused{};  ///< cause → records that it refused for good
};

/// What one recipient is owed over one route.
struct Backlog {
  std::string recipient{}, route{};
  std::uint64_t open = 0, dead = 0;  ///< outbox rows
  base::Instant oldest{};            ///< opened; meaningless when none is open
  std::uint32_t attempts = 0;        ///< most of an open row
  std::string last_error{};          ///< of the row tried most often
};

/// A record row as an outbox row needs it to be delivered again.
struct Replayed {
  std::uint64_t row = 0;
  std::int64_t case_number = 0;
  std::uint32_t version = 0;
  Disposition disposition = Disposition::deliver;
  std::optional<Pin> pin{};  ///< of a record that left quarantine: what it was read with then
};

struct KnownCase {
  std::int64_t number = 0;
  base::ContentHash content{};
  std::int32_t as_of = 0;
  std::int64_t submission = 0;
  std::uint32_t version = 0;
};

struct QuarantinedRecord {
  std::int64_t id = 0;  ///< to name it: quarantine show ID
  std::int64_t submission = 0;
  std::string source{}, file{}, part{}, mapping{}, state{}, reason{}, findings{};
  std::string day{};  ///< of receipt, in Japan
  std::uint64_t row = 0, line = 0, byte = 0;
  std::uint32_t length = 0;
  std::int64_t part_id = 0;
  struct Decision {
    std::string at{}, by{}, state_before{}, reason_before{}, state_after{};
  };
  // Filled by quarantined(), oldest first.
  std::vector<Decision> history{};
  std::vector<Correction> corrections{};
  std::vector<Look> looks{};
  std::optional<Proposal> proposal{};  ///< filled by quarantine() as well
};

/// Which held records are meant; what is empty does not count.
struct HeldFilter {
  std::int64_t submission = 0;
  std::string source{}, reason{}, mapping{};
  std::optional<std::chrono::sys_days> since{}, until{};  ///< days of receipt in Japan, both inclusive
};

enum class ActivationAction : std::uint8_t {
  baseline,  ///< found in the folder at the first intake
  activate,
  rollback
};
std::string_view name_of(ActivationAction action) noexcept;

/// From when on which text of a mapping is in force. The newest of a mapping and version holds.
struct Activation {
  std::int64_t id = 0;  ///< ascending over all mappings
  std::string mapping{}, version{};
  std::string file{};  ///< name of the file it was taken from, below the folder of mappings
  ActivationAction action = ActivationAction::activate;
  std::string mapping_digest{}, value_sets_digest{};             ///< empty: no longer in force
  std::string previous_mapping_digest{}, previous_value_sets{};  ///< in force before; empty: none
  std::string by{}, why{};
  base::Instant at{};
};

/// A configuration file as it is kept.
struct ConfigurationText {
  std::string digest{};
  std::string_view kind{}, name{}, text{};  ///< kind: mapping, value_sets (the manifest), value_set, policies
};

struct Lineage {
  std::int64_t case_number = 0;
  std::string source{}, local_id{};
  struct Version {
    std::uint32_t version = 0;
    std::int64_t submission = 0, part = 0;
    std::string file{}, part_name{}, digest{};
    Pin pin{};                 ///< what the record was read with: its part's, or that of its replay
    bool replayed = false;     ///< it was held first
    base::Instant received{};  ///< its submission
    std::int32_t as_of = 0;
    std::uint64_t row = 0, line = 0, byte = 0;
    std::uint32_t length = 0;
    Disposition disposition = Disposition::deliver;
    struct Delivery {
      std::string recipient{}, route{}, receipt{}, at{};
      std::string refused{};  ///< the cause, where the recipient refused it for good
    };
    std::vector<Delivery> deliveries{};  ///< empty `at`: still in flight, or refused
  };
  std::vector<Version> versions{};  ///< every word that went out or is to go out, oldest first
};

/// What a process has in hand, and may die of.
enum class Errand : std::uint8_t {
  carry,    ///< a submission
  deliver,  ///< an outbox row
  look      ///< bytes that are not kept; the id is a digest of them
};
std::string_view name_of(Errand errand) noexcept;

/// How much verify() looks at.
enum class AuditDepth : std::uint8_t {
  rows,      ///< every row of the ledger
  bytes_too  ///< and the SHA-256 of every kept file
};

}  // namespace musubi::ledger
