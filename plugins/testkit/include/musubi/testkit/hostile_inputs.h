// Submissions that no adapter may stumble over: empty, damaged, foreign, too deep, too wide, forged.
#pragma once

#include <string>
#include <vector>

namespace musubi::testkit {

/// Stands in every hostile input that can hold a cell; no sentence, log or exception may repeat it.
inline constexpr const char* kCanary = "禁句 漏洩子";

struct HostileInput {
  std::string title;  ///< letters and digits, for the name of a test
  std::string file_name;
  std::string bytes;
};

/// The same on every call.
std::vector<HostileInput> hostile_inputs();

}  // namespace musubi::testkit
