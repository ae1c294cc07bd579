#include "fhir_sources.h"

#include "musubi/fhir/packages.h"
#include "musubi/fhir/validation.h"

namespace musubi::app {
namespace {

using console::FhirSource;

std::string option(const AdapterUse& use, const char* name, const char* otherwise) {
  const auto found = use.options.find(name);
  return found == use.options.end() ? std::string(otherwise) : found->second;
}

bool validates(const AdapterUse& use) {
  const auto said = option(use, "validate", "yes");
  return said != "no" && said != "false" && said != "off";
}

/// Makes one validator for all sources with the same packages.
class Validators {
 public:
  base::Status give(FhirSource& source, const std::string& paths) {
    auto& made = by_paths_[paths];
    if (!made.validator) {
      MUSUBI_ASSIGN(made.packages, fhir::read_packages(paths));
      made.validator = std::make_shared<const fhir::Validator>(made.packages);
    }
    source.packages = made.packages;
    source.validator = made.validator;
    return {};
  }

 private:
  std::map<std::string, FhirSource> by_paths_;
};

}  // namespace

base::Result<std::shared_ptr<const console::FhirSources>> read_fhir_sources(
    const std::map<std::string, AdapterUse>& sources) {
  auto read = std::make_shared<console::FhirSources>();
  Validators validators;
  for (const auto& [name, use] : sources) {
    if (use.adapter != "fhir") continue;
    FhirSource source;
    source.validates = validates(use);
    source.sends_back = source.validates && option(use, "on_invalid", "reject") == "reject";
    MUSUBI_TRY(validators.give(source, option(use, "packages", "")));
    read->emplace(name, std::move(source));
  }
  return std::shared_ptr<const console::FhirSources>(std::move(read));
}

}  // namespace musubi::app
