// Rows in the binary form of COPY (PostgreSQL manual, COPY, "Binary Format"). Pure: bytes in memory, no
// server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "musubi/model/value.h"

namespace musubi::postgres_sink {

/// Appends to one buffer, which keeps its room when it is cleared: nothing is allocated per field or row. The
/// caller says how many columns a row has and then writes as many.
class CopyRows {
 public:
  void begin();  ///< signature and header; before the first row
  void end();    ///< trailer; after the last

  void row(int columns);
  void null();
  void integer(std::int64_t number);    ///< bigint
  void boolean(bool truth);             ///< boolean
  void text(std::string_view text);     ///< text
  void decimal(model::Decimal number);  ///< numeric, with as many places as it was given with
  /// A text that `write` appends to the string it is given.
  template <class Write>
  void written_text(Write write) {
    const auto start = bytes_.size();
    length(0);
    write(bytes_);
    close(start);
  }

  std::string_view bytes() const noexcept { return bytes_; }
  void clear() noexcept { bytes_.clear(); }

 private:
  void length(std::int32_t bytes);
  void close(std::size_t start);

  std::string bytes_;
};

}  // namespace musubi::postgres_sink
