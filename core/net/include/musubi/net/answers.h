// Answers that handlers give often: JSON, and errors in the caller's language.
#pragma once

#include <string>
#include <string_view>

#include "musubi/base/error.h"
#include "musubi/base/messages.h"
#include "musubi/net/http.h"

namespace musubi::net {

/// Of Accept-Language: whichever of Japanese and English is wanted more; English when neither is named.
base::Language language_of(const Headers& headers);

Response json_answer(unsigned status, std::string json);

/// 400 bad_input, 403 refused, 404 not_found, 413 limit_exceeded, 503 environment and unavailable, 500
/// otherwise.
unsigned status_of(const base::Error& error) noexcept;

/// {"error": {"code", "message", "remedy", "trace"}}. Of what went wrong inside the hub (500, 503) the caller
/// is told no more than net.failed or net.unavailable.
Response error_answer(const Request& request, const base::Error& error);
Response error_answer(const Request& request, unsigned status, const base::Error& error);

}  // namespace musubi::net
