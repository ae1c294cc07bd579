// A hub that runs day and night: takes submissions from several ways in at once, acknowledges them when they
// are durable, carries each along the road, and brings every recipient what it is owed. Receiving, carrying
// and delivering go on independently: a recipient that is away keeps nobody from handing in, until the quota
// of what may wait is full.
//
// Sources are carried side by side, the submissions of one source one after the other, in order of receipt.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/clock.h"
#include "musubi/base/result.h"
#include "musubi/delivery/pace.h"
#include "musubi/ledger/ledger.h"
#include "musubi/pipeline/road.h"
#include "musubi/pipeline/trial.h"

namespace musubi::pipeline {

struct HubSettings {
  Tuning tuning{.batch_rows = 2'000};
  std::size_t carriers = 2;  ///< sources carried at the same time
  delivery::Pacing pacing;   ///< of every sink that `pacing_of` does not name
  std::map<std::string, delivery::Pacing> pacing_of;
  std::uint64_t most_waiting_bytes = std::uint64_t{4} << 30;  ///< received and not carried yet
  std::uint64_t most_in_flight = 5'000'000;                   ///< records accepted and not delivered yet
  std::uint64_t disk_reserve = std::uint64_t{64} << 20;       ///< bytes left free for the hub's own books
  std::uint64_t seed = 0;                                     ///< of chance in waiting
  std::chrono::milliseconds stuck_after = std::chrono::minutes(10);     ///< inside one call of an adapter
  std::chrono::milliseconds end_when_stuck = std::chrono::minutes(30);  ///< 0: never
};

/// An adapter that has not come back from a call.
struct StuckAdapter {
  std::string name{};  ///< of the source or the sink
  std::int64_t submission = 0;
  std::chrono::milliseconds time{};
};

/// Told what happens, for logs and metrics. Called from the hub's threads; must be quick and let no exception
/// out. Nothing it is told comes from a record.
class HubObserver {
 public:
  using Duration = std::chrono::microseconds;
  virtual ~HubObserver() = default;
  virtual void kept(const ledger::SubmissionInfo&, Duration) noexcept {}
  virtual void not_kept(std::string_view /*source*/, const base::Error&) noexcept {}
  virtual void carried(const SubmissionReport&, Duration) noexcept {}
  virtual void not_carried(const ledger::SubmissionInfo&, const base::Error&) noexcept {}
  virtual void delivered(std::string_view /*recipient*/, std::string_view /*route*/,
                         std::uint64_t /*records*/, Duration) noexcept {}
  virtual void recipient_away(std::string_view /*recipient*/, std::string_view /*route*/,
                              const base::Error&) noexcept {}
  virtual void refused(std::string_view /*recipient*/, std::string_view /*route*/, std::uint64_t /*records*/,
                       std::string_view /*cause*/) noexcept {}
  /// An earlier process died with it in hand; it is tried again.
  virtual void unended(const Unended&) noexcept {}
  /// It failed too often and is not tried again until a person wants it.
  virtual void set_aside(const Unended&) noexcept {}
  /// The hub cannot go on: nothing is acknowledged any more.
  virtual void stopped_working(const base::Error&) noexcept {}
};

/// A sink as its courier sees it.
struct CourierState {
  std::string sink;
  delivery::Circuit circuit = delivery::Circuit::closed;
  std::uint32_t failures = 0;   ///< in a row
  base::Instant not_before{};   ///< when it is asked next
  std::uint64_t delivered = 0;  ///< records since the start
  std::string last_error;       ///< code; of the newest failure
};

/// As long as it lives, its thread works on bytes that are not kept: should the process die of them, the next
/// start knows. Ends on the thread that began it.
class Look {
 public:
  virtual ~Look() = default;
};

/// What came, before it is kept. One of `bytes` and `kept` is given.
struct Incoming {
  std::string source, name;
  std::string bytes;  ///< at most ledger::kMostSmallBytes
  std::optional<ledger::KeptBytes> kept{};
  std::optional<std::chrono::sys_days> stated_as_of{};
  std::string faultless_by{};  ///< see plugin::Submission; forgotten with the process
};

/// Threads: any may call anything, stop() once.
class Hub {
 public:
  /// Starts the threads, and goes on with what an earlier process left. `observer` and what the equipment
  /// borrows outlive the hub.
  static base::Result<std::unique_ptr<Hub>> start(Equipment equipment, HubSettings settings,
                                                  HubObserver& observer);
  ~Hub();

