// The settings of the ways in, of any bytes: problems with their places, or settings within their bounds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/intake/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace musubi;
  base::Problems problems;
  const auto root = base::read_yaml({reinterpret_cast<const char*>(data), size}, "fuzz.yaml", problems);
  if (!root) return 0;
  intake::read_silence(*root, problems);
  base::Problems of_ways;
  const auto again = base::read_yaml({reinterpret_cast<const char*>(data), size}, "fuzz.yaml", of_ways);
  const auto settings = intake::read_ways_in(*again, "/etc", of_ways);
  for (const auto& each : of_ways.sorted())
    if (each.error.place().file.empty() || base::find_message(each.error.code()) == nullptr) std::abort();
  if (of_ways.has_errors()) return 0;
  for (const auto& each : settings.pulls)
    if (each.source.empty() || each.folder.empty() || each.page_size == 0) std::abort();
  for (const auto& each : settings.mailboxes)
    if (each.host.empty() || each.user.find_first_of(" \r\n") != each.user.npos) std::abort();
  return 0;
}
