// What an IMAP server says (RFC 3501, section 7, and RFC 9051), as far as we ask for it. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::intake {

struct ImapResponse {
  std::string tag{};         ///< "*", "+" or that of the command
  std::uint64_t number = 0;  ///< of "* 12 FETCH"
  std::string word{};        ///< OK, NO, BAD, BYE, CAPABILITY, SEARCH, FETCH …, in capital letters
  std::string code{};        ///< of OK [TRYCREATE]: its first word, in capital letters
  /// What follows: of FETCH the names and values of the outer list; inner lists are one value, without text.
  std::vector<std::string> values{};

  /// The number after `name` among the values; nullopt: there is none.
  std::optional<std::uint64_t> number_of(std::string_view name) const;
};

/// Of a line whose literals, {5} and their bytes, have been left out. nullopt: it is none.
std::optional<ImapResponse> parse_imap_response(std::string_view line);

/// The bytes that follow a line that ends with {5}; nullopt: none do.
std::optional<std::uint64_t> literal_after(std::string_view line) noexcept;

/// The text as a quoted string (of ASCII).
std::string imap_quoted(std::string_view text);

}  // namespace musubi::intake
