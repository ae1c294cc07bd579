#include "json_row_filler.h"

namespace musubi::document {

void JsonRowFiller::add_damaged(RowBatch& batch, const RowOrigin& origin, std::string_view code,
                                std::uint64_t byte) {
  batch.add_row(origin);
  batch.add_fault({.row_index = static_cast<std::uint32_t>(batch.size() - 1), .code = code, .byte = byte});
}

void JsonRowFiller::fill(RowBatch& batch, const RowOrigin& origin, std::uint32_t token, std::uint64_t begin) {
  batch_ = &batch;
  begin_ = begin;
  faulty_ = false;
  cells_ = batch.add_row(origin);
  flatten_.restart(*texts_);
  JsonWalk walk(index_, *texts_, limits_.depth, flatten_);
  const auto behind = walk.value_at(token);
  if (!behind) return fault(walk.broken());
  const auto length = begin + index_.end_of(*behind - 1) - origin.byte;
  batch.last_origin().length = static_cast<std::uint32_t>(length);
  if (length > limits_.row_bytes) fault({.code = "json.item_too_long", .byte = origin.byte - begin});
}

void JsonRowFiller::fault(const JsonFault& fault) {
  if (faulty_) return;
  faulty_ = true;
  batch_->add_fault({.row_index = static_cast<std::uint32_t>(batch_->size() - 1),
                     .code = fault.code,
                     .byte = begin_ + fault.byte});
}

void JsonRowFiller::cell(std::string_view path, const JsonCell& found) {
  const auto column = columns_.find(path);
  if (column == ColumnList::kNone) return fault({.code = "json.unknown_name", .byte = found.byte});
  auto& cell = cells_[column];
  if (cell.source_length != 0) return fault({.code = "json.duplicate_name", .byte = found.byte});
  if (found.text.size() > limits_.cell_bytes)
    return fault({.code = "json.value_too_long", .byte = found.byte});
  cell = {.data = found.text.data(),
          .size = static_cast<std::uint32_t>(found.text.size()),
          .source_length = found.length,
          .source_byte = begin_ + found.byte,
          .kind = found.kind};
}

}  // namespace musubi::document
