#include "name_order.h"

namespace musubi::fhirpath {

void NameOrder::begin(const TypeLookup& lookup) {
  names_ = static_cast<std::uint32_t>(lookup.names().size());
  next_.assign(names_ + lookup.types(), nullptr);
  lookup_ = lookup.number();
}

}  // namespace musubi::fhirpath
