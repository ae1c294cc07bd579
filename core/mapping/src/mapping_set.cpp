#include <algorithm>

#include "musubi/mapping/mapping.h"

namespace musubi::mapping {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

bool holds_mappings(const fs::path& folder) {
  const auto name = folder.filename().string();
  return name != "catalogue" && name != "valuesets" && !name.starts_with('.');
}

bool is_mapping(const fs::path& file) {
  const auto name = file.filename().string();
  return name.ends_with(".yaml") && !name.ends_with(".test.yaml") && !name.starts_with('.');
}

void collect(const fs::path& folder, std::vector<fs::path>& files, std::error_code& failure) {
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->is_directory(failure) && holds_mappings(entry->path())) collect(entry->path(), files, failure);
    if (entry->is_regular_file(failure) && is_mapping(entry->path())) files.push_back(entry->path());
  }
}

base::Result<std::vector<fs::path>> mapping_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  collect(folder, files, failure);
  if (failure)
    return Error(ErrorKind::environment, "mapping.folder_not_readable").at({.file = folder.string()});
  std::ranges::sort(files);
  return files;
}

bool comes_before(const std::shared_ptr<const Mapping>& left, const std::shared_ptr<const Mapping>& right) {
  return std::pair(left->head().id, left->head().version) <
         std::pair(right->head().id, right->head().version);
}

Error duplicate(const fs::path& file, const Head& head) {
  return Error(ErrorKind::bad_configuration, "mapping.duplicate_version",
               {{"mapping", head.id}, {"version", head.version}})
      .at({.file = file.string()});
}

}  // namespace

base::Result<std::shared_ptr<const MappingSet>> MappingSet::load(const fs::path& folder,
                                                                 const Context& context) {
  MUSUBI_ASSIGN(const auto files, mapping_files(folder));
  auto set = std::make_shared<MappingSet>();
  base::Problems problems;
  for (const auto& file : files) {
    auto mapping = Mapping::load(file, context);
    if (mapping.has_error()) {
      problems.add(mapping.error());
    } else if (set->find((*mapping)->head().id, (*mapping)->head().version) != nullptr) {
      problems.add(duplicate(file, (*mapping)->head()));
    } else {
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
    if (mapping->head().id.substr(0, mapping->head().id.find('/')) == source) found.push_back(mapping);
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

}  // namespace musubi::mapping
