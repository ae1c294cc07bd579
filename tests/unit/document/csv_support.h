// Reads a whole CSV into plain values; encodes text with the C library, independently of what is tested.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/document/row_reader.h"

namespace musubi::testing {

struct SeenFault {
  std::size_t row = 0;  ///< index among all rows
  std::string code;
  std::uint64_t byte = 0;
  friend bool operator==(const SeenFault&, const SeenFault&) = default;
  friend void PrintTo(const SeenFault& fault, std::ostream* out) {
    *out << "row " << fault.row << " " << fault.code << " at byte " << fault.byte;
  }
};

using SeenRow = std::vector<std::string>;  ///< cells that are there, without missing ones

struct SeenTable {
  std::vector<std::string> columns;
  std::vector<std::string> titles;
  document::Encoding encoding = document::Encoding::detect;
  std::vector<SeenRow> rows;
  std::vector<document::RowOrigin> origins;
  std::vector<SeenFault> faults;
  std::optional<base::Error> failure;  ///< of opening or of the last read
};

SeenTable read_table(std::shared_ptr<const document::ByteSource> source,
                     const document::TableOptions& options = {}, std::size_t batch_rows = 3);
SeenTable read_csv(std::string bytes, const document::TableOptions& options = {}, std::size_t batch_rows = 3);

/// The id of the message, "" when nothing failed.
std::string failure_code(const SeenTable& table);

/// Through iconv; nullopt: `bytes` is malformed or has no such character.
std::optional<std::string> converted(const char* from, const char* to, std::string bytes);

/// A slow reader written for these tests alone: the rows of UTF-8 text without its blank lines.
std::vector<SeenRow> naive_rows(std::string_view text, char separator = ',');

}  // namespace musubi::testing
