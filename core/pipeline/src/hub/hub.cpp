#include "musubi/pipeline/hub.h"

#include <sys/statvfs.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "../contained.h"
#include "attempts.h"
#include "couriers.h"
#include "in_hand.h"
#include "looks.h"
#include "reception.h"
#include "watched_adapters.h"
#include "work_queue.h"

namespace musubi::pipeline {
namespace {

using base::Error;
using base::ErrorKind;

/// What is retried after a moment, so that a fault of the machine does not spin.
constexpr std::chrono::milliseconds kPause{2'000};
constexpr std::chrono::milliseconds kRetireEvery{20};
/// Small submissions of one source that are carried by one transaction.
constexpr std::size_t kTogether = 32;
constexpr std::uint64_t kSmall = ledger::kMostSmallBytes;
/// Where small ones were carried and what waits is no full turn: what comes meanwhile has the next with it. A
/// transaction for each would be in the way of those who wait for their receipts.
constexpr std::chrono::milliseconds kGathering{50};
constexpr int kMostTrials = 2;  // at the same time: what is handed in goes first

Work work_of(const ledger::SubmissionInfo& info, const std::string& faultless_by = {}) {
  return {info.id, info.source, info.bytes, faultless_by};
}

bool ends_everything(const Error& error) {
  for (const auto* each = &error; each != nullptr; each = each->cause()) {
    if (each->code() == "ledger.stopped") return true;
  }
  return false;
}

/// Of everybody who calls adapters: carriers and couriers.
std::size_t hands_for(const HubSettings& settings, const Equipment& equipment) {
  return std::max<std::size_t>(settings.carriers, 1) + equipment.sinks.size();
}

}  // namespace

struct Hub::Parts {
  Parts(std::shared_ptr<Equipment> its_equipment, HubSettings its_settings, HubObserver& its_observer);

  void run_carrier();
  std::chrono::milliseconds carry(const std::vector<Work>& few);
  bool is_settled_by(const ledger::SubmissionInfo& info, const base::Result<SubmissionReport>& report,
                     base::Instant::duration time);
  base::Status open_hands();
  void run_steward();
  base::Status look_after();
  void look_at_disk();
  void broken(const Error& error);
  void enqueue(const ledger::SubmissionInfo& info, const std::string& faultless_by = {});
  std::shared_ptr<const Equipment> equipment_now() const {
    const std::lock_guard lock(mutex);
    return equipment;
  }

  Road road() { return Road(*equipment_now(), settings.tuning, couriers); }

  const HubSettings settings;
  HubObserver& observer;
  const WatchedSinks watched;
  mutable std::mutex mutex;  ///< of equipment and failure
  std::shared_ptr<const Equipment> equipment;
  std::optional<Error> failure;
  ledger::Ledger& ledger;
  const base::Clock& clock;
  std::filesystem::path home;

