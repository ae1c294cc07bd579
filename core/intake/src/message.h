// A mail as a hub sees it: who sent it, and its attachments (RFC 5322, RFC 2045 to 2047). Bounded in depth
// and number; nothing is decoded until it is asked for. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/intake/mailbox.h"

namespace musubi::intake {

enum class TransferEncoding : std::uint8_t { none, base64, quoted_printable, unknown };

struct Attachment {
  std::string name{};          ///< fit to be a parcel's
  std::string_view encoded{};  ///< within the bytes of the message
  TransferEncoding encoding = TransferEncoding::none;
};

struct Message {
  std::string sender{};  ///< the address in From, in small letters; empty: there is not exactly one
  /// With the text of the message as the first, "message.txt", where it is asked for.
  std::vector<Attachment> attachments{};
};

/// `bytes` must outlive what is returned. Errors of kind bad_input, refused and limit_exceeded:
/// intake.mail_broken, intake.mail_encrypted, intake.mail_tnef, intake.mail_too_deep,
/// intake.mail_too_many_parts, intake.mail_too_many_attachments.
base::Result<Message> read_message(std::string_view bytes, const MailLimits& limits, bool with_text);

/// Errors: intake.mail_encoding, intake.mail_attachment_broken, intake.mail_attachment_too_large,
/// intake.mail_attachment_empty.
base::Result<std::string> decoded(const Attachment& attachment, const MailLimits& limits);

/// Whether an address is one of `senders` (addresses, or domains that begin with @); anybody is where there
/// are none.
bool is_allowed(const std::string& sender, const std::vector<std::string>& senders);

}  // namespace musubi::intake
