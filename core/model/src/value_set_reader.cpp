// From mappings/valuesets/*.yaml to the contents of value sets. A text that stands for two things is refused.
#include "value_set_reader.h"

#include <algorithm>
#include <map>

#include "musubi/base/text.h"
#include "yaml_file.h"

namespace musubi::model {
namespace {

using base::ErrorKind;

constexpr std::string_view kCommonAbsence = "absent";

struct Draft {
  ValueSet::Contents contents;
  std::string file;  ///< without its folder
  base::Place place;
  std::vector<base::Place> parents;                          ///< by number of the code
  std::map<std::string, std::string, std::less<>> meanings;  ///< folded text → code or reason
};

class Reader {
 public:
  base::Status read(const ValueSetFile& file, const std::filesystem::path& shown_folder);
  base::Result<std::vector<ReadValueSet>> finish();

 private:
  void read_codes(const YamlFile& file, YamlMap& root, Draft& draft);
  void read_code(YamlMap& map, const std::string& code, Draft& draft);
  void read_absent(const YamlFile& file, YamlMap& root, Draft& draft);
  void check_parents(const Draft& draft);
  /// Problem: the text means something else already.
  void mean(Draft& draft, const std::string& text, const std::string& meaning, const base::Place& place);
  void add_common_absence();

  void problem(std::string_view code, base::Place place,
               std::initializer_list<base::MessageArgument> arguments) {
    problems_.add(base::Error(ErrorKind::bad_configuration, code, arguments).at(std::move(place)));
  }

  std::vector<Draft> drafts_;
  Problems problems_;
};

base::Status Reader::read(const ValueSetFile& bytes, const std::filesystem::path& shown_folder) {
  MUSUBI_ASSIGN(const auto file, YamlFile::parse(bytes.text, shown_folder / bytes.name));
  YamlMap root(file, file.root(), problems_);
  if (!root.allow({"valueset", "ja", "en", "codes", "absent"})) return {};
  Draft draft;
  draft.contents.id = root.required_text("valueset");
  draft.contents.label = root.label();
  draft.place = root.place("valueset");
  draft.file = bytes.name;
  for (const Draft& other : drafts_)
    if (other.contents.id == draft.contents.id)
      problem("valueset.twice", draft.place, {{"valueset", draft.contents.id}, {"first", other.place.file}});
  if (root.has("codes")) read_codes(file, root, draft);
  if (root.has("absent")) read_absent(file, root, draft);
  check_parents(draft);
  drafts_.push_back(std::move(draft));
  return {};
}

void Reader::read_codes(const YamlFile& file, YamlMap& root, Draft& draft) {
  YamlMap codes(file, root.node("codes"), problems_);
  if (!codes.allow_any()) return;
  for (const auto& entry : root.node("codes")) {
    YamlMap map(file, entry.second, problems_);
    mean(draft, entry.first.Scalar(), entry.first.Scalar(), file.place(entry.first));
    if (map.allow({"ja", "en", "synonyms", "parent"})) read_code(map, entry.first.Scalar(), draft);
  }
}

void Reader::read_code(YamlMap& map, const std::string& code, Draft& draft) {
  CodedConcept coded;
  coded.code = code;
  coded.label = map.label();
  coded.synonyms = map.texts("synonyms");
  coded.parent = map.text("parent");
  if (!coded.label.japanese.empty()) mean(draft, coded.label.japanese, code, map.place("ja"));
  if (!coded.label.english.empty()) mean(draft, coded.label.english, code, map.place("en"));
  for (const auto& synonym : coded.synonyms) mean(draft, synonym, code, map.place("synonyms"));
  draft.parents.push_back(map.place("parent"));
  draft.contents.concepts.push_back(std::move(coded));
}

void Reader::read_absent(const YamlFile& file, YamlMap& root, Draft& draft) {
  YamlMap absent(file, root.node("absent"), problems_);
  if (!absent.allow(
          {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"}))
    return;
  for (const auto& entry : root.node("absent")) {
    const auto& name = entry.first.Scalar();
    const auto reason = absent_reason_named(name);
    if (!reason) continue;
    for (auto& word : absent.texts(name)) {
      mean(draft, word, name, absent.place(name));
      draft.contents.absent.emplace_back(std::move(word), *reason);
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
      problem("valueset.unknown_parent", draft.parents[number],
              {{"valueset", draft.contents.id},
               {"code", coded.code},
               {"given", coded.parent},
               {"suggestion", nearest_or_all(coded.parent, codes)}});
}

void Reader::mean(Draft& draft, const std::string& text, const std::string& meaning,
                  const base::Place& place) {
  const auto [known, added] = draft.meanings.try_emplace(base::fold_width(text), meaning);
  if (!added && known->second != meaning)
    problem("valueset.ambiguous", place,
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
  if (!problems_.none()) return problems_.chained();
  add_common_absence();
  std::vector<ReadValueSet> all;
  for (Draft& draft : drafts_) all.push_back({std::move(draft.contents), std::move(draft.file)});
  return all;
}

}  // namespace

base::Result<std::vector<ReadValueSet>> read_value_sets(std::span<const ValueSetFile> files,
                                                        const std::filesystem::path& shown_folder) {
  Reader reader;
  for (const auto& file : files)
    if (file.name.ends_with(".yaml")) MUSUBI_TRY(reader.read(file, shown_folder));
  return reader.finish();
}

}  // namespace musubi::model
