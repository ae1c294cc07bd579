// Rows that a test file gives, read like those of any table.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "musubi/document/row_reader.h"

namespace musubi::mapping {

struct HandCell {
  std::string text{};
  document::CellKind kind = document::CellKind::missing;
};

struct HandTable {
  std::vector<std::string> columns{};
  std::vector<std::vector<HandCell>> rows{};  ///< as wide as the columns
};

class HandRows final : public document::RowReader {
 public:
  explicit HandRows(std::shared_ptr<const HandTable> table) : table_(std::move(table)) {}

  std::span<const std::string> columns() const noexcept override { return table_->columns; }
  std::span<const std::string> titles() const noexcept override { return {}; }
  document::Encoding encoding() const noexcept override { return document::Encoding::utf8; }
  base::Result<std::size_t> read(document::RowBatch& into, std::size_t rows) noexcept override;
  std::uint64_t consumed() const noexcept override { return given_; }

 private:
  std::shared_ptr<const HandTable> table_;
  std::size_t given_ = 0;
};

}  // namespace musubi::mapping
