// GET /fhir/metadata: what this endpoint can do, and nothing it cannot.
#pragma once

#include <boost/json/fwd.hpp>

#include "../views.h"

namespace musubi::console {

boost::json::object capability_statement(const Services& services);

}  // namespace musubi::console
