// The ways in as configuration names them: the map `ways_in` of config/musubi.yaml, described in
// docs/ways-in.md.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/yaml.h"
#include "musubi/intake/drop_folder.h"
#include "musubi/intake/mailbox.h"
#include "musubi/intake/pull.h"
#include "musubi/intake/silent_sender.h"

namespace musubi::intake {

struct Settings {
  std::vector<DropFolderSettings> folders{};
  std::vector<PullSettings> pulls{};
  std::vector<MailboxSettings> mailboxes{};
};

/// Of each entry (name: settings) of the map `ways_in`. Relative paths are relative to `folder`. What is not
/// as it should be is a problem, yaml.* or intake.config_*, and reading goes on.
Settings read_ways_in(const base::YamlNode& ways_in, const std::filesystem::path& folder,
                      base::Problems& problems);

/// By source, of each entry (source: settings) of the map `silence`. Problems as above.
std::map<std::string, SilenceSettings> read_silence(const base::YamlNode& silence, base::Problems& problems);

/// The ways in themselves, not looking yet. `reception` and `clock` must outlive them.
std::vector<std::unique_ptr<WayIn>> open_ways_in(Settings settings, Reception& reception,
                                                 const base::Clock& clock);

}  // namespace musubi::intake
