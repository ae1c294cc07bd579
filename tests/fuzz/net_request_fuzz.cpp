// Any bytes as a request: what the server's own checks let through is read by Beast's parser as one request
// with one end, and what is decoded is clean.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "framing.h"
#include "head_check.h"
#include "message_parser.h"
#include "musubi/base/text.h"
#include "target.h"

namespace {

using namespace musubi::net;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_target(std::string_view text) {
  const auto target = parse_target(text);
  if (!target) return;
  require(target->path.starts_with('/') && target->path.find('\0') == std::string::npos);
  require(target->path.find("/../") == std::string::npos && !target->path.ends_with("/.."));
  require(!musubi::base::malformed_utf8_at(target->path));
  for (const auto& [name, value] : target->query) {
    require(!musubi::base::malformed_utf8_at(name) && !musubi::base::malformed_utf8_at(value));
    require(name.find('\0') == std::string::npos && value.find('\0') == std::string::npos);
  }
}

void check_body(MessageParser& parser, std::string_view rest) {
  std::string body;
  while (!parser.is_complete()) {
    const auto step = parser.read_body(rest, body);
    require(step.consumed <= rest.size());
    if (step.failed || step.consumed == 0) return;
    rest.remove_prefix(step.consumed);
  }
}

void check_request(std::string_view bytes) {
  const auto size = end_of_head(bytes, 0);
  if (size == bytes.npos || is_hopeless(bytes.substr(0, size), 0)) return;
  const auto text = bytes.substr(0, size);
  if (check_head(text, 100, 8192) != HeadFault::none) return;
  require(std::ranges::count(text, '\n') == std::ranges::count(text, '\r'));
  Head head;
  MessageParser parser;
  if (parser.read_head(text, head) != HeadProblem::none) return;
  require(static_cast<std::size_t>(std::ranges::count(text, '\n')) == head.headers.all().size() + 2);
  check_target(head.target);
  if (check_framing(head) || !head.has_body()) return;
  require(head.chunked != head.content_length.has_value());
  check_body(parser, bytes.substr(size));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_request(text);
  check_target(text);
  if (is_authority(text)) require(same_authority(text, text));
  return 0;
}
