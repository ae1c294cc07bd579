// Workbooks: damaged archives as they are, and sound archives with damaged parts.
#include <algorithm>

#include "musubi/document/row_reader.h"
#include "reader_checks.h"
#include "workbook_writer.h"

namespace {

using musubi::testing::Workbook;
using musubi::testing::ZipWriter;

/// Takes up to the next '\x01'.
std::string take_part(std::string_view& rest) {
  const auto end = std::min(rest.find('\x01'), rest.size());
  std::string part(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

ZipWriter& store(ZipWriter& zip, const std::string& name, const std::string& content) {
  musubi::testing::ZipEntry entry;
  entry.name = name;
  entry.content = content;
  entry.deflated = false;
  return zip.add(entry);
}

/// A sheet, what follows its rows, shared texts and styles, each as XML.
std::string archive_of(std::string_view parts) {
  Workbook workbook;
  workbook.sheets.push_back({"s", take_part(parts), take_part(parts), ""});
  ZipWriter zip;
  store(zip, "_rels/.rels",
        Workbook::relationships(Workbook::relationship("r", "officeDocument", "xl/w.xml")));
  store(zip, "xl/w.xml", workbook.workbook_part());
  store(zip, "xl/_rels/w.xml.rels", workbook.workbook_relationships());
  store(zip, "xl/sharedStrings.xml", Workbook::part("sst", take_part(parts)));
  store(zip, "xl/styles.xml", Workbook::part("styleSheet", take_part(parts)));
  store(zip, "xl/worksheets/sheet1.xml", Workbook::sheet_part(workbook.sheets[0]));
  return zip.finish();
}

std::string read(const std::string& bytes, std::size_t batch_rows, std::uint32_t header_rows) {
  musubi::document::TableOptions options;
  options.limits = musubi::testing::narrow_limits();
  options.header.rows = header_rows;
  options.header.look_in = 3;
  auto reader = open_xlsx(musubi::document::ByteSource::of_text(bytes, "fuzz"), options);
  return reader.has_error() ? reader.error().code()
                            : musubi::testing::all_texts(**reader, batch_rows, options.limits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto bytes = data[0] % 4 == 0 ? std::string(input) : archive_of(input);
  const std::uint32_t header_rows = data[0] % 4 == 3 ? 2 : 1;
  const auto in_ones = read(bytes, 1, header_rows);
  musubi::testing::must(in_ones == read(bytes, 1000, header_rows) || in_ones.find("xlsx.") != in_ones.npos);
  return 0;
}
