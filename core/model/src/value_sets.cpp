// The value sets of a folder, and the check that the catalogue finds all it names.
#include <algorithm>
#include <map>

#include "concept_map_reader.h"
#include "musubi/base/nearest.h"
#include "musubi/base/problems.h"
#include "musubi/model/value_set.h"
#include "value_set_reader.h"

namespace musubi::model {

struct ValueSets::Tables {
  explicit Tables(Municipalities places) : municipalities(std::move(places)) {}
  Municipalities municipalities;
  std::map<std::string, ValueSet, std::less<>> sets;
  std::map<std::string, ConceptMap, std::less<>> maps;
};

ValueSets::ValueSets(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
ValueSets::~ValueSets() = default;

base::Result<std::shared_ptr<const ValueSets>> ValueSets::load(const std::filesystem::path& folder) {
  MUSUBI_ASSIGN(auto contents, read_value_sets(folder));
  MUSUBI_ASSIGN(auto municipalities, Municipalities::load(folder / "municipality.csv"));
  auto tables = std::make_unique<Tables>(std::move(municipalities));
  contents.push_back(municipality_value_set(tables->municipalities));
  for (auto& each : contents) {
    auto id = each.id;
    tables->sets.emplace(std::move(id), ValueSet(std::move(each)));
  }
  const auto find = [&](std::string_view id) -> const ValueSet* {
    const auto found = tables->sets.find(id);
    return found == tables->sets.end() ? nullptr : &found->second;
  };
  MUSUBI_ASSIGN(tables->maps, read_concept_maps(folder.parent_path() / "conceptmaps", find));
  return std::shared_ptr<const ValueSets>(new ValueSets(std::move(tables)));
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
