// Values of settings with units and bounds: "2s", "64 MiB". What is not one is a problem at its place.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "musubi/base/yaml_map.h"

namespace musubi::intake {

/// "500ms", "2s", "15min", "1h", "7d"; nullopt: it is none, or longer than ten years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept;
/// "1000", "64 KiB", "64 MiB", "2 GiB".
std::optional<std::uint64_t> parse_size(std::string_view text) noexcept;

/// Letters a-z, digits, - _ and ., at most 64: names of ways in, sources and hubs.
bool is_plain_name(std::string_view text) noexcept;
/// Printable ASCII without blanks.
bool is_printable_word(std::string_view text) noexcept;

/// Reads the keys of one way in; what is missing leaves what is there.
class SettingsReader {
 public:
  /// Relative paths are relative to `folder`. The map must outlive the reader.
  SettingsReader(const base::YamlMap& map, std::filesystem::path folder)
      : map_(map), folder_(std::move(folder)) {}

  const base::YamlMap& map() const noexcept { return map_; }
  /// Problem: intake.config_duration.
  template <class Duration>
  void duration(std::string_view key, Duration& into) const {
    if (const auto read = duration(key)) into = std::chrono::duration_cast<Duration>(*read);
  }
  /// Problem: intake.config_size.
  void size(std::string_view key, std::uint64_t& into) const;
  /// Problem: intake.config_count, with {least} and {most}.
  template <class Count>
  void count(std::string_view key, std::uint64_t least, std::uint64_t most, Count& into) const {
    if (const auto read = count(key, least, most)) into = static_cast<Count>(*read);
  }
  void path(std::string_view key, std::filesystem::path& into) const;
  std::filesystem::path required_path(std::string_view key) const;
  void text(std::string_view key, std::string& into) const { into = map_.word(key, into); }
  template <class Choice, std::size_t Size>
  void choice(std::string_view key, const std::array<Choice, Size>& choices, Choice& into) const {
    const auto word = map_.text(key);
    if (!word) return;
    if (const auto chosen = base::choose(*word, key, choices, map_.problems())) into = *chosen;
  }
  /// `code` at the key where the test fails.
  void check(bool is_right, std::string_view key, std::string_view code,
             base::Problems::Arguments arguments = {}) const {
    if (!is_right) map_.problem(key, code, arguments);
  }

 private:
  std::optional<std::chrono::milliseconds> duration(std::string_view key) const;
  std::optional<std::uint64_t> count(std::string_view key, std::uint64_t least, std::uint64_t most) const;
  const base::YamlMap& map_;
  std::filesystem::path folder_;
};

}  // namespace musubi::intake
