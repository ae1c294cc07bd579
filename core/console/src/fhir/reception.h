// What the FHIR endpoint makes of one request: judged, kept, answered.
#pragma once

#include <memory>
#include <string>

#include "../views.h"
#include "musubi/fhir/validation.h"
#include "musubi/net/http.h"

namespace musubi::console {

/// What the URL expects.
enum class Expects : std::uint8_t {
  anything,  ///< POST /fhir
  one_type,  ///< POST /fhir/Patient
  message    ///< POST /fhir/$process-message
};

/// Judges the body and hands it to the hub; the answer comes when it is durable. What is wrong as FHIR is
/// kept as well, so that its sender can look at it: the road sends it back for the same reason.
void receive_fhir(const Shared& services, const std::shared_ptr<net::Request>& request,
                  const net::Reply& reply, Expects expects);

/// $try: what the hub would make of it, as Parameters: the outcome, and each record with its fields and
/// findings. Nothing is kept.
net::Response try_fhir(const net::Request& request, const Services& services);

/// $validate, as hl7.org/fhir/R4/resource-operation-validate.html says: the body, or the resource in
/// Parameters, by the rules and packages of the caller's source and by the profiles it names. Nothing is
/// kept.
net::Response validate_fhir(const net::Request& request, const Services& services);

}  // namespace musubi::console
