// The columns of rows read from JSON or XML: found while the whole source is scanned once, then fixed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace musubi::document {

/// Not for several threads.
class ColumnList {
 public:
  /// The column's number, added where it is new.
  std::size_t add(std::string_view path);
  /// The column's number, or kNone. Fast where columns are asked for in their order.
  std::size_t find(std::string_view path) noexcept;
  std::size_t size() const noexcept { return paths_.size(); }
  /// As shown: line breaks and runs of blanks folded.
  std::vector<std::string> names() const;

  static constexpr std::size_t kNone = ~std::size_t{0};

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };

  std::vector<std::string> paths_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> numbers_;
  std::size_t expected_ = 0;
};

}  // namespace musubi::document
