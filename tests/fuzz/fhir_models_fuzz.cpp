// Any bytes as a typed resource: what is read is written, read again as an equal value, and written as the
// same text; the codec reads it too.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "musubi/fhir/models.h"

namespace {

using namespace musubi::fhir;

void check(const std::string& bytes, Format format, r4::Unknown unknown) {
  const auto resource = r4::read_any(bytes, format, {.unknown = unknown});
  if (resource.has_error()) return;
  const auto json = r4::to_json(*resource);
  const auto again = r4::read_any(json, Format::json, {.unknown = unknown});
  if (again.has_error() || *again != *resource || r4::to_json(*again) != json) std::abort();
  const auto copy = *again;
  if (copy != *again || r4::to_json(copy) != json) std::abort();
  if (write_resource(read_resource(json, "fuzz", Format::json, {}).value(), Format::json).has_error())
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const auto format : {Format::json, Format::xml})
    for (const auto unknown : {r4::Unknown::refuse, r4::Unknown::keep}) check(bytes, format, unknown);
  return 0;
}
