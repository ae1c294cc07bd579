// Speaks an older interface. Its initialiser must never run.
#include <cstdlib>

#include "broken_source.h"

namespace musubi::broken {
const int kRan = setenv("MUSUBI_TEST_CODE_RAN", "old_version", 1);
constexpr auto kManifest = manifest_named("old_version");
BOOST_DLL_ALIAS(kManifest, musubi_manifest_v0)
BOOST_DLL_ALIAS(make_empty, musubi_source_v0)
}  // namespace musubi::broken
