// What a coded reason says to a person: rules of config/checks and the conditions of mappings have texts of
// their own, everything else is a catalogued message.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/mapping/mapping.h"
#include "musubi/quality/checks.h"
#include "workshop.h"

namespace musubi::app {

/// Where texts of reasons are found beside the catalogued messages. Each may be nullptr.
struct ReasonSources {
  std::shared_ptr<const quality::Checks> checks{};
  std::shared_ptr<const mapping::MappingSet> mappings{};
  std::shared_ptr<const mapping::Mapping> mapping{};  ///< one that is tried
};

/// What is in force; without it its texts are missing, and nothing else.
ReasonSources reason_sources(Workshop& workshop);

/// For lists, where only the code is known.
std::string reason_text(const ReasonSources& sources, std::string_view code, base::Language language);

/// The same for a finding about `field`, which may be empty.
std::string finding_text(const ReasonSources& sources, std::string_view code, std::string_view field,
                         base::Language language);

}  // namespace musubi::app
