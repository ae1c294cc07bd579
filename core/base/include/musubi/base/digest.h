// SHA-256 (FIPS 180-4) through OpenSSL: names kept bytes, configuration versions and records.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "musubi/base/export.h"

namespace musubi::base {

using Digest = std::array<std::uint8_t, 32>;

class MUSUBI_SDK_API Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view bytes);
  Digest finish();  ///< the object starts anew afterwards

 private:
  struct State;
  std::unique_ptr<State> state_;
};

MUSUBI_SDK_API Digest sha256(std::string_view bytes);
MUSUBI_SDK_API std::string to_hex(std::span<const std::uint8_t> bytes);
/// A fast 128-bit hash for "is this content the same": not for secrets, not against attackers.
struct ContentHash {
  std::uint64_t high = 0, low = 0;
  friend bool operator==(const ContentHash&, const ContentHash&) = default;
};

}  // namespace musubi::base
