// Memory of the CSV reader: blocks that batches hold and that come back when nobody holds them any more.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace musubi::document {

struct CsvBuffer {
  explicit CsvBuffer(std::size_t wanted) : bytes(new char[wanted]), size(wanted) {}
  std::unique_ptr<char[]> bytes;
  std::size_t size;
};

/// Threads: take() by one; the last owner of a buffer may let go of it in any.
class CsvBufferPool : public std::enable_shared_from_this<CsvBufferPool> {
 public:
  static constexpr std::size_t kBytes = 256U << 10;
  static std::shared_ptr<CsvBufferPool> make();

  /// At least `bytes` of memory, not initialised.
  std::shared_ptr<CsvBuffer> take(std::size_t bytes = kBytes);

 private:
  CsvBufferPool() { free_.reserve(kKept); }
  std::unique_ptr<CsvBuffer> from_free_list();
  void give_back(std::unique_ptr<CsvBuffer> buffer) noexcept;

  static constexpr std::size_t kKept = 32;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CsvBuffer>> free_;
};

/// Where decoded texts go: appended, never moved. One thread.
class CsvArena {
 public:
  explicit CsvArena(std::shared_ptr<CsvBufferPool> pool) : pool_(std::move(pool)) {}
  /// Room for `size` bytes at room(); true: it lies in a new buffer, which the batch has to hold.
  bool make_room(std::size_t size);
  char* room() const noexcept { return next_; }
  void keep(std::size_t size) noexcept { next_ += size; }
  const std::shared_ptr<CsvBuffer>& buffer() const noexcept { return buffer_; }

 private:
  std::shared_ptr<CsvBufferPool> pool_;
  std::shared_ptr<CsvBuffer> buffer_;
  char* next_ = nullptr;
};

}  // namespace musubi::document
