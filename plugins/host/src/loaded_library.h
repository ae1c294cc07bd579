// One library in this process. It stays until the process ends.
#pragma once

#include <filesystem>

#include "musubi/plugin_host/plugin_host.h"

namespace musubi::plugin_host {

// Without noexcept, so that a host can catch what an adapter lets out against its contract.
using CallSource = std::unique_ptr<plugin::Source>(plugin::HostServices&, const plugin::Options&,
                                                   base::Status&);
using CallSink = std::unique_ptr<plugin::Sink>(plugin::HostServices&, const plugin::Options&, base::Status&);

struct LoadedLibrary {
  PluginInfo info;
  CallSource* make_source = nullptr;  ///< of a source
  CallSink* make_sink = nullptr;      ///< of a sink
};

/// Errors: those of PluginHost::load for one library.
base::Result<LoadedLibrary> load_library(const std::filesystem::path& library);

}  // namespace musubi::plugin_host
