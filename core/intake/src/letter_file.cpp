#include "letter_file.h"

#include <algorithm>
#include <cerrno>
#include <string>

#include "musubi/base/file.h"

namespace musubi::intake {

LetterFile::LetterFile(const std::filesystem::path& path, std::uint64_t most_bytes)
    : path_(path), file_(path, std::ios::binary | std::ios::trunc), most_(most_bytes) {}

void LetterFile::add(std::string_view bytes) {
  const auto fits = bytes.substr(0, most_ - std::min(received_, most_));
  file_.write(fits.data(), static_cast<std::streamsize>(fits.size()));
  received_ += bytes.size();
}

base::Status LetterFile::finish() {
  if (!file_.flush()) return base::file_error(errno, path_);
  if (received_ <= most_) return {};
  return base::Error(base::ErrorKind::limit_exceeded, "intake.mail_too_large",
                     {{"limit", std::to_string(most_)}});
}

}  // namespace musubi::intake
