// The two aliases an adapter exports, and the macro that writes them. The version is in the alias's name, and
// the build stamp is compared before anything else of the library runs.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include <boost/dll/alias.hpp>

#include "musubi/plugin/build_stamp.h"
#include "musubi/plugin/options.h"
#include "musubi/plugin/sink.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {

enum class AdapterKind : std::uint8_t { source = 1, sink = 2 };

/// Plain data, size first, so that a host can look at it before it trusts anything.
struct Manifest {
  std::uint32_t size = sizeof(Manifest);
  AdapterKind kind = AdapterKind::source;
  const char* name = nullptr;             ///< "tokyo"; unique per kind
  const char* version = nullptr;          ///< of the adapter
  const char* build_stamp = kBuildStamp;  ///< of the SDK it was compiled against
  const char* summary_japanese = nullptr;
  const char* summary_english = nullptr;
  const Option* options = nullptr;
  std::uint32_t option_count = 0;
};

/// Both return nullptr with `error` set when they fail; they let no exception out.
using MakeSource = std::unique_ptr<Source>(HostServices& services, const Options& options,
                                           base::Status& status) noexcept;
using MakeSink = std::unique_ptr<Sink>(HostServices& services, const Options& options,
                                       base::Status& status) noexcept;

inline constexpr const char* kManifestAlias = "musubi_manifest_v1";
inline constexpr const char* kSourceAlias = "musubi_source_v1";
inline constexpr const char* kSinkAlias = "musubi_sink_v1";

}  // namespace musubi::plugin

/// At namespace scope, once per adapter: MUSUBI_SOURCE_ADAPTER(manifest_object, make_function).
#define MUSUBI_SOURCE_ADAPTER(manifest, make)   \
  BOOST_DLL_ALIAS(manifest, musubi_manifest_v1) \
  BOOST_DLL_ALIAS(make, musubi_source_v1)
#define MUSUBI_SINK_ADAPTER(manifest, make)     \
  BOOST_DLL_ALIAS(manifest, musubi_manifest_v1) \
  BOOST_DLL_ALIAS(make, musubi_sink_v1)
