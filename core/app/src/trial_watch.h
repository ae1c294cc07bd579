// `musubi try --watch`: a trial again and again while its mapping is written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "trial.h"

namespace musubi::app {

/// The records of a trial as text, by row.
using TrialRecords = std::map<std::uint64_t, std::string>;

/// What is different, record by record: lines that went (-), lines that came (+), and in the end how many
/// records changed.
std::string difference(const TrialRecords& before, const TrialRecords& after, base::Language language);

/// What can be seen of files without reading them: time, size and identity of each that is there.
class FileStates {
 public:
  /// Of files, and of the *.yaml and *.csv below folders.
  explicit FileStates(const std::vector<std::filesystem::path>& paths);
  bool operator==(const FileStates&) const = default;

 private:
  void add(const std::filesystem::path& file);
  std::map<std::string, std::vector<std::int64_t>> states_;
};

/// Returns when the files are no longer as they were: true; or when the program is told to end (Ctrl-C):
/// false.
using WaitForChanges =
    std::function<bool(const std::vector<std::filesystem::path>& paths, const FileStates& since)>;
bool wait_for_changes(const std::vector<std::filesystem::path>& paths, const FileStates& since);

/// Shows the first result, and after each change of the mapping, of what it rests on or of the file what is
/// different. What cannot be read is told, and the next change waited for. Ends without error when `wait`
/// does. At most the first kMostWatched records are compared.
inline constexpr std::size_t kMostWatched = 20'000;
base::Status watch_trial(const CommonOptions& common, const TrialOptions& options, std::ostream& out,
                         const WaitForChanges& wait);

}  // namespace musubi::app
