// Lets an exception out, against its contract; its text holds what must not be repeated.
#include <stdexcept>

#include "broken_source.h"

namespace musubi::broken {
std::unique_ptr<plugin::Source> make_throwing(plugin::HostServices& /*services*/,
                                              const plugin::Options& /*options*/, base::Status& /*status*/) {
  throw std::runtime_error("禁句 漏洩子");
}
constexpr auto kManifest = manifest_named("throwing");
MUSUBI_MANIFEST_ALIASES(kManifest)
BOOST_DLL_ALIAS(make_throwing, musubi_source_v1)
}  // namespace musubi::broken
