// Texts in the header of a mail: encoded words (RFC 2047) and the parameters of structured fields (RFC 2045,
// RFC 2231), in the encodings Japanese mail comes in. Pure functions; what is not as it should be stays as it
// is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace musubi::intake {

/// From an encoding by the name mail gives it; nullopt: it is not known.
std::optional<std::string> to_utf8(std::string_view bytes, std::string_view encoding);

/// Bytes of an encoding nobody named: UTF-8, ISO-2022-JP or CP932.
std::string guessed_utf8(std::string_view bytes);

/// "=?ISO-2022-JP?B?…?=" to its text; neighbours of the same encoding are decoded together, since some
/// mailers divide within a character.
std::string decoded_words(std::string_view text);

/// "multipart/mixed; boundary=x": the value in small letters, and the parameters by name in small letters.
struct FieldValue {
  std::string value{};
  std::map<std::string, std::string, std::less<>> parameters{};  ///< decoded

  /// Empty where there is none.
  std::string parameter(std::string_view name) const;
};
FieldValue field_value(std::string_view text);

}  // namespace musubi::intake
