#include "trial_watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <csignal>
#include <optional>
#include <ostream>
#include <thread>

namespace musubi::app {
namespace {

namespace fs = std::filesystem;
using base::say;
using Paths = std::vector<fs::path>;

constexpr auto kPause = std::chrono::milliseconds(200);
constexpr std::string_view kScreenRule = "────────────────────────────────────────";

std::atomic<bool> told_to_end = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler writes it");

/// As long as it lives, Ctrl-C sets told_to_end instead of ending the program.
class EndOnSignal {
 public:
  EndOnSignal() : before_(std::signal(SIGINT, [](int) { told_to_end = true; })) { told_to_end = false; }
  ~EndOnSignal() { std::signal(SIGINT, before_); }
  EndOnSignal(const EndOnSignal&) = delete;
  EndOnSignal& operator=(const EndOnSignal&) = delete;

 private:
  void (*before_)(int);
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// Lines of `of` that `other` does not have, each after `sign`.
std::string lines_only_in(const std::string& of, const std::string& other, char sign) {
  const auto known = lines_of(other);
  std::string text;
  for (const auto& line : lines_of(of))
    if (std::ranges::find(known, line) == known.end()) text += sign + line + '\n';
  return text;
}

std::string changed_record(const std::string& before, const std::string& after) {
  const auto title = lines_of(after).front();
  return "  " + title + '\n' + lines_only_in(before, after, '-') + lines_only_in(after, before, '+');
}

/// What a trial rests on.
Paths watched(const Settings& settings, const TrialOptions& options) {
  Paths paths{settings.file,     settings.catalogue, settings.value_sets,
              settings.mappings, settings.checks,    fs::path(options.file)};
  paths.insert(paths.end(), settings.overlays.begin(), settings.overlays.end());
  if (options.mapping.ends_with(".yaml")) paths.emplace_back(options.mapping);
  return paths;
}

/// nullopt: the trial failed, and `out` says why.
std::optional<TrialRecords> records_of(const CommonOptions& common, const TrialOptions& options,
                                       std::ostream& out) {
  Workshop workshop(common);
  TrialRecords records;
  const auto done = run_trial(workshop, options, [&](const boost::json::object& record) {
    records[record.at("row").to_number<std::uint64_t>()] = text_of(record, common.language);
    return records.size() < kMostWatched;
  });
  if (!done.has_error()) return records;
  out << base::describe(common.language, done.error()) << '\n';
  return std::nullopt;
}

}  // namespace

std::string difference(const TrialRecords& before, const TrialRecords& after, base::Language language) {
  std::string text;
  std::size_t changed = 0, added = 0, removed = 0;
  for (const auto& [row, record] : after) {
    const auto known = before.find(row);
    if (known == before.end()) {
      ++added;
      text += lines_only_in(record, {}, '+');
    } else if (known->second != record) {
      ++changed;
      text += changed_record(known->second, record);
    }
  }
  for (const auto& [row, record] : before) {
    if (after.contains(row)) continue;
    ++removed;
    text += lines_only_in(record, {}, '-');
  }
  return text +
         say(language, "app.watch.difference",
             {{"changed", std::to_string(changed)},
              {"added", std::to_string(added)},
              {"removed", std::to_string(removed)},
              {"same", std::to_string(after.size() - changed - added)}}) +
         '\n';
}

FileStates::FileStates(const Paths& paths) {
  for (const auto& path : paths) {
    std::error_code failure;
    if (!fs::is_directory(path, failure)) {
      add(path);
      continue;
    }
    for (fs::recursive_directory_iterator entry(path, failure), end; !failure && entry != end;
         entry.increment(failure))
      if (entry->path().extension() == ".yaml" || entry->path().extension() == ".csv") add(entry->path());
  }
}

void FileStates::add(const fs::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return;
  states_[file.string()] = {found.st_mtim.tv_sec, found.st_mtim.tv_nsec, found.st_size,
                            static_cast<std::int64_t>(found.st_ino)};
}

bool wait_for_changes(const Paths& paths, const FileStates& since) {
  const EndOnSignal end_on_signal;
  while (!told_to_end) {
    if (FileStates(paths) != since) return true;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

base::Status watch_trial(const CommonOptions& common, const TrialOptions& options, std::ostream& out,
                         const WaitForChanges& wait) {
  Workshop workshop(common);
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  const auto paths = watched(*settings, options);
  std::optional<TrialRecords> last;
  for (;;) {
    const FileStates since(paths);  // taken first: what is saved during the trial counts
    auto now = records_of(common, options, out);
    if (now && last)
      out << difference(*last, *now, common.language);
    else if (now)
      for (const auto& [row, text] : *now) out << text;
    if (now) last = std::move(now);
    out << kScreenRule << '\n' << say(common.language, "app.watch.waiting") << std::endl;
    if (!wait(paths, since)) return {};
  }
}

}  // namespace musubi::app
