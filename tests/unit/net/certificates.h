// Certificates made for one test, by OpenSSL.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace musubi::net::testing {

struct Lifetime {
  long from = -60, until = 3600;  ///< seconds from now
};

/// Keys and certificates on the P-256 curve, in PEM files of a folder.
class Authority {
 public:
  explicit Authority(std::filesystem::path folder);
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  std::filesystem::path certificate() const;
  /// Writes NAME.crt and NAME.key, for `common_name` and for 127.0.0.1.
  struct Files {
    std::filesystem::path certificate, key;
  };
  Files issue(const std::string& name, const std::string& common_name, Lifetime lifetime = {}) const;

 private:
  std::filesystem::path folder_;
  X509* certificate_;
  EVP_PKEY* key_;
};

/// What a TLS caller got back; `failed` when there was no connection.
struct SecureAnswer {
  bool failed = true;
  std::string text, protocol, server_name;
};
struct SecureCaller {
  std::uint16_t port = 0;
  std::filesystem::path authority;
  Authority::Files own{};  ///< may be empty
  int newest_version = 0;  ///< TLS1_1_VERSION …; 0: any
};
/// One request on a connection of its own; reads until the other end closes.
SecureAnswer ask_securely(const SecureCaller& caller, std::string_view request);

}  // namespace musubi::net::testing
