// Uploads in pieces, over lines that break: HOME/uploads. What an upload is told to stand at is durable:
// after a crash or a power cut it stands there or further on, and no byte is handed in that was not synced.
//
//   FOLDER/<id>/upload.json   what it is and how far it has come; replaced whole, synced
//   FOLDER/<id>/bytes         what has arrived; only as many as upload.json says count
//
// An upload without upload.json was never promised to anybody, or is given up: it is removed. One that was
// completed is remembered for a while, without its bytes, for a sender that did not hear the answer. What
// lies in the folder besides is left alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/clock.h"
#include "musubi/base/result.h"

namespace musubi::intake {

struct UploadSettings {
  std::filesystem::path folder{};                      ///< made where it is missing
  std::uint64_t most_bytes = std::uint64_t{2} << 30;   ///< of one upload
  std::size_t most_open = 16;                          ///< of one source
  std::chrono::seconds keep = std::chrono::hours(24);  ///< after the last piece, or its completion
  std::uint64_t sync_every = std::uint64_t{16} << 20;  ///< bytes; so much is sent again after a crash
};

/// What a sender says when it begins.
struct UploadPlan {
  std::string source{}, name{};
  std::optional<std::chrono::sys_days> stated_as_of{};
  std::optional<std::uint64_t> bytes{};  ///< of the whole
  std::string digest{};                  ///< SHA-256 of the whole, in hex; empty: it was not announced
};

struct Upload {
  std::string id{};  ///< 32 hexadecimal digits that nobody guesses
  UploadPlan plan{};
  std::uint64_t offset = 0;  ///< bytes that are durable: the next piece begins here
  base::Instant expires{};
  std::optional<std::int64_t> submission{};  ///< what it became
};

/// The bytes of one piece on their way. Destroyed without finish(), what was written counts all the same as
/// soon as somebody asks. Threads: one at a time. Goes before the shelf.
class UploadPiece {
 public:
  virtual ~UploadPiece() = default;
  /// Errors: intake.upload_too_large, intake.upload_more_than_announced (nothing of `bytes` is taken);
  /// file.*.
  virtual base::Status write(std::string_view bytes) noexcept = 0;
  /// Makes it durable; where the upload stands then.
  virtual base::Result<std::uint64_t> finish() noexcept = 0;
};

class FileOperations;

/// Threads: any. Errors of every function that names an upload: intake.upload_absent, file.*.
class Uploads {
 public:
  /// Goes on with what is in the folder. The clock outlives it. Errors: file.*, of the folder itself.
  static base::Result<std::unique_ptr<Uploads>> open(UploadSettings settings, const base::Clock& clock);
  /// With other file operations than the machine's (tests); they must outlive it.
  static base::Result<std::unique_ptr<Uploads>> open(UploadSettings settings, const base::Clock& clock,
                                                     FileOperations& operations);
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  /// Durable when it returns. Errors: intake.upload_too_many, intake.upload_too_large.
  base::Result<Upload> begin(const UploadPlan& plan);
  /// Makes durable what a broken connection left. Blocks for that.
  base::Result<Upload> look(std::string_view id);
  /// The piece that begins at `offset`. Errors: intake.upload_offset with where it stands,
  /// intake.upload_busy while another piece is written, intake.upload_done.
  base::Result<std::unique_ptr<UploadPiece>> go_on(std::string_view id, std::uint64_t offset);
  /// Makes a submission of the file, durably; its number.
  using HandIn = std::function<base::Result<std::int64_t>(const Upload&, const std::filesystem::path& file)>;
  /// Hands in what has arrived, where it is as announced, and removes its bytes; an upload that was completed
  /// before is told again and not handed in. After an error it is as it was. Blocks as long as reading the
  /// whole takes. Errors: intake.upload_busy, intake.upload_empty, intake.upload_incomplete,
  /// intake.upload_digest, those of `hand_in`.
  base::Result<Upload> complete(std::string_view id, const HandIn& hand_in);
  /// Removes it. Error: intake.upload_busy.
  base::Status give_up(std::string_view id);
  /// Removes those that nobody went on with. Cheap where there are none.
  void clear();
  /// How many folders of uploads could not be understood by open(); they are removed when their time is up.
  std::size_t unreadable() const noexcept;

 private:
  class Shelf;
  explicit Uploads(std::unique_ptr<Shelf> shelf);
  std::unique_ptr<Shelf> shelf_;
};

}  // namespace musubi::intake
