#include "record_file.h"

namespace musubi::file_sink {
namespace {

constexpr std::size_t kLongestHeader = std::size_t{1024} * 1024;

std::filesystem::path index_of(std::filesystem::path path) { return path += ".index"; }

base::Status require_index(const std::filesystem::path& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed || size == 0 || std::filesystem::exists(index_of(path), failed)) return {};
  return base::Error(base::ErrorKind::environment, "adapter.file_not_ours",
                     {{"index", index_of(path).filename().string()}})
      .at({.file = path.string()});
}

}  // namespace

base::Result<std::unique_ptr<RecordFile>> RecordFile::open(const std::filesystem::path& path,
                                                           std::unique_ptr<Format> format) {
  MUSUBI_TRY(require_index(path));
  MUSUBI_ASSIGN(auto index, AppendFile::open(index_of(path)));
  MUSUBI_ASSIGN(auto records, AppendFile::open(path));
  std::unique_ptr<RecordFile> file(new RecordFile(std::move(records), std::move(index), std::move(format)));
  MUSUBI_TRY(file->take_up());
  return file;
}

base::Status RecordFile::take_up() {
  MUSUBI_ASSIGN(const auto bytes, index_file_->read_all());
  index_ = KeyIndex::read(bytes);
  MUSUBI_ASSIGN(const auto size, records_->size());
  if (size < index_.length()) {
    return base::Error(base::ErrorKind::environment, "adapter.file_shortened",
                       {{"length", std::to_string(index_.length())}})
        .at({.file = records_->path().string()});
  }
  MUSUBI_TRY(cut_back());
  return begin();
}

base::Status RecordFile::begin() {
  if (index_.length() == 0) {
    const auto beginning = format_->beginning();
    return beginning.empty() ? base::Status{} : commit(beginning, {});
  }
  MUSUBI_ASSIGN(const auto first, records_->read_first(kLongestHeader));
  auto resumed = format_->resume(first);
  if (resumed.has_error()) return resumed.error().at({.file = records_->path().string()});
  return {};
}

base::Status RecordFile::cut_back() {
  MUSUBI_ASSIGN(const auto size, records_->size());
  if (size != index_.length()) MUSUBI_TRY(records_->truncate(index_.length()));
  MUSUBI_ASSIGN(const auto index_size, index_file_->size());
  if (index_size != index_.valid_bytes()) MUSUBI_TRY(index_file_->truncate(index_.valid_bytes()));
  unsettled_ = false;
  return {};
}

base::Status RecordFile::commit(const std::string& lines, const VersionKeys& keys) {
  unsettled_ = true;
  const auto length = index_.length() + lines.size();
  const auto block = KeyIndex::block(keys, length);
  MUSUBI_TRY(records_->append(lines));
  MUSUBI_TRY(index_file_->append(block));
  index_.add(keys, length, block.size());
  unsettled_ = false;
  return {};
}

base::Result<plugin::Receipt> RecordFile::deliver(const model::Disclosure& disclosure) {
  if (!records_) return base::Error(base::ErrorKind::defect, "adapter.store_closed");
  if (unsettled_) MUSUBI_TRY(cut_back());
  MUSUBI_TRY(format_->prepare(disclosure.layout()));
  plugin::Receipt receipt;
  std::string lines;
  VersionKeys keys;
  for (std::size_t index = 0; index < disclosure.size(); ++index) {
    const VersionKey key{disclosure.key(index).record, disclosure.key(index).version};
    if (index_.holds(key) || !keys.insert(key).second)
      ++receipt.already_there;
    else
      format_->append(lines, disclosure, index);
  }
  receipt.stored = keys.size();
  if (!keys.empty()) {
    const auto committed = commit(lines, keys);
    if (committed.has_error()) {
      // What is left of the attempt is cut off now or, where that fails too, before the next one.
      static_cast<void>(cut_back());
      return committed.error();
    }
  }
  receipt.recipient_reference = "file:" + std::to_string(index_.length());
  return receipt;
}

void RecordFile::close() noexcept {
  records_.reset();
  index_file_.reset();
}

}  // namespace musubi::file_sink
