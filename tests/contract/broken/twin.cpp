// Takes the name of another.
#include "broken_source.h"

namespace musubi::broken {
constexpr auto kManifest = manifest_named("sound");
MUSUBI_SOURCE_ADAPTER(kManifest, make_empty)
}  // namespace musubi::broken
