// The answer of a pulled system, of any bytes: where to go on, or why not. A header Link and a link to follow
// lead to no other host.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "musubi/base/messages.h"
#include "page.h"
#include "web_client.h"

namespace {

using namespace musubi;

void read(std::string_view json, const intake::PullSettings& settings) {
  const auto page = intake::read_page(json, settings);
  if (page.has_error() && base::find_message(page.error().code()) == nullptr) std::abort();
  if (page.has_error()) return;
  for (const auto& mark : {page->next, page->watermark})
    for (const char each : mark)
      if (each == '\r' || each == '\n' || each == '\0') std::abort();
  if (intake::is_later(page->watermark, page->watermark)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  intake::PullSettings settings;
  read(bytes, settings);
  settings.items = "/records";
  settings.next = "/next";
  settings.watermark = "/updated/value";
  read(bytes, settings);
  const std::string base = "https://example.jp/v1/records";
  for (const auto& link : {bytes, intake::next_link(bytes)})
    if (const auto next = intake::same_origin(base, link); next && !next->starts_with("https://example.jp"))
      std::abort();
  intake::percent_encoded(bytes);
  return 0;
}