  Attempts attempts;
  std::unique_ptr<Hands> hands;
  std::optional<Looks> looks;
  std::atomic<int> trials = 0;
  WorkQueue work;
  std::shared_ptr<Couriers> couriers;
  std::optional<Reception> reception;
  std::vector<std::thread> carriers;
  std::thread steward;
  std::mutex resting;
  std::condition_variable wake_up;
  std::atomic<bool> stopping = false, disk_low = false;
  std::atomic<std::uint64_t> in_flight = 0;
  std::atomic<std::chrono::steady_clock::time_point> turned = std::chrono::steady_clock::now();
};

Hub::Parts::Parts(std::shared_ptr<Equipment> its_equipment, HubSettings its_settings,
                  HubObserver& its_observer)
    : settings(std::move(its_settings)),
      observer(its_observer),
      watched(*its_equipment),
      ledger(*its_equipment->ledger),
      clock(*its_equipment->clock),
      home(ledger.home()),
      attempts(ledger, observer, settings.tuning.most_attempts) {
  watch_sources(*its_equipment);
  equipment = std::move(its_equipment);
  couriers = std::make_shared<Couriers>(equipment, settings, observer,
                                        [this](const Error& error) { broken(error); });
}

void Hub::Parts::broken(const Error& error) {
  {
    const std::lock_guard lock(mutex);
    if (failure) return;
    failure = error;
  }
  couriers->park();
  observer.stopped_working(error);
}

void Hub::Parts::enqueue(const ledger::SubmissionInfo& info, const std::string& faultless_by) {
  if (!(info.repeated && is_settled(info.state))) work.add(work_of(info, faultless_by));
}

// --- carrying

void Hub::Parts::run_carrier() {
  hands->give_one();
  for (auto few = work.next(kTogether, kSmall); !few.empty(); few = work.next(kTogether, kSmall)) {
    const auto pause = carry(few);
    work.turn_over(few.front().source, pause);
  }
}

/// How long the source is to rest.
std::chrono::milliseconds Hub::Parts::carry(const std::vector<Work>& few) {
  std::vector<ToCarry> to_carry;
  for (const auto& each : few) {
    if (auto info = ledger.submission(each.submission))
      to_carry.push_back({*std::move(info), each.faultless_by});
    else
      work.done(each);
  }
  if (to_carry.empty()) return {};
  const auto begun = clock.now();
  using Reports = std::vector<base::Result<SubmissionReport>>;
  auto carried = contained([&] { return base::Result<Reports>(road().carry_together(to_carry)); });
  const Reports reports = carried.has_error() ? Reports{carried.error()} : std::move(*carried);
  const auto time_of_each = (clock.now() - begun) / static_cast<std::int64_t>(reports.size());
  std::chrono::milliseconds pause{};
  for (std::size_t index = 0; index < reports.size(); ++index) {
    if (is_settled_by(to_carry[index].info, reports[index], time_of_each))
      work.done(work_of(to_carry[index].info));
    else
      pause = kPause;
  }
  const bool has_left_some = reports.size() < to_carry.size();
  if (pause != pause.zero() || has_left_some || few.front().bytes > kSmall) return pause;
  return work.has_full_turn(few.front().source, kTogether, kSmall) ? pause : kGathering;
}

/// False: it is to be carried again, later.
bool Hub::Parts::is_settled_by(const ledger::SubmissionInfo& info,
                               const base::Result<SubmissionReport>& report, base::Instant::duration time) {
  if (!report.has_error()) {
    observer.carried(*report, time);
    return true;
  }
  if (couriers->parked()) return false;
  observer.not_carried(info, report.error());
  if (ends_everything(report.error())) broken(report.error());
  return attempts.is_over(info, report.error());
}

/// What an earlier process died of is counted before anything is taken in hand again.
base::Status Hub::Parts::open_hands() {
  MUSUBI_TRY(attempts.count_left(left_in_hand(home)));
  MUSUBI_ASSIGN(hands, Hands::open(home, hands_for(settings, *equipment), Looks::kHands));
  looks = Looks::after_start(ledger, *hands, settings.tuning.most_attempts);
  return {};
}

// --- looking after

void Hub::Parts::look_at_disk() {
  struct statvfs space {};
  if (::statvfs(home.c_str(), &space) != 0) return;
  disk_low = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize < settings.disk_reserve;
}

base::Status Hub::Parts::look_after() {
  look_at_disk();
  MUSUBI_TRY(ledger.health());
  in_flight = ledger.balance().in_flight;
  return {};
}

void Hub::Parts::run_steward() {
  constexpr int kLookEvery = 25;
  for (int round = 0; !stopping; ++round) {
    turned = std::chrono::steady_clock::now();
    if (auto retired = couriers->retire(ledger); retired.has_error()) return broken(retired.error());
    if (round % kLookEvery == 0) {
      if (auto fine = look_after(); fine.has_error()) return broken(fine.error());
    }
    std::unique_lock lock(resting);
    wake_up.wait_for(lock, kRetireEvery, [this] { return stopping.load(); });
  }
}

// --- the hub

Hub::Hub() = default;
Hub::~Hub() { stop(); }

base::Result<std::unique_ptr<Hub>> Hub::start(Equipment equipment, HubSettings settings,
                                              HubObserver& observer) {
  std::unique_ptr<Hub> hub(new Hub);
  hub->parts_ = std::make_unique<Parts>(std::make_shared<Equipment>(std::move(equipment)),
                                        std::move(settings), observer);
  auto& parts = *hub->parts_;
  MUSUBI_TRY(parts.look_after());
  MUSUBI_TRY(parts.open_hands());
  for (const auto& info : parts.ledger.unfinished_submissions()) parts.work.add(work_of(info));
  MUSUBI_TRY(parts.ledger.health());
  parts.reception.emplace(parts.ledger, parts.clock, observer,
                          [&parts](const ledger::SubmissionInfo& info, const Incoming& incoming) {
                            parts.enqueue(info, incoming.faultless_by);
                          });
  parts.couriers->start(*parts.hands);
  for (std::size_t count = 0; count < std::max<std::size_t>(parts.settings.carriers, 1); ++count)
    parts.carriers.emplace_back([&parts] { parts.run_carrier(); });
  parts.steward = std::thread([&parts] { parts.run_steward(); });
  return hub;
}

void Hub::stop() {
  auto& parts = *parts_;
  if (parts.stopping.exchange(true)) return;
  if (parts.reception) parts.reception->stop();
  parts.couriers->park();
  parts.work.stop();
  if (parts.hands) parts.hands->blame_stuck(parts.settings.stuck_after);  // it may be ended from outside
  for (const auto& [name, sink] : parts.equipment_now()->sinks) parts.couriers->of_sink(name)->stop();
  for (auto& carrier : parts.carriers) carrier.join();
  parts.couriers->stop();
  parts.wake_up.notify_all();
  if (parts.steward.joinable()) parts.steward.join();
  // Who comes to mend something stops the hub in order; from then on it is looked at again.
  if (!failure()) static_cast<void>(parts.ledger.forget_suspects());
  // A failure only means that what has arrived is delivered, and recognised, once more.
  static_cast<void>(parts.couriers->retire(parts.ledger));
}

base::Status Hub::may_receive(std::string_view source) const {
  const auto& parts = *parts_;
  if (const auto failed = failure()) return Error(ErrorKind::unavailable, "hub.not_working").because(*failed);
  if (!parts.equipment_now()->sources.contains(std::string(source)))
    return Error(ErrorKind::usage, "pipeline.source_unknown", {{"source", std::string(source)}});
  if (parts.stopping) return Error(ErrorKind::unavailable, "hub.stopping");
  if (parts.disk_low) return Error(ErrorKind::unavailable, "hub.disk_low");
  if (parts.work.waiting_bytes() > parts.settings.most_waiting_bytes ||
      parts.in_flight > parts.settings.most_in_flight)
    return Error(ErrorKind::unavailable, "hub.full");
  return {};
}

// A name that is no source is the caller's: nobody is told of it.
base::Status Hub::admit(std::string_view source) {
  auto may = may_receive(source);
  if (may.has_error() && may.error().kind() == ErrorKind::unavailable)
    parts_->observer.not_kept(source, may.error());
  return may;
}

base::Result<std::unique_ptr<ledger::Incoming>> Hub::begin_incoming() {
  return parts_->ledger.begin_incoming();
}

void Hub::receive(Incoming incoming, Received done, Keeper keeper) {
  if (auto may = may_receive(incoming.source); may.has_error()) {
    parts_->observer.not_kept(incoming.source, may.error());
    return done(may.error());
  }
  parts_->reception->add(std::move(incoming), std::move(done), keeper);
}

base::Result<ledger::SubmissionInfo> Hub::receive_file(const std::string& source,
                                                       const std::filesystem::path& file,
                                                       const std::string& name,
                                                       std::optional<std::chrono::sys_days> stated_as_of) {
  MUSUBI_TRY(may_receive(source));
  const auto begun = parts_->clock.now();
  auto info = parts_->ledger.keep(source, file, name, {}, stated_as_of);
  if (info.has_error()) {
    parts_->observer.not_kept(source, info.error());
    return info;
  }
  parts_->observer.kept(*info, parts_->clock.now() - begun);
  parts_->enqueue(*info);
  return info;
}

void Hub::deliver_now() { parts_->couriers->deliver_now(); }

base::Result<ReplayReport> Hub::replay(const std::vector<ledger::QuarantinedRecord>& held) {
  return parts_->road().replay(held);
}

base::Result<HeldValues> Hub::look_at(const ledger::QuarantinedRecord& held) {
  return parts_->road().look_at(held);
}

base::Status Hub::find_cells(std::int64_t part, std::span<CellPlace> cells) {
  return parts_->road().find_cells(part, cells);
}

base::Result<std::string> Hub::read_correction(const ledger::QuarantinedRecord& held, std::string_view json) {
  return parts_->road().read_correction(held, json);
}

base::Result<ReplayReport> Hub::correct(const ledger::QuarantinedRecord& held,
                                        const ledger::Correction& correction) {
  return parts_->road().correct(held, correction);
}

base::Result<std::vector<TriedPart>> Hub::try_out(const std::string& source, const std::string& name,
                                                  std::shared_ptr<const document::ByteSource> bytes) {
  const auto now = ++parts_->trials;
  const std::unique_ptr<std::atomic<int>, void (*)(std::atomic<int>*)> ends(
      &parts_->trials, [](std::atomic<int>* trials) { --*trials; });
  if (now > kMostTrials) return Error(ErrorKind::unavailable, "pipeline.trials_busy");
  return parts_->road().try_out(source, name, std::move(bytes));
}

base::Result<std::unique_ptr<Look>> Hub::look_at_bytes(const std::string& source, std::string_view bytes) {
  return parts_->looks->begin(source, bytes);
}

std::vector<std::string> Hub::jurisdictions_of(std::string_view source) const {
  const auto equipment = parts_->equipment_now();
  const auto now = equipment->active->now();
  const auto& mappings = now.has_error() ? *equipment->in_force->mappings : *(*now)->mappings;
  std::vector<std::string> codes;
  for (const auto& mapping : mappings.of_source(source)) {
    const auto& code = mapping->head().jurisdiction;
    if (!code.empty() && std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
  }
  return codes;
}

void Hub::use(const Equipment& equipment) {
  auto next = std::make_shared<Equipment>(equipment);
  const bool renews = next->keeps != nullptr;
  if (renews) watch_sources(*next);
  {
    const std::lock_guard lock(parts_->mutex);
    const auto& now = *parts_->equipment;
    if (!renews) {
      next->sources = now.sources;
      next->trial_sources = now.trial_sources;
      next->keeps = now.keeps;
    }
    next->sinks = now.sinks;
    parts_->equipment = next;
  }
  parts_->couriers->use(next);
}

std::vector<CourierState> Hub::couriers() const { return parts_->couriers->states(parts_->clock.now()); }
std::uint64_t Hub::waiting() const { return parts_->work.waiting(); }
const ledger::Ledger& Hub::books() const { return parts_->ledger; }
ledger::Ledger& Hub::ledger() { return parts_->ledger; }

base::Status Hub::try_again(std::int64_t submission) {
  MUSUBI_TRY(parts_->ledger.try_again(submission));
  if (const auto info = parts_->ledger.submission(submission)) parts_->enqueue(*info);
  return {};
}

std::vector<StuckAdapter> Hub::stuck() const {
  const auto& parts = *parts_;
  std::vector<StuckAdapter> found;
  for (const auto& [task, time] : parts.hands->stuck(parts.settings.stuck_after))
    found.push_back({task.name, parts.attempts.submission_of(task),
                     std::chrono::duration_cast<std::chrono::milliseconds>(time)});
  return found;
}

std::optional<StuckAdapter> Hub::stuck_for_good() {
  const auto limit = parts_->settings.end_when_stuck;
  if (limit.count() == 0) return {};
  auto all = stuck();
  const auto found =
      std::ranges::find_if(all, [limit](const StuckAdapter& each) { return each.time >= limit; });
  if (found == all.end()) return {};
  parts_->hands->blame_stuck(limit);
  return *found;
}

bool Hub::turns() const {
  return std::chrono::steady_clock::now() - parts_->turned.load() < parts_->settings.stuck_after;
}

std::optional<base::Error> Hub::failure() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->failure;
}

bool Hub::wait_until_idle(std::chrono::milliseconds patience) const {
  const auto give_up = std::chrono::steady_clock::now() + patience;
  while (parts_->work.waiting() != 0 || !parts_->couriers->idle()) {
    if (failure() || std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace musubi::pipeline
