// The header of a part of a form, and the parameters in it. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "musubi/net/form.h"

namespace musubi::net {

/// "form-data; name=file": the value in small letters, and the parameters, names in small letters.
struct FormField {
  std::string value{};
  std::vector<std::pair<std::string, std::string>> parameters{};

  const std::string* parameter(std::string_view name) const noexcept;  ///< nullptr: there is none
};

/// nullopt: it is not as it should be, or has a parameter twice. In quotation marks a backslash escapes a
/// quotation mark or another backslash and else stands for itself: some browsers send paths as they are.
std::optional<FormField> read_form_field(std::string_view text);

/// "UTF-8''%E9%99%BD.csv" (RFC 8187, section 3.2); nullopt: another encoding, or not as it should be.
std::optional<std::string> read_extended_value(std::string_view text);

/// Lines with CRLF after each. Errors: net.form_broken, net.form_encoding.
base::Result<FormPart> read_form_head(std::string_view lines);

}  // namespace musubi::net
