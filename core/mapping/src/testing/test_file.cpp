#include "test_file.h"

#include <algorithm>
#include <array>

#include "musubi/base/file.h"

namespace musubi::mapping {
namespace {

constexpr base::YamlLimits kLimits{.depth = 40};
constexpr auto kFileKeys = std::to_array<std::string_view>({"test", "base", "cases", "words"});
constexpr auto kBaseKeys = std::to_array<std::string_view>({"row", "record"});
constexpr auto kOutwardBaseKeys = std::to_array<std::string_view>({"record", "row", "json"});
constexpr auto kCaseKeys = std::to_array<std::string_view>(
    {"case", "base", "only_named", "columns", "row", "rows", "text", "file", "record", "held", "rejected",
     "noted", "skipped", "fault", "gives", "refused"});
constexpr auto kOutwardCaseKeys = std::to_array<std::string_view>(
    {"case", "base", "only_named", "record", "row", "json", "held", "noted", "skipped"});
constexpr auto kOutcomeKeys =
    std::to_array<std::string_view>({"record", "held", "rejected", "noted", "skipped", "fault"});
constexpr auto kWordsFileKeys = std::to_array<std::string_view>({"valueset", "words"});
constexpr auto kOutwardWordsKeys = std::to_array<std::string_view>({"from", "words", "absent"});
constexpr auto kInputKeys = std::to_array<std::string_view>({"row", "rows", "text", "file"});
constexpr auto kEndings = std::to_array<Ending>({Ending::noted, Ending::held, Ending::rejected});

std::optional<Entries> read_entries(const YamlNode* node, Problems& problems) {
  if (node == nullptr) return std::nullopt;
  const YamlMap map(*node, problems);
  return Entries{node->mark, map ? map.entries() : std::vector<std::pair<Located, YamlNode>>{}};
}

/// "base: no", with everything said anew.
bool yes_unless_no(const YamlMap& map, std::string_view key) { return !map.has(key) || map.yes(key); }

class FileReader {
 public:
  FileReader(bool writes, const std::filesystem::path& words_folder, Problems& problems)
      : writes_(writes), words_folder_(words_folder), problems_(problems) {}

  TestFile run(const YamlNode& root) {
    TestFile file;
    const YamlMap map(root, kFileKeys, problems_);
    if (const auto id = map.required_text("test")) file.mapping = *id;
    if (const auto* base = map.find("base")) read_base(*base, file);
    for (const auto& node : map.items("cases")) read_case(node, file);
    if (const auto* words = map.find("words"))
      for (const auto& [target, node] : YamlMap(*words, problems_).entries()) read_words(target, node, file);
    if (file.cases.empty() && file.words.empty()) map.problem("cases", "yaml.missing_key");
    return file;
  }

 private:
  base::Names keys(base::Names inward, base::Names outward) const { return writes_ ? outward : inward; }

  void read_base(const YamlNode& node, TestFile& file) {
    const YamlMap map(node, keys(kBaseKeys, kOutwardBaseKeys), problems_);
    const auto* result = writes_ ? written(map) : map.find("record");
    if (auto input = read_entries(map.find(writes_ ? "record" : "row"), problems_))
      file.base_input = std::move(*input);
    if (auto entries = read_entries(result, problems_)) file.base_result = std::move(*entries);
  }

  static const YamlNode* written(const YamlMap& map) {
    const auto* row = map.find("row");
    return row == nullptr ? map.find("json") : row;
  }

  void read_case(const YamlNode& node, TestFile& file) {
    const YamlMap map(node, keys(kCaseKeys, kOutwardCaseKeys), problems_);
    if (!map) return;
    TestCase each;
    if (const auto name = map.required_text("case")) each.name = *name;
    each.from_base = yes_unless_no(map, "base");
    each.only_named = map.yes("only_named");
    each.columns = map.texts("columns");
    each.refused = map.text("refused");
    if (writes_)
      read_record_given(map, each);
    else
      read_table_given(map, each);
    read_expected(map, each);
    file.cases.push_back(std::move(each));
  }

  void read_record_given(const YamlMap& map, TestCase& into) {
    if (auto record = read_entries(map.required("record"), problems_))
      into.given.push_back(std::move(*record));
  }

  void read_table_given(const YamlMap& map, TestCase& into) {
    const auto inputs = std::ranges::count_if(kInputKeys, [&](std::string_view key) { return map.has(key); });
    if (inputs != 1) problems_.error(into.name.mark, "mapping.test_one_input", {{"case", into.name.text}});
    if (auto row = read_entries(map.find("row"), problems_)) into.given.push_back(std::move(*row));
    for (const auto& node : map.items("rows"))
      if (auto row = read_entries(&node, problems_)) into.given.push_back(std::move(*row));
    into.text = map.text("text");
    into.file = map.text("file");
    if (into.text || into.file) into.from_base = false;
  }

