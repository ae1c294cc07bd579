#include "transport.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <algorithm>

#include "musubi/base/file.h"
#include "musubi/base/text.h"

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;
using Poco::Net::Context;

constexpr std::uint64_t kMostSecret = 8192;

Poco::Timespan timespan(std::chrono::seconds time) { return {static_cast<long>(time.count()), 0}; }

std::string_view code_of(const Poco::Exception& exception) {
  if (dynamic_cast<const Poco::Net::SSLException*>(&exception) != nullptr) return "intake.not_trusted";
  if (dynamic_cast<const Poco::TimeoutException*>(&exception) != nullptr) return "intake.no_answer";
  return "intake.not_reached";
}

}  // namespace

// VERIFY_STRICT, because the weaker modes do not look at the name of a host on this machine.
Context::Ptr client_context(const TransportSecurity& security) {
  Context::Params params;
  params.caLocation = security.authorities.string();
  params.certificateFile = security.certificate.string();
  params.privateKeyFile = security.private_key.string();
  params.verificationMode = Context::VERIFY_STRICT;
  params.loadDefaultCAs = security.authorities.empty();
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, params));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  context->enableExtendedCertificateVerification(true);
  return context;
}

Poco::Net::StreamSocket connect_plain(const std::string& host, std::uint16_t port,
                                      std::chrono::seconds timeout) {
  Poco::Net::StreamSocket socket;
  socket.connect(Poco::Net::SocketAddress(host, port), timespan(timeout));
  socket.setReceiveTimeout(timespan(timeout));
  socket.setSendTimeout(timespan(timeout));
  return socket;
}

Poco::Net::StreamSocket secure(const Poco::Net::StreamSocket& plain, const std::string& host,
                               const TransportSecurity& security) {
  auto secured = Poco::Net::SecureStreamSocket::attach(plain, host, client_context(security));
  secured.setLazyHandshake(false);
  secured.completeHandshake();
  secured.verifyPeerCertificate(host);
  return secured;
}

Error transport_error(const Poco::Exception& exception, const std::string& host) {
  return Error(ErrorKind::unavailable, code_of(exception), {{"host", host}});
}

base::Result<std::string> read_secret(const std::filesystem::path& file) {
  MUSUBI_ASSIGN(const auto bytes, base::read_file(file, kMostSecret));
  std::string secret(base::trim(bytes));
  if (!secret.empty() && std::ranges::all_of(secret, [](char each) { return each > ' ' && each <= '~'; }))
    return secret;
  return Error(ErrorKind::bad_configuration, "intake.secret_unusable").at({.file = file.string()});
}

}  // namespace musubi::intake
