// Concept maps: what a code of one system is in another. Source: mappings/conceptmaps/*.yaml.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/export.h"
#include "musubi/base/label.h"
#include "musubi/model/value.h"

namespace musubi::model {

/// How the target relates to the source. FHIR ConceptMap has the same words.
enum class Equivalence : std::uint8_t { equivalent, wider, narrower, inexact };
MUSUBI_SDK_API std::string_view name_of(Equivalence equivalence) noexcept;

struct MappedConcept {
  std::string source, target;
  std::string display{};  ///< what the target's system calls it; may be empty
  Equivalence equivalence = Equivalence::equivalent;
};

/// Immutable after loading.
class MUSUBI_SDK_API ConceptMap {
 public:
  struct Contents {
    std::string id;
    base::Label label;
    std::string from;  ///< a value set, or another code system
    std::string to;    ///< a code system, as its users name it
    std::vector<MappedConcept> concepts;
    std::vector<std::pair<AbsentReason, std::string>> absent;  ///< what says that there is no value
  };
  explicit ConceptMap(Contents contents);

  const Contents& contents() const noexcept { return *contents_; }
  /// nullptr: the code has none there. Views of it live as long as the map.
  const MappedConcept* find(std::string_view source) const noexcept;
  /// What the target's system writes for a reason; empty: nothing.
  std::string_view absent(AbsentReason reason) const noexcept;

 private:
  std::shared_ptr<const Contents> contents_;
};

}  // namespace musubi::model
