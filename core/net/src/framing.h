// Headers that say where a request ends and whom it is for. One reading or none (RFC 9112, sections 3.2 and
// 6).
#pragma once

#include <optional>

#include "message_parser.h"
#include "refusal.h"

namespace musubi::net {

std::optional<Refusal> check_framing(const Head& head);
/// Host, and the authority of an absolute target, which must agree with it.
std::optional<Refusal> check_host(const Head& head, std::string_view authority);

}  // namespace musubi::net
