// A mail of any bytes: it is refused with a reason, or what is found in it has a safe name and can be decoded
// or refused; never more of it than the limits allow.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "message.h"
#include "musubi/base/messages.h"
#include "musubi/base/text.h"

namespace {

using namespace musubi;

constexpr std::size_t kMostName = 200;

void check(const intake::Attachment& attachment, std::string_view message, const intake::MailLimits& limits) {
  const auto& name = attachment.name;
  if (name.empty() || name.size() > kMostName || name.find_first_of("/\\") != name.npos) std::abort();
  if (base::malformed_utf8_at(name)) std::abort();
  if (attachment.encoded.data() < message.data() ||
      attachment.encoded.data() + attachment.encoded.size() > message.data() + message.size())
    std::abort();
  const auto bytes = intake::decoded(attachment, limits);
  if (bytes.has_value() && (bytes->empty() || bytes->size() > limits.attachment_bytes)) std::abort();
  if (bytes.has_error() && !intake::is_about_the_parcel(bytes.error())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const intake::MailLimits limits{.attachment_bytes = 10'000, .attachments = 5, .parts = 40, .depth = 4};
  const auto message = intake::read_message(bytes, limits, true);
  if (message.has_error()) {
    if (!intake::is_about_the_parcel(message.error())) std::abort();
    if (base::find_message(message.error().code()) == nullptr) std::abort();
    return 0;
  }
  if (message->attachments.size() > limits.attachments + 1) std::abort();
  for (const auto& each : message->attachments) check(each, bytes, limits);
  intake::is_allowed(message->sender, {"@example.jp"});
  return 0;
}
