#include "dropped.h"

#include <fnmatch.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::string_view kSentinel = ".done";

}  // namespace

bool is_ignored(const std::string& name, const std::vector<std::string>& patterns) {
  return name.starts_with('.') || std::ranges::any_of(patterns, [&](const std::string& pattern) {
           return ::fnmatch(pattern.c_str(), name.c_str(), FNM_CASEFOLD) == 0;
         });
}

Dropped::Dropped(const DropFolderSettings& settings, FileOperations& operations)
    : settings_(settings), operations_(operations) {}

fs::path Dropped::sentinel_of(const std::string& name) const {
  return settings_.folder / (name + std::string(kSentinel));
}

bool Dropped::is_sentinel(const std::string& name) const {
  return settings_.complete_by == CompleteBy::sentinel && name.ends_with(kSentinel);
}

std::vector<std::string> Dropped::names(Scan& scan) const {
  std::error_code failure;
  std::vector<std::string> names;
  fs::directory_iterator entry(settings_.folder, failure);
  for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure)) {
    auto name = entry->path().filename().string();
    if (!own_.contains(name) && !is_sentinel(name) && !is_ignored(name, settings_.ignore))
      names.push_back(std::move(name));
  }
  if (failure) scan = {.failure = failure.value(), .failed = settings_.folder};
  return names;
}

Dropped::Scan Dropped::scan(base::Instant now) {
  Scan scan;
  std::map<std::string, Seen> still_there;
  std::vector<std::pair<std::int64_t, std::string>> complete;
  for (const auto& name : names(scan)) {
    FileFacts facts;
    const int failure = operations_.inspect(settings_.folder / name, facts);
    if (failure == ENOENT) continue;
    if (failure != 0) {
      scan.failure = failure;
      scan.failed = settings_.folder / name;
      ++scan.incomplete;
      continue;
    }
    const auto& file = still_there[name] = seen(name, facts, now);
    const auto quiet = quiet_time(name, file);
    const auto left = std::chrono::ceil<milliseconds>(file.since + quiet - now);
    if (quiet >= milliseconds(0) && left <= milliseconds(0)) {
      complete.emplace_back(facts.modified, name);
    } else {
      const auto next = quiet < milliseconds(0) ? settings_.scan_every : left;
      scan.next = scan.incomplete++ == 0 ? next : std::min(scan.next, next);
    }
  }
  seen_ = std::move(still_there);
  finished_.clear();
  std::ranges::sort(complete);
  for (auto& [modified, name] : complete) scan.complete.push_back(std::move(name));
  return scan;
}

// A clock that stepped back makes a file wait anew, and one that went ahead lets it pass only if it is still
// the same at the next look.
Dropped::Seen Dropped::seen(const std::string& name, const FileFacts& facts, base::Instant now) {
  const bool finished = finished_.contains(name);
  const auto known = seen_.find(name);
  if (known == seen_.end() || known->second.facts != facts || known->second.since > now)
    return {.facts = facts, .since = now, .finished = finished};
  auto same = known->second;
  same.finished = same.finished || finished;
  return same;
}

bool Dropped::has_sentinel(const std::string& name, const FileFacts& facts) const {
  FileFacts sentinel;
  return operations_.inspect(sentinel_of(name), sentinel) == 0 && sentinel.kind == FileKind::regular &&
         sentinel.modified >= facts.modified;
}

milliseconds Dropped::quiet_time(const std::string& name, const Seen& seen) const {
  if (seen.facts.kind != FileKind::regular) return settings_.settle;
  switch (settings_.complete_by) {
    case CompleteBy::rename:
      return seen.finished ? milliseconds(0) : settings_.settle;
    case CompleteBy::sentinel:
      return has_sentinel(name, seen.facts) ? settings_.settle_closed : milliseconds(-1);
    case CompleteBy::stable:
      break;
  }
  return seen.finished ? settings_.settle_closed : settings_.settle;
}

}  // namespace musubi::intake
