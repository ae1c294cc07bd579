#include "concept_map_reader.h"

#include <algorithm>
#include <array>
#include <set>

#include "musubi/base/yaml_map.h"
#include "value_set_reader.h"

namespace musubi::model {
namespace {

using base::Located;
using base::YamlKind;
using base::YamlMap;
using base::YamlNode;

constexpr auto kEquivalences = std::to_array<Equivalence>(
    {Equivalence::equivalent, Equivalence::wider, Equivalence::narrower, Equivalence::inexact});

constexpr std::string_view kYesAndNo = "boolean";  ///< from: what fields of that type hold
constexpr auto kReasons = std::to_array<std::string_view>(
    {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"});

/// Reads one file after the other.
class MapReader {
 public:
  explicit MapReader(const FindValueSet& value_set) : value_set_(value_set) {}

  void read(const ValueSetFile& file, std::string shown_name) {
    const auto root = base::read_yaml(file.text, std::move(shown_name), problems_);
    if (!root) return;
    const YamlMap map(*root, {"conceptmap", "ja", "en", "from", "to", "codes", "absent"}, problems_);
    ConceptMap::Contents contents;
    contents.id = map.required_word("conceptmap");
    contents.label = map.label();
    contents.from = map.required_word("from");
    contents.to = map.required_word("to");
    const auto* set = value_set_(contents.from);
    if (set == nullptr && !contents.from.empty() && contents.from != kYesAndNo)
      map.problem("from", "conceptmap.unknown_source", {{"given", contents.from}});
    std::set<std::string, std::less<>> named;
    const auto errors = problems_.errors();
    if (const auto* codes = map.required("codes"))
      for (const auto& [code, node] : YamlMap(*codes, problems_).entries()) {
        named.insert(code.text);
        read_code(code, node, contents);
      }
    if (const auto* absent = map.find("absent")) read_absent(*absent, contents);
    // A code that is misspelt is not left out as well.
    if (set != nullptr && problems_.errors() == errors) complete(*set, map, named, contents);
    if (std::ranges::find(maps_, contents.id, id_of) != maps_.end())
      map.problem("conceptmap", "conceptmap.twice", {{"id", contents.id}});
    maps_.push_back({ConceptMap(std::move(contents)), file.name});
  }

  base::Result<std::vector<ReadConceptMap>> finish() {
    if (problems_.has_errors()) return problems_.as_error();
    return std::move(maps_);
  }

 private:
  static const std::string& id_of(const ReadConceptMap& each) { return each.map.contents().id; }

  void read_code(const Located& code, const YamlNode& node, ConceptMap::Contents& contents) {
    if (const auto* set = value_set_(contents.from); set != nullptr && set->with_code(code.text) == nullptr)
      problems_.error(
          code.mark, "conceptmap.unknown_code",
          {{"code", code.text}, {"valueset", set->id()}, {"suggestion", set->suggest(code.text)}});
    if (node.kind == YamlKind::null) return;  // it has no target
    MappedConcept mapped{.source = code.text, .target = {}};
    if (node.kind == YamlKind::map) {
      const YamlMap map(node, {"to", "display", "equivalence"}, problems_);
      mapped.target = map.required_word("to");
      mapped.display = map.word("display");
      if (const auto word = map.text("equivalence"))
        mapped.equivalence =
            base::choose(*word, "equivalence", kEquivalences, problems_).value_or(Equivalence::equivalent);
    } else if (auto text = base::text_of(node, code.text, problems_)) {
      mapped.target = std::move(text->text);
    }
    contents.concepts.push_back(std::move(mapped));
  }

  void read_absent(const YamlNode& node, ConceptMap::Contents& contents) {
    for (const auto& [reason, text] : base::pairs_of(node, "absent", problems_))
      if (const auto named = base::choose(reason, "absent", kReasons, problems_))
        contents.absent.emplace_back(*absent_reason_named(kReasons[*named]), text.text);
  }

  /// Codes that are not named take what their parents have; one without such a parent is a problem.
  void complete(const ValueSet& set, const YamlMap& map, const std::set<std::string, std::less<>>& named,
                ConceptMap::Contents& contents) {
    const auto given = contents.concepts;
    for (const auto& coded : set.concepts()) {
      if (named.contains(coded.code)) continue;
      const auto parent = std::ranges::find(given, coded.parent, &MappedConcept::source);
      if (!coded.parent.empty() && parent != given.end())
        contents.concepts.push_back({coded.code, parent->target, parent->display, Equivalence::wider});
      else if (coded.parent.empty() || !named.contains(coded.parent))
        map.problem("codes", "conceptmap.code_left_out", {{"code", coded.code}, {"valueset", set.id()}});
    }
  }

  const FindValueSet& value_set_;
  base::Problems problems_;
  std::vector<ReadConceptMap> maps_;
};

}  // namespace

base::Result<std::vector<ReadConceptMap>> read_concept_maps(std::span<const ValueSetFile> files,
                                                            const std::filesystem::path& shown_folder,
                                                            const FindValueSet& value_set) {
  MapReader reader(value_set);
  for (const auto& file : files)
    if (file.name.starts_with(kConceptMaps))
      reader.read(file, (shown_folder / file.name.substr(kConceptMaps.size())).string());
  return reader.finish();
}

}  // namespace musubi::model
