// The policy files as one text, as the ledger pins them, and back.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/privacy/policy.h"

namespace musubi::privacy {

struct PinnedFiles {
  std::vector<ConfigurationFile> policies, jurisdictions;
};

std::string joined_text(std::span<const ConfigurationFile> policies,
                        std::span<const ConfigurationFile> jurisdictions);
/// Text before the first file's line is left out.
PinnedFiles split_text(std::string_view text);

}  // namespace musubi::privacy
