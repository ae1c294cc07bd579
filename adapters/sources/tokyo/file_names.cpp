#include "file_names.h"

#include "musubi/base/codes.h"

namespace musubi::tokyo {

std::string code_of_other_prefecture(std::string_view file_name) {
  constexpr std::size_t kDigits = 6;
  if (file_name.find_first_not_of("0123456789") != kDigits || file_name[kDigits] != '_') return {};
  const auto code = base::repair_municipality_code(file_name.substr(0, kDigits));
  const bool as_written = code.repair == base::CodeRepair::none;
  if (!as_written || code.text().starts_with("13")) return {};
  return std::string(code.text());
}

}  // namespace musubi::tokyo
