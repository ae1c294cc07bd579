#include "settings_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "musubi/base/text.h"

namespace musubi::intake {
namespace {

using std::chrono::milliseconds;

/// A whole number and what stands after it.
std::optional<std::pair<std::uint64_t, std::string_view>> number_and_unit(std::string_view text) noexcept {
  text = base::trim(text);
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  return std::pair(number, base::trim(text.substr(static_cast<std::size_t>(read.ptr - text.data()))));
}

/// number × the factor of its unit, at most `most`.
template <std::size_t Size>
std::optional<std::uint64_t> in_units(
    std::string_view text, std::uint64_t most,
    const std::array<std::pair<std::string_view, std::uint64_t>, Size>& units) {
  const auto read = number_and_unit(text);
  if (!read) return std::nullopt;
  for (const auto& [unit, factor] : units)
    if (unit == read->second)
      return read->first <= most / factor ? std::optional(read->first * factor) : std::nullopt;
  return std::nullopt;
}

constexpr std::uint64_t kMostDuration = 10ULL * 366 * 86'400'000, kMostSize = 1ULL << 50U;
constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> kDurations{
    {{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> kSizes{
    {{"", 1}, {"B", 1}, {"KiB", 1ULL << 10U}, {"MiB", 1ULL << 20U}, {"GiB", 1ULL << 30U}}};

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) noexcept {
  const auto read = in_units(text, kMostDuration, kDurations);
  return read ? std::optional(milliseconds(static_cast<std::int64_t>(*read))) : std::nullopt;
}

std::optional<std::uint64_t> parse_size(std::string_view text) noexcept {
  return in_units(text, kMostSize, kSizes);
}

bool is_plain_name(std::string_view text) noexcept {
  constexpr std::size_t kMost = 64;
  return !text.empty() && text.size() <= kMost && text.front() != '.' &&
         std::ranges::all_of(text, [](char each) {
           return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                  (each >= '0' && each <= '9') || each == '-' || each == '_' || each == '.';
         });
}

bool is_printable_word(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char each) { return each > ' ' && each <= '~'; });
}

std::optional<milliseconds> SettingsReader::duration(std::string_view key) const {
  const auto text = map_.text(key);
  if (!text) return std::nullopt;
  const auto read = parse_duration(text->text);
  if (!read || read->count() == 0) {
    map_.problem(key, "intake.config_duration");
    return std::nullopt;
  }
  return read;
}

void SettingsReader::size(std::string_view key, std::uint64_t& into) const {
  const auto text = map_.text(key);
  if (!text) return;
  const auto read = parse_size(text->text);
  if (read && *read > 0)
    into = *read;
  else
    map_.problem(key, "intake.config_size");
}

std::optional<std::uint64_t> SettingsReader::count(std::string_view key, std::uint64_t least,
                                                   std::uint64_t most) const {
  const auto text = map_.text(key);
  if (!text) return std::nullopt;
  const auto read = number_and_unit(text->text);
  if (read && read->second.empty() && read->first >= least && read->first <= most) return read->first;
  map_.problem(key, "intake.config_count",
               {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
  return std::nullopt;
}

void SettingsReader::path(std::string_view key, std::filesystem::path& into) const {
  if (const auto text = map_.text(key)) into = (folder_ / text->text).lexically_normal();
}

std::filesystem::path SettingsReader::required_path(std::string_view key) const {
  const auto word = map_.required_word(key);
  return word.empty() ? std::filesystem::path() : (folder_ / word).lexically_normal();
}

}  // namespace musubi::intake
