// What a mail server says, of any bytes: it is read or is none; what is quoted comes back as it was.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "imap_response.h"

using namespace musubi::intake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto response = parse_imap_response(line);
  if (response && response->tag.empty()) std::abort();
  if (response) response->number_of("UID");
  const auto literal = literal_after(line);
  if (literal && !line.ends_with('}')) std::abort();
  const auto quoted = parse_imap_response("* FETCH (X " + imap_quoted(line) + ")");
  if (!quoted || quoted->values.size() != 2 || quoted->values[1] != line) std::abort();
  return 0;
}