  /// Whether something may be handed in now, asked before bytes are taken. Errors: hub.disk_low, hub.full
  /// (both unavailable: come again later), ledger.stopped, pipeline.source_unknown.
  base::Status may_receive(std::string_view source) const;
  /// The same for a sender who has come; where one is told to come later, the observer is told as well.
  base::Status admit(std::string_view source);
  /// Where the bytes of a large submission go, piece by piece.
  base::Result<std::unique_ptr<ledger::Incoming>> begin_incoming();
  /// `done` is called when it is durable, from any thread; many are made durable at once. Errors it is called
  /// with: those of may_receive() and of keeping.
  using Received = std::function<void(base::Result<ledger::SubmissionInfo>)>;
  /// Who keeps: `here`, the calling thread, which then waits for the disk, unless something is being kept or
  /// booked already; it saves the sender two changes of thread. `done` is then called before receive() comes
  /// back: the caller holds no lock.
  enum class Keeper : std::uint8_t { other, here };
  void receive(Incoming incoming, Received done, Keeper keeper = Keeper::other);
  /// A file: durable when it returns.
  base::Result<ledger::SubmissionInfo> receive_file(const std::string& source,
                                                    const std::filesystem::path& file,
                                                    const std::string& name,
                                                    std::optional<std::chrono::sys_days> stated_as_of = {});

  /// Dead letters were reopened, or an operator does not want to wait for the back-off to end.
  void deliver_now();
  /// Reads held records again; see Road::replay().
  base::Result<ReplayReport> replay(const std::vector<ledger::QuarantinedRecord>& held);
  /// As the Road's.
  base::Result<HeldValues> look_at(const ledger::QuarantinedRecord& held);
  base::Status find_cells(std::int64_t part, std::span<CellPlace> cells);
  base::Result<std::string> read_correction(const ledger::QuarantinedRecord& held, std::string_view json);
  base::Result<ReplayReport> correct(const ledger::QuarantinedRecord& held,
                                     const ledger::Correction& correction);
  /// For whoever reads or judges bytes of this source that are not kept. Error: pipeline.bytes_poison, where
  /// the process died of them settings.tuning.most_attempts times.
  base::Result<std::unique_ptr<Look>> look_at_bytes(const std::string& source, std::string_view bytes);
  /// What would be made of these bytes, with what is in force now; nothing is kept. See pipeline::try_out().
  /// Another error: pipeline.trials_busy (unavailable).
  base::Result<std::vector<TriedPart>> try_out(const std::string& source, const std::string& name,
                                               std::shared_ptr<const document::ByteSource> bytes);
  /// The six-digit codes of the bodies whose data a source hands in, by the mappings in force.
  std::vector<std::string> jurisdictions_of(std::string_view source) const;
  /// Carries a submission again that was set aside or rejected. Error: ledger.not_set_aside.
  base::Status try_again(std::int64_t submission);
  /// Other policies, routes, checks, and other adapters for the sources there are: from the next submission
  /// on. Sinks stay as they are.
  void use(const Equipment& equipment);

  std::vector<CourierState> couriers() const;
  std::uint64_t waiting() const;  ///< submissions received and not carried yet
  const ledger::Ledger& books() const;
  ledger::Ledger& ledger();
  /// Why the hub cannot go on; empty: it works.
  std::optional<base::Error> failure() const;
  /// Adapters inside a call for longer than settings.stuck_after.
  std::vector<StuckAdapter> stuck() const;
  /// One that has been for longer than settings.end_when_stuck. A thread cannot be ended: the caller ends the
  /// process at once, without stop(), and the next start counts the attempt.
  std::optional<StuckAdapter> stuck_for_good();
  /// Whether the hub's own housekeeping goes on: what a watchdog may be told.
  bool turns() const;
  /// Waits until everything received is carried and everything owed is delivered or was tried in vain; false:
  /// the time was up.
  bool wait_until_idle(std::chrono::milliseconds patience) const;

  /// Takes nothing more, finishes what is being written, parks the rest: the next start goes on with it.
  void stop();

 private:
  Hub();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace musubi::pipeline
