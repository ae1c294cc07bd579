#include "musubi/linkage/linkage.h"

namespace musubi::linkage {

Outcome decide(const std::optional<KnownCase>& known, const Incoming& incoming) noexcept {
  if (!known) return Outcome::new_case;
  if (known->content == incoming.content) return Outcome::unchanged;
  if (incoming.as_of < known->as_of) return Outcome::late;
  const bool same_word = incoming.as_of == known->as_of && incoming.submission == known->submission;
  return same_word ? Outcome::contradiction : Outcome::changed;
}

}  // namespace musubi::linkage
