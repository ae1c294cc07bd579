// Any bytes as a resource: what is read is judged without a crash, written, and read as the same; what XML
// says of it says JSON again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "musubi/fhir/codec.h"
#include "musubi/fhir/validation.h"

namespace {

using namespace musubi;

/// Empty: it cannot be read or written.
std::string written(const std::string& bytes, fhir::Format from, fhir::Format to) {
  const auto resource = fhir::read_resource(bytes, "fuzz", from, {});
  if (resource.has_error()) return {};
  const auto text = fhir::write_resource(*resource, to);
  return text.has_error() ? std::string() : *text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fhir::Validator kValidator;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const auto format : {fhir::Format::json, fhir::Format::xml}) {
    const auto resource = fhir::read_resource(bytes, "fuzz", format, {});
    if (resource.has_error()) continue;
    const auto issues = kValidator.validate(*resource, bytes);
    if (fhir::operation_outcome(issues, base::Language::english).empty()) std::abort();
    const auto json = written(bytes, format, fhir::Format::json);
    if (!json.empty() && written(json, fhir::Format::json, fhir::Format::json) != json) std::abort();
    if (fhir::has_error(issues)) continue;
    const auto xml = written(bytes, format, fhir::Format::xml);
    if (!xml.empty() && written(xml, fhir::Format::xml, fhir::Format::json) != json) std::abort();
  }
  return 0;
}
