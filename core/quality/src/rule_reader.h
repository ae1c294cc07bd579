// Reads files of rules against the catalogue and the value sets: whatever is not understood is a problem with
// its place.
#pragma once

#include "expectation.h"
#include "musubi/quality/checks.h"
#include "yaml_text.h"

namespace musubi::quality {

struct Rule {
  CheckInfo info;
  model::RecordKind records = model::RecordKind::case_report;
  std::vector<Expectation> expectations;  ///< one per field where the rule lists fields
};

class RuleReader {
 public:
  /// Both must outlive the reader and the rules.
  RuleReader(const model::Catalogue& catalogue, const model::ValueSets& value_sets)
      : catalogue_(catalogue), value_sets_(value_sets) {}

  void read(const std::filesystem::path& path);
  const Problems& problems() const noexcept { return problems_; }
  std::vector<Rule> take() { return std::move(rules_); }

 private:
  using Types = std::initializer_list<model::FieldType>;

  void read_file(const YamlText& file);
  void read_rule(const YAML::Node& node);
  void read_code(const YAML::Node& node, Rule& rule);
  void read_expectation(const YAML::Node& node, Rule& rule);
  void check_groups(const YAML::Node& node, Rule& rule);

  void required(const YAML::Node& node, Rule& rule);
  void answered(const YAML::Node& node, Rule& rule);
  void in_value_set(const YAML::Node& node, Rule& rule);
  void not_after(const YAML::Node& node, Rule& rule);
  void not_future(const YAML::Node& node, Rule& rule);
  void not_before(const YAML::Node& node, Rule& rule);
  void municipality_in_prefecture(const YAML::Node& node, Rule& rule);
  void age_matches_birth_date(const YAML::Node& node, Rule& rule);
  void age_matches_band(const YAML::Node& node, Rule& rule);
  void weekday_matches_date(const YAML::Node& node, Rule& rule);
  void range(const YAML::Node& node, Rule& rule);
  void implies(const YAML::Node& node, Rule& rule);

  std::string text(const YAML::Node& parent, std::string_view key);
  /// Undefined, and a problem, when there is no such key; the readers below say nothing more about it.
  YAML::Node needed(const YAML::Node& parent, std::string_view key);
  std::optional<double> number(const YAML::Node& parent, std::string_view key);
  /// `single`: a list of values does not fit.
  Operand field(const YAML::Node& node, Types types, bool single);
  std::vector<Operand> fields(const YAML::Node& node, Types types, bool single);
  /// Exactly two, one of each kind of type.
  std::optional<std::pair<Operand, Operand>> two_fields(const YAML::Node& node, Types first, Types second);
  const model::ValueSet* value_set_of(const model::Field& field) const;
  std::vector<std::string> codes(const YAML::Node& node, Operand field);
  Band band(const YAML::Node& code, const YAML::Node& years);
  void problem(const YAML::Node& node, std::string_view code,
               std::initializer_list<base::MessageArgument> arguments = {}) {
    problems_.add(file_->problem(node, code, arguments));
  }

  const model::Catalogue& catalogue_;
  const model::ValueSets& value_sets_;
  const YamlText* file_ = nullptr;  ///< the one being read
  model::RecordKind records_ = model::RecordKind::case_report;
  std::vector<Rule> rules_;
  Problems problems_;
};

}  // namespace musubi::quality
