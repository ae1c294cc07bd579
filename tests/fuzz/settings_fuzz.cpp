// Any bytes as config/musubi.yaml: it is read, with what it says within bounds, or refused with a place.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "musubi/base/messages.h"
#include "settings.h"

namespace {

/// One per process; the system clears it away with the others.
const std::filesystem::path& file() {
  static const std::filesystem::path made = [] {
    std::string name = "/tmp/musubi-fuzz-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    return std::filesystem::path(name) / "musubi.yaml";
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::ofstream(file(), std::ios::binary) << std::string(data, data + size);
  const auto settings = musubi::app::read_settings(file());
  if (settings.has_error()) {
    if (settings.error().place().file.empty()) std::abort();
    return 0;
  }
  if (settings->batch_rows == 0 || settings->batch_rows > 1'000'000 || settings->catalogue.empty())
    std::abort();
  return 0;
}
