// From mappings/valuesets/*.yaml to the contents of value sets. A text that stands for two things is refused.
#include "value_set_reader.h"

#include <algorithm>
#include <map>
#include <ranges>

#include "musubi/base/text.h"
#include "musubi/base/yaml_map.h"
#include "value_set_table.h"
#include "word_pattern.h"

namespace musubi::model {
namespace {

using base::Mark;
using base::YamlMap;

constexpr std::string_view kCommonAbsence = "absent";
constexpr base::YamlLimits kLimits{.bytes = std::size_t{16} << 20, .nodes = 1'000'000};

struct Draft {
  ValueSet::Contents contents;
  std::string file;  ///< without its folder
  Mark mark;
  std::vector<Mark> parents;                                 ///< by number of the code
  std::map<std::string, std::string, std::less<>> meanings;  ///< folded text → code or reason
};

class Reader {
 public:
  void read(const ValueSetFile& file, const std::filesystem::path& shown_folder);
  void read_table(const ValueSetFile& file, const std::filesystem::path& shown_folder);
  base::Result<std::vector<ReadValueSet>> finish();

 private:
  void read_codes(const YamlMap& root, Draft& draft);
  void read_code(const YamlMap& map, const std::string& code, Draft& draft);
  void read_absent(const YamlMap& root, Draft& draft);
  void read_row(const ValueSetRow& row, Draft& draft);
  /// A synonym, or all that a pattern stands for.
  void add_synonyms(const base::Located& written, const std::string& code, Draft& draft,
                    std::vector<std::string>& synonyms);
  void add(Draft draft);
  void check_parents(const Draft& draft);
  /// Problem: the text means something else already.
  void mean(Draft& draft, const std::string& text, const std::string& meaning, Mark mark);
  void add_common_absence();

