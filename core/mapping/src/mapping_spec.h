// A mapping file as it is written: its keys read and typed, its places kept, nothing looked up yet.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "musubi/base/label.h"
#include "musubi/base/yaml_map.h"
#include "musubi/mapping/mapping.h"

namespace musubi::mapping {

using base::Located;
using base::Mark;
using base::Problems;
using base::YamlKind;
using base::YamlMap;
using base::YamlNode;

/// Where a rule takes its value from.
enum class RuleSource : std::uint8_t {
  columns,    ///< from: the first of them that is not blank
  joined,     ///< join: several columns or canonical fields put together
  constant,   ///< value:
  expression  ///< expr: FHIRPath
};

/// What happens to a value that is not understood.
enum class OnError : std::uint8_t {
  review,   ///< the record is held for a person
  reject,   ///< the record is sent back
  null,     ///< the record goes on without the value, with a warning
  fallback  ///< the default stands in (only when the rule has one and does not say otherwise)
};

struct AbsentWord {
  Located word;
  std::optional<model::AbsentReason> reason;  ///< nullopt: what the word usually means
};

/// The words of `absent:`.
struct AbsentSpec {
  std::vector<AbsentWord> words;
  bool usual = false;  ///< and every word of the value set "absent"
};

/// What it means when an expression yields nothing although the columns it reads are filled.
struct EmptySpec {
  Mark mark{};
  /// none: nothing is said of the field.
  model::AbsentReason reason = model::AbsentReason::none;
};

struct RuleSpec {
  Located field{};
  RuleSource source = RuleSource::columns;
  std::vector<Located> from{};    ///< columns, or the parts of a join
  std::optional<Located> text{};  ///< of a constant or an expression
  std::optional<Located> separator{}, prefix{}, convert_as{}, lookup{}, translate{}, prefecture{}, split{},
      fallback{};
  std::vector<Located> truths{}, falsehoods{};
  std::optional<AbsentSpec> absent{};
  std::optional<OnError> on_error{};
  std::optional<EmptySpec> empty{};
  std::optional<Located> absent_from{};  ///< of takes: the column that names why there is no value
};

/// Which parts of a row, or of an item, are items of their own.
struct ItemsSpec {
  Mark mark{};
  std::optional<Located>
      path{};  ///< a list in JSON or XML: columns that begin with it are those of its items
  /// Columns side by side (検体1, 検体2 …): one map per item, from the name that rules use to the column.
  std::vector<std::vector<std::pair<Located, Located>>> sets{};
};

/// The rules of a repeated group.
struct GroupSpec {
  Located field{};
  ItemsSpec items{};
  std::vector<RuleSpec> rules{};
};

/// Rows that are another record's, in FHIRPath.
struct WhenSpec {
  Located expression{};
  std::string because{};  ///< empty: the mapping does not say
};

/// A record that is held, or sent back, where an expression holds.
struct VerdictSpec {
  Located when{};
  Located code{};
  base::Label text{};
  bool rejects = false;
};

/// Rows that are no records, such as a total at the end.
struct SkipSpec {
  Located column;
  std::vector<Located> words;
  std::string because;
};

/// Words that sources of this mapping use beside those of a value set.
struct WordsSpec {
  Located value_set{};
  std::vector<std::pair<Located, std::vector<Located>>> codes{};
};

/// A path of a view, with the type that it begins at; empty: not known.
struct PathSpec {
  Located path{};
  std::string begins_at{};
};

struct MappingSpec {
  Head head;
  Mark mark;  ///< of the first key
  std::vector<Located> columns, optional_columns, required_columns;
  std::optional<Located> as_of, local_id, event_date;
  std::vector<std::pair<Located, Located>> ignored;  ///< column → why it is not read
  std::vector<SkipSpec> skips;
  std::vector<WordsSpec> words;
  std::optional<WhenSpec> when;
  std::vector<VerdictSpec> verdicts;
  std::optional<ItemsSpec> for_each;    ///< each item is a record
  std::vector<PathSpec> paths;          ///< of `reads: fhir`
  std::optional<Mark> takes_canonical;  ///< fields without a rule are taken as Musubi writes them
  std::vector<RuleSpec> rules;
  std::vector<GroupSpec> groups;
  std::vector<std::string> fields;  ///< of all rules, those that could not be read included
};

/// Reads the keys; whatever is wrong is in `problems`, and the rest is read on. `root` is a map.
MappingSpec read_spec(const YamlNode& root, Problems& problems);
std::optional<RuleSpec> read_rule(const Located& field, const YamlNode& node, Problems& problems);
/// The value of `for_each`.
std::optional<ItemsSpec> read_items(const YamlNode& node, Problems& problems);
/// The same in one line.
std::string shown(const ItemsSpec& items);
/// A field with for_each and fields below it; nullopt: what it says is no group.
std::optional<GroupSpec> read_group(const Located& field, const YamlNode& node, Problems& problems);
/// `resource`, `where` and `columns` of a mapping that reads FHIR.
void read_view(const YamlMap& root, MappingSpec& spec);
/// `when`, `hold` and `reject` of the head.
void read_conditions(const YamlMap& root, MappingSpec& spec);

}  // namespace musubi::mapping
