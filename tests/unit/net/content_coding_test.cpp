#include "musubi/net/content_coding.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace musubi::net {
namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string in = text, out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

constexpr std::uint64_t kMost = 1'000'000;

TEST(Gunzip, GivesBackWhatWasCompressed) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{65'536}, std::size_t{200'001}}) {
    std::string text(size, 'a');
    for (std::size_t each = 0; each < size; ++each) text[each] = static_cast<char>('a' + each % 23);
    const auto back = gunzip(gzip(text), kMost);
    ASSERT_TRUE(back.has_value()) << size;
    EXPECT_EQ(*back, text);
  }
}

TEST(Gunzip, ReadsAllMembers) {
  const auto back = gunzip(gzip("one ") + gzip("two"), kMost);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, "one two");
}

TEST(Gunzip, ReadsAsManyMembersAsThereAre) {
  constexpr std::size_t kMembers = 400'000;
  const auto member = gzip("a");
  std::string compressed;
  for (std::size_t each = 0; each < kMembers; ++each) compressed += member;
  const auto back = gunzip(compressed, kMost);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->size(), kMembers);
}

TEST(Gunzip, RefusesWhatIsBroken) {
  const auto whole = gzip("a text that is compressed");
  for (const auto& broken : {std::string(), std::string("not gzip"), whole.substr(0, whole.size() - 3),
                             whole + "more", whole.substr(0, 12)}) {
    const auto back = gunzip(broken, kMost);
    ASSERT_TRUE(back.has_error());
    EXPECT_EQ(back.error().code(), "net.gzip_broken");
  }
}

TEST(Gunzip, StopsAtTheLimitHoweverMuchIsPacked) {
  const auto bomb = gzip(std::string(50'000'000, 'a'));
  ASSERT_LT(bomb.size(), 300'000U);
  const auto back = gunzip(bomb, kMost);
  ASSERT_TRUE(back.has_error());
  EXPECT_EQ(back.error().code(), "net.gzip_too_large");
}

}  // namespace
}  // namespace musubi::net
