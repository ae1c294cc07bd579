#include <algorithm>
#include <map>

#include "mapping_files.h"
#include "musubi/mapping/mapping.h"

namespace musubi::mapping {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

bool comes_before(const std::shared_ptr<const Mapping>& left, const std::shared_ptr<const Mapping>& right) {
  return std::pair(left->head().id, left->head().version) <
         std::pair(right->head().id, right->head().version);
}

Error duplicate(const fs::path& file, const fs::path& first, const Head& head) {
  return Error(ErrorKind::bad_configuration, "mapping.duplicate_version",
               {{"mapping", head.id}, {"version", head.version}, {"first", first.string()}})
      .at({.file = file.string()});
}

}  // namespace

MappingSet::MappingSet(std::vector<std::shared_ptr<const Mapping>> mappings)
    : mappings_(std::move(mappings)) {
  std::ranges::sort(mappings_, comes_before);
}

base::Result<std::vector<fs::path>> MappingSet::files(const fs::path& folder) {
  std::error_code failure;
  auto files = files_below(folder, failure);
  if (failure)
    return Error(ErrorKind::environment, "mapping.folder_not_readable").at({.file = folder.string()});
  return files;
}

base::Result<std::shared_ptr<const MappingSet>> MappingSet::load(const fs::path& folder,
                                                                 const Context& given) {
  MUSUBI_ASSIGN(const auto paths, files(folder));
  auto set = std::make_shared<MappingSet>();
  base::Problems problems;
  std::map<const Mapping*, fs::path> file_of;
  Context context = given;
  context.folder = folder;
  for (const auto& file : paths) {
    auto mapping = Mapping::load(file, context);
    if (mapping.has_error()) {
      problems.add(mapping.error());
    } else if (const auto same = set->find((*mapping)->head().id, (*mapping)->head().version)) {
      problems.add(duplicate(file, file_of[same.get()], same->head()));
    } else {
      file_of[mapping->get()] = file;
      set->mappings_.push_back(std::move(*mapping));
    }
  }
  if (problems.has_errors()) return problems.as_error();
  std::ranges::sort(set->mappings_, comes_before);
  return std::shared_ptr<const MappingSet>(std::move(set));
}

std::vector<std::shared_ptr<const Mapping>> MappingSet::of_source(std::string_view source) const {
  std::vector<std::shared_ptr<const Mapping>> found;
  for (const auto& mapping : mappings_)
    if (mapping->head().writes == Writes::nothing &&
        mapping->head().id.substr(0, mapping->head().id.find('/')) == source)
      found.push_back(mapping);
  return found;
}

std::shared_ptr<const Mapping> MappingSet::find(std::string_view id, std::string_view version) const {
  std::shared_ptr<const Mapping> newest;
  for (const auto& mapping : mappings_) {
    if (mapping->head().id != id) continue;
    if (mapping->head().version == version) return mapping;
    if (version.empty() && (newest == nullptr || newest->head().version < mapping->head().version))
      newest = mapping;
  }
  return newest;
}

const base::Label* MappingSet::reason(std::string_view code) const noexcept {
  for (const auto& mapping : mappings_)
    if (const auto* text = mapping->reason(code)) return text;
  return nullptr;
}

}  // namespace musubi::mapping
