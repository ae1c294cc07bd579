// A certificate of a few minutes, signed by itself, for servers in tests.
#pragma once

#include <Poco/Net/Context.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace musubi::testing {

class TestCertificate {
 public:
  /// Writes certificate.pem and key.pem for the DNS name `host` into `folder`.
  TestCertificate(const std::filesystem::path& folder, const std::string& host)
      : certificate(folder / "certificate.pem"), key(folder / "key.pem") {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), &X509_free);
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 600);
    X509_set_pubkey(made.get(), pair.get());
    auto* const name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(host.c_str()),
                               -1, -1, 0);
    X509_set_issuer_name(made.get(), name);
    add_extension(*made, NID_subject_alt_name, "DNS:" + host);
    add_extension(*made, NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(made.get(), pair.get(), EVP_sha256());
    write(certificate, [&](std::FILE* file) { PEM_write_X509(file, made.get()); });
    write(key, [&](std::FILE* file) {
      PEM_write_PrivateKey(file, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
  }

  Poco::Net::Context::Ptr server_context() const {
    return new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, key.string(), certificate.string(), "",
                                  Poco::Net::Context::VERIFY_NONE);
  }

  std::filesystem::path certificate, key;

 private:
  static void add_extension(X509& to, int kind, const std::string& value) {
    auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    X509_add_ext(&to, extension, -1);
    X509_EXTENSION_free(extension);
  }
  template <class Write>
  static void write(const std::filesystem::path& path, const Write& write_to) {
    std::FILE* const file = std::fopen(path.c_str(), "w");
    write_to(file);
    std::fclose(file);
  }
};

}  // namespace musubi::testing
