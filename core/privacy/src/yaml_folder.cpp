#include "yaml_folder.h"

#include <algorithm>

#include "musubi/base/file.h"

namespace musubi::privacy {
namespace {

constexpr std::uint64_t kLargestFile = std::uint64_t{1024} * 1024;

base::Result<std::vector<std::filesystem::path>> yaml_files(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> paths;
  std::filesystem::directory_iterator entry(folder, failed), end;
  while (!failed && entry != end) {
    if (entry->path().extension() == ".yaml") paths.push_back(entry->path());
    entry.increment(failed);
  }
  if (failed) return base::file_error(failed.value(), folder);
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

base::Result<std::vector<ConfigurationFile>> read_yaml_folder(const std::filesystem::path& folder) {
  MUSUBI_ASSIGN(const auto paths, yaml_files(folder));
  if (paths.empty())
    return base::Error(base::ErrorKind::bad_configuration, "privacy.empty_folder")
        .at({.file = folder.string()});
  std::vector<ConfigurationFile> files;
  for (const auto& path : paths) {
    MUSUBI_ASSIGN(auto text, base::read_file(path, kLargestFile));
    files.push_back({path.string(), std::move(text)});
  }
  return files;
}

}  // namespace musubi::privacy
