#include "upload_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "descriptor.h"
#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/kill_point.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostRecord = std::uint64_t{64} * 1024;
constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr const char* kRecord = "upload.json";

base::Status status_of(int failure, const fs::path& path) {
  if (failure != 0) return base::file_error(failure, path);
  return {};
}

base::Result<Descriptor> opened(const fs::path& file, int flags) {
  Descriptor descriptor(::open(file.c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0640));
  if (!descriptor.is_open()) return base::file_error(errno, file);
  return descriptor;
}

}  // namespace

UploadFolder::UploadFolder(fs::path folder, UploadRecord record, FileOperations& operations)
    : folder_(std::move(folder)), record_(std::move(record)), operations_(&operations) {}

base::Result<UploadFolder> UploadFolder::create(const fs::path& folder, UploadRecord record,
                                                FileOperations& operations) {
  UploadFolder made(folder, record, operations);
  MUSUBI_TRY(status_of(operations.make_folder(folder), folder));
  MUSUBI_TRY(status_of(operations.create(made.bytes(), {}), made.bytes()));
  MUSUBI_TRY(made.write_record(std::move(record)));
  MUSUBI_TRY(status_of(operations.sync(folder.parent_path()), folder.parent_path()));
  return made;
}

base::Result<UploadFolder> UploadFolder::load(const fs::path& folder, FileOperations& operations) {
  const auto file = folder / kRecord;
  MUSUBI_ASSIGN(const auto json, base::read_file(file, kMostRecord));
  auto record = read_upload_record(json);
  if (record.has_error()) return record.error().at({.file = file.string()});
  if (record->upload.id != folder.filename())
    return base::Error(base::ErrorKind::environment, "intake.upload_unreadable").at({.file = file.string()});
  UploadFolder loaded(folder, std::move(*record), operations);
  MUSUBI_TRY(loaded.match_bytes());
  return loaded;
}

base::Status UploadFolder::match_bytes() {
  if (record_.upload.submission) {
    operations_->remove(bytes());
    return {};
  }
  FileFacts facts;
  const int failure = operations_->inspect(bytes(), facts);
  const bool usable = failure == 0 && facts.kind == FileKind::regular;
  if (usable && facts.bytes >= record_.upload.offset) return cut_off();
  auto anew = record_;
  anew.upload.offset = 0;
  MUSUBI_TRY(write_record(std::move(anew)));
  if (!usable) {
    operations_->remove(bytes());
    MUSUBI_TRY(status_of(operations_->create(bytes(), {}), bytes()));
  }
  return cut_off();
}

base::Status UploadFolder::write_record(UploadRecord record) {
  MUSUBI_TRY(base::write_file_durably(folder_ / kRecord, to_json(record)));
  record_ = std::move(record);
  return {};
}

/// To what the record speaks of.
base::Status UploadFolder::cut_off() {
  written_ = record_.upload.offset;
  MUSUBI_ASSIGN(const Descriptor file, opened(bytes(), O_WRONLY));
  if (::ftruncate(file.number(), static_cast<off_t>(written_)) != 0) return base::file_error(errno, bytes());
  return {};
}

base::Status UploadFolder::append(std::string_view piece) {
  MUSUBI_ASSIGN(const Descriptor file, opened(bytes(), O_WRONLY));
  while (!piece.empty()) {
    const auto done = ::pwrite(file.number(), piece.data(), piece.size(), static_cast<off_t>(written_));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return base::file_error(errno, bytes());
    written_ += static_cast<std::uint64_t>(done);
    piece.remove_prefix(static_cast<std::size_t>(done));
  }
  return {};
}

base::Status UploadFolder::settle(base::Instant now) {
  if (written_ == record_.upload.offset) return {};
  if (const int failure = operations_->sync(bytes()); failure != 0) {
    MUSUBI_TRY(cut_off());
    return base::file_error(failure, bytes());
  }
  base::kill_point("intake.piece_synced");
  auto further = record_;
  further.upload.offset = written_;
  further.touched = now;
  MUSUBI_TRY(write_record(std::move(further)));
  base::kill_point("intake.offset_kept");
  return {};
}

base::Status UploadFolder::complete(std::int64_t submission, base::Instant now) {
  auto completed = record_;
  completed.upload.submission = submission;
  completed.touched = now;
  MUSUBI_TRY(write_record(std::move(completed)));
  return status_of(operations_->remove(bytes()), bytes());
}

base::Result<std::string> UploadFolder::digest() const {
  MUSUBI_ASSIGN(const Descriptor file, opened(bytes(), O_RDONLY));
  std::vector<char> block(kBlock);
  base::Sha256 hash;
  while (true) {
    const auto got = ::read(file.number(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::file_error(errno, bytes());
    if (got == 0) return base::to_hex(hash.finish());
    hash.add({block.data(), static_cast<std::size_t>(got)});
  }
}

void remove_upload(const fs::path& folder, FileOperations& operations) {
  operations.remove(folder / kRecord);
  std::error_code failure;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
    files.push_back(entry->path());
  for (const auto& file : files) operations.remove(file);
  operations.remove(folder);
}

}  // namespace musubi::intake
