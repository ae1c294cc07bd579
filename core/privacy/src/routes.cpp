#include "musubi/privacy/routes.h"

#include <array>
#include <map>
#include <set>

#include "musubi/base/yaml_map.h"
#include "yaml_folder.h"

namespace musubi::privacy {
namespace {

using base::Problems;
using base::YamlMap;
using model::RecordKind;
constexpr std::array kKinds{RecordKind::case_report, RecordKind::health_observation,
                            RecordKind::facility_report, RecordKind::published_count};

std::vector<RecordKind> read_kinds(const YamlMap& map) {
  std::vector<RecordKind> kinds;
  if (map.required("records") == nullptr) return kinds;
  for (const auto& word : map.texts("records"))
    if (const auto kind = base::choose(word, "records", kKinds, map.problems())) kinds.push_back(*kind);
  return kinds;
}

Route read_route(const YamlMap& map) {
  Route route{map.required_word("id"), map.required_word("sink"), map.required_word("recipient"),
              map.required_word("purpose"), map.required_word("basis")};
  for (const auto& [key, word] : {std::pair("recipient", &route.recipient),
                                  std::pair("purpose", &route.purpose), std::pair("basis", &route.basis)})
    if (*word == "*") map.problem(key, "privacy.star_not_allowed");
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
  const auto root = base::read_yaml(file.text, file.name, problems);
  if (!root) return;
  const YamlMap map(*root, {"source", "routes"}, problems);
  const auto source = map.required_word("source");
  map.required("routes");
  for (const auto& item : map.items("routes"))
    if (const YamlMap route(item, {"id", "records", "sink", "recipient", "purpose", "basis"}, problems);
        route)
      add(source, route);
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
  if (problems.has_errors()) return problems.as_error();
  return std::shared_ptr<const Routes>(std::move(routes));
}

std::span<const Route> Routes::recipients_for(std::string_view source, RecordKind kind) const noexcept {
  const auto by_kind = tables_->by_source.find(source);
  if (by_kind == tables_->by_source.end()) return {};
  const auto found = by_kind->second.find(kind);
  return found == by_kind->second.end() ? std::span<const Route>{} : found->second;
}

std::vector<std::string> Routes::to_sink(std::string_view sink) const {
  std::set<std::string> ids;
  for (const auto& [source, kinds] : tables_->by_source) {
    for (const auto& [kind, routes] : kinds) {
      for (const auto& route : routes) {
        if (route.sink == sink) ids.insert(route.id);
      }
    }
  }
  return {ids.begin(), ids.end()};
}

std::vector<std::string> Routes::sources() const {
  std::vector<std::string> names;
  for (const auto& [source, routes] : tables_->by_source) names.push_back(source);
  return names;
}

}  // namespace musubi::privacy
