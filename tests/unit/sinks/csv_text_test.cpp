#include "musubi/base/csv_text.h"

#include <gtest/gtest.h>

namespace musubi::base {
namespace {

struct Case {
  std::string cell, written;
  CsvCell kind = CsvCell::text;
};

TEST(CsvText, WritesCellsThatNoSpreadsheetRuns) {
  using namespace std::string_literals;
  const Case cases[] = {
      {"", ""},
      {"結 太郎", "結 太郎"},
      {"=1+1", "'=1+1"},
      {"+81", "'+81"},
      {"-1", "'-1"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "'\t=1"},
      {"\r=1", "\"'\r=1\""},
      {"\n=1", "\"'\n=1\""},
      {"\0=1"s, "\"'\0=1\""s},
      {"＝1+1", "'＝1+1"},
      {"＋1", "'＋1"},
      {"－1", "'－1"},
      {"＠a", "'＠a"},
      {"a=1", "a=1"},
      {"ー", "ー"},  // the long mark is no minus
      {"a,b", "\"a,b\""},
      {"say \"結\"", "\"say \"\"結\"\"\""},
      {"=\"a\",b", "\"'=\"\"a\"\",b\""},
      {"a\r\nb", "\"a\r\nb\""},
      {" a", "\" a\""},
      {"'", "'"},
      {"-1.5", "-1.5", CsvCell::number},
      {"-3", "-3", CsvCell::number},
      {"42", "42", CsvCell::number},
      {"-1+1", "'-1+1", CsvCell::number},
      {"-", "'-", CsvCell::number},
      {"-1.", "'-1.", CsvCell::number},
      {"-.5", "'-.5", CsvCell::number},
      {"=1", "'=1", CsvCell::number},
      {"+1", "'+1", CsvCell::number},
      {"-1e5", "'-1e5", CsvCell::number},
  };
  for (const auto& each : cases) {
    std::string out;
    append_csv_cell(out, each.cell, each.kind);
    EXPECT_EQ(out, each.written) << each.cell;
  }
}

TEST(CsvText, NoCellBeginsLikeAFormulaOnceItIsRead) {
  for (int first = 0; first < 256; ++first) {
    for (const auto* rest : {"", "1", "\"", ",", "=1"}) {
      const auto cell = std::string(1, static_cast<char>(first)) + rest;
      std::string out;
      append_csv_cell(out, cell);
      const std::string_view read = out.starts_with('"') ? std::string_view(out).substr(1) : out;
      EXPECT_FALSE(starts_like_formula(read)) << first;
    }
  }
}

}  // namespace
}  // namespace musubi::base
