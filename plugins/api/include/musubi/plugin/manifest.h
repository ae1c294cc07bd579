// The aliases an adapter exports, and the macro that writes them. The version is in the alias's name, the
// build stamp in the name of another, so that a host can refuse a library before any of its code runs.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include <boost/dll/alias.hpp>

#include "musubi/plugin/build_stamp.h"
#include "musubi/plugin/options.h"
#include "musubi/plugin/sink.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {

enum class AdapterKind : std::uint8_t { source = 1, sink = 2 };

/// Plain data, size first, so that a host can look at it before it trusts anything. Everything it points to
/// lives as long as the library.
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

/// Both return nullptr and set `status` when they fail; they let no exception out (make_safely in guard.h).
/// The services outlive the object; the options are borrowed for the call and hold a value for every option
/// of the manifest's table.
using MakeSource = std::unique_ptr<Source>(HostServices& services, const Options& options,
                                           base::Status& status) noexcept;
using MakeSink = std::unique_ptr<Sink>(HostServices& services, const Options& options,
                                       base::Status& status) noexcept;

inline constexpr const char* kManifestAlias = "musubi_manifest_v1";
inline constexpr const char* kSourceAlias = "musubi_source_v1";
inline constexpr const char* kSinkAlias = "musubi_sink_v1";

}  // namespace musubi::plugin

/// At namespace scope (not an unnamed one), once per library:
/// MUSUBI_SOURCE_ADAPTER(manifest_object, make_function).
#define MUSUBI_SOURCE_ADAPTER(manifest, make)                                                    \
  static_assert(std::is_same_v<decltype(&make), musubi::plugin::MakeSource*>, "see MakeSource"); \
  MUSUBI_MANIFEST_ALIASES(manifest)                                                              \
  BOOST_DLL_ALIAS(make, musubi_source_v1)
#define MUSUBI_SINK_ADAPTER(manifest, make)                                                  \
  static_assert(std::is_same_v<decltype(&make), musubi::plugin::MakeSink*>, "see MakeSink"); \
  MUSUBI_MANIFEST_ALIASES(manifest)                                                          \
  BOOST_DLL_ALIAS(make, musubi_sink_v1)
#define MUSUBI_MANIFEST_ALIASES(manifest)                                                              \
  static_assert(std::is_same_v<decltype(manifest), const musubi::plugin::Manifest>, "const Manifest"); \
  BOOST_DLL_ALIAS(manifest, musubi_manifest_v1)                                                        \
  MUSUBI_EXPANDED_ALIAS(manifest, MUSUBI_STAMP_ALIAS)
#define MUSUBI_EXPANDED_ALIAS(what, alias) BOOST_DLL_ALIAS(what, alias)
