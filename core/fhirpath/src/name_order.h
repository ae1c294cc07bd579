// Which name comes after which: whoever writes documents writes the members of an object in the same order
// each time. A guess, which whoever uses it compares with what is there.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "musubi/fhirpath/type_lookup.h"

namespace musubi::fhirpath {

/// Not for several threads. Learns from one document for the next, for a few lookups at a time.
class NameOrder {
 public:
  NameOrder() = default;
  NameOrder(const NameOrder&) = delete;
  NameOrder& operator=(const NameOrder&) = delete;

  /// Where one is in an object: before its first name, or behind a name.
  using Step = std::uint32_t;

  /// `lookup` must outlive what is done until the next use().
  void use(const TypeLookup& lookup) {
    if (learned_->lookup != lookup.number()) change_to(lookup);
  }

  Step before_first(TypeIndex type) const noexcept { return learned_->names + type; }
  static Step behind(const KnownName& name) noexcept { return name.index; }
  /// A name of the same type; nullptr: nothing came there.
  const KnownName* next(Step step) const noexcept { return learned_->next.data()[step]; }
  void learn(Step step, const KnownName& name) noexcept { learned_->next.data()[step] = &name; }

 private:
  struct Learned {
    std::uint64_t lookup = 0;  ///< its number; 0: none
    std::uint32_t names = 0;   ///< how many it has
    std::vector<const KnownName*> next{};
  };

  void change_to(const TypeLookup& lookup);

  std::array<Learned, 4> all_{};
  std::size_t forgotten_next_ = 0;
  Learned* learned_ = all_.data();
};

}  // namespace musubi::fhirpath
