// A connection to a mail server: lines and counted bytes, bounded. Every failure is an Error; after one the
// connection is of no more use.
#pragma once

#include <Poco/Net/StreamSocket.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/intake/mailbox.h"

namespace musubi::intake {

/// Threads: one.
class MailConnection {
 public:
  static constexpr std::size_t kMostLine = std::size_t{4} << 20;
  using Sink = std::function<base::Status(std::string_view)>;

  /// Connects, and makes it secure with MailEncryption::implicit. Errors: those of transport_error().
  static base::Result<MailConnection> open(const MailboxSettings& settings, std::uint16_t port) noexcept;

  /// Makes it secure from here on. What the server said before must have been read: error intake.mail_garbled
  /// otherwise, since somebody in between may have said it.
  base::Status make_secure() noexcept;

  base::Status send(std::string_view text) noexcept;
  /// Without CR LF. Errors: those of transport_error(), intake.mail_garbled.
  base::Result<std::string> line() noexcept;
  /// The next `count` bytes, piece by piece.
  base::Status bytes(std::uint64_t count, const Sink& sink) noexcept;

 private:
  MailConnection(const Poco::Net::StreamSocket& socket, const MailboxSettings& settings);
  /// Makes sure that there is something in the buffer.
  base::Status fill() noexcept;
  base::Error broken() const;
  Poco::Net::StreamSocket socket_;
  std::string host_;
  TransportSecurity security_;
  std::string buffer_;
  std::size_t used_ = 0;  ///< of the buffer
};

}  // namespace musubi::intake
