// What a coded reason says to a person: rules of config/checks and the conditions of mappings have texts of
// their own, everything else is a catalogued message.
#pragma once

#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/mapping/mapping.h"
#include "musubi/quality/checks.h"
#include "workshop.h"

namespace musubi::app {

/// Where texts of reasons are found beside the catalogued messages. Borrowed; each may be nullptr.
struct ReasonSources {
  const quality::Checks* checks = nullptr;
  const mapping::MappingSet* mappings = nullptr;
  const mapping::Mapping* mapping = nullptr;  ///< one that is tried
};

/// What the workshop has of them; without them their texts are missing, and nothing else. It keeps them.
ReasonSources reason_sources(Workshop& workshop);

/// For lists, where only the code is known.
std::string reason_text(const ReasonSources& sources, std::string_view code, base::Language language);

/// The same for a finding about `field`, which may be empty.
std::string finding_text(const ReasonSources& sources, std::string_view code, std::string_view field,
                         base::Language language);

}  // namespace musubi::app
