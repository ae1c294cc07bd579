#include "musubi/mapping/tests.h"

#include <algorithm>

#include "../conversion.h"
#include "../plan.h"
#include "../words.h"
#include "comparison.h"
#include "musubi/base/file.h"
#include "musubi/base/messages.h"
#include "removal.h"

namespace musubi::mapping {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 20;

base::Error not_loaded(const std::string& file, const Problems& problems) {
  return base::Error(base::ErrorKind::bad_configuration, "mapping.tests_not_loaded",
                     {{"count", std::to_string(problems.errors())}})
      .at({.file = file})
      .because(problems.as_error());
}

/// The field of "test[0].test.method".
std::string field_of(const std::string& path) {
  const auto end = path.rfind("].");
  const auto last = end == path.npos ? path : path.substr(end + 2);
  return last.substr(0, last.find('['));
}

struct RuleFound {
  base::Place place{};
  std::vector<std::string> from{};
};

/// A code that nothing says cannot be expected of anything.
void check_code(const std::string& code, Mark mark, const Mapping& mapping, Problems& problems) {
  if (mapping.reason(code) == nullptr && base::find_message(code) == nullptr)
    problems.error(mark, "mapping.test_code_unknown", {{"code", code}});
}

void check_codes(const TestFile& file, const Mapping& mapping, Problems& problems) {
  for (const auto& each : file.cases) {
    if (each.refused) check_code(each.refused->text, each.refused->mark, mapping, problems);
    for (const auto& expected : each.expected) {
      for (const auto& finding : expected.findings)
        check_code(finding.code, finding.path.mark, mapping, problems);
      if (expected.fault) check_code(expected.fault->text, expected.fault->mark, mapping, problems);
    }
  }
}

/// Fields that a record of the mapping cannot have.
void check_fields(const Entries& record, const Mapping& mapping, Problems& problems) {
  const auto& catalogue = *mapping.context().catalogue;
  for (const auto& [name, node] : record.entries) {
    const auto* field = catalogue.find(name.text);
    if (field == nullptr || field->kind != mapping.head().record)
      problems.error_near(name.mark, "mapping.field_unknown", catalogue.suggest(name.text),
                          {{"rule", name.text}});
  }
}

void check_all_fields(const TestFile& file, const Mapping& mapping, Problems& problems) {
  if (mapping.head().writes != Writes::nothing) return;
  check_fields(file.base_result, mapping, problems);
  for (const auto& each : file.cases)
    for (const auto& expected : each.expected)
      if (expected.result) check_fields(*expected.result, mapping, problems);
}

}  // namespace

struct Tests::State {
  MappingPointer mapping;
  std::string mapping_file;
  Problems problems{};  ///< knows the names of the files
  TestFile file{};
  std::unique_ptr<const TestInputs> inputs{};

  RuleFound rule_of(const std::string& path) const;
  Difference located(const FoundDifference& found, std::size_t index) const;
  TestedCase tested(std::string name, Mark mark, const std::vector<FoundDifference>& found,
                    std::size_t index) const;
  void run_words(const Comparison& comparison, TestReport& report) const;
};

RuleFound Tests::State::rule_of(const std::string& path) const {
  const auto& parts = mapping->parts();
  const auto field = field_of(path.substr(path.find(' ') == path.npos ? 0 : path.find(' ') + 1));
  RuleFound found;
  const auto take = [&](const std::vector<Rule>& rules) {
    for (const auto& rule : rules)
      if (rule.field_id == field)
        found = {{.file = rule.mapping.empty() ? mapping_file : rule.mapping, .line = rule.line},
                 rule.source == RuleSource::joined ? std::vector<std::string>{} : rule.from};
  };
  take(parts.compiled.rules);
  for (const auto& group : parts.compiled.groups) take(group.rules);
  if (parts.outward)
    for (const auto& [column, rule] : parts.outward->columns)
      if (column == path) found = {{.file = mapping_file, .line = rule.line}, {}};
  return found;
}

Difference Tests::State::located(const FoundDifference& found, std::size_t index) const {
  Difference difference{.place = problems.place(found.mark),
                        .path = found.path,
                        .expected = found.expected,
                        .came = found.came};
  const auto rule = rule_of(found.path);
  difference.rule = rule.place;
  for (const auto& column : rule.from) {
    auto cell = inputs->given(index, found.row, column);
    if (cell.empty() && &column != &rule.from.front()) continue;
    difference.column = column;
    difference.cell = std::move(cell);
  }
  return difference;
}

TestedCase Tests::State::tested(std::string name, Mark mark, const std::vector<FoundDifference>& found,
                                std::size_t index) const {
  TestedCase tested{.name = std::move(name), .place = problems.place(mark)};
  for (const auto& each : found) tested.differences.push_back(located(each, index));
  return tested;
}

void Tests::State::run_words(const Comparison& comparison, TestReport& report) const {
  const auto all = inputs->run_words(mapping);
  std::size_t row = 0;
  for (const auto& checks : file.words)
    for (const auto& word : checks.words) {
      auto found = comparison.of_word(checks, word, all[row]);
      for (auto& each : found) each.row = row;
      ++row;
      report.cases.push_back(
          tested(checks.target.text + ": " + word.word.text, word.word.mark, found, file.cases.size()));
      report.cases.back().is_word = true;
    }
}

std::size_t TestReport::failed() const noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(cases, [](const TestedCase& each) { return !each.passed(); }));
}

Tests::Tests(std::unique_ptr<const State> state) : state_(std::move(state)) {}
Tests::Tests(Tests&&) noexcept = default;
Tests::~Tests() = default;

