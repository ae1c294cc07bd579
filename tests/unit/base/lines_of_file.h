// Tables beside these tests, so that a case can be added without writing C++.
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace musubi::test {

inline std::vector<std::string> parts_of(const std::string& line, char separator) {
  std::vector<std::string> parts(1);
  for (const char byte : line) {
    if (byte == separator) {
      parts.emplace_back();
    } else {
      parts.back() += byte;
    }
  }
  return parts;
}

/// Lines of tests/unit/base/<name>, parted at "|"; # begins a comment. A line with other than `parts` parts
/// is returned as three parts that no test agrees with.
inline std::vector<std::vector<std::string>> table(const std::string& name, std::size_t parts) {
  std::ifstream file(std::string(MUSUBI_PROJECT_FOLDER) + "/tests/unit/base/" + name);
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    auto parted = parts_of(line, '|');
    if (parted.size() != parts) parted.assign(parts, "this line has the wrong number of parts: " + line);
    lines.push_back(std::move(parted));
  }
  return lines;
}

}  // namespace musubi::test
