#include "mail_connection.h"

#include <algorithm>
#include <utility>

#include "transport.h"

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kBuffer = 65536;

}  // namespace

MailConnection::MailConnection(const Poco::Net::StreamSocket& socket, const MailboxSettings& settings)
    : socket_(socket), host_(settings.host), security_(settings.security) {}

base::Result<MailConnection> MailConnection::open(const MailboxSettings& settings,
                                                  std::uint16_t port) noexcept {
  try {
    auto socket = connect_plain(settings.host, port, settings.timeout);
    if (settings.encryption == MailEncryption::implicit)
      socket = secure(socket, settings.host, settings.security);
    return MailConnection(socket, settings);
  } catch (const Poco::Exception& exception) {
    return transport_error(exception, settings.host);
  }
}

base::Status MailConnection::make_secure() noexcept {
  if (used_ != buffer_.size()) return Error(ErrorKind::unavailable, "intake.mail_garbled", {{"host", host_}});
  try {
    socket_ = secure(socket_, host_, security_);
    return {};
  } catch (const Poco::Exception& exception) {
    return transport_error(exception, host_);
  }
}

base::Status MailConnection::send(std::string_view text) noexcept {
  try {
    while (!text.empty()) {
      const int sent = socket_.sendBytes(text.data(), static_cast<int>(std::min(text.size(), kBuffer)));
      if (sent <= 0) return broken();
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  } catch (const Poco::Exception& exception) {
    return transport_error(exception, host_);
  }
}

base::Status MailConnection::fill() noexcept {
  if (used_ < buffer_.size()) return {};
  try {
    buffer_.resize(kBuffer);
    const int got = socket_.receiveBytes(buffer_.data(), static_cast<int>(buffer_.size()));
    buffer_.resize(static_cast<std::size_t>(std::max(got, 0)));
    used_ = 0;
    if (got <= 0) return broken();
    return {};
  } catch (const Poco::Exception& exception) {
    buffer_.clear();
    used_ = 0;
    return transport_error(exception, host_);
  }
}

base::Result<std::string> MailConnection::line() noexcept {
  std::string line;
  for (bool ended = false; !ended;) {
    MUSUBI_TRY(fill());
    const auto end = std::min(buffer_.find('\n', used_), buffer_.size());
    ended = end < buffer_.size();
    line.append(buffer_, used_, end - used_);
    used_ = end + (ended ? 1 : 0);
    if (line.size() > kMostLine)
      return Error(ErrorKind::unavailable, "intake.mail_garbled", {{"host", host_}});
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

base::Status MailConnection::bytes(std::uint64_t count, const Sink& sink) noexcept {
  while (count > 0) {
    MUSUBI_TRY(fill());
    const auto piece = std::string_view(buffer_).substr(used_, std::min<std::uint64_t>(count, kBuffer));
    MUSUBI_TRY(sink(piece));
    used_ += piece.size();
    count -= piece.size();
  }
  return {};
}

Error MailConnection::broken() const {
  return {ErrorKind::unavailable, "intake.not_reached", {{"host", host_}}};
}

}  // namespace musubi::intake
