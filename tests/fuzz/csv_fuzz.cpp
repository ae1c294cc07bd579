// Any bytes as a CSV. The first byte chooses encoding, separator and limits; the second whether, and how far
// before the border of a buffer, the rest begins. What must hold: cells are UTF-8, places lie in the file,
// rows are counted, and the size of batches changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "musubi/base/text.h"
#include "musubi/document/row_reader.h"

namespace {

using namespace musubi::document;

constexpr std::size_t kBuffer = 256U << 10;

void require(bool condition) {
  if (!condition) std::abort();
}

TableOptions options_from(std::uint8_t choice) {
  constexpr Encoding kEncodings[] = {Encoding::detect, Encoding::utf8, Encoding::cp932, Encoding::iso2022jp};
  constexpr char kSeparators[] = {',', '\t', ';', '|'};
  TableOptions options;
  options.encoding = kEncodings[choice & 3];
  options.separator = kSeparators[choice >> 2 & 3];
  if ((choice & 0x10) != 0) options.limits.cell_bytes = 8;
  if ((choice & 0x20) != 0) options.limits.row_bytes = 64;
  if ((choice & 0x40) != 0) options.limits.columns = 3;
  if ((choice & 0x80) != 0) options.header = {.columns = {"No", "年代"}, .rows = 2, .look_in = 5};
  return options;
}

std::string bytes_from(const std::uint8_t* data, std::size_t size, std::uint8_t choice) {
  std::string bytes;
  if (choice >= 0xF0) {  // seldom, since it is slow
    const std::size_t before_border = 3 * (choice & 0x0FU);
    bytes = "No,b\nc,d\n";
    bytes.append(kBuffer - before_border - bytes.size() - 1, 'x').append("\n");
  }
  return bytes.append(reinterpret_cast<const char*>(data), size);
}

void check_row(const RowBatch& batch, std::size_t index, std::uint64_t number, std::uint64_t size) {
  const auto& origin = batch.origin(index);
  require(origin.row == number && origin.line >= number && origin.byte + origin.length <= size);
  for (const auto& cell : batch.row(index)) {
    require(!musubi::base::malformed_utf8_at(cell.text()));
    if (cell.kind != CellKind::missing) require(cell.source_byte + cell.source_length <= size);
  }
}

struct Outcome {
  std::string text;
  std::size_t rows = 0;
  std::size_t faults = 0;
  std::string code;
  bool operator==(const Outcome&) const = default;
};

Outcome read_with(const std::string& bytes, const TableOptions& options, std::size_t batch_rows) {
  Outcome outcome;
  const auto reader = open_csv(ByteSource::of_text(bytes, "fuzz.csv"), options);
  if (reader.has_error()) return {.code = reader.error().code()};
  RowBatch batch;
  while (true) {
    const auto count = (*reader)->read(batch, batch_rows);
    if (count.has_error()) outcome.code = count.error().code();
    if (count.has_error() || *count == 0) break;
    for (std::size_t index = 0; index < *count; ++index) {
      check_row(batch, index, ++outcome.rows, bytes.size());
      for (const auto& cell : batch.row(index)) outcome.text.append(cell.text()) += '\x1F';
    }
    for (const auto& fault : batch.faults()) require(fault.row_index < *count && fault.byte <= bytes.size());
    outcome.faults += batch.faults().size();
  }
  require((*reader)->consumed() <= bytes.size());
  if (outcome.code.empty()) require((*reader)->consumed() == bytes.size());
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto options = options_from(data[0]);
  const auto bytes = bytes_from(data + 2, size - 2, data[1]);
  require(read_with(bytes, options, 1) == read_with(bytes, options, 1000));
  return 0;
}
