// The table of municipalities: seven columns, no quotes, sorted by code. A code that comes again is another
// spelling or an earlier name of the same place.
#include "municipality_file.h"

#include <array>
#include <optional>

#include "musubi/base/codes.h"
#include "musubi/base/file.h"
#include "musubi/base/text.h"

namespace musubi::model {
namespace {

constexpr std::uint64_t kLargestFile = 8u << 20;
constexpr std::string_view kHeader = "code,prefecture,city,ward,kana,romaji,until";
using Cells = std::array<std::string_view, 7>;

std::optional<Cells> split(std::string_view line) {
  Cells cells;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    const auto comma = line.find(',');
    const bool last = index + 1 == cells.size();
    if ((comma == std::string_view::npos) != last) return std::nullopt;
    cells[index] = line.substr(0, comma);
    if (!last) line.remove_prefix(comma + 1);
  }
  return cells;
}

Municipality place_of(const Cells& cells) {
  return {std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(cells[3]),
          std::string(cells[4]), std::string(cells[5]), std::string(cells[6])};
}

bool right_code(std::string_view code) {
  return code.size() == 6 && base::repair_municipality_code(code).repair == base::CodeRepair::none;
}

/// Takes one line; empty: it is fine. Otherwise the code of the message.
std::string_view take(std::string_view line, std::vector<Municipality>& places) {
  const auto cells = split(line);
  if (!cells || (*cells)[1].empty()) return "municipality.columns";
  if (!right_code((*cells)[0])) return "municipality.bad_code";
  if (!places.empty() && places.back().code > (*cells)[0]) return "municipality.not_sorted";
  places.push_back(place_of(*cells));
  return {};
}

base::Error problem(const std::filesystem::path& file, std::string_view code, std::uint64_t line) {
  return base::Error(base::ErrorKind::bad_configuration, code).at({.file = file.string(), .line = line});
}

std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

base::Result<std::string> municipality_bytes(const std::filesystem::path& file) {
  return base::read_file(file, kLargestFile);
}

base::Result<std::vector<Municipality>> read_municipalities(std::string_view bytes,
                                                            const std::filesystem::path& file) {
  if (base::malformed_utf8_at(bytes)) return problem(file, "municipality.not_utf8", 0);
  std::vector<Municipality> places;
  std::string_view rest = bytes;
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    const auto line = next_line(rest);
    if (line.empty() || line[0] == '#' || line == kHeader) continue;
    if (const auto code = take(line, places); !code.empty()) return problem(file, code, number);
  }
  if (places.empty()) return problem(file, "municipality.empty", 0);
  return places;
}

}  // namespace musubi::model
