#include "set_aside.h"

#include <fmt/format.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "musubi/base/file.h"
#include "musubi/base/messages.h"
#include "musubi/base/shown_text.h"
#include "safe_name.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kMostTries = 10'000;

std::string day_text(base::Instant when) {
  const std::chrono::year_month_day day(base::day_in_japan(when));
  return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

/// "2020-04-20", as day_text() writes it and nobody else.
bool is_day(const std::string& name) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (name.size() != kShape.size()) return false;
  for (std::size_t at = 0; at < kShape.size(); ++at) {
    const bool digit = name[at] >= '0' && name[at] <= '9';
    if (kShape[at] == 'd' ? !digit : name[at] != '-') return false;
  }
  return true;
}

base::Status status_of(int failure, const fs::path& path) {
  if (failure != 0) return base::file_error(failure, path);
  return {};
}

}  // namespace

std::string reason_text(const std::string& name, const base::Error& reason, base::Instant when) {
  using base::Language;
  std::string text = "\xEF\xBB\xBF";
  const auto line = [&](std::string_view written) { text.append(written).append("\r\n"); };
  line(base::printable(base::as_utf8(name)));
  line(fmt::format("{}  {}", base::to_text(when), reason.code()));
  for (const auto language : {Language::japanese, Language::english}) {
    line("");
    line(base::sentence(language, reason));
    line(base::remedy(language, reason));
  }
  return text;
}

SetAside::SetAside(fs::path archive, fs::path refused, fs::path nearby, FileOperations& operations)
    : archive_(std::move(archive)),
      refused_(std::move(refused)),
      nearby_(std::move(nearby)),
      operations_(operations) {}

base::Status SetAside::archive(const fs::path& file, const std::string& name, base::Instant now) {
  const auto folder = archive_ / day_text(now);
  int failure = make(folder);
  for (unsigned nth = 1; failure == 0 || failure == EEXIST; ++nth) {
    failure = move_across(file, folder / numbered_name(name, nth));
    if (failure == 0 || nth == kMostTries) break;
  }
  if (failure == 0) failure = operations_.sync(folder);
  return status_of(failure, folder);
}

base::Status SetAside::refuse(const fs::path& file, const std::string& name, const base::Error& reason,
                              base::Instant now) {
  const auto text = reason_text(name, reason, now);
  int failure = refuse_into(refused_, file, name, text);
  FileFacts facts;
  if (failure == EXDEV && operations_.inspect(file, facts) == 0)
    failure = refuse_into(nearby_, file, name, text);
  return status_of(failure, refused_);
}

// The reason comes first: it holds the name for the file, and no file ever lies there without one.
int SetAside::refuse_into(const fs::path& folder, const fs::path& file, const std::string& name,
                          const std::string& text) {
  int failure = make(folder);
  for (unsigned nth = 1; failure == 0 || failure == EEXIST; ++nth) {
    const auto target = folder / numbered_name(name, nth);
    const auto explanation = fs::path(target).concat(".reason.txt");
    failure = operations_.create(explanation, text);
    if (failure == EEXIST && nth < kMostTries) continue;
    if (failure != 0) return failure;
    failure = move_across(file, target);
    if (failure == 0) return operations_.sync(folder);
    operations_.remove(explanation);
    if (nth == kMostTries) break;
  }
  return failure;
}

/// The last part, and whatever is missing above it.
int SetAside::make(const fs::path& folder) {
  int failure = operations_.make_folder(folder);
  if (failure == ENOENT && folder.has_parent_path() && folder.parent_path() != folder) {
    failure = make(folder.parent_path());
    if (failure == 0) failure = operations_.make_folder(folder);
  }
  return failure == EEXIST ? 0 : failure;
}

// To another file system only the bytes of a regular file can go; under a name of ours until they are all
// there.
int SetAside::move_across(const fs::path& from, const fs::path& to) {
  int failure = operations_.move(from, to);
  if (failure != EXDEV) return failure;
  FileFacts facts;
  failure = operations_.inspect(from, facts);
  if (failure != 0) return failure;
  if (facts.kind != FileKind::regular) return EXDEV;
  const auto being_copied = to.parent_path() / fmt::format(".{}.part", facts.inode);
  if (failure = operations_.copy(from, being_copied); failure != 0) return failure;
  if (failure = operations_.move(being_copied, to); failure != 0) return failure;
  if (failure = operations_.sync(to.parent_path()); failure != 0) return failure;
  return operations_.remove(from);
}

void SetAside::remove_old(base::Instant now, std::uint32_t keep_days) {
  if (keep_days == 0) return;
  const auto oldest = day_text(now - std::chrono::days(keep_days));
  std::error_code failure;
  std::vector<fs::path> old;
  for (fs::directory_iterator entry(archive_, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (const auto name = entry->path().filename().string(); is_day(name) && name < oldest)
      old.push_back(entry->path());
  for (const auto& each : old) fs::remove_all(each, failure);
}

}  // namespace musubi::intake
