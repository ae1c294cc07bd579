#include "policy_file.h"

#include <algorithm>

#include "musubi/base/codes.h"
#include "rule_reader.h"

namespace musubi::privacy {
namespace {

DayRange read_in_force(const YamlMap& map) {
  if (!map.has("in_force")) return {};
  const YamlMap range(map.child("in_force"), map.file(), {"from", "to"}, map.problems());
  return read_range(range, "from", "to");
}

RuleFrame read_frame(const YamlMap& map, std::string owner) {
  const auto recorded = map.day("recorded");
  if (!map.has("recorded")) map.problem("recorded", "privacy.key_missing");
  return {std::move(owner), read_in_force(map), recorded.value_or(kDawn)};
}

bool jurisdiction_code(const std::string& code) {
  if (code.size() != 6) return false;
  const auto read = base::repair_municipality_code(code);
  return read.valid() && read.text() == code;
}

}  // namespace

PolicyPack read_policy_pack(const ConfigurationFile& file, const model::Catalogue& catalogue,
                            Problems& problems) {
  PolicyPack pack;
  const auto root = parse_yaml(file.text, file.name, problems);
  if (!root) return pack;
  const YamlMap map(*root, file.name,
                    {"policy", "title", "legal_basis", "in_force", "recorded", "jurisdictions", "rules"},
                    problems);
  pack.id = map.text("policy");
  pack.place = map.place();
  map.label("title");
  map.label("legal_basis");
  if (const auto where = map.text_or("jurisdictions", ""); where == "*") {
    pack.everywhere = true;
  } else if (!where.empty()) {
    map.problem("jurisdictions", "privacy.bad_word", {{"word", where}, {"allowed", "*"}});
  }
  pack.rules = read_rules(map, read_frame(map, pack.id), catalogue, problems);
  return pack;
}

JurisdictionFile read_jurisdiction(const ConfigurationFile& file, const model::Catalogue& catalogue,
                                   Problems& problems) {
  JurisdictionFile jurisdiction;
  const auto root = parse_yaml(file.text, file.name, problems);
  if (!root) return jurisdiction;
  const YamlMap map(*root, file.name, {"jurisdiction", "name", "extends", "in_force", "recorded", "rules"},
                    problems);
  jurisdiction.code = map.text("jurisdiction");
  if (!jurisdiction_code(jurisdiction.code)) map.problem("jurisdiction", "privacy.bad_jurisdiction");
  jurisdiction.name = map.label("name");
  jurisdiction.extends = map.texts("extends");
  jurisdiction.place = map.place();
  jurisdiction.extends_place = map.place_of("extends");
  const auto frame = read_frame(map, "jurisdiction/" + jurisdiction.code);
  jurisdiction.rules = read_rules(map, frame, catalogue, problems);
  return jurisdiction;
}

}  // namespace musubi::privacy
