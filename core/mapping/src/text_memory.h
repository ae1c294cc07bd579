// What the last texts of one step became. Sources repeat themselves: 都内, 40代, the same day.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>

#include "musubi/document/row_batch.h"
#include "musubi/model/value.h"

namespace musubi::mapping {

/// Why a text or a result gives no value.
enum class Failure : std::uint8_t {
  none,
  not_understood,
  several,     ///< an expression yields several items for a field that holds one
  broken_off,  ///< the evaluation of an expression ended with an error
  empty        ///< an expression yields nothing although the cells it reads are filled
};

struct Converted {
  model::Value value{};
  Failure failure = Failure::none;
};

/// Entries point into cells: they live no longer than the batch of rows. Made without, it remembers nothing.
class TextMemory {
 public:
  static TextMemory with_entries() {
    TextMemory memory;
    memory.entries_ = std::make_unique<Entry[]>(std::size_t{1} << kPlaceBits);
    return memory;
  }
  bool remembers() const noexcept { return entries_ != nullptr; }

  /// The first and the last bytes of a text; up to sixteen bytes they are all of it.
  struct Key {
    std::uint64_t first = 0, last = 0;
    std::uint32_t size = 0;
    document::CellKind kind = document::CellKind::missing;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Entry {
    Key key;
    const char* data = nullptr;
    Converted converted;
    bool holds(const Key& wanted, const char* text) const noexcept {
      return key == wanted && (wanted.size <= kWhole || std::memcmp(data, text, wanted.size) == 0);
    }
  };

  /// The cell is not empty.
  static Key key_of(const document::Cell& cell) noexcept {
    if (cell.size >= sizeof(std::uint64_t))
      return {bytes_at<std::uint64_t>(cell.data),
              bytes_at<std::uint64_t>(cell.data + cell.size - sizeof(std::uint64_t)), cell.size, cell.kind};
    return {short_text(cell), 0, cell.size, cell.kind};
  }
  /// The only entry where a text may be; of a memory that remembers.
  Entry& entry_of(const Key& key) noexcept {
    const auto mixed = key.first ^ std::rotl(key.last, 23) ^ key.size;
    return entries_[(mixed * 0x9E3779B97F4A7C15ULL) >> (64 - kPlaceBits)];
  }

 private:
  static constexpr unsigned kPlaceBits = 5;
  static constexpr std::uint32_t kWhole = 16;

  template <class Word>
  static Word bytes_at(const char* data) noexcept {
    Word word = 0;
    std::memcpy(&word, data, sizeof word);
    return word;
  }
  /// One to seven bytes.
  static std::uint64_t short_text(const document::Cell& cell) noexcept {
    if (cell.size >= sizeof(std::uint32_t))
      return bytes_at<std::uint32_t>(cell.data) |
             std::uint64_t{bytes_at<std::uint32_t>(cell.data + cell.size - sizeof(std::uint32_t))} << 32;
    const auto byte = [&](std::uint32_t index) {
      return std::uint64_t{static_cast<unsigned char>(cell.data[index])};
    };
    return byte(0) | byte(cell.size / 2) << 8 | byte(cell.size - 1) << 16;
  }
  std::unique_ptr<Entry[]> entries_;
};

}  // namespace musubi::mapping
