// A value set as a table, for those who keep it in a spreadsheet:
//
//   valueset,age_band,年代,Age band
//   code,ja,en,synonyms,parent,valid_from,valid_to,absent
//   90s,90代,90s,90歳代;90 代,90_and_over,,,
//   ,,,調査中代,,,,under_investigation
//
// Synonyms are divided by semicolons. A row with a reason in the last column lists words of absence. Of the
// second line any columns but the first three may be left out.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/label.h"
#include "musubi/base/problems.h"
#include "musubi/model/value.h"

namespace musubi::model {

struct ValueSetRow {
  base::Located code{}, parent{};
  base::Label label{};
  std::vector<base::Located> synonyms{};
  std::optional<std::chrono::sys_days> valid_from{}, valid_to{};
  AbsentReason absent = AbsentReason::none;
};

struct ValueSetTable {
  base::Located id{};
  base::Label label{};
  std::vector<ValueSetRow> rows{};
};

/// The places of `text` are in a new file `shown_name` of `problems`. nullopt: it is no such table, and the
/// problems say why.
std::optional<ValueSetTable> read_value_set_table(std::string_view text, std::string shown_name,
                                                  base::Problems& problems);

}  // namespace musubi::model
