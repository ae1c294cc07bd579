#include "watched_folder.h"

#include <algorithm>
#include <cerrno>
#include <functional>

#include "musubi/base/file.h"
#include "musubi/base/kill_point.h"
#include "safe_name.h"

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;
using std::chrono::milliseconds;

}  // namespace

WatchedFolder::WatchedFolder(DropFolderSettings settings, const FolderSurroundings& surroundings)
    : settings_(std::move(settings)),
      around_(surroundings),
      dropped_(settings_, around_.operations),
      claims_(settings_.folder, settings_.hub, around_.operations),
      set_aside_(settings_.archive, settings_.refused, settings_.folder / "refused", around_.operations),
      back_off_(settings_.back_off, std::hash<std::string>()(settings_.folder.string())) {}

milliseconds WatchedFolder::look(const std::stop_token& stop) {
  const auto now = around_.clock.now();
  if (const auto opened = claims_.open(); opened.has_error()) {
    around_.board.failed(opened.error());
    return settings_.scan_every;
  }
  take_over_claims();
  const auto scan = dropped_.scan(now);
  if (scan.failure != 0) around_.board.failed(base::file_error(scan.failure, scan.failed));
  if (!is_paused(now) && !work_off(scan.complete, stop)) pause(now);
  if (const auto today = base::day_in_japan(now); cleaned_on_ != today) {
    set_aside_.remove_old(now, settings_.keep_days);
    cleaned_on_ = today;
  }
  FileFacts still_there;
  const auto left = std::ranges::count_if(scan.complete, [&](const std::string& name) {
    return around_.operations.inspect(settings_.folder / name, still_there) == 0;
  });
  around_.board.waiting(scan.incomplete + held_.size() + static_cast<std::uint64_t>(left));
  const auto next = scan.incomplete > 0 ? std::min(scan.next, settings_.scan_every) : settings_.scan_every;
  return is_paused(now) ? std::min(next, pause_) : next;
}

bool WatchedFolder::is_paused(base::Instant now) const {
  return now >= paused_at_ && now - paused_at_ < pause_;
}

void WatchedFolder::pause(base::Instant now) {
  paused_at_ = now;
  pause_ = back_off_.next();
}

// The sentinel of a file that a hub claimed before it was gone.
void WatchedFolder::take_over_claims() {
  for (auto& claim : claims_.take_over()) {
    FileFacts facts;
    if (around_.operations.inspect(settings_.folder / claim.name, facts) == ENOENT &&
        settings_.complete_by == CompleteBy::sentinel)
      around_.operations.remove(dropped_.sentinel_of(claim.name));
    held_.push_back(std::move(claim));
  }
}

// What failed before comes last, so that it keeps nothing else from being taken. False: the reception takes
// nothing now.
bool WatchedFolder::work_off(const std::vector<std::string>& complete, const std::stop_token& stop) {
  if (!work_off_held(false, stop)) return false;
  for (const auto& name : complete) {
    if (stop.stop_requested()) return true;
    if (!claim_and_handle(name)) return false;
  }
  return work_off_held(true, stop);
}

bool WatchedFolder::work_off_held(bool tried_before, const std::stop_token& stop) {
  std::ranges::stable_sort(held_, {}, &Claim::attempts);
  auto claim =
      std::ranges::find_if(held_, [&](const Claim& each) { return (each.attempts > 0) == tried_before; });
  while (claim != held_.end() && (claim->attempts > 0) == tried_before && !stop.stop_requested()) {
    const auto outcome = handle(*claim);
    if (outcome != Outcome::done) {
      ++claim->attempts;
      return outcome == Outcome::not_set_aside;
    }
    claim = held_.erase(claim);
  }
  return true;
}

bool WatchedFolder::claim_and_handle(const std::string& name) {
  auto claimed = claims_.claim(name);
  if (claimed.has_error()) {
    around_.board.failed(claimed.error());
    return true;
  }
  if (!*claimed) return true;
  auto& claim = **claimed;
  base::kill_point("intake.claimed");
  if (settings_.complete_by == CompleteBy::sentinel) around_.operations.remove(dropped_.sentinel_of(name));
  const auto outcome = handle(claim);
  if (outcome == Outcome::done) return true;
  ++claim.attempts;
  held_.push_back(std::move(claim));
  return outcome == Outcome::not_set_aside;
}

WatchedFolder::Outcome WatchedFolder::handle(Claim& claim) {
  FileFacts facts;
  const int failure = around_.operations.inspect(claim.file(), facts);
  if (failure != 0 && failure != ENOENT) {
    around_.board.failed(base::file_error(failure, claim.file()));
    return Outcome::not_set_aside;
  }
  if (failure == 0) {
    if (const auto handed_over = hand_over(claim, facts); handed_over.has_error()) {
      around_.board.failed(handed_over.error());
      return Outcome::not_taken;
    }
    if (const auto moved = set_aside(claim); moved.has_error()) {
      around_.board.failed(moved.error());
      return Outcome::not_set_aside;
    }
  }
  base::kill_point("intake.before_release");
  claims_.release(claim);
  return Outcome::done;
}

// Somebody who had the file open before it was claimed may write to it still: then it is taken again.
base::Status WatchedFolder::hand_over(Claim& claim, const FileFacts& facts) {
  if (claim.taken || claim.reason) return {};
  claim.reason = reason_against(facts);
  if (claim.reason) return {};
  const auto taken = around_.reception.take({.source = settings_.source,
                                             .file = claim.file(),
                                             .name = safe_name(claim.name, "file"),
                                             .from = settings_.name});
  if (taken.has_error()) {
    if (!is_about_the_parcel(taken.error())) return taken.error();
    claim.reason = taken.error();
    return {};
  }
  back_off_.reset();
  around_.board.received(around_.clock.now(), *taken);
  FileFacts after;
  if (around_.operations.inspect(claim.file(), after) != 0 || after != facts)
    return Error(ErrorKind::unavailable, "intake.changed_while_taken").at({.file = claim.name});
  claim.taken = true;
  base::kill_point("intake.before_archive");
  return {};
}

base::Status WatchedFolder::set_aside(const Claim& claim) {
  const auto now = around_.clock.now();
  if (!claim.reason) return set_aside_.archive(claim.file(), claim.name, now);
  MUSUBI_TRY(set_aside_.refuse(claim.file(), claim.name, *claim.reason, now));
  around_.board.refused(*claim.reason);
  return {};
}

std::optional<Error> WatchedFolder::reason_against(const FileFacts& facts) const {
  switch (facts.kind) {
    case FileKind::symbolic_link:
      return Error(ErrorKind::refused, "intake.symbolic_link");
    case FileKind::folder:
      return Error(ErrorKind::refused, "intake.folder");
    case FileKind::other:
      return Error(ErrorKind::refused, "intake.not_regular");
    case FileKind::regular:
      break;
  }
  if (settings_.source.empty()) return Error(ErrorKind::refused, "intake.no_source_folder");
  if (facts.bytes == 0) return Error(ErrorKind::bad_input, "intake.empty");
  if (facts.links > 1) return Error(ErrorKind::refused, "intake.hard_linked");
  if (facts.bytes > settings_.most_bytes)
    return Error(ErrorKind::limit_exceeded, "intake.too_large",
                 {{"limit", std::to_string(settings_.most_bytes)}});
  return std::nullopt;
}

}  // namespace musubi::intake
