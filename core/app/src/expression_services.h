// What expressions may ask here: our value sets, our municipalities, and where trace() goes.
#pragma once

#include <memory>
#include <ostream>

#include "musubi/fhirpath/services.h"
#include "musubi/model/value_set.h"

namespace musubi::app {

/// memberOf() by the id of a value set ("sex"); municipality() and prefecture() from the municipality table.
/// Threads: any.
class LocalValueSets final : public fhirpath::Terminology, public fhirpath::Places {
 public:
  explicit LocalValueSets(std::shared_ptr<const model::ValueSets> value_sets)
      : value_sets_(std::move(value_sets)) {}

  std::optional<bool> contains(std::string_view value_set, fhirpath::Code code) const noexcept override;
  /// Not known: our value sets are no code systems.
  std::optional<bool> subsumes(fhirpath::Code general, fhirpath::Code special) const noexcept override;
  std::string_view municipality(std::string_view text, std::string_view prefecture) const noexcept override;
  std::string_view prefecture(std::string_view text) const noexcept override;

 private:
  std::shared_ptr<const model::ValueSets> value_sets_;
};

/// One line a value: name, type, value. For a person at a terminal who asked for it, never for a log.
class TraceToStream final : public fhirpath::TraceSink {
 public:
  explicit TraceToStream(std::ostream& out) : out_(out) {}
  void trace(std::string_view name, std::span<const fhirpath::Value> values) noexcept override;

 private:
  std::ostream& out_;
};

}  // namespace musubi::app
