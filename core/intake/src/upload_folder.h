// The folder of one upload: its record and its bytes. See uploads.h for what stands where.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "file_operations.h"
#include "upload_record.h"

namespace musubi::intake {

/// Threads: one at a time. Errors of what writes: file.*.
class UploadFolder {
 public:
  /// A new one, durable when it returns. `operations` must outlive it.
  static base::Result<UploadFolder> create(const std::filesystem::path& folder, UploadRecord record,
                                           FileOperations& operations);
  /// As it was left: bytes that the record does not speak of are cut off. Where bytes are missing, as after a
  /// fault of the disk, it stands at 0 again. Errors: file.not_found where there is no record,
  /// intake.upload_unreadable.
  static base::Result<UploadFolder> load(const std::filesystem::path& folder, FileOperations& operations);

  const UploadRecord& record() const noexcept { return record_; }
  std::filesystem::path bytes() const { return folder_ / "bytes"; }
  std::uint64_t written() const noexcept { return written_; }  ///< durable or not

  base::Status append(std::string_view bytes);
  /// Makes durable what was appended, and writes down how far it goes. After a sync that failed nobody knows
  /// what the disk has: what was appended since the last that succeeded is cut off.
  base::Status settle(base::Instant now);
  /// It became this submission: its bytes go.
  base::Status complete(std::int64_t submission, base::Instant now);
  /// SHA-256 of what was appended, in hex.
  base::Result<std::string> digest() const;

 private:
  UploadFolder(std::filesystem::path folder, UploadRecord record, FileOperations& operations);
  base::Status write_record(UploadRecord record);
  base::Status cut_off();
  base::Status match_bytes();

  std::filesystem::path folder_;
  UploadRecord record_;
  FileOperations* operations_;
  std::uint64_t written_ = 0;
};

/// Removes the folder of an upload and the files in it; the record goes first, so that what is left of it
/// after a crash is nobody's.
void remove_upload(const std::filesystem::path& folder, FileOperations& operations);

}  // namespace musubi::intake
