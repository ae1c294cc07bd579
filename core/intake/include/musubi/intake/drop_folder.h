// A watched folder: what a sender puts into it is taken when it is complete, and archived when it has been
// taken. Nothing is lost by a crash at any step, and two hubs may watch the same folder:
//
//   FOLDER/NAME                             dropped
//   FOLDER/.claimed/<hub>-<id>/<n>/NAME     claimed: renamed, so that only one hub has it; a claim whose hub
//   is
//                                           gone (its lock is free) is taken over by the next look of any hub
//   ARCHIVE/2020-04-20/NAME                 taken, and only then moved here
//   REFUSED/NAME, NAME.reason.txt           set aside, with the reason in Japanese and English
//
// Nothing is followed (symbolic links), waited for (pipes) or overwritten (names are made unique).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "musubi/intake/back_off.h"
#include "musubi/intake/parcel.h"
#include "musubi/intake/way_in.h"

namespace musubi::intake {

/// How a file is known to be complete. In each case a file that nobody was seen to finish (it was there
/// before the hub, or the file system does not report changes) is complete when it has not changed for
/// `settle`.
enum class CompleteBy : std::uint8_t {
  stable,   ///< not changed for `settle`, or for `settle_closed` since it was closed or renamed into the
            ///< folder
  rename,   ///< at once when it was closed or renamed into the folder
  sentinel  ///< only when NAME.done, which is not older, lies beside it
};
std::string_view name_of(CompleteBy how) noexcept;

struct DropFolderSettings {
  std::string name{};              ///< of this way in, e.g. "inbox-tokyo"
  std::filesystem::path folder{};  ///< made where it is missing
  std::string source{};  ///< of every file; empty: each folder in `folder` is named after its source
  /// With an empty `source`: those whose folders are made where they are missing, so that people find them.
  std::vector<std::string> sources{};
  std::string hub{"hub"};  ///< this hub among those that watch the folder: letters, digits, - and _
  CompleteBy complete_by = CompleteBy::stable;
  std::chrono::milliseconds settle{2'000}, settle_closed{300};
  std::chrono::milliseconds scan_every{10'000};  ///< even when nothing is reported
  /// Shell patterns of names that are none of ours, capital letters as small ones. Names that begin with a
  /// dot never are.
  std::vector<std::string> ignore = {"*.tmp", "*.part", "*.partial", "*.filepart", "*.crdownload",
                                     "~$*",   "*.swp",  "thumbs.db", "desktop.ini"};
  std::uint64_t most_bytes = std::uint64_t{512} << 20;
  std::filesystem::path archive{}, refused{};  ///< empty: folders archive and refused beside the files
  std::uint32_t keep_days = 30;                ///< in the archive; 0: for ever
  BackOffPolicy back_off{};                    ///< while the reception does not take
};

class FileOperations;

/// Threads: look() one at a time, health() any.
class DropFolder final : public WayIn {
 public:
  /// `reception` and `clock` must outlive it. A folder that cannot be watched is an error of the first look,
  /// not of this.
  DropFolder(DropFolderSettings settings, Reception& reception, const base::Clock& clock);
  /// With other file operations than the machine's (tests); they must outlive it.
  DropFolder(DropFolderSettings settings, Reception& reception, const base::Clock& clock,
             FileOperations& operations);
  ~DropFolder() override;

  std::chrono::milliseconds look(const std::stop_token& stop) noexcept override;
  int wake_descriptor() const noexcept override;
  Health health() const override;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace musubi::intake
