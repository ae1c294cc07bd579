#include "safe_name.h"

#include "musubi/base/shown_text.h"
#include "musubi/base/text.h"

namespace musubi::intake {
namespace {

constexpr std::size_t kMostBytes = 200, kMostNumbered = 220, kMostExtension = 20;

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::size_t extension_at(std::string_view name) {
  const auto dot = name.rfind('.');
  const bool is_extension = dot != name.npos && dot != 0 && name.size() - dot <= kMostExtension;
  return is_extension ? dot : name.size();
}

/// printable() writes what is not as escapes: a backslash is one of them, or divides folders.
std::string without_escapes(std::string_view name) {
  std::string plain;
  for (const char byte : base::printable(name)) plain += byte == '\\' ? '_' : byte;
  return plain;
}

}  // namespace

std::string safe_name(std::string_view name, std::string_view otherwise) {
  const auto divided = name.find_last_of("/\\");
  if (divided != name.npos) name.remove_prefix(divided + 1);
  const auto plain = without_escapes(base::as_utf8(std::string(name)));
  const auto trimmed = base::trim(plain);
  if (trimmed.find_first_not_of('.') == trimmed.npos) return std::string(otherwise);
  return shortened_name(trimmed, kMostBytes);
}

std::string shortened_name(std::string_view name, std::size_t most) {
  if (name.size() <= most) return std::string(name);
  const auto extension = name.substr(extension_at(name));
  auto end = most - extension.size();
  while (end > 0 && !begins_character(name[end])) --end;
  return std::string(name.substr(0, end)).append(extension);
}

std::string numbered_name(std::string_view name, unsigned nth) {
  const auto number = nth <= 1 ? std::string() : "-" + std::to_string(nth);
  auto numbered = shortened_name(name, kMostNumbered - number.size());
  return numbered.insert(extension_at(numbered), number);
}

}  // namespace musubi::intake
