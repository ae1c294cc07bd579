// How connections to other systems are secured: TLS 1.2 or later, the certificate and its name verified.
#pragma once

#include <filesystem>

namespace musubi::intake {

struct TransportSecurity {
  std::filesystem::path authorities{};  ///< PEM file of those trusted; empty: those of the machine
  /// PEM files that say who we are, where the other side asks for it; empty: nobody.
  std::filesystem::path certificate{}, private_key{};
};

}  // namespace musubi::intake
