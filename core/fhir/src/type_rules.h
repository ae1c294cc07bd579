// What the structure of a resource is held against, laid out for checking: one row for each type of R4.
#pragma once

#include <cstdint>
#include <span>

#include "musubi/fhirpath/resource.h"
#include "plain_text.h"
#include "primitive_form.h"

namespace musubi::fhir {

struct TypeRules {
  bool is_primitive = false;
  bool is_abstract_resource = false;
  bool may_be_empty = false;  ///< Parameters
  bool is_attachment = false;
  bool is_concept = false;
  bool is_string = false;
  bool is_xhtml = false;
  fhirpath::LeafKind leaf = fhirpath::LeafKind::text;  ///< of its value in JSON
  Form form = nullptr;
  PlainForm plain{};  ///< what is so is of the form, and holds nothing that has to be read
  const fhirpath::ElementInfo* elements = nullptr;
  std::uint64_t required = 0;  ///< a bit for each element, from the first on
  std::uint64_t single = 0;    ///< those that may not repeat
};

/// By type. Threads: made when first asked for, constant then.
std::span<const TypeRules> r4_type_rules();

}  // namespace musubi::fhir
