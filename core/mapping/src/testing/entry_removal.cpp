#include "entry_removal.h"

#include <algorithm>
#include <map>
#include <set>

namespace musubi::mapping {
namespace {

using model::AbsentReason;
using model::ConceptMap;
using model::ValueSet;

constexpr std::string_view kCommonAbsence = "absent";
constexpr std::string_view kConceptMaps = "conceptmaps/";
/// A register of places, not a list of words.
constexpr std::string_view kRegister = "municipality";

using Absences = std::vector<std::pair<std::string, AbsentReason>>;

/// Where the codes and reasons of a file stand.
class EntryPlaces {
 public:
  EntryPlaces(const Context& context, const std::string& id) {
    const auto* file = context.value_sets->file_of(id);
    if (file == nullptr) return;
    shown_ =
        (context.folder / (id.starts_with(kConceptMaps) ? file->name : "valuesets/" + file->name)).string();
    base::Problems ignored;
    const auto root =
        file->name.ends_with(".yaml") ? base::read_yaml(file->text, shown_, ignored) : std::nullopt;
    if (!root) return;
    for (const auto* key : {"codes", "absent"})
      if (const auto* entries = root->find(key))
        for (const auto& [word, node] : entries->entries) lines_.emplace(word.text, word.mark.line);
  }
  base::Place of(const std::string& word) const {
    const auto line = lines_.find(word);
    return {.file = shown_, .line = line == lines_.end() ? 0U : line->second};
  }

 private:
  std::string shown_;
  std::map<std::string, std::uint32_t> lines_;
};

/// Words with a reason, each from the list's end where the list has it more than once: the common words stand
/// behind a set's own.
void take_away(const Absences& words, Absences& from) {
  for (const auto& word : words) {
    const auto last = std::ranges::find(from.rbegin(), from.rend(), word);
    if (last != from.rend()) from.erase(std::next(last).base());
  }
}

Absences with_reason(const Absences& all, AbsentReason reason) {
  Absences some;
  std::ranges::copy_if(all, std::back_inserter(some),
                       [&](const auto& word) { return word.second == reason; });
  return some;
}

std::set<AbsentReason> reasons_of(const Absences& words) {
  std::set<AbsentReason> reasons;
  for (const auto& [word, reason] : words) reasons.insert(reason);
  return reasons;
}

class EntryParts {
 public:
  explicit EntryParts(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  std::vector<Part> run() {
    const auto& sets = *source_->context.value_sets;
    if (const auto* common = sets.find(kCommonAbsence)) common_ = common->contents().absent;
    for (const auto& id : source_->value_sets) {
      if (id == kRegister) continue;
      if (id.starts_with(kConceptMaps))
        take_map(id, *sets.concept_map(id.substr(kConceptMaps.size())));
      else if (id == kCommonAbsence)
        take_common();
      else
        take_set(*sets.find(id));
    }
    return std::move(parts_);
  }

 private:
  template <class Change>
  void add(base::Place place, const std::string& set, std::string_view entry, bool always_counts,
           Change change) {
    const auto without = [source = source_, always_counts, change] {
      auto context = source->context;
      context.value_sets = change(*context.value_sets);
      return source->compiled(*source->inherited, context, always_counts);
    };
    parts_.push_back({std::move(place), set + "." + std::string(entry), without});
  }

  void take_set(const ValueSet& set) {
    const auto& contents = set.contents();
    const EntryPlaces places(source_->context, contents.id);
    const auto name = "valuesets/" + contents.id;
    for (std::size_t index = 0; index < contents.concepts.size(); ++index) {
      const auto& code = contents.concepts[index].code;
      add(places.of(code), name, code, true, [contents, index](const model::ValueSets& sets) {
        auto changed = contents;
        changed.concepts.erase(changed.concepts.begin() + static_cast<std::ptrdiff_t>(index));
        return sets.with({ValueSet(std::move(changed))});
      });
    }
    if (!source_->reads) return;  // what is written has reasons, no words for them
    auto own = contents.absent;
    take_away(common_, own);
    for (const auto reason : reasons_of(own)) {
      const auto word = std::string(model::name_of(reason));
      add(places.of(word), name, word, true, [contents, words = with_reason(own, reason)](const auto& sets) {
        auto changed = contents;
        for (const auto& each : words) changed.absent.erase(std::ranges::find(changed.absent, each));
        return sets.with({ValueSet(std::move(changed))});
      });
    }
  }

  /// The words of absence that hold everywhere.
  void take_common() {
    const EntryPlaces places(source_->context, std::string(kCommonAbsence));
    for (const auto reason : reasons_of(common_)) {
      const auto word = std::string(model::name_of(reason));
      add(places.of(word), "valuesets/absent", word, uses_common(),
          [words = with_reason(common_, reason)](const model::ValueSets& sets) {
            std::vector<ValueSet> changed;
            for (const auto& id : sets.ids()) {
              auto contents = sets.find(id)->contents();
              if (contents.id == kRegister) continue;
              take_away(words, contents.absent);
              changed.emplace_back(std::move(contents));
            }
            return sets.with(std::move(changed));
          });
    }
  }

  /// Whether any other value set brings the common words along; else they count where the plan has them.
  bool uses_common() const {
    return source_->uses_usual_words || std::ranges::any_of(source_->value_sets, [](const std::string& id) {
             return id != kCommonAbsence && id != kRegister && !id.starts_with(kConceptMaps);
           });
  }

  void take_map(const std::string& name, const ConceptMap& map) {
    const auto& contents = map.contents();
    const EntryPlaces places(source_->context, name);
    for (std::size_t index = 0; index < contents.concepts.size(); ++index) {
      const auto& code = contents.concepts[index].source;
      add(places.of(code), name, code, true, [contents, index](const model::ValueSets& sets) {
        auto changed = contents;
        changed.concepts.erase(changed.concepts.begin() + static_cast<std::ptrdiff_t>(index));
        return sets.with(ConceptMap(std::move(changed)));
      });
    }
    for (std::size_t index = 0; index < contents.absent.size(); ++index) {
      const auto word = model::name_of(contents.absent[index].first);
      add(places.of(std::string(word)), name, word, false, [contents, index](const model::ValueSets& sets) {
        auto changed = contents;
        changed.absent.erase(changed.absent.begin() + static_cast<std::ptrdiff_t>(index));
        return sets.with(ConceptMap(std::move(changed)));
      });
    }
  }

  std::shared_ptr<const Source> source_;
  Absences common_;
  std::vector<Part> parts_;
};

}  // namespace

std::vector<Part> removable_entries(const std::shared_ptr<const Source>& source) {
  return EntryParts(source).run();
}

}  // namespace musubi::mapping
