// The file a letter is received into; what is more than it may have is left out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::intake {

class LetterFile {
 public:
  LetterFile(const std::filesystem::path& path, std::uint64_t most_bytes);
  void add(std::string_view bytes);
  std::uint64_t received() const noexcept { return received_; }
  /// Errors: intake.mail_too_large, those of base::file_error().
  base::Status finish();

 private:
  std::filesystem::path path_;
  std::ofstream file_;
  std::uint64_t received_ = 0, most_;
};

}  // namespace musubi::intake
