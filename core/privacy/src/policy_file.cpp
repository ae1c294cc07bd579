#include "policy_file.h"

#include <array>

#include "musubi/base/codes.h"
#include "rule_reader.h"

namespace musubi::privacy {
namespace {

constexpr std::array<std::string_view, 1> kEverywhere{"*"};

DayRange read_in_force(const YamlMap& map) {
  const auto* node = map.find("in_force");
  return node == nullptr ? DayRange{}
                         : read_range(YamlMap(*node, {"from", "to"}, map.problems()), "from", "to");
}

RuleFrame read_frame(const YamlMap& map, std::string owner) {
  const auto recorded = map.required("recorded") ? read_day(map, "recorded") : std::nullopt;
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
  const auto root = base::read_yaml(file.text, file.name, problems);
  if (!root) return pack;
  const YamlMap map(
      *root, {"policy", "title", "legal_basis", "in_force", "recorded", "jurisdictions", "rules"}, problems);
  pack.id = map.required_word("policy");
  pack.place = problems.place(map.mark());
  map.label("title");
  map.label("legal_basis");
  if (const auto where = map.text("jurisdictions"))
    pack.everywhere = base::choose(*where, "jurisdictions", kEverywhere, problems).has_value();
  pack.rules = read_rules(map, read_frame(map, pack.id), catalogue);
  return pack;
}

JurisdictionFile read_jurisdiction(const ConfigurationFile& file, const model::Catalogue& catalogue,
                                   Problems& problems) {
  JurisdictionFile jurisdiction;
  const auto root = base::read_yaml(file.text, file.name, problems);
  if (!root) return jurisdiction;
  const YamlMap map(*root, {"jurisdiction", "name", "extends", "in_force", "recorded", "rules"}, problems);
  jurisdiction.code = map.required_word("jurisdiction");
  if (!jurisdiction_code(jurisdiction.code)) map.problem("jurisdiction", "privacy.bad_jurisdiction");
  jurisdiction.name = map.label("name");
  jurisdiction.extends = map.words("extends");
  jurisdiction.place = problems.place(map.mark());
  jurisdiction.extends_place = problems.place(map.mark("extends"));
  const auto frame = read_frame(map, "jurisdiction/" + jurisdiction.code);
  jurisdiction.rules = read_rules(map, frame, catalogue);
  return jurisdiction;
}

}  // namespace musubi::privacy
