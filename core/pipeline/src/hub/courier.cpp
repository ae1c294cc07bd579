#include "courier.h"

#include <algorithm>

#include "../contained.h"
#include "../deliverer.h"
#include "in_hand.h"
#include "musubi/base/kill_point.h"

namespace musubi::pipeline {
namespace {

/// Rows looked at in one go.
constexpr std::size_t kWindow = 64;
/// Consignments of few records are held, and delivered together, up to so many, with so many records.
constexpr std::size_t kTogether = 64, kRecordsTogether = 1'000;

base::Error route_missing(const ledger::OutboxRow& row) {
  return base::Error(base::ErrorKind::bad_configuration, "pipeline.route_missing", {{"route", row.route}});
}

/// What a later attempt may well be able to read.
bool is_worth_waiting_for(const base::Error& error) {
  return error.kind() == base::ErrorKind::environment || error.kind() == base::ErrorKind::unavailable;
}

/// Records in memory as long as it is in hand: those that do not go out too.
std::size_t held_by(const Consignment& consignment) {
  std::size_t records = 0;
  for (const auto& each : consignment.loads) records += each->records->size();
  return records;
}

const base::Error& root_of(const base::Error& error) {
  return error.cause() != nullptr ? *error.cause() : error;
}

}  // namespace

Courier::Courier(std::shared_ptr<const Equipment> equipment, const Tuning& tuning, CourierSettings settings,
                 HubObserver& observer)
    : tuning_(tuning),
      settings_(std::move(settings)),
      observer_(observer),
      equipment_(std::move(equipment)),
      rereading_(std::make_unique<Rereading>(*equipment_, tuning_)),
      pace_(settings_.pacing, settings_.seed) {}

// --- from any thread

void Courier::offer(Consignment consignment) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [&] { return stopped_ || owed_ || pace_.failures() != 0 || has_room_for(consignment); });
  if (stopped_ || !has_room_for(consignment))
    owed_ = true;
  else
    in_hand_.emplace(consignment.outbox, std::move(consignment));
  changed_.notify_all();
}

bool Courier::has_room_for(const Consignment& consignment) const {
  if (in_hand_.size() < settings_.in_hand) return true;
  auto records = held_by(consignment);
  for (const auto& [outbox, each] : in_hand_) records += held_by(each);
  return in_hand_.size() < kTogether && records <= kRecordsTogether;
}

void Courier::owe() {
  const std::lock_guard lock(mutex_);
  owed_ = true;
  changed_.notify_all();
}

void Courier::use(std::shared_ptr<const Equipment> equipment) {
  const std::lock_guard lock(mutex_);
  newer_equipment_ = std::move(equipment);
  owed_ = true;
  changed_.notify_all();
}

void Courier::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

bool Courier::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

void Courier::ask_now() {
  const std::lock_guard lock(mutex_);
  pace_.ask_now(equipment_->clock->now());
  woken_ = true;
  changed_.notify_all();
}

void Courier::wait(base::Instant now, base::Instant until) {
  constexpr auto kLongest = std::chrono::seconds(1);
  const auto patience =
      until == base::Instant::max() ? kLongest : std::min<base::Instant::duration>(until - now, kLongest);
  std::unique_lock lock(mutex_);
  const bool paused = !pace_.may_ask(now);
  changed_.wait_for(lock, patience,
                    [&] { return stopped_ || woken_ || (!paused && (owed_ || !in_hand_.empty())); });
  woken_ = false;
}

std::vector<ledger::Delivered> Courier::receipts() {
  const std::lock_guard lock(mutex_);
  return std::exchange(receipts_, {});
}

void Courier::put_back(std::vector<ledger::Delivered> receipts) {
  const std::lock_guard lock(mutex_);
  receipts_.insert(receipts_.end(), std::make_move_iterator(receipts.begin()),
                   std::make_move_iterator(receipts.end()));
}

void Courier::retired(const std::vector<ledger::Delivered>& receipts) {
  const std::lock_guard lock(mutex_);
  for (const auto& each : receipts) done_.erase(each.outbox);
}

bool Courier::idle() const {
  const std::lock_guard lock(mutex_);
  return pace_.failures() != 0 ||
         (!owed_ && !busy_ && in_hand_.empty() && receipts_.empty() && done_.empty());
}

CourierState Courier::state(base::Instant now) const {
  const std::lock_guard lock(mutex_);
  return {settings_.sink,     pace_.circuit(now), pace_.failures(),
          pace_.not_before(), delivered_,         pace_.failures() == 0 ? std::string() : last_error_};
}

// --- stepping

base::Result<base::Instant> Courier::step(base::Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (newer_equipment_) {
      equipment_ = std::exchange(newer_equipment_, nullptr);
      rereading_->use(*equipment_);
    }
    if (stopped_) return base::Instant::max();
    if (!pace_.may_ask(now)) return pace_.not_before();
    busy_ = true;
  }
  auto outcome = step_once(now);
  const std::lock_guard lock(mutex_);
  busy_ = false;
  changed_.notify_all();
  return outcome;
}

