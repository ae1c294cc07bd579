#include "mapping_files.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "musubi/base/file.h"
#include "musubi/base/nearest.h"
#include "musubi/base/yaml_map.h"

namespace musubi::mapping {
namespace {

namespace fs = std::filesystem;

/// A comment in YAML, so that a bundle is never taken for a mapping of its own by mistake.
constexpr std::string_view kBundle = "#%musubi-mapping-bundle 1\n";
constexpr std::string_view kPart = "#%part ";
constexpr auto kOtherFolders = std::to_array<std::string_view>({"catalogue", "valuesets", "conceptmaps"});

bool holds_mappings(const fs::path& folder) {
  const auto name = folder.filename().string();
  return std::ranges::find(kOtherFolders, name) == kOtherFolders.end() && !name.starts_with('.');
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

/// "tokyo/cases@2020-04-01" → id and version; the version may be empty.
std::pair<std::string_view, std::string_view> parts_of(std::string_view reference) {
  const auto at = reference.find('@');
  if (at == reference.npos) return {reference, {}};
  return {reference.substr(0, at), reference.substr(at + 1)};
}

void append_part(std::string& into, std::string_view reference, const MappingFile& file) {
  into += kPart;
  into += std::to_string(file.text.size());
  into += ' ';
  into += reference;
  into += '\n';
  into += file.text;
  into += '\n';
}

/// Takes the next part off `text`; nullopt: there is none.
std::optional<std::pair<std::string, std::string>> take_part(std::string_view& text) {
  if (!text.starts_with(kPart)) return std::nullopt;
  text.remove_prefix(kPart.size());
  const auto end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  std::size_t size = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + end, size);
  const auto digits = static_cast<std::size_t>(stop - text.data());
  if (failure != std::errc{} || digits + 1 > end || size > text.size() - end - 1) return std::nullopt;
  std::pair part(std::string(text.substr(digits + 1, end - digits - 1)),
                 std::string(text.substr(end + 1, size)));
  text.remove_prefix(std::min(end + 1 + size + 1, text.size()));
  return part;
}

}  // namespace

std::vector<fs::path> files_below(const fs::path& folder, std::error_code& failure) {
  std::vector<fs::path> files;
  collect(folder, files, failure);
  std::ranges::sort(files);
  return files;
}

void FolderFiles::look() {
  if (looked_) return;
  looked_ = true;
  std::error_code failure;
  for (const auto& path : files_below(folder_, failure)) {
    base::Problems scratch;
    const auto root = base::read_yaml_file(path, scratch);
    if (!root) continue;
    const auto* id = root->find("mapping");
    const auto* version = root->find("version");
    if (id != nullptr && version != nullptr) known_.push_back({id->text, version->text, path});
  }
}

std::optional<MappingFile> FolderFiles::find(std::string_view reference) {
  look();
  const auto [id, version] = parts_of(reference);
  const Known* found = nullptr;
  for (const auto& each : known_) {
    if (each.id != id || (!version.empty() && each.version != version)) continue;
    if (found == nullptr || found->version < each.version) found = &each;
  }
  if (found == nullptr) return std::nullopt;
  auto text = base::read_file(found->path, base::YamlLimits{}.bytes);
  if (text.has_error()) return std::nullopt;
  return MappingFile{found->path.string(), std::move(*text)};
}

std::string FolderFiles::suggest(std::string_view reference) {
  look();
  std::vector<std::string> ids;
  for (const auto& each : known_) ids.push_back(each.id);
  return base::nearest(parts_of(reference).first, ids);
}

std::optional<MappingFile> BundledFiles::find(std::string_view reference) {
  const auto found = files_.find(reference);
  if (found == files_.end()) return std::nullopt;
  return found->second;
}

std::string bundle(const Bundle& files) {
  if (files.bases.empty()) return files.own.text;
  std::string text(kBundle);
  append_part(text, {}, files.own);
  for (const auto& [reference, file] : files.bases) append_part(text, reference, file);
  return text;
}

std::optional<Bundle> unbundle(std::string_view text, const std::string& name) {
  if (!text.starts_with(kBundle)) return Bundle{{name, std::string(text)}, {}};
  text.remove_prefix(kBundle.size());
  auto own = take_part(text);
  if (!own) return std::nullopt;
  Bundle files{{name, std::move(own->second)}, {}};
  while (auto part = take_part(text)) {
    auto shown = name + " < " + part->first;
    files.bases.emplace_back(std::move(part->first), MappingFile{std::move(shown), std::move(part->second)});
  }
  if (!text.empty()) return std::nullopt;
  return files;
}

}  // namespace musubi::mapping
