// What a coded reason says to a person: rules of config/checks have texts of their own, everything else is a
// catalogued message.
#pragma once

#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/quality/checks.h"

namespace musubi::app {

/// For lists, where only the code is known. `checks` may be nullptr.
std::string reason_text(const quality::Checks* checks, std::string_view code, base::Language language);

/// The same for a finding about `field`, which may be empty.
std::string finding_text(const quality::Checks* checks, std::string_view code, std::string_view field,
                         base::Language language);

}  // namespace musubi::app
