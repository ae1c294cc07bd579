// HOME/tokens.json as text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/digest.h"
#include "musubi/base/result.h"
#include "musubi/net/tokens.h"

namespace musubi::net {

struct StoredToken {
  TokenEntry entry;
  base::Digest secret{};  ///< SHA-256 of the secret as it is written in the token
};

/// Strict: a key too many or too few, a word that is not known or an id written twice is an error, because
/// what was meant to shut somebody out must not be overlooked. Errors, with the line or the field:
/// net.tokens_damaged, net.tokens_newer.
base::Result<std::vector<StoredToken>> parse_token_file(std::string_view json);

std::string token_file_text(std::span<const StoredToken> tokens);

}  // namespace musubi::net
