// The yardstick: what a good C++ programmer would write for these 20 columns alone, with no mapping file, no
// catalogue and no provenance.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::bench {

struct HandRow {
  std::string_view local_id, jurisdiction, residence, occupation, remarks, phone;
  std::int32_t published = 0, reported = 0, onset = 0, collected = 0, diagnosed = 0;  ///< yyyymmdd, 0: absent
  std::int8_t area = 0, age = 0, sex = 0, condition = 0, course = 0;  ///< -1: not understood, 0: absent
  std::int8_t travelled = 0, discharged = 0;                          ///< 1 yes, 2 no
  std::int32_t doses = 0;
};

struct HandTable {
  std::vector<HandRow> rows;
  std::deque<std::string> phones;
  std::uint64_t errors = 0;
};

/// Reads the CSV (quotes, CRLF) and maps every row; keeps 10,000 rows at a time as the road does.
std::uint64_t hand_written(std::string_view csv, HandTable& table);

}  // namespace musubi::bench
