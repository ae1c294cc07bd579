// Cannot start, and says so.
#include "broken_source.h"

namespace musubi::broken {
std::unique_ptr<plugin::Source> make_refusing(plugin::HostServices& /*services*/,
                                              const plugin::Options& /*options*/,
                                              base::Status& status) noexcept {
  return plugin::make_safely<plugin::Source>(status, []() -> base::Result<std::unique_ptr<plugin::Source>> {
    return base::Error(base::ErrorKind::environment, "file.not_permitted");
  });
}
constexpr auto kManifest = manifest_named("refusing");
MUSUBI_SOURCE_ADAPTER(kManifest, make_refusing)
}  // namespace musubi::broken
