// Policy packs and jurisdiction files as read: rules resolved against the catalogue, nothing decided yet.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "musubi/base/problems.h"
#include "rule.h"

namespace musubi::privacy {

/// config/policies/*.yaml
struct PolicyPack {
  std::string id;
  bool everywhere = false;  ///< every jurisdiction that has a file extends it
  std::vector<std::unique_ptr<const Rule>> rules;
  base::Place place;
};

/// config/jurisdictions/*.yaml
struct JurisdictionFile {
  std::string code;
  model::Label name;
  std::vector<std::string> extends;
  std::vector<std::unique_ptr<const Rule>> rules;
  base::Place place;
  base::Place extends_place;
};

PolicyPack read_policy_pack(const ConfigurationFile& file, const model::Catalogue& catalogue,
                            base::Problems& problems);
JurisdictionFile read_jurisdiction(const ConfigurationFile& file, const model::Catalogue& catalogue,
                                   base::Problems& problems);

}  // namespace musubi::privacy
