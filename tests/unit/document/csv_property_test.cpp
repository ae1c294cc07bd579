// Whatever table is written, in whatever way a CSV may be written, reads back equal.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>

#include "csv_support.h"

namespace musubi::document {
namespace {

using testing::SeenRow;

const bool kSeeded = ::setenv("RC_PARAMS", "seed=20200401 max_success=400", 0) == 0;

const std::vector<std::string> kPieces{"a",  "0",    "東", "表", "ソ", "、", ",",    "\"", "\"\"", "\n",
                                       "\r", "\r\n", "\t", " ",  "　", "ー", "2020", ";",  "|",    "髙橋"};

SeenRow any_row(std::size_t width) {
  const auto cell = rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)),
                                 [](const std::vector<std::string>& pieces) {
                                   std::string text;
                                   for (const auto& piece : pieces) text += piece;
                                   return text;
                                 });
  return *rc::gen::container<SeenRow>(width, cell);
}

bool must_quote(const std::string& cell, char separator, bool alone) {
  return cell.find_first_of("\"\r\n") != std::string::npos || cell.find(separator) != std::string::npos ||
         (alone && cell.empty());
}

std::string written(const std::string& cell, bool quoted) {
  if (!quoted) return cell;
  std::string text = "\"";
  for (const char byte : cell) text += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return text + "\"";
}

struct Way {
  char separator;
  std::string encoding;
  bool byte_order_mark;
  bool ends_with_line_end;
};

Way any_way() {
  return {.separator = *rc::gen::element(',', '\t', ';', '|'),
          .encoding = *rc::gen::element<std::string>("UTF-8", "CP932", "ISO-2022-JP"),
          .byte_order_mark = *rc::gen::arbitrary<bool>(),
          .ends_with_line_end = *rc::gen::arbitrary<bool>()};
}

std::string written(const std::vector<SeenRow>& rows, const Way& way) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t index = 0; index < row.size(); ++index) {
      if (index != 0) text += way.separator;
      const bool quoted =
          must_quote(row[index], way.separator, row.size() == 1) || *rc::gen::arbitrary<bool>();
      text += written(row[index], quoted);
    }
    text += *rc::gen::element<std::string>("\n", "\r\n", "\r", "\n\n", "\r\n\r\n");
  }
  while (!way.ends_with_line_end && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

Encoding encoding_named(const std::string& name) {
  if (name == "UTF-8") return Encoding::utf8;
  return name == "CP932" ? Encoding::cp932 : Encoding::iso2022jp;
}

/// Half-width spaces aside, ISO-2022-JP has no NEC or IBM characters.
bool fits(const std::string& text, const Way& way) {
  return testing::converted("UTF-8", way.encoding.c_str(), text).has_value();
}

RC_GTEST_PROP(CsvProperty, WhatIsWrittenReadsBackEqual, ()) {
  const auto way = any_way();
  const auto width = *rc::gen::inRange<std::size_t>(1, 6);
  std::vector<SeenRow> rows;
  for (auto left = *rc::gen::inRange(0, 12); left > 0; --left) rows.push_back(any_row(width));
  SeenRow header;
  for (std::size_t column = 0; column < width; ++column) header.push_back("列" + std::to_string(column));
  auto all = rows;
  all.insert(all.begin(), header);
  const auto text = written(all, way);
  RC_PRE(fits(text, way));
  auto bytes = *testing::converted("UTF-8", way.encoding.c_str(), text);
  if (way.byte_order_mark && way.encoding == "UTF-8") bytes.insert(0, "\xEF\xBB\xBF");
  TableOptions options;
  options.separator = way.separator;
  options.encoding = *rc::gen::element(Encoding::detect, encoding_named(way.encoding));
  const auto table = testing::read_csv(bytes, options, *rc::gen::inRange<std::size_t>(1, 9));
  RC_ASSERT(!table.failure);
  RC_ASSERT(table.faults.empty());
  RC_ASSERT(table.columns == header);
  RC_ASSERT(table.rows == rows);
  RC_ASSERT(table.encoding == encoding_named(way.encoding));
}

RC_GTEST_PROP(CsvProperty, AnyBytesAreReadLikeTheSlowReaderReadsThem, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
      std::vector<std::string>{"a", "東", ",", "\"", "\n", "\r", ",\"", "\",", "\n\"", "\"\n"}));
  std::string text = "x,y,z,w,v\n";
  for (const auto& piece : pieces) text += piece;
  TableOptions options;
  options.limits.columns = 1000;
  const auto table = testing::read_csv(text, options);
  RC_PRE(!table.failure && table.faults.empty());  // the slow reader forgives more
  auto expected = testing::naive_rows(text);
  expected.erase(expected.begin());
  for (auto& row : expected) {
    while (row.size() > 5) row.pop_back();
  }
  RC_ASSERT(table.rows == expected);
}

}  // namespace
}  // namespace musubi::document
