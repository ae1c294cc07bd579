#include "hand_written.h"

#include <array>
#include <charconv>
#include <unordered_map>

#include "musubi/base/codes.h"
#include "musubi/base/text.h"

namespace musubi::bench {
namespace {

using Words = std::unordered_map<std::string_view, std::int8_t>;

const Words kArea{{"都内", 1}, {"都外", 2}, {"調査中", 0}, {"―", 0}, {"", 0}};
const Words kAge{{"10歳未満", 1}, {"10代", 2}, {"20代", 3}, {"30代", 4},  {"40代", 5}, {"50代", 6},
                 {"60代", 7},     {"70代", 8}, {"80代", 9}, {"90代", 10}, {"不明", 0}, {"", 0}};
const Words kSex{{"男性", 1}, {"女性", 2}, {"不明", 0}, {"", 0}};
const Words kCondition{{"無症状", 1}, {"軽症", 2},   {"中等症", 3}, {"重症", 4},
                       {"死亡", 5},   {"調査中", 0}, {"", 0}};
const Words kCourse{{"退院", 1}, {"入院中", 2}, {"自宅療養", 3}, {"宿泊療養", 4}, {"死亡", 5}, {"", 0}};

constexpr std::size_t kColumns = 20;
constexpr std::size_t kBatch = 10'000;

std::int8_t look_up(const Words& words, std::string_view text, HandTable& table) {
  const auto found = words.find(base::trim(text));
  if (found != words.end()) return found->second;
  ++table.errors;
  return -1;
}

bool digits(const char* text, int count) {
  for (int index = 0; index < count; ++index) {
    if (text[index] < '0' || text[index] > '9') return false;
  }
  return true;
}

std::int32_t date(std::string_view text, HandTable& table) {
  text = base::trim(text);
  if (text.empty() || text == "不明") return 0;
  const char* t = text.data();
  if (text.size() != 10 || t[4] != '-' || t[7] != '-' || !digits(t, 4) || !digits(t + 5, 2) ||
      !digits(t + 8, 2)) {
    ++table.errors;
    return -1;
  }
  const int year = (t[0] - '0') * 1000 + (t[1] - '0') * 100 + (t[2] - '0') * 10 + (t[3] - '0');
  const int month = (t[5] - '0') * 10 + (t[6] - '0');
  const int day = (t[8] - '0') * 10 + (t[9] - '0');
  constexpr std::array<int, 13> kDays{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[static_cast<std::size_t>(month)]) ++table.errors;
  return year * 10000 + month * 100 + day;
}

std::int8_t flag(std::string_view text, HandTable& table) {
  text = base::trim(text);
  if (text.empty()) return 0;
  if (text == "1") return 1;
  if (text == "0") return 2;
  ++table.errors;
  return -1;
}

std::int32_t number(std::string_view text, HandTable& table) {
  text = base::trim(text);
  if (text.empty()) return -1;
  std::int32_t value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) ++table.errors;
  return value;
}

std::string_view phone(std::string_view text, HandTable& table) {
  text = base::trim(text);
  if (text.empty()) return {};
  std::string kept;
  for (const char each : text) {
    if (each >= '0' && each <= '9')
      kept += each;
    else if (each != '-')
      ++table.errors;
  }
  if (kept.size() < 9 || kept.size() > 15 || kept.front() != '0') ++table.errors;
  return table.phones.emplace_back(std::move(kept));
}

void map(const std::array<std::string_view, kColumns>& cell, HandTable& table) {
  HandRow& row = table.rows.emplace_back();
  row.local_id = base::trim(cell[0]);
  if (row.local_id.empty()) ++table.errors;
  row.jurisdiction = base::trim(cell[1]);
  if (row.jurisdiction.size() != 6 ||
      base::municipality_check_digit(row.jurisdiction.substr(0, 5)) != row.jurisdiction[5]) {
    ++table.errors;
  }
  row.published = date(cell[2], table);
  row.reported = date(cell[3], table);
  row.onset = date(cell[4], table);
  row.collected = date(cell[5], table);
  row.diagnosed = date(cell[6], table);
  row.residence = base::trim(cell[7]);
  row.area = look_up(kArea, cell[8], table);
  row.age = look_up(kAge, cell[9], table);
  row.sex = look_up(kSex, cell[10], table);
  row.occupation = base::trim(cell[11]);
  row.condition = look_up(kCondition, cell[12], table);
  row.course = look_up(kCourse, cell[13], table);
  row.travelled = flag(cell[14], table);
  row.discharged = flag(cell[15], table);
  row.doses = number(cell[16], table);
  row.phone = phone(cell[17], table);
  row.remarks = base::trim(cell[18]);
}

/// One record into cells; returns where the next starts.
std::size_t split(std::string_view csv, std::size_t position, std::array<std::string_view, kColumns>& cells) {
  std::size_t column = 0;
  while (true) {
    std::size_t end = position;
    if (csv[position] == '"') {
      end = csv.find('"', position + 1);
      cells[column] = csv.substr(position + 1, end - position - 1);
      ++end;
    } else {
      while (csv[end] != ',' && csv[end] != '\n') ++end;
      cells[column] = csv.substr(position, end - position);
    }
    if (csv[end] == '\n') return end + 1;
    position = end + 1;
    if (++column == kColumns) return csv.find('\n', end) + 1;
  }
}

}  // namespace

std::uint64_t hand_written(std::string_view csv, HandTable& table) {
  std::array<std::string_view, kColumns> cells;
  std::uint64_t rows = 0;
  std::size_t position = csv.find('\n') + 1;
  table.rows.reserve(kBatch);
  while (position < csv.size()) {
    if (table.rows.size() == kBatch) {
      table.rows.clear();
      table.phones.clear();
    }
    position = split(csv, position, cells);
    map(cells, table);
    ++rows;
  }
  return rows;
}

}  // namespace musubi::bench
