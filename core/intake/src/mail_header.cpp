#include "mail_header.h"

#include <algorithm>

#include "musubi/base/text.h"

namespace musubi::intake {
namespace {

constexpr std::size_t kMostFields = 1000;
constexpr std::size_t kMostFieldBytes = std::size_t{64} * 1024;

char small(char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; }

/// With its line end taken from `bytes`, without it returned.
std::string_view take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  auto line = bytes.substr(0, end);
  bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_folded(std::string_view line) { return line.starts_with(' ') || line.starts_with('\t'); }

/// Where a quoted text, a comment or a single character at `at` ends; what is said in the first two is no
/// address.
std::size_t after_one(std::string_view text, std::size_t at) {
  const char open = text[at];
  if (open != '"' && open != '(') return at + 1;
  for (++at; at < text.size() && text[at] != (open == '"' ? '"' : ')'); ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

std::string without_remarks(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = after_one(text, at);
    if (next == at + 1) plain += small(text[at]);
    at = next;
  }
  return plain;
}

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != text.npos && at != 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos &&
         std::ranges::all_of(
             text, [](char each) { return each > ' ' && each <= '~' && each != ',' && each != ';'; });
}

}  // namespace

MailHeader::MailHeader(std::string_view& bytes) {
  while (!bytes.empty()) {
    const auto line = take_line(bytes);
    if (line.empty()) return;
    const auto colon = line.find(':');
    if (is_folded(line)) {
      if (!fields_.empty() && fields_.back().second.size() < kMostFieldBytes) fields_.back().second += line;
    } else if (colon != line.npos && fields_.size() < kMostFields) {
      std::string name(base::trim(line.substr(0, colon)));
      std::ranges::transform(name, name.begin(), small);
      fields_.emplace_back(std::move(name), line.substr(colon + 1, kMostFieldBytes));
    }
  }
}

std::string_view MailHeader::field(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
  return found == fields_.end() ? std::string_view() : base::trim(found->second);
}

std::size_t MailHeader::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count(fields_, name, &std::pair<std::string, std::string>::first));
}

FieldValue MailHeader::content_type() const {
  const auto text = field("content-type");
  return field_value(text.empty() ? "text/plain" : text);
}

std::string address_in(std::string_view field) {
  const auto plain = without_remarks(field);
  std::string_view address = plain;
  if (const auto open = plain.find('<'); open != plain.npos) {
    const auto close = plain.find('>', open);
    const bool another = close == plain.npos || plain.find_first_of("<>,;", close + 1) != plain.npos ||
                         plain.find_first_of("@,;>") < open;
    if (another) return {};
    address = address.substr(open + 1, close - open - 1);
  }
  address = base::trim(address);
  return is_address(address) ? std::string(address) : std::string();
}

}  // namespace musubi::intake
