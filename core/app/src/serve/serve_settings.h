// The part of config/musubi.yaml that only `musubi serve` needs: name, serve, delivery, ways_in, silence. One
// table of options drives reading, defaults, what is said of mistakes, and docs/serve.md.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "musubi/base/yaml_map.h"
#include "musubi/intake/settings.h"
#include "musubi/intake/uploads.h"
#include "musubi/net/server.h"
#include "musubi/pipeline/hub.h"
#include "musubi/plugin/options.h"

namespace musubi::app {

struct ServeSettings {
  std::string name = "musubi";  ///< of this hub, as people call it
  net::ServerSettings server;
  pipeline::HubSettings hub;
  intake::Settings ways_in;
  std::map<std::string, intake::SilenceSettings> silence;  ///< by source
  intake::UploadSettings uploads;
  std::chrono::minutes away_too_long{10};
  std::uint64_t most_body = 0;
  bool two_people = false;  ///< review: two people decide
};

/// Of the section `serve`, and of each sink in the section `delivery`.
std::span<const plugin::Option> serve_options();
std::span<const plugin::Option> delivery_options();

/// What is not as it should be is a problem, yaml.*, plugin.* or intake.*. Certificates and keys are relative
/// to `folder`, inboxes and secrets to `home`.
ServeSettings read_serve_settings(const base::YamlMap& root, const std::filesystem::path& folder,
                                  const std::filesystem::path& home);

}  // namespace musubi::app
