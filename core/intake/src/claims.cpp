#include "claims.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <utility>

#include "musubi/base/file.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLock = "lock", kBeingMade = ".new";

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code failure;
  std::vector<fs::path> entries;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
    entries.push_back(entry->path());
  std::ranges::sort(entries);
  return entries;
}

/// Held as long as the descriptor is open; not open when another hub holds it.
Descriptor locked(const fs::path& file, int flags) {
  Descriptor descriptor(::open(file.c_str(), flags | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0640));
  if (descriptor.is_open() && ::flock(descriptor.number(), LOCK_EX | LOCK_NB) != 0) return Descriptor();
  return descriptor;
}

std::string unique_text() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

bool is_fine(int result) { return result == 0 || result == EEXIST; }

}  // namespace

Claims::Claims(const fs::path& folder, std::string hub, FileOperations& operations)
    : watched_(folder), all_(folder / ".claimed"), hub_(std::move(hub)), operations_(operations) {}

Claims::~Claims() {
  if (!lock_.is_open() || entries_of(own_).size() != 1) return;
  operations_.remove(own_ / kLock);
  operations_.remove(own_);
}

// The place gets its name with the lock held already: others never find it without.
base::Status Claims::open() {
  std::error_code unknown;
  if (lock_.is_open() && fs::exists(own_ / kLock, unknown)) return {};
  if (const int failure = operations_.make_folder(all_); !is_fine(failure))
    return base::file_error(failure, all_);
  const auto place = all_ / fmt::format("{}-{}", hub_, unique_text());
  const auto being_made = fs::path(place).concat(kBeingMade);
  if (const int failure = operations_.make_folder(being_made); failure != 0)
    return base::file_error(failure, being_made);
  auto lock = locked(being_made / kLock, O_CREAT);
  if (!lock.is_open()) return base::file_error(errno, being_made);
  if (const int failure = operations_.move(being_made, place); failure != 0)
    return base::file_error(failure, place);
  lock_ = std::move(lock);
  own_ = place;
  return {};
}

fs::path Claims::next_folder() { return own_ / std::to_string(++used_); }

base::Result<std::optional<Claim>> Claims::claim(const std::string& name) {
  const Claim claim{.folder = next_folder(), .name = name};
  if (const int failure = operations_.make_folder(claim.folder); failure != 0)
    return base::file_error(failure, claim.folder);
  const int failure = operations_.move(watched_ / name, claim.file());
  if (failure == 0) return std::optional(claim);
  operations_.remove(claim.folder);
  if (failure == ENOENT) return std::optional<Claim>();
  return base::file_error(failure, watched_ / name);
}

std::vector<Claim> Claims::take_over() {
  std::vector<Claim> claims;
  for (const auto& place : entries_of(all_))
    if (place != own_ && place.extension() != kBeingMade) take_over_from(place, claims);
  return claims;
}

// The lock goes last: a place without one is empty.
void Claims::take_over_from(const fs::path& place, std::vector<Claim>& into) {
  const auto lock = locked(place / kLock, 0);
  if (!lock.is_open() && errno != ENOENT) return;
  for (const auto& each : entries_of(place)) {
    if (each.filename() == kLock) continue;
    const auto folder = next_folder();
    if (operations_.move(each, folder) != 0) return;
    const auto files = entries_of(folder);
    for (const auto& file : files) into.push_back({.folder = folder, .name = file.filename().string()});
    if (files.empty()) operations_.remove(folder);
  }
  operations_.remove(place / kLock);
  operations_.remove(place);
}

void Claims::release(const Claim& claim) { operations_.remove(claim.folder); }

}  // namespace musubi::intake
