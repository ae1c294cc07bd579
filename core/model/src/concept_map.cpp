#include "musubi/model/concept_map.h"

#include <algorithm>
#include <array>

namespace musubi::model {

std::string_view name_of(Equivalence equivalence) noexcept {
  constexpr auto kNames = std::to_array<std::string_view>({"equivalent", "wider", "narrower", "inexact"});
  return kNames[static_cast<std::size_t>(equivalence)];
}

ConceptMap::ConceptMap(Contents contents) {
  std::ranges::sort(contents.concepts, {}, &MappedConcept::source);
  contents_ = std::make_shared<const Contents>(std::move(contents));
}

const MappedConcept* ConceptMap::find(std::string_view source) const noexcept {
  const auto& all = contents_->concepts;
  const auto found = std::ranges::lower_bound(all, source, {}, &MappedConcept::source);
  return found != all.end() && found->source == source ? &*found : nullptr;
}

std::string_view ConceptMap::absent(AbsentReason reason) const noexcept {
  const auto found =
      std::ranges::find(contents_->absent, reason, &std::pair<AbsentReason, std::string>::first);
  return found == contents_->absent.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace musubi::model
