#include "musubi/privacy/routes.h"

#include <array>
#include <map>
#include <set>

#include "yaml_folder.h"
#include "yaml_reader.h"

namespace musubi::privacy {
namespace {

using model::RecordKind;
constexpr std::array kKinds{RecordKind::case_report, RecordKind::health_observation,
                            RecordKind::facility_report, RecordKind::published_count};

std::vector<RecordKind> read_kinds(const YamlMap& map) {
  std::vector<std::string_view> names;
  std::string allowed;
  for (const auto kind : kKinds) {
    names.push_back(model::name_of(kind));
    allowed += (allowed.empty() ? "" : ", ") + std::string(names.back());
  }
  std::vector<RecordKind> kinds;
  for (const auto& word : map.texts("records")) {
    if (const auto kind = model::record_kind_named(word)) {
      kinds.push_back(*kind);
    } else {
      map.problem("records", "privacy.bad_word",
                  {{"word", word}, {"allowed", allowed}, {"suggestion", nearest(word, names)}});
    }
  }
  if (!map.has("records")) map.problem("records", "privacy.key_missing");
  return kinds;
}

Route read_route(const YamlMap& map) {
  Route route{map.text("id"), map.text("sink"), map.text("recipient"), map.text("purpose"),
              map.text("basis")};
  for (const std::string_view key : {"recipient", "purpose", "basis"})
    if (map.text_or(key, "") == "*") map.problem(key, "privacy.star_not_allowed");
  return route;
}

}  // namespace

struct Routes::Tables {
  std::map<std::string, std::map<RecordKind, std::vector<Route>>, std::less<>> by_source;
  std::set<std::string> ids;

  void read(const ConfigurationFile& file, Problems& problems);
  void add(const std::string& source, const YamlMap& map);
};

void Routes::Tables::add(const std::string& source, const YamlMap& map) {
  const auto route = read_route(map);
  if (!ids.insert(route.id).second) map.problem("id", "privacy.route_twice", {{"name", route.id}});
  for (const auto kind : read_kinds(map)) by_source[source][kind].push_back(route);
}

void Routes::Tables::read(const ConfigurationFile& file, Problems& problems) {
  const auto root = parse_yaml(file.text, file.name, problems);
  if (!root) return;
  const YamlMap map(*root, file.name, {"source", "routes"}, problems);
  const auto source = map.text("source");
  if (!map.has("routes")) map.problem("routes", "privacy.key_missing");
  for (const auto& item : items_of(map, "routes"))
    add(source,
        YamlMap(item, file.name, {"id", "records", "sink", "recipient", "purpose", "basis"}, problems));
}

Request Route::request(std::string jurisdiction) const {
  return {std::move(jurisdiction), basis, purpose, recipient};
}

Routes::Routes() : tables_(std::make_unique<Tables>()) {}
Routes::~Routes() = default;

base::Result<std::shared_ptr<const Routes>> Routes::load(const std::filesystem::path& folder) {
  MUSUBI_ASSIGN(const auto files, read_yaml_folder(folder));
  return parse(files);
}

base::Result<std::shared_ptr<const Routes>> Routes::parse(std::span<const ConfigurationFile> files) {
  std::shared_ptr<Routes> routes(new Routes);
  Problems problems;
  for (const auto& file : files) routes->tables_->read(file, problems);
  if (!problems.empty()) return problems.chained();
  return std::shared_ptr<const Routes>(std::move(routes));
}

std::span<const Route> Routes::recipients_for(std::string_view source, RecordKind kind) const noexcept {
  const auto by_kind = tables_->by_source.find(source);
  if (by_kind == tables_->by_source.end()) return {};
  const auto found = by_kind->second.find(kind);
  return found == by_kind->second.end() ? std::span<const Route>{} : found->second;
}

std::vector<std::string> Routes::sources() const {
  std::vector<std::string> names;
  for (const auto& [source, routes] : tables_->by_source) names.push_back(source);
  return names;
}

}  // namespace musubi::privacy
