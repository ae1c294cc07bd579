#include "message.h"

#include <strings.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "mail_header.h"
#include "safe_name.h"
#include "transfer_encoding.h"

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;
using base::Status;

Error broken() { return {ErrorKind::bad_input, "intake.mail_broken"}; }

Error over_limit(std::string_view code, std::size_t limit) {
  return {ErrorKind::limit_exceeded, code, {{"limit", std::to_string(limit)}}};
}

TransferEncoding encoding_of(const MailHeader& header) {
  const auto name = field_value(header.field("content-transfer-encoding")).value;
  if (name == "base64") return TransferEncoding::base64;
  if (name == "quoted-printable") return TransferEncoding::quoted_printable;
  const bool plain = name.empty() || name == "7bit" || name == "8bit" || name == "binary";
  return plain ? TransferEncoding::none : TransferEncoding::unknown;
}

template <std::size_t Size>
bool is_one_of(const std::string& word, const std::array<std::string_view, Size>& words) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 3> kEncrypted{"multipart/encrypted", "application/pkcs7-mime",
                                                     "application/x-pkcs7-mime"};
constexpr std::array<std::string_view, 3> kSignatures{
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kExtensions{
    {{"application/pdf", ".pdf"},
     {"image/tiff", ".tif"},
     {"image/png", ".png"},
     {"image/jpeg", ".jpg"},
     {"application/json", ".json"},
     {"application/fhir+json", ".json"},
     {"text/csv", ".csv"},
     {"application/xml", ".xml"},
     {"application/zip", ".zip"}}};

std::string extension_for(const std::string& type) {
  const auto known =
      std::ranges::find(kExtensions, type, &std::pair<std::string_view, std::string_view>::first);
  return known == kExtensions.end() ? ".bin" : std::string(known->second);
}

bool is_winmail(const std::string& name) { return ::strcasecmp(name.c_str(), "winmail.dat") == 0; }

/// The lines that divide a multipart: where the part before ends and the one after begins.
struct Divider {
  std::size_t end_before = 0, begin_after = 0;
  bool last = false;
};

std::optional<Divider> next_divider(std::string_view bytes, const std::string& mark, std::size_t from) {
  for (auto at = bytes.find(mark, from); at != bytes.npos; at = bytes.find(mark, at + 1)) {
    if (at != 0 && bytes[at - 1] != '\n') continue;
    auto after = at + mark.size();
    const bool last = bytes.substr(after).starts_with("--");
    const auto line_end = std::min(bytes.find('\n', after), bytes.size());
    if (last) after += 2;
    if (bytes.substr(after, line_end - after).find_first_not_of(" \t\r") != bytes.npos) continue;
    auto end_before = at == 0 ? 0 : at - 1;
    if (end_before > from && bytes[end_before - 1] == '\r') --end_before;
    return Divider{std::max(end_before, from), std::min(line_end + 1, bytes.size()), last};
  }
  return std::nullopt;
}

class Walk {
 public:
  Walk(const MailLimits& limits, bool with_text) : limits_(limits), with_text_(with_text) {}

  base::Result<Message> read(std::string_view bytes) {
    auto after_header = bytes;
    const MailHeader header(after_header);
    if (header.count("from") == 1) message_.sender = address_in(header.field("from"));
    MUSUBI_TRY(part(bytes, 0, false));
    return std::move(message_);
  }

 private:
  Status part(std::string_view bytes, std::size_t depth, bool is_related) {
    if (depth > limits_.depth) return over_limit("intake.mail_too_deep", limits_.depth);
    if (++parts_ > limits_.parts) return over_limit("intake.mail_too_many_parts", limits_.parts);
    const MailHeader header(bytes);
    const auto type = header.content_type();
    if (is_one_of(type.value, kEncrypted)) return Error(ErrorKind::refused, "intake.mail_encrypted");
    if (type.value == "application/ms-tnef") return Error(ErrorKind::refused, "intake.mail_tnef");
    if (type.value.starts_with("multipart/")) return parts(bytes, type, depth);
    if (type.value == "message/rfc822") return part(bytes, depth + 1, false);
    if (!is_one_of(type.value, kSignatures)) return leaf(header, type, bytes, is_related);
    return {};
  }

  Status parts(std::string_view bytes, const FieldValue& type, std::size_t depth) {
    const auto mark = "--" + type.parameter("boundary");
    if (mark.size() == 2) return broken();
    const bool is_related = type.value == "multipart/related";
    auto divider = next_divider(bytes, mark, 0);
    while (divider && !divider->last) {
      const auto next = next_divider(bytes, mark, divider->begin_after);
      if (!next) break;
      MUSUBI_TRY(part(bytes.substr(divider->begin_after, next->end_before - divider->begin_after), depth + 1,
                      is_related));
      divider = next;
    }
    if (!divider || !divider->last) return broken();
    return {};
  }

  Status leaf(const MailHeader& header, const FieldValue& type, std::string_view bytes, bool is_related) {
    const auto disposition = field_value(header.field("content-disposition"));
    auto name = disposition.parameter("filename");
    if (name.empty()) name = type.parameter("name");
    if (is_winmail(name)) return Error(ErrorKind::refused, "intake.mail_tnef");
    const bool is_said_to_be_one = disposition.value == "attachment";
    const bool is_picture_of_the_text = is_related && !is_said_to_be_one && header.count("content-id") > 0;
    const bool is_text = type.value == "text/plain" || type.value == "text/html";
    if (is_picture_of_the_text) return {};
    if (is_said_to_be_one || !name.empty() || !is_text) return add(name, type.value, header, bytes);
    if (!with_text_ || type.value != "text/plain" || has_text_ || bytes.empty()) return {};
    has_text_ = true;
    message_.attachments.insert(message_.attachments.begin(), {"message.txt", bytes, encoding_of(header)});
    return {};
  }

  Status add(const std::string& name, const std::string& type, const MailHeader& header,
             std::string_view bytes) {
    if (attachments_ == limits_.attachments)
      return over_limit("intake.mail_too_many_attachments", limits_.attachments);
    const auto otherwise = "attachment-" + std::to_string(++attachments_) + extension_for(type);
    message_.attachments.push_back({safe_name(name, otherwise), bytes, encoding_of(header)});
    return {};
  }

  const MailLimits& limits_;
  bool with_text_, has_text_ = false;
  std::size_t parts_ = 0, attachments_ = 0;
  Message message_;
};

}  // namespace

