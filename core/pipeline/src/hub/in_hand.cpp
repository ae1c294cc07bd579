#include "in_hand.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>

#include "musubi/base/file.h"
#include "musubi/pipeline/hub.h"

namespace musubi::pipeline {

/// As it lies in the file.
struct Hand::Slot {
  std::atomic<std::uint32_t> errand = 0;  ///< 1 + ledger::Errand; 0: the hand is empty
  std::atomic<std::uint32_t> blamed = 0;
  std::atomic<std::int64_t> id = 0;
};

namespace {

using ledger::Errand;
using Slot = Hand::Slot;

constexpr std::string_view kMagic = "musubi 1";  ///< first bytes of the file; changes with its form
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;
constexpr std::uint32_t kErrands = 3;

static_assert(std::atomic<std::uint32_t>::is_always_lock_free &&
              std::atomic<std::int64_t>::is_always_lock_free);

/// The bytes of a slot.
struct Written {
  std::uint32_t errand, blamed;
  std::int64_t id;
};
static_assert(sizeof(Written) == sizeof(Slot));

std::filesystem::path file_in(const std::filesystem::path& home) { return home / "in-hand"; }

/// Of the errand that this thread is inside an adapter for.
thread_local Slot* inside = nullptr;

constexpr std::array kDeadly{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
std::array<struct sigaction, kDeadly.size()> handled_before;  // NOLINT: a signal handler has no other place

/// Notes whose fault it is and lets what was to happen happen. Async-signal-safe.
void note_whose_fault(int number, siginfo_t* info, void* /*context*/) {
  if (inside != nullptr) inside->blamed.store(1, std::memory_order_relaxed);
  for (std::size_t index = 0; index < kDeadly.size(); ++index)
    if (kDeadly[index] == number) ::sigaction(number, &handled_before[index], nullptr);
  const bool happens_again = info != nullptr && info->si_code > 0;  // a fault of the instruction itself
  if (!happens_again) ::raise(number);
}

std::vector<Written> slots_in(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return {};
  bytes.remove_prefix(kMagic.size());
  std::vector<Written> slots(bytes.size() / sizeof(Written));
  std::memcpy(slots.data(), bytes.data(), slots.size() * sizeof(Written));
  return slots;
}

}  // namespace

std::vector<Task> left_in_hand(const std::filesystem::path& home) {
  const auto bytes = base::read_file(file_in(home), kMostBytes);
  return bytes.has_error() ? std::vector<Task>() : tasks_left(*bytes);
}

std::vector<Task> tasks_left(std::string_view bytes) {
  auto slots = slots_in(bytes);
  std::erase_if(
      slots, [](const Written& each) { return each.errand == 0 || each.errand > kErrands || each.id <= 0; });
  const bool known = std::ranges::any_of(slots, [](const Written& each) { return each.blamed != 0; });
  if (known) std::erase_if(slots, [](const Written& each) { return each.blamed == 0; });
  std::vector<Task> tasks;
  for (const auto& each : slots)
    tasks.push_back({static_cast<Errand>(each.errand - 1), each.id, {}, each.blamed != 0});
  return tasks;
}

void blame_adapters_for_crashes() {
  struct sigaction action {};
  action.sa_sigaction = note_whose_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  ::sigemptyset(&action.sa_mask);
  for (std::size_t index = 0; index < kDeadly.size(); ++index)
    ::sigaction(kDeadly[index], &action, &handled_before[index]);
}

// --- one hand

void Hand::take(const Task& task) {
  {
    const std::lock_guard lock(mutex_);
    task_ = task;
  }
  slot_.id = task.id;
  slot_.blamed = 0;
  slot_.errand = 1 + static_cast<std::uint32_t>(task.errand);
}

void Hand::lay_down() {
  slot_.errand = 0;
  slot_.blamed = 0;
  const std::lock_guard lock(mutex_);
  task_.reset();
}

std::optional<Hand::Time::duration> Hand::inside_for(Time now) const {
  const auto since = inside_since_.load();
  if (since == 0) return {};
  return now - Time(Time::duration(since));
}

std::optional<Task> Hand::task() const {
  const std::lock_guard lock(mutex_);
  return task_;
}

void Hand::blame() { slot_.blamed = 1; }

Hand*& Hand::of_this_thread() {
  thread_local Hand* mine = nullptr;
  return mine;
}

InsideAdapter::InsideAdapter(Hand* hand) : hand_(hand) {
  if (hand_ != nullptr && inside == &hand_->slot()) hand_ = nullptr;  // within another, which goes on
  if (hand_ == nullptr) return;
  inside = &hand_->slot();
  hand_->go_in(std::chrono::steady_clock::now());
}

InsideAdapter::~InsideAdapter() {
  if (hand_ == nullptr) return;
  hand_->come_out();
  inside = nullptr;
}

// --- the hands of a hub

Hands::Hands(void* mapped, std::size_t bytes, std::size_t count, std::size_t lent)
    : mapped_(mapped), bytes_(bytes) {
  auto* place = static_cast<char*>(mapped) + kMagic.size();
  for (std::size_t made = 0; made < count; ++made, place += sizeof(Slot))
    hands_.push_back(std::make_unique<Hand>(*new (place) Slot));
  for (auto each = hands_.end() - static_cast<std::ptrdiff_t>(lent); each != hands_.end(); ++each)
    free_.push_back(each->get());
}

Hands::~Hands() { ::munmap(mapped_, bytes_); }

base::Result<std::unique_ptr<Hands>> Hands::open(const std::filesystem::path& home, std::size_t given,
                                                 std::size_t lent) {
  const auto count = given + lent;
  const auto file = file_in(home);
  const auto bytes = kMagic.size() + count * sizeof(Slot);
  std::string empty(kMagic);
  empty.resize(bytes, '\0');
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written =
      descriptor >= 0 && ::write(descriptor, empty.data(), bytes) == static_cast<ssize_t>(bytes);
  void* const mapped =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, written ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS,
             written ? descriptor : -1, 0);
  const int failure = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (mapped == MAP_FAILED) return base::file_error(failure, file);
  return std::unique_ptr<Hands>(new Hands(mapped, bytes, count, lent));
}

void Hands::give_one() { Hand::of_this_thread() = hands_.at(given_++).get(); }

Hand* Hands::lend() {
  const std::lock_guard lock(lending_);
  if (free_.empty()) return nullptr;
  auto* hand = free_.back();
  free_.pop_back();
  return hand;
}

void Hands::take_back(Hand* hand) {
  const std::lock_guard lock(lending_);
  free_.push_back(hand);
}

std::vector<Hands::Stuck> Hands::stuck(std::chrono::milliseconds limit) const {
  const auto now = std::chrono::steady_clock::now();
  std::vector<Stuck> found;
  for (const auto& each : hands_) {
    const auto time = each->inside_for(now);
    if (!time || *time < limit) continue;
    if (const auto task = each->task()) found.push_back({*task, *time});
  }
  return found;
}

void Hands::blame_stuck(std::chrono::milliseconds limit) {
  const auto now = std::chrono::steady_clock::now();
  for (const auto& each : hands_)
    if (const auto time = each->inside_for(now); time && *time >= limit) each->blame();
}

}  // namespace musubi::pipeline
