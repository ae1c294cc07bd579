// Any bytes as what callers send to say who they are, and as the file of tokens: what is read can be written
// and read again, and stays the same.
#include <cstdlib>
#include <string>
#include <string_view>

#include "bearer.h"
#include "token_file.h"

namespace {

using namespace musubi::net;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_texts(std::string_view text) {
  if (const auto token = bearer_token(text)) require(!token->empty() && token->size() < text.size());
  if (const auto trace = trace_id(text)) require(trace->size() == 32);
  const auto token = parse_token(text);
  if (!token) return;
  require(is_token_id(token->id));
  require("musubi_" + std::string(token->id) + "_" + std::string(token->secret) == text);
}

void check_file(std::string_view text) {
  const auto tokens = parse_token_file(text);
  if (tokens.has_error()) {
    const auto& place = tokens.error().place();
    require(tokens.error().code() == "net.tokens_newer" || place.line != 0 || !place.field.empty());
    return;
  }
  const auto written = token_file_text(*tokens);
  const auto again = parse_token_file(written);
  require(again.has_value() && again->size() == tokens->size() && token_file_text(*again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_texts(text);
  check_file(text);
  return 0;
}
