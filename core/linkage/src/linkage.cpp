#include "musubi/linkage/linkage.h"

#include <utility>

namespace musubi::linkage {

Outcome decide(const std::optional<KnownCase>& known, const Incoming& incoming) noexcept {
  if (!known) return Outcome::new_case;
  if (known->content == incoming.content) return Outcome::unchanged;
  const std::pair heard{incoming.as_of, incoming.submission};
  const std::pair before{known->as_of, known->submission};
  if (heard == before) return Outcome::contradiction;
  return heard < before ? Outcome::late : Outcome::changed;
}

}  // namespace musubi::linkage
