#include "name_order.h"

#include <algorithm>

namespace musubi::fhirpath {

void NameOrder::change_to(const TypeLookup& lookup) {
  auto* const known = std::ranges::find(all_, lookup.number(), &Learned::lookup);
  if (known != all_.end()) {
    learned_ = known;
    return;
  }
  learned_ = &all_.at(forgotten_next_);
  forgotten_next_ = (forgotten_next_ + 1) % all_.size();
  learned_->lookup = 0;  // until all is there
  learned_->names = static_cast<std::uint32_t>(lookup.names().size());
  learned_->next.assign(learned_->names + lookup.types(), nullptr);
  learned_->lookup = lookup.number();
}

}  // namespace musubi::fhirpath
