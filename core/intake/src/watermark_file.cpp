#include "watermark_file.h"

#include "musubi/base/file.h"

namespace musubi::intake {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{64} * 1024;
constexpr std::string_view kFormat = "musubi watermark 1\n";

}  // namespace

base::Result<std::string> read_watermark(const std::filesystem::path& file, const std::string& otherwise) {
  const auto bytes = base::read_file(file, kMostBytes);
  if (bytes.has_error() && bytes.error().code() == "file.not_found") return otherwise;
  if (bytes.has_error()) return bytes.error();
  if (!bytes->starts_with(kFormat) || !bytes->ends_with('\n'))
    return base::Error(base::ErrorKind::environment, "intake.watermark_unreadable")
        .at({.file = file.string()});
  return bytes->substr(kFormat.size(), bytes->size() - kFormat.size() - 1);
}

base::Status write_watermark(const std::filesystem::path& file, const std::string& watermark) {
  return base::write_file_durably(file, std::string(kFormat).append(watermark).append("\n"));
}

}  // namespace musubi::intake
