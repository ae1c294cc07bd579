// The header of a mail or of one of its parts (RFC 5322, section 2.2). Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "encoded_words.h"

namespace musubi::intake {

class MailHeader {
 public:
  /// Takes the header, and the empty line after it, from the beginning of `bytes`. At most the first 1000
  /// fields are kept; a line that is no field is skipped.
  explicit MailHeader(std::string_view& bytes);

  /// The first, unfolded; empty: there is none.
  std::string_view field(std::string_view name_in_small_letters) const;
  std::size_t count(std::string_view name_in_small_letters) const;
  /// Of Content-Type; text/plain where there is none.
  FieldValue content_type() const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// The one address of a field From, in small letters; empty: there is none, or there are several.
std::string address_in(std::string_view field);

}  // namespace musubi::intake
