#include "csv_buffer.h"

#include <algorithm>
#include <utility>

namespace musubi::document {

std::shared_ptr<CsvBufferPool> CsvBufferPool::make() {
  return std::shared_ptr<CsvBufferPool>(new CsvBufferPool);
}

std::shared_ptr<CsvBuffer> CsvBufferPool::take(std::size_t bytes) {
  auto buffer = bytes <= kBytes ? from_free_list() : std::make_unique<CsvBuffer>(bytes);
  auto back_to_pool = [pool = shared_from_this()](CsvBuffer* returned) {
    pool->give_back(std::unique_ptr<CsvBuffer>(returned));
  };
  return {buffer.release(), std::move(back_to_pool)};
}

std::unique_ptr<CsvBuffer> CsvBufferPool::from_free_list() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique<CsvBuffer>(kBytes);
  auto buffer = std::move(free_.back());
  free_.pop_back();
  return buffer;
}

void CsvBufferPool::give_back(std::unique_ptr<CsvBuffer> buffer) noexcept {
  const std::lock_guard lock(mutex_);
  if (buffer->size == kBytes && free_.size() < kKept) free_.push_back(std::move(buffer));
}

bool CsvArena::make_room(std::size_t size) {
  if (buffer_ && static_cast<std::size_t>(buffer_->bytes.get() + buffer_->size - next_) >= size) return false;
  buffer_ = pool_->take(std::max(size, CsvBufferPool::kBytes));
  next_ = buffer_->bytes.get();
  return true;
}

}  // namespace musubi::document
