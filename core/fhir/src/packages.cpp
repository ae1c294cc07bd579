#include "musubi/fhir/packages.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/text.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/tree.h"
#include "musubi/fhir/r4_types.h"
#include "package_archive.h"

namespace musubi::fhir {
namespace {

using document::kNoNode;
using document::Tree;

std::string text_at(const Tree& tree, std::string_view name) {
  const auto found = tree.child(0, name);
  return found == kNoNode ? std::string() : std::string(tree[found].value);
}

std::optional<DefinitionKind> kind_named(std::string_view type) {
  if (type == "StructureDefinition") return DefinitionKind::structure;
  if (type == "ValueSet") return DefinitionKind::value_set;
  if (type == "CodeSystem") return DefinitionKind::code_system;
  return {};
}

/// Packages name their files after what is in them. An example that cannot be read is passed by.
bool is_named_as_definition(std::string_view file) {
  file.remove_prefix(file.rfind('/') + 1);  // npos + 1 is 0
  return kind_named(file.substr(0, file.find('-'))).has_value();
}

}  // namespace

Canonical read_canonical(std::string_view text) noexcept {
  const auto bar = text.find('|');
  if (bar == text.npos) return {text, {}};
  return {text.substr(0, bar), text.substr(bar + 1)};
}

base::Status Packages::add(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return add_folder(path);
  MUSUBI_ASSIGN(const auto bytes, base::read_file(path, limits_.expanded_bytes));
  return add_archive(bytes, path.string());
}

base::Status Packages::add_folder(const std::filesystem::path& folder) {
  MUSUBI_ASSIGN(const auto files, base::files_in(folder, ".json"));
  for (const auto& file : files) {
    MUSUBI_ASSIGN(auto bytes, base::read_file(file, limits_.definition_bytes));
    if (file.filename() == "package.json")
      MUSUBI_TRY(add_package_json(std::move(bytes), file.string()));
    else if (auto added = add_json(std::move(bytes), file.string());
             added.has_error() && is_named_as_definition(file.string()))
      return added;
  }
  return {};
}

base::Status Packages::add_archive(std::string_view bytes, const std::string& shown_name) {
  const auto in_file = [&](const base::Error& error) {
    auto place = error.place();
    if (place.file.empty()) place.file = shown_name;
    return error.at(place);
  };
  const auto tar = unpacked(bytes, limits_);
  if (tar.has_error()) return in_file(tar.error());
  const auto read = each_file(*tar, limits_, [&](std::string_view name, std::string_view content) {
    return add_member(name, content, shown_name);
  });
  if (read.has_error()) return in_file(read.error());
  return {};
}

base::Status Packages::add_member(std::string_view name, std::string_view content,
                                  const std::string& shown_name) {
  constexpr std::string_view kFolder = "package/";
  if (!name.starts_with(kFolder) || !name.ends_with(".json")) return {};
  name.remove_prefix(kFolder.size());
  if (name.find('/') != name.npos || name.starts_with('.')) return {};  // examples; indexes
  if (content.size() > limits_.definition_bytes)
    return base::Error(base::ErrorKind::limit_exceeded, "fhir.package_too_large",
                       {{"limit", std::to_string(limits_.definition_bytes >> 20U)}});
  const auto shown = shown_name + ": " + std::string(name);
  if (name == "package.json") return add_package_json(std::string(content), shown);
  auto added = add_json(std::string(content), shown);
  if (added.has_error() && !is_named_as_definition(name)) return {};
  return added;
}

base::Status Packages::add_package_json(std::string json, const std::string& shown_name) {
  MUSUBI_ASSIGN(const auto tree, document::read_json(std::move(json), shown_name, {}));
  packages_.push_back({text_at(tree, "name"), text_at(tree, "version"), text_at(tree, "canonical")});
  return {};
}

base::Status Packages::add_json(std::string json, const std::string& shown_name) {
  auto made = std::make_unique<Definition>();
  made->json = json;
  MUSUBI_ASSIGN(const auto tree, document::read_json(std::move(json), shown_name, {}));
  const auto kind = kind_named(text_at(tree, "resourceType"));
  if (!kind) return {};
  made->kind = *kind;
  made->url = text_at(tree, "url");
  made->version = text_at(tree, "version");
  made->name = text_at(tree, "name");
  made->type = text_at(tree, "type");
  made->base = text_at(tree, "baseDefinition");
  made->derivation = text_at(tree, "derivation");
  made->file = shown_name;
  if (made->url.empty()) return {};
  by_url_.emplace(std::pair(made->kind, std::string_view(made->url)), made.get());
  if (made->kind == DefinitionKind::structure) structures_.push_back(made.get());
  all_.push_back(std::move(made));
  return {};
}

const Definition* Packages::find(DefinitionKind kind, std::string_view canonical) const noexcept {
  const auto wanted = read_canonical(canonical);
  const auto [first, last] = by_url_.equal_range({kind, wanted.url});
  const Definition* found = nullptr;
  for (auto each = first; each != last; ++each) {
    found = each->second;
    if (!wanted.version.empty() && found->version == wanted.version) break;
  }
  return found;
}

base::Result<fhirpath::Resource> Packages::read(const Definition& definition) const {
  return fhirpath::Resource::from_json(definition.json, definition.file, {}, &r4_types());
}

namespace {

std::vector<std::filesystem::path> paths_in(std::string_view text) {
  std::vector<std::filesystem::path> paths;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    if (const auto path = base::trim(text.substr(0, end)); !path.empty()) paths.emplace_back(path);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return paths;
}

void append_stamp(std::string& stamp, const std::filesystem::path& file) {
  std::error_code none;  // what is not there is told when it is read
  const auto changed = std::filesystem::last_write_time(file, none).time_since_epoch().count();
  const auto bytes =
      std::filesystem::is_regular_file(file, none) ? std::filesystem::file_size(file, none) : 0;
  stamp += file.string() + '\n' + std::to_string(changed) + ' ' + std::to_string(bytes) + '\n';
}

/// Changes with any of the files.
std::string stamp_of(std::span<const std::filesystem::path> paths) {
  std::string stamp;
  std::error_code none;
  for (const auto& path : paths) {
    append_stamp(stamp, path);
    for (std::filesystem::recursive_directory_iterator each(path, none), end; each != end;
         each.increment(none))
      append_stamp(stamp, each->path());
  }
  return stamp;
}

/// What somebody has, by its stamp.
struct Shared {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<const Packages>> known;
};

}  // namespace

base::Result<std::shared_ptr<const Packages>> read_packages(std::string_view paths) {
  static Shared shared;
  const auto files = paths_in(paths);
  const auto stamp = stamp_of(files);
  const std::lock_guard lock(shared.mutex);
  if (auto known = shared.known[stamp].lock()) return known;
  auto packages = std::make_shared<Packages>();
  for (const auto& each : files) MUSUBI_TRY(packages->add(each));
  if (!files.empty()) packages->fingerprint_ = base::to_hex(base::sha256(stamp));
  std::erase_if(shared.known, [](const auto& each) { return each.second.expired(); });
  shared.known[stamp] = packages;
  return std::shared_ptr<const Packages>(std::move(packages));
}

}  // namespace musubi::fhir
