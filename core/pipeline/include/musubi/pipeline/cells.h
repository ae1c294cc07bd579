// Where the cells of a table lie in the bytes that a submission came as: what a sender is shown of a record
// that is held.
#pragma once

#include <cstdint>
#include <string>

namespace musubi::pipeline {

/// Of a column of a row of a part.
struct CellPlace {
  std::uint64_t row = 0;   ///< from 1
  std::string column{};    ///< as the mapping's layout names it; empty: the row
  std::uint64_t byte = 0;  ///< where the cell begins, or the row where nothing stands in it
  bool found = false;      ///< the row is there
};

}  // namespace musubi::pipeline
