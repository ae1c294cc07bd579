// The FHIR resources of a case, as JP Core profiles them.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "fhir_cases.h"

namespace musubi::app::sample {

enum class Role : std::uint8_t {
  bundle,
  patient,
  condition,
  encounter,
  organization,
  practitioner,
  practitioner_role,
  specimen,
  observation,
  negative_specimen,
  negative_observation,
  header,
  report,
  request,
  laboratory,
  response,
  composition
};

/// Of the case, or of its hospital, whose resources are the same in all of its cases.
std::string uuid_of(const FhirCase& made, Role role);

boost::json::object coding(std::string_view system, std::string_view code, std::string_view display = {});
boost::json::object identifier(std::string_view system, std::string_view value);
/// The number a hospital gives to something of this case: "C-0000042".
boost::json::object number_in_hospital(const FhirCase& made, std::string_view letter);
/// resourceType, and meta with the profile and the mark of test data; `profile` may be empty.
boost::json::object resource(std::string_view type, std::string_view profile);
/// Of Bundles and resources without a profile: what says that nobody is meant.
boost::json::object test_data_mark();

enum class Reference : std::uint8_t {
  in_bundle,  ///< urn:uuid:…
  by_type     ///< Patient/…
};

class FhirResources {
 public:
  FhirResources(const FhirCase& made, Reference style) : made_(made), style_(style) {}

  boost::json::object patient() const;
  boost::json::object condition() const;
  boost::json::object encounter() const;
  boost::json::object organization() const;
  boost::json::object practitioner() const;
  boost::json::object practitioner_role() const;
  boost::json::object specimen(bool of_negative_test) const;
  boost::json::object observation(bool is_negative_test) const;
  boost::json::object diagnostic_report() const;
  boost::json::object service_request() const;
  boost::json::object laboratory() const;

  boost::json::object refer(std::string_view type, Role role) const;

 private:
  boost::json::object named(std::string_view type, std::string_view profile, Role role) const;
  const FhirCase& made_;
  const Reference style_;
};

}  // namespace musubi::app::sample