base::Result<base::Instant> Courier::step_once(base::Instant now) {
  MUSUBI_TRY(look_into_the_ledger());
  if (auto few = take_few(); !few.empty()) {
    MUSUBI_TRY(attempt_together(std::move(few)));
    return now;
  }
  if (one_by_one_ != 0) --one_by_one_;
  const auto outbox = next();
  if (outbox == 0) return base::Instant::max();
  const InHand in_hand({ledger::Errand::deliver, outbox, settings_.sink});
  if (auto consignment = take_in_hand(outbox)) {
    MUSUBI_TRY(attempt(*std::move(consignment)));
    return now;
  }
  const auto row = *std::ranges::find(window_, outbox, &ledger::OutboxRow::id);
  auto read = contained([&] { return read_again(row); });
  if (read.has_error()) {
    MUSUBI_TRY(could_not_read(row, read.error()));
    return now;
  }
  MUSUBI_TRY(attempt(*std::move(read)));
  return now;
}

/// What is open and was not handed over, oldest first.
base::Status Courier::look_into_the_ledger() {
  std::size_t most = kWindow;
  {
    const std::lock_guard lock(mutex_);
    if (!owed_ || !window_.empty()) return {};
    owed_ = false;
    most += done_.size();
  }
  bool more = false;
  for (const auto& route : equipment_->routes->to_sink(settings_.sink)) {
    const auto rows = equipment_->ledger->open_outbox_rows(route, 0, most);
    more |= rows.size() == most;
    window_.insert(window_.end(), rows.begin(), rows.end());
  }
  MUSUBI_TRY(equipment_->ledger->health());
  std::ranges::sort(window_, {}, &ledger::OutboxRow::id);
  const std::lock_guard lock(mutex_);
  std::erase_if(window_, [this](const auto& row) { return done_.contains(row.id); });
  owed_ |= more;
  return {};
}

/// One that has failed too often lets the others pass, so that it is seen whether it is its own fault. 0:
/// none.
std::int64_t Courier::next() const {
  std::int64_t first = 0;
  const auto choose = [&](std::int64_t outbox) {
    if (first == 0) first = outbox;
    return !must_let_pass(outbox);
  };
  for (const auto& row : window_) {
    if (choose(row.id)) return row.id;
  }
  if (!window_.empty()) return first;
  const std::lock_guard lock(mutex_);
  for (const auto& [outbox, consignment] : in_hand_) {
    if (choose(outbox)) return outbox;
  }
  return first;
}

bool Courier::must_let_pass(std::int64_t outbox) const {
  const auto trouble = troubles_.find(outbox);
  return trouble != troubles_.end() && trouble->second.failures >= settings_.pacing.retry.attempts &&
         successes_ == trouble->second.successes_then;
}

bool Courier::is_suspect(std::int64_t outbox) const {
  const auto trouble = troubles_.find(outbox);
  return trouble != troubles_.end() && trouble->second.failures >= settings_.pacing.retry.attempts &&
         successes_ != trouble->second.successes_then;
}

std::optional<Consignment> Courier::take_in_hand(std::int64_t outbox) {
  const std::lock_guard lock(mutex_);
  const auto found = in_hand_.find(outbox);
  if (found == in_hand_.end()) return {};
  std::optional<Consignment> taken(std::move(found->second));
  in_hand_.erase(found);
  return taken;
}

/// The oldest, none of which has failed before; none where there is nothing to gain by taking them together.
std::vector<Consignment> Courier::take_few() {
  if (never_together_ || one_by_one_ != 0 || !window_.empty() || !troubles_.empty()) return {};
  const std::lock_guard lock(mutex_);
  if (owed_) return {};  // what was not handed over may be older
  std::size_t records = 0;
  auto end = in_hand_.begin();
  for (std::size_t count = 0; end != in_hand_.end() && count < kTogether; ++end, ++count) {
    records += size_of(end->second);
    if (records > kRecordsTogether) break;
  }
  if (std::distance(in_hand_.begin(), end) < 2) return {};
  std::vector<Consignment> few;
  for (auto each = in_hand_.begin(); each != end; ++each) few.push_back(std::move(each->second));
  in_hand_.erase(in_hand_.begin(), end);
  changed_.notify_all();  // there is room again
  return few;
}

base::Result<Consignment> Courier::read_again(const ledger::OutboxRow& row) {
  MUSUBI_ASSIGN(auto reread, rereading_->read(row));
  const auto& submission = reread.submitted.submission;
  const auto& head = reread.mapping->head();
  const auto routes = equipment_->routes->recipients_for(submission.source, head.record);
  const auto route = std::ranges::find(routes, row.route, &privacy::Route::id);
  if (route == routes.end()) return route_missing(row);
  Consignment consignment{row.id, row.recipient, row.route, {}, {}, terms_of(*equipment_, submission, head)};
  for (auto& load : reread.batches)
    consignment.loads.push_back(std::make_shared<const Outgoing>(std::move(load)));
  auto protectors = protectors_for(*equipment_, {&*route, 1}, consignment.terms);
  consignment.protector = std::make_shared<privacy::Protector>(std::move(protectors.front()));
  return consignment;
}

