// Which name comes after which: whoever writes documents writes the members of an object in the same order
// each time. A guess, which whoever uses it compares with what is there.
#pragma once

#include <cstdint>
#include <vector>

#include "musubi/fhirpath/type_lookup.h"

namespace musubi::fhirpath {

/// Not for several threads. Learns from one document for the next.
class NameOrder {
 public:
  /// Where one is in an object: before its first name, or behind a name.
  using Step = std::uint32_t;

  /// `lookup` must outlive the use.
  void use(const TypeLookup& lookup) {
    if (lookup_ != lookup.number()) begin(lookup);
  }

  Step before_first(TypeIndex type) const noexcept { return names_ + type; }
  static Step behind(const KnownName& name) noexcept { return name.index; }
  /// A name of the same type; nullptr: nothing came there.
  const KnownName* next(Step step) const noexcept { return next_.data()[step]; }
  void learn(Step step, const KnownName& name) noexcept { next_.data()[step] = &name; }

 private:
  void begin(const TypeLookup& lookup);

  std::uint64_t lookup_ = 0;  ///< its number
  std::uint32_t names_ = 0;   ///< how many it has
  std::vector<const KnownName*> next_;
};

}  // namespace musubi::fhirpath
