// Says nothing of itself in Japanese.
#include "broken_source.h"

namespace musubi::broken {
constexpr plugin::Manifest unsaid() {
  auto manifest = manifest_named("no_summary");
  manifest.summary_japanese = nullptr;
  return manifest;
}
constexpr plugin::Manifest kManifest = unsaid();
MUSUBI_SOURCE_ADAPTER(kManifest, make_empty)
}  // namespace musubi::broken
