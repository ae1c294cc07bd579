// A name that would lead out of a folder.
#include "broken_source.h"

namespace musubi::broken {
constexpr auto kManifest = manifest_named("../tokyo");
MUSUBI_SOURCE_ADAPTER(kManifest, make_empty)
}  // namespace musubi::broken
