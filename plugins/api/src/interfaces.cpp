#include "musubi/plugin/host_services.h"
#include "musubi/plugin/manifest.h"
#include "musubi/plugin/sink.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {

HostServices::~HostServices() = default;
Source::~Source() = default;
Sink::~Sink() = default;

}  // namespace musubi::plugin