/// A row that cannot be read again will not be read by trying more often: a person has to look.
base::Status Courier::could_not_read(const ledger::OutboxRow& row, const base::Error& error) {
  if (is_worth_waiting_for(error)) {
    observer_.recipient_away(row.recipient, row.route, error);
    const std::lock_guard lock(mutex_);
    last_error_ = error.code();
    pace_.failed(equipment_->clock->now());
    return {};
  }
  const ledger::Refusal refusal{row.first_row, error.code()};
  MUSUBI_TRY(equipment_->ledger->settle(row.id, {}, {&refusal, 1}));
  observer_.refused(row.recipient, row.route, row.last_row - row.first_row + 1, error.code());
  forget(row.id);
  return {};
}

base::Status Courier::attempt(Consignment consignment) {
  const auto sink = equipment_->sinks.find(settings_.sink);
  const auto begun = equipment_->clock->now();
  base::kill_point("pipeline.before_send");
  const auto handover = contained([&]() -> base::Result<Handover> {
    return is_suspect(consignment.outbox) ? isolate(*sink->second, consignment)
                                          : hand_over(*sink->second, consignment);
  });
  base::kill_point("pipeline.after_send");
  if (handover.has_error()) return note_failure(std::move(consignment), handover.error());
  if (handover->away) return note_failure(std::move(consignment), *handover->away);
  return settle(consignment, *handover, equipment_->clock->now() - begun);
}

/// Where that fails, each is tried by itself, so that it is seen which of them is at fault. Where the process
/// dies of it, the oldest is taken for the cause, and after the start each is tried by itself as well.
base::Status Courier::attempt_together(std::vector<Consignment> few) {
  const auto sink = equipment_->sinks.find(settings_.sink);
  const auto begun = equipment_->clock->now();
  const InHand in_hand({ledger::Errand::deliver, few.front().outbox, settings_.sink});
  base::kill_point("pipeline.before_send");
  const auto handovers = contained([&] { return hand_over_together(*sink->second, few); });
  base::kill_point("pipeline.after_send");
  if (!handovers.has_error()) {
    std::size_t records = 0;
    const auto time_of_each =
        (equipment_->clock->now() - begun) / static_cast<base::Instant::rep>(few.size());
    for (std::size_t index = 0; index < few.size(); ++index) {
      MUSUBI_TRY(settle(few[index], (*handovers)[index], time_of_each));
      records += size_of(few[index]);
    }
    const std::lock_guard lock(mutex_);
    pace_.succeeded(equipment_->clock->now(), records);  // a quota counts all of them
    return {};
  }
  never_together_ = root_of(handovers.error()).code() == "adapter.not_together";
  one_by_one_ = few.size();
  const std::lock_guard lock(mutex_);
  for (auto& each : few) in_hand_.insert_or_assign(each.outbox, std::move(each));
  return {};
}

base::Status Courier::settle(const Consignment& consignment, const Handover& handover,
                             base::Instant::duration time) {
  const auto now = equipment_->clock->now();
  if (!handover.refused.empty())
    MUSUBI_TRY(equipment_->ledger->settle(consignment.outbox, handover.receipt, handover.refused));
  const auto all = size_of(consignment);
  const auto refused = handover.receipt.empty() ? all : handover.refused.size();
  {
    const std::lock_guard lock(mutex_);
    if (handover.refused.empty()) {
      receipts_.push_back({consignment.outbox, handover.receipt});
      done_.insert(consignment.outbox);
    }
    delivered_ += all - refused;
    ++successes_;
    pace_.succeeded(now, all);
  }
  forget(consignment.outbox);
  if (all != refused) observer_.delivered(consignment.recipient, consignment.route, all - refused, time);
  if (refused != 0)
    observer_.refused(consignment.recipient, consignment.route, refused, handover.refused.front().cause);
  return {};
}

base::Status Courier::note_failure(Consignment consignment, const base::Error& error) {
  observer_.recipient_away(consignment.recipient, consignment.route, error);
  const auto outbox = consignment.outbox;
  auto& trouble = troubles_[outbox];
  if (trouble.failures++ == 0) trouble.successes_then = successes_;
  {
    const std::lock_guard lock(mutex_);
    last_error_ = root_of(error).code();
    pace_.failed(equipment_->clock->now());
    in_hand_.insert_or_assign(outbox, std::move(consignment));
  }
  return equipment_->ledger->note_attempt(outbox, root_of(error).code());
}

void Courier::forget(std::int64_t outbox) {
  troubles_.erase(outbox);
  std::erase_if(window_, [outbox](const auto& row) { return row.id == outbox; });
}

}  // namespace musubi::pipeline
