// A mailbox: fax gateways and small senders mail their files. Every attachment becomes one parcel; a message
// is done only after all of its attachments have been taken. A message seen again, after a crash, does no
// harm: its attachments are recognised by their bytes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "musubi/intake/back_off.h"
#include "musubi/intake/parcel.h"
#include "musubi/intake/transport_security.h"
#include "musubi/intake/way_in.h"

namespace musubi::intake {

enum class MailProtocol : std::uint8_t { imap, pop3 };
std::string_view name_of(MailProtocol protocol) noexcept;

enum class MailEncryption : std::uint8_t {
  implicit,  ///< TLS from the first byte
  starttls,  ///< TLS before the password; never without
  none       ///< for a server on this machine
};
std::string_view name_of(MailEncryption encryption) noexcept;

/// What of a message is looked at, and how much of it.
struct MailLimits {
  std::uint64_t message_bytes = std::uint64_t{50} << 20;
  std::uint64_t attachment_bytes = std::uint64_t{40} << 20;  ///< decoded
  std::size_t attachments = 50;
  std::size_t parts = 500;
  std::size_t depth = 8;  ///< of parts in parts and messages in messages
};

struct MailboxSettings {
  std::string name{};    ///< of this way in
  std::string source{};  ///< of every attachment
  MailProtocol protocol = MailProtocol::imap;
  MailEncryption encryption = MailEncryption::implicit;
  std::string host{};
  std::uint16_t port = 0;  ///< 0: the usual one
  std::string user{};
  std::filesystem::path password_file{};  ///< read at every look; its content is in no log and no error
  // IMAP: where messages come from and go to. ASCII; made where missing.
  std::string inbox = "INBOX", processed = "Musubi", refused = "Musubi-Refused";
  bool delete_messages = false;  ///< POP3: once they are done; otherwise they stay and are remembered
  /// Addresses ("fax@example.jp") or domains ("@example.jp") whose messages are taken; empty: anybody's. The
  /// sender of a mail is easily forged: let the mail server check it (DMARC).
  std::vector<std::string> senders{};
  bool body = false;               ///< the text of the message is a parcel as well
  std::filesystem::path folder{};  ///< of our own: messages on their way, and what POP3 remembers
  std::chrono::seconds every{60};
  std::chrono::seconds timeout{30};  ///< of one answer
  std::size_t most_messages = 200;   ///< of one look
  MailLimits limits{};
  BackOffPolicy back_off{.first = std::chrono::seconds(10), .most = std::chrono::hours(1)};
  TransportSecurity security{};
};

/// Threads: look() one at a time, health() any.
class Mailbox final : public WayIn {
 public:
  /// `reception` and `clock` must outlive it.
  Mailbox(MailboxSettings settings, Reception& reception, const base::Clock& clock);
  ~Mailbox() override;

  std::chrono::milliseconds look(const std::stop_token& stop) noexcept override;
  Health health() const override;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace musubi::intake
