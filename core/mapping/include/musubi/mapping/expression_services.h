// What expressions may ask: municipalities and value sets, as the folders of mappings say.
#pragma once

#include <memory>

#include "musubi/fhirpath/services.h"
#include "musubi/model/value_set.h"

namespace musubi::mapping {

/// A name or code → code. Threads: any.
class Places final : public fhirpath::Places {
 public:
  explicit Places(std::shared_ptr<const model::ValueSets> value_sets) : value_sets_(std::move(value_sets)) {}
  std::string_view municipality(std::string_view text, std::string_view prefecture) const noexcept override;
  std::string_view prefecture(std::string_view text) const noexcept override;

 private:
  std::shared_ptr<const model::ValueSets> value_sets_;
};

/// Value sets by their ids; a code system is the value set of the same name. Threads: any.
class Terminology final : public fhirpath::Terminology {
 public:
  explicit Terminology(std::shared_ptr<const model::ValueSets> value_sets)
      : value_sets_(std::move(value_sets)) {}
  std::optional<bool> contains(std::string_view value_set, fhirpath::Code code) const noexcept override;
  std::optional<bool> subsumes(fhirpath::Code general, fhirpath::Code special) const noexcept override;

 private:
  std::shared_ptr<const model::ValueSets> value_sets_;
};

}  // namespace musubi::mapping
