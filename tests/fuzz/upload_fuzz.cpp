// What is written down of an upload, any bytes: what is understood is written and understood as the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "upload_record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace musubi;
  const auto record = intake::read_upload_record({reinterpret_cast<const char*>(data), size});
  if (record.has_error()) {
    if (record.error().code() != "intake.upload_unreadable") std::abort();
    return 0;
  }
  const auto written = intake::to_json(*record);
  const auto again = intake::read_upload_record(written);
  if (again.has_error() || intake::to_json(*again) != written) std::abort();
  return 0;
}
