// A file of records and its index: append-only, durable when a delivery returns, all or nothing per
// disclosure, every version once.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "append_file.h"
#include "format.h"
#include "key_index.h"
#include "musubi/plugin/sink.h"

namespace musubi::file_sink {

class RecordFile {
 public:
  /// Creates both files when missing; cuts off what a program that ended in the middle of a delivery has
  /// left. A file without an index is not touched: adapter.file_not_ours.
  static base::Result<std::unique_ptr<RecordFile>> open(const std::filesystem::path& path,
                                                        std::unique_ptr<Format> format);

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure);
  /// Nothing can be delivered after it.
  void close() noexcept;

 private:
  RecordFile(AppendFile records, AppendFile index, std::unique_ptr<Format> format)
      : records_(std::move(records)), index_file_(std::move(index)), format_(std::move(format)) {}
  base::Status take_up();
  base::Status begin();
  base::Status cut_back();
  base::Status commit(const std::string& lines, const VersionKeys& keys);

  std::optional<AppendFile> records_, index_file_;
  std::unique_ptr<Format> format_;
  KeyIndex index_;
  bool unsettled_ = false;  ///< a write failed; there may be more in the files than counts
};

}  // namespace musubi::file_sink
