// The alias says this SDK, the manifest another.
#include "broken_source.h"

namespace musubi::broken {
constexpr plugin::Manifest forged() {
  auto manifest = manifest_named("forged_stamp");
  manifest.build_stamp = "0.0.9/0000000000000000/GNU-12.2.0/c++20/";
  return manifest;
}
constexpr plugin::Manifest kManifest = forged();
MUSUBI_SOURCE_ADAPTER(kManifest, make_empty)
}  // namespace musubi::broken
