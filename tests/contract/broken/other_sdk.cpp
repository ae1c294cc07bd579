// As a library compiled against other headers looks. Its initialiser must never run.
#include <cstdlib>

#include "broken_source.h"

namespace musubi::broken {
const int kRan = setenv("MUSUBI_TEST_CODE_RAN", "other_sdk", 1);
constexpr auto kManifest = manifest_named("other_sdk");
BOOST_DLL_ALIAS(kManifest, musubi_manifest_v1)
BOOST_DLL_ALIAS(kManifest, musubi_stamp_0123456789abcdef)
BOOST_DLL_ALIAS(make_empty, musubi_source_v1)
}  // namespace musubi::broken
