#include "musubi/plugin/guard.h"
#include "musubi/plugin/host_services.h"
#include "musubi/plugin/manifest.h"
#include "musubi/plugin/sink.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {

HostServices::~HostServices() = default;
bool HostServices::only_reading() const noexcept { return false; }
Source::~Source() = default;
Sink::~Sink() = default;

base::Result<std::vector<Receipt>> Sink::deliver_together(
    std::span<const model::Disclosure> /*disclosures*/) {
  return base::Error(base::ErrorKind::not_found, "adapter.not_together");
}

base::Status Sink::verify() { return {}; }

base::Error error_of_exception() {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return {base::ErrorKind::environment, "plugin.out_of_memory"};
  } catch (...) {
    return {base::ErrorKind::defect, "plugin.exception"};
  }
}

}  // namespace musubi::plugin
