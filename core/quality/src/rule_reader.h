// Reads files of rules against the catalogue and the value sets: whatever is not understood is a problem with
// its place.
#pragma once

#include "expectation.h"
#include "musubi/base/yaml_map.h"
#include "musubi/quality/checks.h"

namespace musubi::quality {

using base::YamlKind;
using base::YamlMap;
using base::YamlNode;

struct Rule {
  CheckInfo info;
  model::RecordKind records = model::RecordKind::case_report;
  std::vector<Expectation> expectations;        ///< one per field where the rule lists fields
  model::FieldNumber unless = model::kNoField;  ///< where this is said to be so, the rule expects nothing
};

class RuleReader {
 public:
  /// Both must outlive the reader and the rules.
  RuleReader(const model::Catalogue& catalogue, const model::ValueSets& value_sets)
      : catalogue_(catalogue), value_sets_(value_sets) {}

  void read(const std::filesystem::path& path);
  const base::Problems& problems() const noexcept { return problems_; }
  std::vector<Rule> take() { return std::move(rules_); }

 private:
  using Types = std::initializer_list<model::FieldType>;

  void read_rule(const YamlMap& map);
  void read_code(const YamlMap& map, Rule& rule);
  void read_exception(const YamlMap& map, Rule& rule);
  void read_expectation(const YamlNode& node, Rule& rule);
  void check_groups(const YamlMap& map, Rule& rule);

  void required(const YamlNode& node, Rule& rule);
  void answered(const YamlNode& node, Rule& rule);
  void in_value_set(const YamlNode& node, Rule& rule);
  void not_after(const YamlNode& node, Rule& rule);
  void not_future(const YamlNode& node, Rule& rule);
  void not_before(const YamlNode& node, Rule& rule);
  void municipality_in_prefecture(const YamlNode& node, Rule& rule);
  void age_matches_birth_date(const YamlNode& node, Rule& rule);
  void age_matches_band(const YamlNode& node, Rule& rule);
  void weekday_matches_date(const YamlNode& node, Rule& rule);
  void range(const YamlNode& node, Rule& rule);
  void implies(const YamlNode& node, Rule& rule);

  std::optional<double> number(const YamlMap& map, std::string_view key);
  /// `single`: a list of values does not fit. The nodes of keys that are missing are nullptr; nothing more is
  /// said about them.
  Operand field(const YamlNode* node, Types types, bool single);
  std::vector<Operand> fields(const YamlNode* node, Types types, bool single);
  /// Exactly two, one of each kind of type.
  std::optional<std::pair<Operand, Operand>> two_fields(const YamlNode& node, Types first, Types second);
  const model::ValueSet* value_set_of(const model::Field& field) const;
  std::vector<std::string> codes(const YamlNode* node, Operand field);
  void check_code(const base::Located& code, Operand field);
  Band band(const base::Located& code, const YamlNode& years);
  void problem(base::Mark mark, std::string_view code, base::Problems::Arguments arguments = {}) {
    problems_.error(mark, code, arguments);
  }

  const model::Catalogue& catalogue_;
  const model::ValueSets& value_sets_;
  model::RecordKind records_ = model::RecordKind::case_report;  ///< of the file being read
  std::vector<Rule> rules_;
  base::Problems problems_;
};

}  // namespace musubi::quality
