// Connections to other systems through POCO: TLS verified, exceptions turned into errors.
#pragma once

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "musubi/base/result.h"
#include "musubi/intake/transport_security.h"

namespace musubi::intake {

/// TLS 1.2 or later, for a client that verifies certificate and name. Throws Poco::Exception.
Poco::Net::Context::Ptr client_context(const TransportSecurity& security);

/// Throw Poco::Exception. The name of the certificate is verified, and the handshake done, when they return.
Poco::Net::StreamSocket connect_plain(const std::string& host, std::uint16_t port,
                                      std::chrono::seconds timeout);
Poco::Net::StreamSocket secure(const Poco::Net::StreamSocket& plain, const std::string& host,
                               const TransportSecurity& security);

/// intake.not_trusted, intake.no_answer, intake.not_reached: each with {host}, each worth trying again.
base::Error transport_error(const Poco::Exception& exception, const std::string& host);

/// A token or password of one line: without blanks at its ends, and nothing but printable ASCII. Errors:
/// those of base::read_file(), intake.secret_unusable; neither shows it.
base::Result<std::string> read_secret(const std::filesystem::path& file);

}  // namespace musubi::intake
