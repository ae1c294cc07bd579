// What is sent of a case, or of a hospital's beds: one JSON document each.
#pragma once

#include <boost/json.hpp>

#include "fhir_cases.h"

namespace musubi::app::sample {

/// A transaction: patient, diagnosis, tests, stay, hospital and doctor.
boost::json::object case_report(const FhirCase& made);
/// A message of the laboratory.
boost::json::object laboratory_message(const FhirCase& made);
/// The notification, as the form of mappings/fhir/notification-form.yaml.
boost::json::object notification_form(const FhirCase& made);
/// A hospital's beds of one day, a document; the hospitals report in turn.
boost::json::object bed_report(std::uint64_t seed, std::uint64_t index, bool is_new);

}  // namespace musubi::app::sample
