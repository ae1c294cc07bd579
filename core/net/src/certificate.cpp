#include "certificate.h"

#include <openssl/x509.h>

#include <cstring>

namespace musubi::net {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr unsigned char kSessions[] = "musubi";  // sessions are resumed for this server only

base::Error unusable(const std::filesystem::path& file) {
  return base::Error(base::ErrorKind::environment, "net.tls_files").at({.file = file.string()});
}

base::Status load_certificate(ssl::context& context, const std::filesystem::path& certificate,
                              const std::filesystem::path& key) {
  error_code failure;
  context.use_certificate_chain_file(certificate.string(), failure);
  if (failure) return unusable(certificate);
  context.use_private_key_file(key.string(), ssl::context::pem, failure);
  if (failure || SSL_CTX_check_private_key(context.native_handle()) != 1) return unusable(key);
  return {};
}

base::Status load_authorities(ssl::context& context, const std::filesystem::path& file) {
  error_code failure;
  if (file.empty())
    context.set_default_verify_paths(failure);
  else
    context.load_verify_file(file.string(), failure);
  if (!failure) context.set_verify_mode(ssl::verify_peer, failure);
  return failure ? base::Status(unusable(file)) : base::Status();
}

base::Status load_client_authority(ssl::context& context, const Tls& settings) {
  if (settings.client_ca.empty()) return {};
  error_code failure;
  context.load_verify_file(settings.client_ca.string(), failure);
  auto* names = failure ? nullptr : SSL_load_client_CA_file(settings.client_ca.c_str());
  if (names == nullptr) return unusable(settings.client_ca);
  SSL_CTX_set_client_CA_list(context.native_handle(), names);
  const int required = settings.client_required ? ssl::verify_fail_if_no_peer_cert : 0;
  context.set_verify_mode(ssl::verify_peer | required, failure);
  return failure ? base::Status(unusable(settings.client_ca)) : base::Status();
}

void harden(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCiphers);
  SSL_CTX_set_options(context,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_id_context(context, kSessions, sizeof(kSessions));
}

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

std::string text_of(ASN1_STRING* value) {
  unsigned char* bytes = nullptr;
  const int size = value == nullptr ? -1 : ASN1_STRING_to_UTF8(&bytes, value);
  if (size < 0) return {};
  std::string text(bytes, bytes + size);
  OPENSSL_free(bytes);
  return text.find('\0') == text.npos ? text : std::string();
}

}  // namespace

base::Result<std::shared_ptr<ssl::context>> make_tls_context(const Tls& settings) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  harden(context->native_handle());
  MUSUBI_TRY(load_certificate(*context, settings.certificate, settings.key));
  MUSUBI_TRY(load_client_authority(*context, settings));
  return context;
}

base::Result<std::shared_ptr<ssl::context>> make_tls_context(const ClientSettings& settings) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
  harden(context->native_handle());
  MUSUBI_TRY(load_authorities(*context, settings.authorities));
  if (!settings.certificate.empty() || !settings.key.empty())
    MUSUBI_TRY(load_certificate(*context, settings.certificate, settings.key));
  return context;
}

std::string verified_common_name(SSL* connection) {
  const std::unique_ptr<X509, FreeCertificate> certificate(SSL_get1_peer_certificate(connection));
  if (!certificate || SSL_get_verify_result(connection) != X509_V_OK) return {};
  auto* subject = X509_get_subject_name(certificate.get());
  const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  return index < 0 ? std::string() : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
}

}  // namespace musubi::net
