#include "form_head.h"

#include <algorithm>

#include "characters.h"
#include "musubi/base/text.h"

namespace musubi::net {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::string_view kLineEnd = "\r\n";

Error broken() { return {ErrorKind::bad_input, "net.form_broken"}; }

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), to_lower);
  return small;
}

/// Up to the quotation mark that ends it, which is taken as well; nullopt: there is none.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string value;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    if (rest[at] == '"') {
      rest.remove_prefix(at + 1);
      return value;
    }
    const bool escape = rest[at] == '\\' && at + 1 < rest.size();
    if (escape && (rest[at + 1] == '"' || rest[at + 1] == '\\')) ++at;
    value += rest[at];
  }
  return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& rest) {
  if (rest.starts_with('"')) {
    rest.remove_prefix(1);
    auto value = take_quoted(rest);
    rest = trim_blanks(rest);
    if (!rest.empty() && rest.front() != ';') return std::nullopt;
    if (!rest.empty()) rest.remove_prefix(1);
    return value;
  }
  const auto bare = trim_blanks(take_until(rest, ';'));
  if (bare.empty() || bare.find('"') != bare.npos) return std::nullopt;
  return std::string(bare);
}

bool is_plain_encoding(std::string_view encoding) {
  return std::ranges::any_of(std::initializer_list<std::string_view>{"7bit", "8bit", "binary"},
                             [&](std::string_view each) { return same_letters(each, encoding); });
}

/// One field of the header of a part; those nobody asks for are skipped.
base::Status read_line(std::string_view line, std::optional<FormField>& disposition) {
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == line.npos || !is_token(name)) return broken();
  const auto value = trim_blanks(line.substr(colon + 1));
  if (same_letters(name, "Content-Transfer-Encoding") && !is_plain_encoding(value))
    return Error(ErrorKind::bad_input, "net.form_encoding");
  if (!same_letters(name, "Content-Disposition")) return {};
  if (disposition) return broken();
  disposition = read_form_field(value);
  return disposition ? base::Status() : broken();
}

std::optional<std::string> file_name_of(const FormField& field) {
  if (const auto* extended = field.parameter("filename*"))
    if (auto name = read_extended_value(*extended)) return name;
  if (const auto* name = field.parameter("filename")) return *name;
  return field.parameter("filename*") != nullptr ? std::optional<std::string>("") : std::nullopt;
}

}  // namespace

const std::string* FormField::parameter(std::string_view name) const noexcept {
  const auto found = std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
  return found == parameters.end() ? nullptr : &found->second;
}

std::optional<FormField> read_form_field(std::string_view text) {
  FormField field{.value = in_small_letters(trim_blanks(take_until(text, ';')))};
  for (text = trim_blanks(text); !text.empty(); text = trim_blanks(text)) {
    const auto equals = text.find('=');
    const auto name = in_small_letters(trim_blanks(text.substr(0, equals)));
    if (equals == text.npos || !is_token(name) || field.parameter(name) != nullptr) return std::nullopt;
    text = trim_blanks(text.substr(equals + 1));
    auto value = take_value(text);
    if (!value) return std::nullopt;
    field.parameters.emplace_back(name, std::move(*value));
  }
  return field;
}

std::optional<std::string> read_extended_value(std::string_view text) {
  if (!same_letters(take_until(text, '\''), "UTF-8") || text.find('\'') == text.npos) return std::nullopt;
  take_until(text, '\'');  // the language
  std::string value;
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.front() != '%') {
      value += text.front();
      continue;
    }
    const auto high = text.size() > 2 ? hex_value(text[1]) : std::nullopt;
    const auto low = text.size() > 2 ? hex_value(text[2]) : std::nullopt;
    if (!high || !low) return std::nullopt;
    value += static_cast<char>(*high * 16 + *low);
    text.remove_prefix(2);
  }
  if (base::malformed_utf8_at(value)) return std::nullopt;
  return value;
}

base::Result<FormPart> read_form_head(std::string_view lines) {
  std::optional<FormField> disposition;
  while (!lines.empty()) {
    const auto end = lines.find(kLineEnd);
    const auto line = lines.substr(0, end);
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    const bool clean = std::ranges::none_of(line, [](char c) { return c != '\t' && is_control(c); });
    if (end == lines.npos || folded || !clean) return broken();
    MUSUBI_TRY(read_line(line, disposition));
    lines.remove_prefix(end + kLineEnd.size());
  }
  const auto* name = disposition ? disposition->parameter("name") : nullptr;
  if (name == nullptr || disposition->value != "form-data") return broken();
  return FormPart{*name, file_name_of(*disposition)};
}

}  // namespace musubi::net
