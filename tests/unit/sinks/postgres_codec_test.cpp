// The binary form of COPY against bytes worked out by hand from PostgreSQL's manual and numeric_recv's
// layout.
#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <new>
#include <random>

#include "copy_rows.h"
#include "field_encoder.h"
#include "sql_state.h"
#include "text_forms.h"

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* room = std::malloc(size)) return room;
  throw std::bad_alloc();
}
void operator delete(void* room) noexcept { std::free(room); }
void operator delete(void* room, std::size_t /*size*/) noexcept { std::free(room); }

namespace musubi::postgres_sink {
namespace {

using model::Value;
using namespace std::string_view_literals;

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

template <class Write>
std::string written(Write write) {
  CopyRows rows;
  write(rows);
  return hex(rows.bytes());
}

TEST(CopyRows, BeginsAndEndsAsTheManualSays) {
  EXPECT_EQ(written([](CopyRows& rows) {
              rows.begin();
              rows.end();
            }),
            "5047434f50590aff0d0a00"
            "00000000"
            "00000000"
            "ffff");
}

TEST(CopyRows, Values) {
  EXPECT_EQ(written([](CopyRows& rows) { rows.row(300); }), "012c");
  EXPECT_EQ(written([](CopyRows& rows) { rows.null(); }), "ffffffff");
  EXPECT_EQ(written([](CopyRows& rows) { rows.integer(-2); }),
            "00000008"
            "fffffffffffffffe");
  EXPECT_EQ(written([](CopyRows& rows) { rows.boolean(true); }),
            "00000001"
            "01");
  EXPECT_EQ(written([](CopyRows& rows) { rows.boolean(false); }),
            "00000001"
            "00");
  EXPECT_EQ(written([](CopyRows& rows) { rows.text("結"); }),
            "00000003"
            "e7b590");
  EXPECT_EQ(written([](CopyRows& rows) { rows.text(""); }), "00000000");
  EXPECT_EQ(written([](CopyRows& rows) { rows.written_text([](std::string& out) { out += "[1]"; }); }),
            "00000003"
            "5b315d");
}

struct NumericCase {
  model::Decimal number;
  const char* bytes;  ///< digits, weight, sign, scale, the digits in base 10000
};

TEST(CopyRows, Decimals) {
  const std::array cases{NumericCase{{0, 0},
                                     "0000"
                                     "0000"
                                     "0000"
                                     "0000"},
                         NumericCase{{0, 2},
                                     "0000"
                                     "0000"
                                     "0000"
                                     "0002"},
                         NumericCase{{1, 0},
                                     "0001"
                                     "0000"
                                     "0000"
                                     "0000"
                                     "0001"},
                         NumericCase{{10000, 0},
                                     "0001"
                                     "0001"
                                     "0000"
                                     "0000"
                                     "0001"},
                         NumericCase{{12345, 0},
                                     "0002"
                                     "0001"
                                     "0000"
                                     "0000"
                                     "0001"
                                     "0929"},
                         NumericCase{{-375, 1},
                                     "0002"
                                     "0000"
                                     "4000"
                                     "0001"
                                     "0025"
                                     "1388"},  // -37.5: 37, 5000
                         NumericCase{{1, 5},
                                     "0001"
                                     "fffe"
                                     "0000"
                                     "0005"
                                     "03e8"},  // 0.00001: 1000 at 10000^-2
                         NumericCase{{5, 3},
                                     "0001"
                                     "ffff"
                                     "0000"
                                     "0003"
                                     "0032"},  // 0.005: 50 at 10000^-1
                         NumericCase{{INT64_MIN, 0},
                                     "0005"
                                     "0004"
                                     "4000"
                                     "0000"
                                     "039a"
                                     "0d2c"
                                     "0170"
                                     "1565"
                                     "16b0"}};
  for (const auto& [number, bytes] : cases) {
    const auto all = written([&](CopyRows& rows) { rows.decimal(number); });
    EXPECT_EQ(all.substr(8), bytes) << number.mantissa << " " << int{number.scale};
    EXPECT_EQ(all.substr(0, 8), hex(std::string{0, 0, 0, static_cast<char>(all.size() / 2 - 4)}));
  }
}

TEST(CopyRows, KeepsItsRoom) {
  CopyRows rows;
  const std::string text(1000, 'x');
  rows.text(text);
  const auto* before = rows.bytes().data();
  rows.clear();
  rows.text(text);
  EXPECT_EQ(rows.bytes().data(), before);
}

TEST(FieldEncoder, AllocatesNothingOnceItHasRoom) {
  const FieldEncoder encoder({{{1, "a", model::FieldType::text, sinks::Writing::text, "a"},
                               {2, "b", model::FieldType::date, sinks::Writing::date, "b"},
                               {3, "c", model::FieldType::time, sinks::Writing::moment, "c"},
                               {4, "d", model::FieldType::integer, sinks::Writing::integer, "d"},
                               {5, "e", model::FieldType::decimal, sinks::Writing::decimal, "e"},
                               {6, "f", model::FieldType::age, sinks::Writing::age, "f"},
                               {7, "g", model::FieldType::time, sinks::Writing::list, "g"},
                               {8, "h", model::FieldType::text, sinks::Writing::text, "h"}},
                              {0, 1, 2, 3, 4, 5, 6, 7}});
  const std::array moments{Value::moment({1'587'343'500'123'456, 540}), Value::moment({0, 0})};
  const std::array values{Value::text("a text that is longer than a short string has room for"),
                          Value::date({2020, 4, 1}),
                          moments[0],
                          Value::integer(-1),
                          Value::decimal({365, 1}),
                          Value::age({40, false}),
                          Value::list(moments),
                          Value::absent(model::AbsentReason::unknown)};
  CopyRows rows;
  std::string absent;
  const auto encode = [&] {
    rows.clear();
    absent.clear();
    return encoder.encode(values, rows, absent).has_value();
  };
  ASSERT_TRUE(encode());
  const auto before = allocations.load();
  for (int round = 0; round < 100; ++round) encode();
  EXPECT_EQ(allocations.load(), before);
}

FieldEncoder encoder_of(sinks::Writing writing) {
  return FieldEncoder({{{1, "a.field", model::FieldType::text, writing, "a_field"}}, {0}});
}

TEST(FieldEncoder, AnAgeTakesTwoColumns) {
  const auto encoder = encoder_of(sinks::Writing::age);
  CopyRows rows;
  std::string absent;
  const std::array values{Value::age({11, true})};
  ASSERT_FALSE(encoder.encode(values, rows, absent).has_error());
  EXPECT_EQ(encoder.width(), 2);
  EXPECT_EQ(hex(rows.bytes()),
            "00000008"
            "0000000000000000"
            "00000008"
            "000000000000000b");
}

TEST(FieldEncoder, WhatIsAbsentSaysWhy) {
  const auto encoder = encoder_of(sinks::Writing::text);
  CopyRows rows;
  std::string absent;
  const std::array values{Value::absent(model::AbsentReason::unknown)};
  ASSERT_FALSE(encoder.encode(values, rows, absent).has_error());
  EXPECT_EQ(absent, "a.field=unknown;");
  EXPECT_EQ(hex(rows.bytes()), "ffffffff");
}

TEST(FieldEncoder, ANulIsRefusedByItsFieldAndNotQuoted) {
  const auto encoder = encoder_of(sinks::Writing::text);
  CopyRows rows;
  std::string absent;
  const std::array values{Value::text("secret\0"sv)};
  const auto refused = encoder.encode(values, rows, absent);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "postgres.text_with_nul");
  EXPECT_EQ(refused.error().kind(), base::ErrorKind::refused);
  EXPECT_EQ(refused.error().path(), "a.field");
}

TEST(TextForms, AMomentIsWrittenAsTheModelWritesIt) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    const auto microseconds =
        static_cast<std::int64_t>(random() % 8'000'000'000'000'000) - 2'000'000'000'000'000;
    const model::Moment moment{round % 3 == 0 ? microseconds / 1'000'000 * 1'000'000 : microseconds,
                               static_cast<std::int16_t>(static_cast<int>(random() % 1681) - 840)};
    std::array<char, 48> room{};
    EXPECT_EQ(sinks::write_moment(moment, room), model::to_text(Value::moment(moment)));
  }
}

TEST(SqlState, EachHasItsKind) {
  using base::ErrorKind;
  const std::array<std::pair<const char*, ErrorKind>, 19> expected{{{"08006", ErrorKind::unavailable},
                                                                    {"57P01", ErrorKind::unavailable},
                                                                    {"57P02", ErrorKind::unavailable},
                                                                    {"57P03", ErrorKind::unavailable},
                                                                    {"25006", ErrorKind::unavailable},
                                                                    {"53100", ErrorKind::unavailable},
                                                                    {"53300", ErrorKind::unavailable},
                                                                    {"40001", ErrorKind::unavailable},
                                                                    {"40P01", ErrorKind::unavailable},
                                                                    {"57014", ErrorKind::unavailable},
                                                                    {"55P03", ErrorKind::unavailable},
                                                                    {"22021", ErrorKind::refused},
                                                                    {"23514", ErrorKind::refused},
                                                                    {"28P01", ErrorKind::bad_configuration},
                                                                    {"3D000", ErrorKind::bad_configuration},
                                                                    {"42501", ErrorKind::bad_configuration},
                                                                    {"58030", ErrorKind::environment},
                                                                    {"XX001", ErrorKind::environment},
                                                                    {"42703", ErrorKind::defect}}};
  for (const auto& [state, kind] : expected) EXPECT_EQ(error_of_state(state).kind(), kind) << state;
}

TEST(SqlState, IsFoundInAConnectionError) {
  EXPECT_EQ(state_in("connection to server on socket \"/tmp/x\" failed: FATAL:  57P03\n"), "57P03");
  EXPECT_EQ(state_in("connection to server at \"10.0.0.1\", port 5432 failed: Connection refused\n"), "");
  EXPECT_EQ(state_in("server \"a\" failed: FATAL:  57P03\nserver \"b\" failed: FATAL:  28P01\n"
                     "password retrieved from file \"/home/FILES\"\n"),
            "28P01");
  EXPECT_EQ(state_in(""), "");
  EXPECT_EQ(state_in("57P03"), "");
}

}  // namespace
}  // namespace musubi::postgres_sink