  std::vector<Draft> drafts_;
  base::Problems problems_;
};

void Reader::read(const ValueSetFile& bytes, const std::filesystem::path& shown_folder) {
  const auto file = base::read_yaml(bytes.text, (shown_folder / bytes.name).string(), problems_, kLimits);
  if (!file) return;
  const YamlMap root(*file, {"valueset", "ja", "en", "codes", "absent"}, problems_);
  Draft draft;
  draft.contents.id = root.required_word("valueset");
  draft.contents.label = root.label();
  draft.mark = root.mark("valueset");
  draft.file = bytes.name;
  if (root.has("codes")) read_codes(root, draft);
  if (root.has("absent")) read_absent(root, draft);
  add(std::move(draft));
}

/// A value set once more, or with parents that are not there, is a problem.
void Reader::add(Draft draft) {
  for (const Draft& other : drafts_)
    if (other.contents.id == draft.contents.id)
      problems_.error(draft.mark, "valueset.twice",
                      {{"valueset", draft.contents.id}, {"first", problems_.place(other.mark).file}});
  check_parents(draft);
  drafts_.push_back(std::move(draft));
}

void Reader::read_codes(const YamlMap& root, Draft& draft) {
  for (const auto& [code, node] : YamlMap(*root.find("codes"), problems_).entries()) {
    mean(draft, code.text, code.text, code.mark);
    if (const YamlMap map(node, {"ja", "en", "synonyms", "parent", "valid_from", "valid_to"}, problems_); map)
      read_code(map, code.text, draft);
  }
}

void Reader::read_code(const YamlMap& map, const std::string& code, Draft& draft) {
  CodedConcept coded;
  coded.code = code;
  coded.label = map.label();
  coded.parent = map.word("parent");
  if (!coded.label.japanese.empty()) mean(draft, coded.label.japanese, code, map.mark("ja"));
  if (!coded.label.english.empty()) mean(draft, coded.label.english, code, map.mark("en"));
  coded.valid_from = map.day("valid_from");
  coded.valid_to = map.day("valid_to");
  if (coded.valid_from && coded.valid_to && *coded.valid_to < *coded.valid_from)
    problems_.error(map.mark("valid_to"), "valueset.days_reversed", {{"code", code}});
  for (const auto& synonym : map.texts("synonyms")) add_synonyms(synonym, code, draft, coded.synonyms);
  draft.parents.push_back(map.mark("parent"));
  draft.contents.concepts.push_back(std::move(coded));
}

void Reader::add_synonyms(const base::Located& written, const std::string& code, Draft& draft,
                          std::vector<std::string>& synonyms) {
  auto words = words_of_pattern(written.text);
  if (!words) {
    problems_.error(written.mark, "valueset.pattern",
                    {{"text", written.text}, {"alternatives", "90{歳,代}以上"}, {"range", "{1..5}歳"}});
    return;
  }
  for (auto& word : *words) {
    mean(draft, word, code, written.mark);
    synonyms.push_back(std::move(word));
  }
}

void Reader::read_row(const ValueSetRow& row, Draft& draft) {
  if (row.absent != AbsentReason::none) {
    for (const auto& word : row.synonyms) {
      mean(draft, word.text, std::string(name_of(row.absent)), word.mark);
      draft.contents.absent.emplace_back(word.text, row.absent);
    }
    return;
  }
  if (std::ranges::find(draft.contents.concepts, row.code.text, &CodedConcept::code) !=
      draft.contents.concepts.end())
    problems_.error(row.code.mark, "valueset.code_twice", {{"code", row.code.text}});
  CodedConcept coded{.code = row.code.text, .label = row.label, .synonyms = {}, .parent = row.parent.text};
  coded.valid_from = row.valid_from;
  coded.valid_to = row.valid_to;
  for (const auto& text : {coded.code, coded.label.japanese, coded.label.english})
    if (!text.empty()) mean(draft, text, coded.code, row.code.mark);
  for (const auto& synonym : row.synonyms) add_synonyms(synonym, coded.code, draft, coded.synonyms);
  draft.parents.push_back(row.parent.mark);
  draft.contents.concepts.push_back(std::move(coded));
}

void Reader::read_table(const ValueSetFile& file, const std::filesystem::path& shown_folder) {
  const auto table = read_value_set_table(file.text, (shown_folder / file.name).string(), problems_);
  if (!table) return;
  Draft draft;
  draft.contents.id = table->id.text;
  draft.contents.label = table->label;
  draft.mark = table->id.mark;
  draft.file = file.name;
  for (const auto& row : table->rows) read_row(row, draft);
  add(std::move(draft));
}

void Reader::read_absent(const YamlMap& root, Draft& draft) {
  const YamlMap absent(
      *root.find("absent"),
      {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"},
      problems_);
  for (const auto& [name, words] : absent.entries()) {
    const auto reason = absent_reason_named(name.text);
    if (!reason) continue;
    for (auto& word : base::texts_of(words, name.text, problems_)) {
      mean(draft, word.text, name.text, word.mark);
      draft.contents.absent.emplace_back(std::move(word.text), *reason);
    }
  }
}

void Reader::check_parents(const Draft& draft) {
  const auto& concepts = draft.contents.concepts;
  std::vector<std::string_view> codes;
  for (const auto& coded : concepts) codes.push_back(coded.code);
  for (std::size_t number = 0; number < concepts.size(); ++number)
    if (const auto& coded = concepts[number];
        !coded.parent.empty() && std::ranges::find(codes, coded.parent) == codes.end())
      problems_.error(draft.parents[number], "valueset.unknown_parent",
                      {{"valueset", draft.contents.id},
                       {"code", coded.code},
                       {"given", coded.parent},
                       {"suggestion", base::nearest_or_all(coded.parent, codes)}});
}

void Reader::mean(Draft& draft, const std::string& text, const std::string& meaning, Mark mark) {
  const auto [known, added] = draft.meanings.try_emplace(base::fold_width(text), meaning);
  if (!added && known->second != meaning)
    problems_.error(
        mark, "valueset.ambiguous",
        {{"valueset", draft.contents.id}, {"text", text}, {"first", known->second}, {"second", meaning}});
}

/// After the set's own words, so that those win.
void Reader::add_common_absence() {
  std::vector<std::pair<std::string, AbsentReason>> common;
  for (const Draft& draft : drafts_)
    if (draft.contents.id == kCommonAbsence) common = draft.contents.absent;
  for (Draft& draft : drafts_)
    if (draft.contents.id != kCommonAbsence)
      draft.contents.absent.insert(draft.contents.absent.end(), common.begin(), common.end());
}

base::Result<std::vector<ReadValueSet>> Reader::finish() {
  if (problems_.has_errors()) return problems_.as_error();
  add_common_absence();
  std::vector<ReadValueSet> all;
  for (Draft& draft : drafts_) all.push_back({std::move(draft.contents), std::move(draft.file)});
  return all;
}

}  // namespace

base::Result<std::vector<ReadValueSet>> read_value_sets(std::span<const ValueSetFile> files,
                                                        const std::filesystem::path& shown_folder) {
  Reader reader;
  const auto in_the_folder = [](const ValueSetFile& file) {
    return !file.name.starts_with(kConceptMaps) && file.name != kMunicipalityFile;
  };
  for (const auto& file : files | std::views::filter(in_the_folder))
    if (file.name.ends_with(".yaml")) reader.read(file, shown_folder);
  for (const auto& file : files | std::views::filter(in_the_folder))
    if (file.name.ends_with(".csv")) reader.read_table(file, shown_folder);
  return reader.finish();
}

}  // namespace musubi::model