  void read_expected(const YamlMap& map, TestCase& into) {
    for (const auto& node : map.items("gives"))
      if (const YamlMap outcome(node, kOutcomeKeys, problems_); outcome)
        into.expected.push_back(read_outcome(outcome, outcome.find("record")));
    if (into.refused || map.has("gives")) return;
    into.expected.push_back(read_outcome(map, writes_ ? written(map) : map.find("record")));
    into.expected.back().mark = into.name.mark;
  }

  Expectation read_outcome(const YamlMap& map, const YamlNode* result) {
    Expectation expectation{.mark = map.mark()};
    expectation.result = read_entries(result, problems_);
    for (const auto ending : kEndings)
      if (const auto* findings = map.find(name_of(ending)))
        read_findings(*findings, ending, expectation.findings);
    expectation.skipped = map.text("skipped");
    expectation.fault = map.text("fault");
    return expectation;
  }

  /// Field → code, or codes.
  void read_findings(const YamlNode& node, Ending ending, std::vector<ExpectedFinding>& into) {
    for (const auto& [path, codes] : YamlMap(node, problems_).entries())
      for (auto& code : base::texts_of(codes, path.text, problems_))
        into.push_back({ending, path, std::move(code.text)});
  }

  void read_words(const Located& target, const YamlNode& node, TestFile& file) {
    WordChecks checks{.target = target};
    if (!writes_) {
      add_words(node, checks.words);
    } else if (const YamlMap map(node, kOutwardWordsKeys, problems_); map) {
      checks.from = map.required_text("from");
      if (const auto* words = map.find("words")) add_pairs(*words, false, checks.words);
      if (const auto* absent = map.find("absent")) add_pairs(*absent, true, checks.words);
      if (!checks.from) return;
    }
    file.words.push_back(std::move(checks));
  }

  /// A map of words, the name of a value set whose words to take, or a list of both.
  void add_words(const YamlNode& node, std::vector<WordCheck>& into) {
    if (node.kind == YamlKind::map) return add_pairs(node, false, into);
    if (node.kind == YamlKind::list) {
      for (const auto& item : node.items) add_words(item, into);
    } else if (const auto name = base::text_of(node, "words", problems_)) {
      const auto file = words_folder_ / (name->text + ".test.yaml");
      if (!std::filesystem::exists(file))
        return problems_.error(name->mark, "mapping.test_words_unknown", {{"name", name->text}});
      if (auto words = read_words_file(file, problems_))
        for (auto& word : words->words) add_word(std::move(word), into);
    }
  }

  void add_pairs(const YamlNode& node, bool absent, std::vector<WordCheck>& into) {
    for (const auto& [word, means] : YamlMap(node, problems_).entries())
      add_word({word, means, absent}, into);
  }

  /// What is said of a word later counts.
  static void add_word(WordCheck word, std::vector<WordCheck>& into) {
    const auto known = std::ranges::find_if(into, [&](const WordCheck& each) {
      return each.word.text == word.word.text && each.absent == word.absent;
    });
    if (known == into.end())
      into.push_back(std::move(word));
    else
      *known = std::move(word);
  }

  bool writes_;
  const std::filesystem::path& words_folder_;
  Problems& problems_;
};

}  // namespace

std::string_view name_of(Ending ending) noexcept {
  constexpr auto kNames = std::to_array<std::string_view>({"noted", "held", "rejected"});
  return kNames[static_cast<std::size_t>(ending)];
}

std::optional<WordsFile> read_words_file(const std::filesystem::path& path, Problems& problems) {
  const auto root = base::read_yaml_file(path, problems);
  if (!root) return std::nullopt;
  const YamlMap map(*root, kWordsFileKeys, problems);
  WordsFile file;
  if (const auto id = map.required_text("valueset")) file.value_set = *id;
  if (const auto* words = map.required("words"))
    for (const auto& [word, means] : YamlMap(*words, problems).entries()) file.words.push_back({word, means});
  return file;
}

std::optional<TestFile> read_test_file(std::string_view yaml, const std::string& shown_name, bool writes,
                                       const std::filesystem::path& words_folder, Problems& problems) {
  const auto root = base::read_yaml(yaml, shown_name, problems, kLimits);
  if (!root) return std::nullopt;
  return FileReader(writes, words_folder, problems).run(*root);
}

}  // namespace musubi::mapping
