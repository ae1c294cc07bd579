// Where trace() of an expression goes when a person asked for it at a terminal.
#pragma once

#include <ostream>

#include "musubi/fhirpath/services.h"

namespace musubi::app {

/// One line a value: name, type, value. Values are data: never for a log.
class TraceToStream final : public fhirpath::TraceSink {
 public:
  explicit TraceToStream(std::ostream& out) : out_(out) {}
  void trace(std::string_view name, std::span<const fhirpath::Value> values) noexcept override;

 private:
  std::ostream& out_;
};

}  // namespace musubi::app
