// Where a reader takes its bytes from: kept bytes on disk, or memory. Random access, so that a reader can
// look at the end of a ZIP and lineage can look at one row.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::document {

/// Threads: read_at may be called from any thread.
class MUSUBI_SDK_API ByteSource {
 public:
  virtual ~ByteSource();
  virtual std::uint64_t size() const noexcept = 0;
  virtual const std::string& name() const noexcept = 0;  ///< for messages: the file as the user named it
  /// Fills up to `length` bytes; fewer only at the end. Errors: file.*
  virtual base::Result<std::size_t> read_at(std::uint64_t offset, char* into,
                                            std::size_t length) const noexcept = 0;

  static base::Result<std::shared_ptr<const ByteSource>> open_file(const std::filesystem::path& path,
                                                                   std::string shown_name);
  static std::shared_ptr<const ByteSource> of_text(std::string bytes, std::string shown_name);
};

/// All of it, up to `limit`. Errors: file.too_large, file.*
MUSUBI_SDK_API base::Result<std::string> read_all(const ByteSource& source, std::uint64_t limit);

}  // namespace musubi::document
