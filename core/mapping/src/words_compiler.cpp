#include <algorithm>

#include "musubi/base/nearest.h"
#include "musubi/base/text.h"
#include "rule.h"

namespace musubi::mapping {
namespace {

using Contents = model::ValueSet::Contents;

model::CodedConcept* concept_of(Contents& contents, const Located& code, Compilation& compilation) {
  const auto found = std::ranges::find(contents.concepts, code.text, &model::CodedConcept::code);
  if (found != contents.concepts.end()) return &*found;
  std::vector<std::string> codes;
  for (const auto& each : contents.concepts) codes.push_back(each.code);
  compilation.problems.error_near(code.mark, "mapping.code_unknown", base::nearest(code.text, codes),
                                  {{"word", code.text}, {"value_set", contents.id}});
  return nullptr;
}

/// What a word means in the value set already; empty: nothing.
std::string meaning_of(const model::ValueSet& set, const std::string& word) {
  const auto meaning = set.look_up(base::fold_width(word));
  if (meaning.found != nullptr) return meaning.found->code;
  return std::string(meaning.absent == model::AbsentReason::none ? "" : model::name_of(meaning.absent));
}

void add_words(const WordsSpec& spec, const model::ValueSet& set, Compilation& compilation) {
  Contents contents = set.contents();
  for (const auto& [code, words] : spec.codes) {
    auto* coded = concept_of(contents, code, compilation);
    if (coded == nullptr) continue;
    for (const auto& word : words) {
      const auto meaning = meaning_of(set, word.text);
      if (!meaning.empty() && meaning != code.text)
        compilation.problems.error(word.mark, "mapping.word_taken",
                                   {{"word", word.text}, {"value_set", contents.id}, {"code", meaning}});
      coded->synonyms.push_back(word.text);
    }
  }
  auto id = contents.id;
  compilation.constants.value_sets.emplace(std::move(id), model::ValueSet(std::move(contents)));
}

}  // namespace

void compile_words(Compilation& compilation) {
  const auto& sets = *compilation.context.value_sets;
  for (const auto& spec : compilation.spec.words) {
    if (const auto* set = sets.find(spec.value_set.text))
      add_words(spec, *set, compilation);
    else
      compilation.problems.error_near(spec.value_set.mark, "mapping.value_set_unknown",
                                      sets.suggest(spec.value_set.text), {{"word", spec.value_set.text}});
  }
}

}  // namespace musubi::mapping