base::Result<Tests> Tests::load(const fs::path& file, std::shared_ptr<const Mapping> mapping,
                                const std::string& mapping_file, const fs::path& words_folder) {
  MUSUBI_ASSIGN(const auto text, base::read_file(file, kLargestFile));
  return parse(text, file, std::move(mapping), mapping_file, words_folder);
}

base::Result<Tests> Tests::parse(std::string_view yaml, const fs::path& shown_name,
                                 std::shared_ptr<const Mapping> mapping, const std::string& mapping_file,
                                 const fs::path& words_folder) {
  auto state = std::make_unique<State>();
  auto& problems = state->problems;
  const bool writes = mapping->head().writes != Writes::nothing;
  auto file = read_test_file(yaml, shown_name.string(), writes, words_folder, problems);
  if (!file || problems.has_errors()) return not_loaded(shown_name.string(), problems);
  state->file = std::move(*file);
  if (state->file.mapping.text != mapping->head().id)
    problems.error(state->file.mapping.mark, "mapping.test_of_other",
                   {{"id", state->file.mapping.text}, {"mapping", mapping->head().id}});
  check_codes(state->file, *mapping, problems);
  check_all_fields(state->file, *mapping, problems);
  state->inputs = writes ? record_inputs(state->file, *mapping, problems)
                         : table_inputs(state->file, *mapping, shown_name.parent_path(), problems);
  if (problems.has_errors()) return not_loaded(shown_name.string(), problems);
  state->mapping = std::move(mapping);
  state->mapping_file = mapping_file;
  return Tests(std::move(state));
}

TestReport Tests::run() const {
  const Comparison comparison(state_->file, *state_->mapping);
  TestReport report;
  for (std::size_t index = 0; index < state_->file.cases.size(); ++index) {
    const auto& name = state_->file.cases[index].name;
    const auto found = comparison.of_case(index, state_->inputs->run_case(state_->mapping, index));
    report.cases.push_back(state_->tested(name.text, name.mark, found, index));
  }
  state_->run_words(comparison, report);
  return report;
}

namespace {

/// Everything that the tests' inputs become.
struct AllCame {
  std::vector<Came> words{};
  std::vector<std::vector<Came>> cases{};
};

/// How the tests see what is left of a mapping.
struct Seen {
  bool exercised = false, noticed = false;
};

Seen look(const MappingPointer& remainder, const TestInputs& inputs, const AllCame& whole,
          const Comparison& comparison) {
  Seen seen;
  if (const auto words = inputs.run_words(remainder); words != whole.words)
    seen = {true, !comparison.holds(words)};
  for (std::size_t index = 0; index < whole.cases.size() && !seen.noticed; ++index) {
    const auto came = inputs.run_case(remainder, index);
    if (came == whole.cases[index]) continue;
    seen = {true, !comparison.of_case(index, came).empty()};
  }
  return seen;
}

}  // namespace

Coverage Tests::coverage() const {
  const auto& [mapping, mapping_file, problems, file, inputs] = *state_;
  const Comparison comparison(file, *mapping);
  AllCame whole{inputs->run_words(mapping), {}};
  for (std::size_t index = 0; index < file.cases.size(); ++index)
    whole.cases.push_back(inputs->run_case(mapping, index));
  Coverage coverage;
  for (const auto& part : parts_of(*mapping, mapping_file)) {
    const auto remainder = part.without();
    if (remainder.loads && remainder.mapping == nullptr) continue;
    const auto seen =
        remainder.loads ? look(remainder.mapping, *inputs, whole, comparison) : Seen{true, true};
    ++coverage.parts;
    coverage.exercised += seen.exercised ? 1 : 0;
    coverage.noticed += seen.noticed ? 1 : 0;
    if (!seen.noticed) coverage.gaps.push_back({part.place, part.what, seen.exercised});
  }
  return coverage;
}

fs::path tests_of(const fs::path& mapping_file) {
  auto file = mapping_file;
  return file.replace_extension(".test.yaml");
}

namespace {

std::string meaning_of(const model::ValueSet& set, const std::string& word) {
  std::string buffer;
  TextKeeper keeper;
  const auto text = comparable(folded(trimmed(word), buffer));
  const auto value =
      convert({.operation = Operation::lookup, .value_set = &set}, text, document::CellKind::text, keeper);
  if (value.is_absent()) return shown({std::string(model::name_of(value.absent_reason())), true});
  return value.present() ? std::string(value.as_text()) : std::string();
}

std::string expected_meaning(const YamlNode& means) {
  Leaves leaves;
  add_field({}, means, leaves);
  return leaves.empty() ? std::string() : shown(leaves.begin()->second);
}

}  // namespace

base::Result<TestReport> try_words(const fs::path& file, const Context& context) {
  Problems problems;
  const auto words = read_words_file(file, problems);
  const auto* set = words ? context.value_sets->find(words->value_set.text) : nullptr;
  if (words && set == nullptr)
    problems.error_near(words->value_set.mark, "mapping.value_set_unknown",
                        context.value_sets->suggest(words->value_set.text),
                        {{"word", words->value_set.text}});
  if (problems.has_errors()) return not_loaded(file.string(), problems);
  TestReport report;
  for (const auto& [word, means, absent] : words->words) {
    TestedCase tested{.name = word.text, .place = problems.place(word.mark), .is_word = true};
    const auto expected = expected_meaning(means);
    const auto came = meaning_of(*set, word.text);
    if (expected != came)
      tested.differences.push_back(
          {.place = tested.place, .path = set->id(), .expected = expected, .came = came, .cell = word.text});
    report.cases.push_back(std::move(tested));
  }
  return report;
}

}  // namespace musubi::mapping
