#include "trace_to_stream.h"

#include <exception>

namespace musubi::app {

void TraceToStream::trace(std::string_view name, std::span<const fhirpath::Value> values) noexcept {
  try {
    for (const fhirpath::Value& value : values) {
      out_ << name << '\t' << fhirpath::type_name(value) << '\t' << fhirpath::to_text(value) << '\n';
    }
  } catch (const std::exception&) {
    out_.setstate(std::ios::failbit);
  }
}

}  // namespace musubi::app
