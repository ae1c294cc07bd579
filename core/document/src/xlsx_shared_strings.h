// The table of texts that the cells of all sheets share.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx_package.h"

namespace musubi::document {

/// Immutable. Threads may share it.
class SharedStrings {
 public:
  /// Empty where the workbook has none. Errors: xlsx.shared_strings_too_large, those of parse_xlsx_part.
  static base::Result<std::shared_ptr<const SharedStrings>> read(const XlsxPackage& package,
                                                                 const Limits& limits);

  std::size_t size() const noexcept { return ends_.size(); }
  std::string_view operator[](std::size_t index) const noexcept {
    const auto begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(texts_).substr(begin, ends_[index] - begin);
  }

 private:
  friend class SharedStringsReading;
  std::string texts_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace musubi::document