base::Result<Message> read_message(std::string_view bytes, const MailLimits& limits, bool with_text) {
  return Walk(limits, with_text).read(bytes);
}

base::Result<std::string> decoded(const Attachment& attachment, const MailLimits& limits) {
  std::optional<std::string> bytes;
  switch (attachment.encoding) {
    case TransferEncoding::none:
      bytes = std::string(attachment.encoded);
      break;
    case TransferEncoding::base64:
      bytes = decoded_base64(attachment.encoded);
      break;
    case TransferEncoding::quoted_printable:
      bytes = decoded_quoted_printable(attachment.encoded);
      break;
    case TransferEncoding::unknown:
      return Error(ErrorKind::bad_input, "intake.mail_encoding");
  }
  if (!bytes) return Error(ErrorKind::bad_input, "intake.mail_attachment_broken");
  if (bytes->empty()) return Error(ErrorKind::bad_input, "intake.mail_attachment_empty");
  if (bytes->size() > limits.attachment_bytes)
    return over_limit("intake.mail_attachment_too_large", limits.attachment_bytes);
  return std::move(*bytes);
}

bool is_allowed(const std::string& sender, const std::vector<std::string>& senders) {
  if (senders.empty()) return true;
  return !sender.empty() && std::ranges::any_of(senders, [&](const std::string& each) {
    return each.starts_with('@') ? sender.ends_with(each) : sender == each;
  });
}

}  // namespace musubi::intake
