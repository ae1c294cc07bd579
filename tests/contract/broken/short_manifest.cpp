// A manifest of another size: nothing after its first number may be read.
#include "broken_source.h"

namespace musubi::broken {
constexpr std::uint32_t kManifest[2] = {8, 0xDEADBEEF};
MUSUBI_EXPANDED_ALIAS(kManifest, musubi_manifest_v1)
MUSUBI_EXPANDED_ALIAS(kManifest, MUSUBI_STAMP_ALIAS)
BOOST_DLL_ALIAS(make_empty, musubi_source_v1)
}  // namespace musubi::broken
