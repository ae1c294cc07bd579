// The value sets of a folder, and the check that the catalogue finds all it names.
#include <algorithm>
#include <cerrno>
#include <map>

#include "concept_map_reader.h"
#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/nearest.h"
#include "musubi/base/problems.h"
#include "musubi/model/value_set.h"
#include "value_set_reader.h"

namespace musubi::model {
namespace {

constexpr std::uint64_t kLargestFile = 16u << 20;
constexpr std::string_view kConceptMapFolder = "conceptmaps";
constexpr std::string_view kTests = ".test.yaml";  ///< words to try, beside a value set

ValueSetFile named_file(std::string name, std::string text) {
  auto digest = base::to_hex(base::sha256(text));
  return {std::move(name), std::move(text), std::move(digest)};
}

/// Where the concept maps are that belong to a folder of value sets.
std::filesystem::path concept_map_folder(const std::filesystem::path& value_sets) {
  const auto folder = value_sets.has_filename() ? value_sets : value_sets.parent_path();
  return folder.parent_path() / kConceptMapFolder;
}

/// Those of `folder`, whose names begin with `prefix` from now on.
base::Status append_files(const std::filesystem::path& folder, std::string_view extension,
                          std::string_view prefix, std::vector<ValueSetFile>& files) {
  MUSUBI_ASSIGN(const auto paths, base::files_in(folder, extension));
  for (const auto& path : paths) {
    if (path.filename().string().ends_with(kTests)) continue;
    MUSUBI_ASSIGN(auto text, base::read_file(path, kLargestFile));
    files.push_back(named_file(std::string(prefix) + path.filename().string(), std::move(text)));
  }
  return {};
}

std::string manifest_of(std::span<const ValueSetFile> files) {
  std::string manifest;
  for (const auto& file : files) manifest += file.digest + "  " + file.name + '\n';
  return manifest;
}

base::Result<Municipalities> municipalities_in(std::span<const ValueSetFile> files,
                                               const std::filesystem::path& shown_folder) {
  const auto shown = shown_folder / kMunicipalityFile;
  const auto found = std::ranges::find(files, kMunicipalityFile, &ValueSetFile::name);
  if (found == files.end()) return base::file_error(ENOENT, shown);
  return Municipalities::parse(found->text, shown.string());
}

}  // namespace

struct ValueSets::Tables {
  explicit Tables(Municipalities places) : municipalities(std::move(places)) {}
  Municipalities municipalities;
  std::map<std::string, ValueSet, std::less<>> sets;
  std::map<std::string, ConceptMap, std::less<>> maps;
  std::map<std::string, std::string, std::less<>> file_names;  ///< as file_of() is asked
  std::vector<ValueSetFile> files;
  std::string manifest, digest;

