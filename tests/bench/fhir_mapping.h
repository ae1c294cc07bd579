// FHIR into records as the road makes them: one reading, which is judged and mapped.
#pragma once

#include <memory>
#include <string>

#include "musubi/fhir/collection.h"
#include "musubi/fhir/view.h"
#include "musubi/mapping/mapping.h"

namespace musubi::bench {

class FhirMapping {
 public:
  /// `id`: of a mapping that is shipped, "fhir/laboratory-report".
  explicit FhirMapping(const std::string& id);

  /// The bytes as the adapter reads them. Throws where they are refused.
  static std::shared_ptr<const fhir::Collection> read(std::string bytes);
  /// How many records the rows of its view become.
  std::size_t map(const std::shared_ptr<const fhir::Collection>& collection) const;

 private:
  std::shared_ptr<const mapping::Mapping> mapping_;
  std::shared_ptr<const fhir::View> view_;
};

}  // namespace musubi::bench
