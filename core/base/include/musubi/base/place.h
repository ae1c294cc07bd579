// Where something is: a file, a line and column in it, a byte, a field. For people to go and look.
#pragma once

#include <cstdint>
#include <string>

namespace musubi::base {

/// A place in an input or in a configuration file. Zero means "not known"; an empty text likewise.
struct Place {
  std::string file{};          ///< as the user named it
  std::uint64_t line = 0;      ///< counted from 1
  std::uint64_t column = 0;    ///< counted from 1, in characters
  std::uint64_t length = 0;    ///< of what stands there, in characters
  std::uint64_t byte = kNone;  ///< offset from 0
  std::string field{};         ///< column name, cell ("B3") or canonical field id; never a value

  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
};

}  // namespace musubi::base
