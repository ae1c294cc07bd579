// Where an adapter's exceptions stop: the hub calls every adapter, and every reader one opens, through these.
// What comes out is plugin.exception or plugin.out_of_memory, naming the adapter; never the exception's text.
#pragma once

#include <memory>
#include <string>

#include "musubi/plugin/sink.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin_host {

std::unique_ptr<plugin::Source> contained(std::unique_ptr<plugin::Source> source, const std::string& adapter);
std::unique_ptr<plugin::Sink> contained(std::unique_ptr<plugin::Sink> sink, const std::string& adapter);

}  // namespace musubi::plugin_host
