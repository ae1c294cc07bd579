#include "yaml_folder.h"

#include "musubi/base/file.h"

namespace musubi::privacy {
namespace {

constexpr std::uint64_t kLargestFile = std::uint64_t{1024} * 1024;

}  // namespace

base::Result<std::vector<ConfigurationFile>> read_yaml_folder(const std::filesystem::path& folder) {
  MUSUBI_ASSIGN(const auto paths, base::files_in(folder, ".yaml"));
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
