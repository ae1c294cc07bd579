// Says it is a source, and offers to make sinks.
#include "broken_source.h"

namespace musubi::broken {
constexpr auto kManifest = manifest_named("no_maker");
MUSUBI_MANIFEST_ALIASES(kManifest)
BOOST_DLL_ALIAS(make_empty, musubi_sink_v1)
}  // namespace musubi::broken
