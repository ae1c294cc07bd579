// Certificates: our own, and what the other end shows.
#pragma once

#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "musubi/base/result.h"
#include "musubi/net/client.h"
#include "musubi/net/server.h"

namespace musubi::net {

/// TLS 1.2 with forward secrecy and authenticated encryption, or TLS 1.3. Errors: net.tls_files.
base::Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(const Tls& settings);

/// For calls: trusts the authorities of the settings, shows their certificate. Errors: net.tls_files.
base::Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(const ClientSettings& settings);

/// Of a finished handshake; empty: no certificate, or not a good one.
std::string verified_common_name(SSL* connection);

}  // namespace musubi::net
