// Needs a function that no library has.
#include "broken_source.h"

extern "C" void musubi_function_that_is_nowhere();

namespace musubi::broken {
std::unique_ptr<plugin::Source> make_calling(plugin::HostServices& services, const plugin::Options& options,
                                             base::Status& status) noexcept {
  musubi_function_that_is_nowhere();
  return make_empty(services, options, status);
}
constexpr auto kManifest = manifest_named("missing_symbol");
MUSUBI_SOURCE_ADAPTER(kManifest, make_calling)
}  // namespace musubi::broken
