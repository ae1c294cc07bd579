// Certificates for the server: its own, and what callers show.
#pragma once

#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "musubi/base/result.h"
#include "musubi/net/server.h"

namespace musubi::net {

/// TLS 1.2 with forward secrecy and authenticated encryption, or TLS 1.3. Errors: net.tls_files.
base::Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(const Tls& settings);

/// Of a finished handshake; empty: no certificate, or not a good one.
std::string verified_common_name(SSL* connection);

}  // namespace musubi::net
