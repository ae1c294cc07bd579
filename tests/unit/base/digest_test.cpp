#include "musubi/base/digest.h"

#include <gtest/gtest.h>

namespace musubi::base {
namespace {

// Examples of FIPS 180-4.
constexpr auto kOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr auto kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256Test, AgreesWithTheStandard) {
  EXPECT_EQ(to_hex(sha256("")), kOfNothing);
  EXPECT_EQ(to_hex(sha256("abc")), kOfAbc);
}

TEST(Sha256Test, TakesBytesInPieces) {
  Sha256 hash;
  hash.add("a");
  hash.add("");
  hash.add("bc");
  EXPECT_EQ(to_hex(hash.finish()), kOfAbc);
}

TEST(Sha256Test, StartsAnewAfterFinishing) {
  Sha256 hash;
  hash.add("something else");
  hash.finish();
  hash.add("abc");
  EXPECT_EQ(to_hex(hash.finish()), kOfAbc);
  EXPECT_EQ(to_hex(hash.finish()), kOfNothing);
}

TEST(Sha256Test, CanBeMovedHalfway) {
  Sha256 first;
  first.add("ab");
  Sha256 second(std::move(first));
  second.add("c");
  EXPECT_EQ(to_hex(second.finish()), kOfAbc);
}

TEST(HexTest, WritesTwoDigitsAByte) {
  const std::uint8_t bytes[] = {0x00, 0x0F, 0xF0, 0xFF};
  EXPECT_EQ(to_hex(bytes), "000ff0ff");
  EXPECT_EQ(to_hex({}), "");
}

}  // namespace
}  // namespace musubi::base