  FindValueSet finder() const {
    return [this](std::string_view id) -> const ValueSet* {
      const auto found = sets.find(id);
      return found == sets.end() ? nullptr : &found->second;
    };
  }
};

ValueSets::ValueSets(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
ValueSets::~ValueSets() = default;

base::Result<std::vector<ValueSetFile>> ValueSets::read(const std::filesystem::path& folder) {
  std::vector<ValueSetFile> files;
  for (const auto* extension : {".yaml", ".csv"}) MUSUBI_TRY(append_files(folder, extension, {}, files));
  const auto maps = concept_map_folder(folder);
  std::error_code none;
  if (std::filesystem::is_directory(maps, none)) MUSUBI_TRY(append_files(maps, ".yaml", kConceptMaps, files));
  std::ranges::sort(files, {}, &ValueSetFile::name);
  return files;
}

base::Result<std::shared_ptr<const ValueSets>> ValueSets::load(const std::filesystem::path& folder) {
  MUSUBI_ASSIGN(auto files, read(folder));
  return parse(std::move(files), folder);
}

base::Result<std::shared_ptr<const ValueSets>> ValueSets::parse(std::vector<ValueSetFile> files,
                                                                const std::filesystem::path& shown_folder) {
  MUSUBI_ASSIGN(auto contents, read_value_sets(files, shown_folder));
  MUSUBI_ASSIGN(auto municipalities, municipalities_in(files, shown_folder));
  auto tables = std::make_unique<Tables>(std::move(municipalities));
  contents.push_back({municipality_value_set(tables->municipalities), std::string(kMunicipalityFile)});
  for (auto& [each, file] : contents) {
    const auto id = each.id;
    tables->file_names.emplace(id, std::move(file));
    tables->sets.emplace(id, ValueSet(std::move(each)));
  }
  MUSUBI_ASSIGN(auto maps, read_concept_maps(files, concept_map_folder(shown_folder), tables->finder()));
  for (auto& [map, file] : maps) {
    const auto id = map.contents().id;
    tables->file_names.emplace(std::string(kConceptMaps) + id, std::move(file));
    tables->maps.emplace(id, std::move(map));
  }
  tables->manifest = manifest_of(files);
  tables->digest = base::to_hex(base::sha256(tables->manifest));
  tables->files = std::move(files);
  return std::shared_ptr<const ValueSets>(new ValueSets(std::move(tables)));
}

std::span<const ValueSetFile> ValueSets::files() const noexcept { return tables_->files; }
const std::string& ValueSets::manifest() const noexcept { return tables_->manifest; }
const std::string& ValueSets::digest() const noexcept { return tables_->digest; }

const ValueSetFile* ValueSets::file_of(std::string_view id) const noexcept {
  const auto name = tables_->file_names.find(id);
  if (name == tables_->file_names.end()) return nullptr;
  const auto found = std::ranges::find(tables_->files, name->second, &ValueSetFile::name);
  return found == tables_->files.end() ? nullptr : &*found;
}

std::shared_ptr<const ValueSets> ValueSets::with(std::vector<ValueSet> sets) const {
  auto changed = std::make_unique<Tables>(*tables_);
  for (auto& each : sets) {
    auto id = each.id();
    changed->sets.erase(id);
    changed->sets.emplace(std::move(id), std::move(each));
  }
  return std::shared_ptr<const ValueSets>(new ValueSets(std::move(changed)));
}

std::shared_ptr<const ValueSets> ValueSets::with(ConceptMap map) const {
  auto changed = std::make_unique<Tables>(*tables_);
  auto id = map.contents().id;
  changed->maps.insert_or_assign(std::move(id), std::move(map));
  return std::shared_ptr<const ValueSets>(new ValueSets(std::move(changed)));
}

const ValueSet* ValueSets::find(std::string_view id) const noexcept {
  const auto found = tables_->sets.find(id);
  return found == tables_->sets.end() ? nullptr : &found->second;
}

const ConceptMap* ValueSets::concept_map(std::string_view id) const noexcept {
  const auto found = tables_->maps.find(id);
  return found == tables_->maps.end() ? nullptr : &found->second;
}

std::string ValueSets::suggest_concept_map(std::string_view id) const {
  std::vector<std::string_view> known;
  for (const auto& [known_id, map] : tables_->maps) known.push_back(known_id);
  return base::nearest(id, known);
}

const Municipalities& ValueSets::municipalities() const noexcept { return tables_->municipalities; }

std::vector<std::string> ValueSets::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, set] : tables_->sets) ids.push_back(id);
  return ids;
}

std::string ValueSets::suggest(std::string_view id) const {
  std::vector<std::string_view> known;
  for (const auto& [known_id, set] : tables_->sets) known.push_back(known_id);
  return base::nearest(id, known);
}

base::Status check_value_sets(const Catalogue& catalogue, const ValueSets& value_sets) {
  base::Problems problems;
  for (const Field& field : catalogue.fields()) {
    if (field.value_set.empty() || value_sets.find(field.value_set) != nullptr) continue;
    problems.add(
        base::Error(base::ErrorKind::bad_configuration, "catalogue.unknown_value_set",
                    {{"given", field.value_set}, {"suggestion", value_sets.suggest(field.value_set)}})
            .on_path(field.id)
            .with("id", field.id));
  }
  if (problems.has_errors()) return problems.as_error();
  return {};
}

}  // namespace musubi::model
