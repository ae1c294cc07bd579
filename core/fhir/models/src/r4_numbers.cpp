#include <algorithm>

#include "model_type.h"

namespace musubi::fhir::r4 {

namespace {

struct Numbered {
  fhirpath::TypeIndex type;
  ModelFunction model;
};

constexpr Numbered kNumbered[] = {
#include "r4_numbers.inc"
};

}  // namespace

const ModelType* model_numbered(fhirpath::TypeIndex type) noexcept {
  const auto* const found = std::ranges::lower_bound(kNumbered, type, {}, &Numbered::type);
  return found == std::end(kNumbered) || found->type != type ? nullptr : &found->model();
}

}  // namespace musubi::fhir::r4
