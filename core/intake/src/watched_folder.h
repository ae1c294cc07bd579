// One watched folder with the files of one source: claims what is complete, hands it over and sets it aside.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "claims.h"
#include "dropped.h"
#include "health_board.h"
#include "set_aside.h"

namespace musubi::intake {

/// What a folder and its files are seen through and handed to; all of it outlives the folder.
struct FolderSurroundings {
  Reception& reception;
  const base::Clock& clock;
  FileOperations& operations;
  HealthBoard& board;
};

/// Threads: one.
class WatchedFolder {
 public:
  /// Of settings.folder and settings.source; archive and refused are given. An empty source: this is no place
  /// for files, and each is refused.
  WatchedFolder(DropFolderSettings settings, const FolderSurroundings& surroundings);

  void finished(const std::string& name) { dropped_.finished(name); }
  /// Names in the folder that are not to be looked at.
  void leave(std::set<std::string> own) { dropped_.leave(std::move(own)); }
  /// How long to wait before the next look.
  std::chrono::milliseconds look(const std::stop_token& stop);

 private:
  enum class Outcome : std::uint8_t {
    done,           ///< it lies in the archive or among the refused, or is gone
    not_set_aside,  ///< it was taken or is to be refused, and could not be moved
    not_taken       ///< the reception takes nothing now
  };
  void take_over_claims();
  bool is_paused(base::Instant now) const;
  void pause(base::Instant now);
  bool work_off(const std::vector<std::string>& complete, const std::stop_token& stop);
  bool work_off_held(bool tried_before, const std::stop_token& stop);
  bool claim_and_handle(const std::string& name);
  Outcome handle(Claim& claim);
  base::Status hand_over(Claim& claim, const FileFacts& facts);
  base::Status set_aside(const Claim& claim);
  std::optional<base::Error> reason_against(const FileFacts& facts) const;

  DropFolderSettings settings_;
  FolderSurroundings around_;
  Dropped dropped_;
  Claims claims_;
  SetAside set_aside_;
  std::vector<Claim> held_;  ///< claimed and neither archived nor refused yet
  BackOff back_off_;
  base::Instant paused_at_{};
  std::chrono::milliseconds pause_{0};
  std::chrono::sys_days cleaned_on_{};
};

}  // namespace musubi::intake
