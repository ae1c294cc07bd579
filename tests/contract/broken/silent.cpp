// Makes nothing and does not say why.
#include "broken_source.h"

namespace musubi::broken {
std::unique_ptr<plugin::Source> make_nothing(plugin::HostServices& /*services*/,
                                             const plugin::Options& /*options*/,
                                             base::Status& /*status*/) noexcept {
  return nullptr;
}
constexpr auto kManifest = manifest_named("silent");
MUSUBI_SOURCE_ADAPTER(kManifest, make_nothing)
}  // namespace musubi::broken
