// How the sources of the adapter fhir judge what comes, for the endpoint, which judges before the road does.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "../settings.h"
#include "musubi/console/console.h"

namespace musubi::app {

/// The same packages are in memory once. Errors: those of fhir::read_packages().
base::Result<std::shared_ptr<const console::FhirSources>> read_fhir_sources(
    const std::map<std::string, AdapterUse>& sources);

/// Those in use. Threads: any.
class FhirSourcesNow {
 public:
  std::shared_ptr<const console::FhirSources> now() const {
    const std::lock_guard lock(mutex_);
    return sources_;
  }
  void use(std::shared_ptr<const console::FhirSources> sources) {
    const std::lock_guard lock(mutex_);
    sources_ = std::move(sources);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const console::FhirSources> sources_;
};

}  // namespace musubi::app
