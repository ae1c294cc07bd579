#include "parameters.h"

#include <charconv>

#include "big_endian.h"

namespace musubi::postgres_sink {
namespace {

// Of the types bigint, text and their arrays: fixed for all time in PostgreSQL's pg_type.
constexpr Oid kBigint = 20, kText = 25, kBigintArray = 1016, kTextArray = 1009;

/// Header of a one-dimensional array without NULL, counted from 1 (array_recv of the server).
std::string array_of(Oid type, std::size_t items) {
  std::string bytes;
  append_big_endian(bytes, std::int32_t{1});
  append_big_endian(bytes, std::int32_t{0});
  append_big_endian(bytes, static_cast<std::int32_t>(type));
  append_big_endian(bytes, static_cast<std::int32_t>(items));
  append_big_endian(bytes, std::int32_t{1});
  return bytes;
}

}  // namespace

Parameters& Parameters::add(Oid type, std::string bytes) {
  types_.push_back(type);
  bytes_.push_back(std::move(bytes));
  return *this;
}

Parameters& Parameters::add(std::int64_t number) {
  std::string bytes;
  append_big_endian(bytes, number);
  return add(kBigint, std::move(bytes));
}

Parameters& Parameters::add(std::string_view text) { return add(kText, std::string(text)); }

Parameters& Parameters::add(std::span<const std::int64_t> numbers) {
  auto bytes = array_of(kBigint, numbers.size());
  for (const auto number : numbers) {
    append_big_endian(bytes, static_cast<std::int32_t>(sizeof number));
    append_big_endian(bytes, number);
  }
  return add(kBigintArray, std::move(bytes));
}

Parameters& Parameters::add(std::span<const std::string> texts) {
  auto bytes = array_of(kText, texts.size());
  for (const auto& text : texts) {
    append_big_endian(bytes, static_cast<std::int32_t>(text.size()));
    bytes += text;
  }
  return add(kTextArray, std::move(bytes));
}

std::int64_t Rows::integer(int row, int column) const noexcept {
  std::int64_t number = 0;
  const auto digits = text(row, column);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace musubi::postgres_sink
