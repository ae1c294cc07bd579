#include "certificates.h"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace musubi::net::testing {
namespace {

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  if (extension == nullptr || X509_add_ext(certificate, extension, -1) != 1)
    throw std::runtime_error("no extension");
  X509_EXTENSION_free(extension);
}

X509* unsigned_certificate(EVP_PKEY* key, const std::string& common_name, Lifetime lifetime) {
  static long serial = 1;
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate), lifetime.from);
  X509_gmtime_adj(X509_getm_notAfter(certificate), lifetime.until);
  X509_set_pubkey(certificate, key);
  const std::basic_string<unsigned char> name(common_name.begin(), common_name.end());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, name.c_str(), -1, -1,
                             0);
  return certificate;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
std::unique_ptr<std::FILE, CloseFile> open(const std::filesystem::path& path) {
  return std::unique_ptr<std::FILE, CloseFile>(std::fopen(path.c_str(), "w"));
}

int connect_to(std::uint16_t port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{10, 0};
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const void* place = &address;
  ::connect(connection, static_cast<const sockaddr*>(place), sizeof(address));
  return connection;
}

void prepare(SSL_CTX* context, const SecureCaller& caller) {
  SSL_CTX_load_verify_locations(context, caller.authority.c_str(), nullptr);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (caller.newest_version != 0) {
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_max_proto_version(context, caller.newest_version);
  }
  if (caller.own.certificate.empty()) return;
  SSL_CTX_use_certificate_file(context, caller.own.certificate.c_str(), SSL_FILETYPE_PEM);
  SSL_CTX_use_PrivateKey_file(context, caller.own.key.c_str(), SSL_FILETYPE_PEM);
}

std::string common_name_of(SSL* connection) {
  X509* certificate = SSL_get1_peer_certificate(connection);
  std::array<char, 100> name{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(), name.size());
  X509_free(certificate);
  return name.data();
}

}  // namespace

Authority::Authority(std::filesystem::path folder)
    : folder_(std::move(folder)), certificate_(nullptr), key_(EVP_EC_gen("P-256")) {
  certificate_ = unsigned_certificate(key_, "test authority", {});
  X509_set_issuer_name(certificate_, X509_get_subject_name(certificate_));
  add_extension(certificate_, certificate_, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate_, key_, EVP_sha256());
  PEM_write_X509(open(certificate()).get(), certificate_);
}

Authority::~Authority() {
  X509_free(certificate_);
  EVP_PKEY_free(key_);
}

std::filesystem::path Authority::certificate() const { return folder_ / "authority.crt"; }

Authority::Files Authority::issue(const std::string& name, const std::string& common_name,
                                  Lifetime lifetime) const {
  const Files files{folder_ / (name + ".crt"), folder_ / (name + ".key")};
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = unsigned_certificate(key, common_name, lifetime);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate_));
  add_extension(certificate, certificate_, NID_subject_alt_name, "IP:127.0.0.1");
  X509_sign(certificate, key_, EVP_sha256());
  PEM_write_X509(open(files.certificate).get(), certificate);
  PEM_write_PrivateKey(open(files.key).get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return files;
}

SecureAnswer ask_securely(const SecureCaller& caller, std::string_view request) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  prepare(context.get(), caller);
  const int connection = connect_to(caller.port);
  const std::unique_ptr<SSL, decltype(&SSL_free)> secure(SSL_new(context.get()), SSL_free);
  SSL_set_fd(secure.get(), connection);
  SecureAnswer answer;
  if (SSL_connect(secure.get()) == 1 &&
      SSL_write(secure.get(), request.data(), static_cast<int>(request.size())) > 0) {
    std::array<char, 4096> buffer;
    for (int got = 0; (got = SSL_read(secure.get(), buffer.data(), static_cast<int>(buffer.size()))) > 0;)
      answer.text.append(buffer.data(), static_cast<std::size_t>(got));
    answer.failed = answer.text.empty();
    answer.protocol = SSL_get_version(secure.get());
    answer.server_name = common_name_of(secure.get());
  }
  ::close(connection);
  return answer;
}

}  // namespace musubi::net::testing
