// Small workbooks for tests: text as inline strings, numbers, and dates as serial numbers with a date format.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace musubi::testing {

struct Serial {
  int day = 0;  ///< counted as spreadsheets do
};
using WorkbookCell = std::variant<std::monostate, std::string, int, Serial>;

struct WorkbookSheet {
  std::string name;
  std::vector<std::vector<WorkbookCell>> rows;
};

/// The bytes of an .xlsx file.
std::string workbook(const std::vector<WorkbookSheet>& sheets);

}  // namespace musubi::testing
