// Says it has options, and has none.
#include "broken_source.h"

namespace musubi::broken {
constexpr plugin::Manifest promised() {
  auto manifest = manifest_named("bad_options");
  manifest.option_count = 3;
  return manifest;
}
constexpr plugin::Manifest kManifest = promised();
MUSUBI_SOURCE_ADAPTER(kManifest, make_empty)
}  // namespace musubi::broken
