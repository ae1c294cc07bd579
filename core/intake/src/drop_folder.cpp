#include "musubi/intake/drop_folder.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "folder_events.h"
#include "guarded_look.h"
#include "musubi/base/file.h"
#include "settings_values.h"
#include "watched_folder.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using std::chrono::milliseconds;

}  // namespace

std::string_view name_of(CompleteBy how) noexcept {
  switch (how) {
    case CompleteBy::stable:
      return "stable";
    case CompleteBy::rename:
      return "rename";
    case CompleteBy::sentinel:
      return "sentinel";
  }
  return "";
}

class DropFolder::Work {
 public:
  Work(DropFolderSettings settings, Reception& reception, const base::Clock& clock,
       FileOperations& operations)
      : settings_(std::move(settings)),
        has_source_folders_(settings_.source.empty()),
        board_(settings_.name, WayInKind::folder),
        around_{reception, clock, operations, board_} {
    add_folder(settings_.folder, settings_.source);
  }

  milliseconds look(const std::stop_token& stop) {
    board_.looked(around_.clock.now());
    make(settings_.folder);
    if (has_source_folders_) {
      for (const auto& source : settings_.sources) make(settings_.folder / source);
      find_source_folders();
    }
    read_events();
    auto next = settings_.scan_every;
    for (auto& [path, folder] : folders_) next = std::min(next, folder->look(stop));
    return next;
  }

  int wake_descriptor() const noexcept { return events_.descriptor(); }
  HealthBoard& board() noexcept { return board_; }

 private:
  void make(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) board_.failed(base::file_error(failure.value(), folder));
  }

  /// Our own folders are made within it where nothing else is said.
  void add_folder(const fs::path& folder, const std::string& source) {
    const auto own = [&](const fs::path& configured, std::string_view usual) {
      return configured.empty() ? folder / usual : configured / (has_source_folders_ ? source : "");
    };
    auto settings = settings_;
    settings.folder = folder;
    settings.source = source;
    settings.archive = own(settings_.archive, "archive");
    settings.refused = own(settings_.refused, "refused");
    auto names = own_names(settings);
    auto& added = folders_[folder] = std::make_unique<WatchedFolder>(std::move(settings), around_);
    added->leave(std::move(names));
  }

  static std::set<std::string> own_names(const DropFolderSettings& settings) {
    std::set<std::string> names;
    for (const auto& each : {settings.archive, settings.refused})
      if (each.parent_path() == settings.folder) names.insert(each.filename().string());
    return names;
  }

  // What is no folder of a source is left to the folder itself, which takes nothing: it is refused there.
  void find_source_folders() {
    auto names = own_names({.folder = settings_.folder,
                            .archive = settings_.folder / "archive",
                            .refused = settings_.folder / "refused"});
    std::set<fs::path> there{settings_.folder};
    std::error_code failure;
    fs::directory_iterator entry(settings_.folder, failure);
    for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure)) {
      const auto name = entry->path().filename().string();
      if (name.starts_with('.') || names.contains(name) || !fs::is_directory(entry->symlink_status()))
        continue;
      names.insert(name);
      if (!is_plain_name(name))
        board_.failed(
            Error(ErrorKind::bad_configuration, "intake.source_name").at({.file = entry->path().string()}));
      else if (there.insert(entry->path()); !folders_.contains(entry->path()))
        add_folder(entry->path(), name);
    }
    if (failure) return;
    std::erase_if(folders_, [&](const auto& each) { return !there.contains(each.first); });
    folders_.at(settings_.folder)->leave(std::move(names));
  }

  void read_events() {
    std::map<int, WatchedFolder*> by_number;
    for (auto& [path, folder] : folders_) by_number[events_.add(path)] = folder.get();
    events_.read([&](const FolderEvents::Event& event) {
      const auto folder = by_number.find(event.folder);
      if (event.finished && folder != by_number.end()) folder->second->finished(event.name);
    });
  }

  DropFolderSettings settings_;
  bool has_source_folders_;
  HealthBoard board_;
  FolderSurroundings around_;
  FolderEvents events_;
  std::map<fs::path, std::unique_ptr<WatchedFolder>> folders_;
};

DropFolder::DropFolder(DropFolderSettings settings, Reception& reception, const base::Clock& clock)
    : DropFolder(std::move(settings), reception, clock, machine_files()) {}

DropFolder::DropFolder(DropFolderSettings settings, Reception& reception, const base::Clock& clock,
                       FileOperations& operations)
    : work_(std::make_unique<Work>(std::move(settings), reception, clock, operations)) {}

DropFolder::~DropFolder() = default;

milliseconds DropFolder::look(const std::stop_token& stop) noexcept {
  return guarded_look(work_->board(), [&] { return work_->look(stop); });
}

int DropFolder::wake_descriptor() const noexcept { return work_->wake_descriptor(); }

Health DropFolder::health() const { return work_->board().health(); }

}  // namespace musubi::intake
