// Typed models of FHIR R4: reading and writing. One header a type stands beside: musubi/fhir/r4/patient.h.
//
//   auto patient = r4::read<r4::Patient>(bytes, Format::json);     // base::Result<r4::Patient>
//   patient->birth_date = "1980-02-03";
//   std::string json = r4::to_json(*patient);
//
// What is read is written again without loss: numbers as they were written, ids and extensions of primitives,
// contained resources, narrative. Threads: functions without state, safe from any.
#pragma once

#include <cstdint>
#include <string>

#include "musubi/base/result.h"
#include "musubi/document/row_reader.h"
#include "musubi/fhir/codec.h"
#include "musubi/fhir/models/members.h"
#include "musubi/fhirpath/resource.h"

namespace musubi::fhir::r4 {

/// Elements and resources that R4 does not know, and JSON values of a kind that their type does not have (a
/// number for a string).
enum class Unknown : std::uint8_t {
  refuse,
  keep  ///< in unknown_elements, as OtherResource, as text; elements of XML are refused all the same
};

struct ReadOptions {
  Unknown unknown = Unknown::refuse;
  std::string shown_name = "resource";  ///< in errors
  document::Limits limits{};
};

/// Into `value`, which is a new object of `type`. Errors: below.
base::Status read_into(void* value, const ModelType& type, const fhirpath::Resource& resource,
                       const ReadOptions& options);

/// Errors: fhir.other_resource; fhir.member_unknown; fhir.contained_unknown; fhir.element_repeated,
/// fhir.choice_made_twice, fhir.value_kind, fhir.value_for_group, fhir.group_for_value where the model has no
/// place for what is there; each with the path.
template <ResourceModel T>
base::Result<T> from_resource(const fhirpath::Resource& resource, const ReadOptions& options = {}) {
  T value;
  MUSUBI_TRY(read_into(&value, model_type<T>(), resource, options));
  return value;
}

/// Whatever resource it is. Errors: those of from_resource.
base::Result<AnyResource> any_from_resource(const fhirpath::Resource& resource,
                                            const ReadOptions& options = {});

/// Errors: those of read_resource and from_resource.
template <ResourceModel T>
base::Result<T> read(std::string bytes, Format format, const ReadOptions& options = {}) {
  MUSUBI_ASSIGN(const auto resource,
                read_resource(std::move(bytes), options.shown_name, format, options.limits));
  return from_resource<T>(resource, options);
}
base::Result<AnyResource> read_any(std::string bytes, Format format, const ReadOptions& options = {});

std::string to_json(const ModelType& type, const void* value, const Style& style);

/// A resource, or a data type alone. What has no value is left out.
template <Model T>
std::string to_json(const T& value, const Style& style = {}) {
  return to_json(model_type<T>(), &value, style);
}
/// Of no value: null.
std::string to_json(const AnyResource& resource, const Style& style = {});

/// For expressions and for the Validator. Errors: those of read_resource.
template <ResourceModel T>
base::Result<fhirpath::Resource> to_resource(const T& value) {
  return read_resource(to_json(value), "resource", Format::json, {});
}

/// Errors: those of write_resource.
template <class T>
  requires ResourceModel<T> || std::same_as<T, AnyResource>
base::Result<std::string> to_xml(const T& value, const Style& style = {}) {
  MUSUBI_ASSIGN(const auto resource, read_resource(to_json(value), "resource", Format::json, {}));
  return write_resource(resource, Format::xml, style);
}

}  // namespace musubi::fhir::r4
