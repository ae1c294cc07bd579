#include <gmock/gmock.h>

#include "musubi/document/row_reader.h"

namespace musubi::document {
namespace {

Shape guessed(std::string bytes) { return guess_shape(*ByteSource::of_text(std::move(bytes), "f")); }

TEST(Shape, IsGuessedFromTheFirstBytes) {
  EXPECT_EQ(guessed("No,年代\n"), Shape::csv);
  EXPECT_EQ(guessed("\xEF\xBB\xBFNo,年代\n"), Shape::csv);
  EXPECT_EQ(guessed(""), Shape::csv);
  EXPECT_EQ(guessed("PK\x03\x04rest"), Shape::xlsx);
  EXPECT_EQ(guessed("PK\x05\x06"), Shape::xlsx);
  EXPECT_EQ(guessed("{\"a\":1}"), Shape::json);
  EXPECT_EQ(guessed(" \r\n\t[1]"), Shape::json);
  EXPECT_EQ(guessed("\xEF\xBB\xBF[1]"), Shape::json);
  EXPECT_EQ(guessed("<?xml version=\"1.0\"?><a/>"), Shape::xml);
  EXPECT_EQ(guessed("\n<a/>"), Shape::xml);
}

TEST(Shape, OfFilesThatAreNoTableIsUnknown) {
  using namespace std::string_literals;
  for (const auto& bytes : {"\xD0\xCF\x11\xE0\xA1\xB1"s, "%PDF-1.7"s, "\xFF\xD8\xFF\xE0"s, "\x89PNG\r\n"s,
                            "\x1F\x8B\x08"s, "II*\0"s, "MM\0*"s}) {
    EXPECT_EQ(guessed(bytes), Shape::unknown);
    const auto opened = open_rows(guessed(bytes), ByteSource::of_text(bytes, "scan.pdf"), {});
    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().code(), "document.unknown_shape");
    EXPECT_EQ(opened.error().place().file, "scan.pdf");
  }
}

TEST(Shape, HasANameBothWays) {
  for (const auto shape : {Shape::csv, Shape::xlsx, Shape::json, Shape::xml})
    EXPECT_EQ(shape_named(name_of(shape)), shape);
  EXPECT_EQ(shape_named("pdf"), std::nullopt);
  EXPECT_EQ(name_of(Shape::unknown), "unknown");
}

TEST(Shape, DecidesWhichReaderOpens) {
  const auto reader = open_rows(Shape::csv, ByteSource::of_text("a,b\n1,2\n", "f"), {});
  ASSERT_TRUE(reader.has_value());
  EXPECT_EQ((*reader)->columns().size(), 2U);
}

}  // namespace
}  // namespace musubi::document
