#include "imap_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace musubi::intake {
namespace {

using ::testing::ElementsAre;

TEST(ImapResponse, ReadsStates) {
  const auto no = parse_imap_response("A0003 no [tryCreate] Mailbox does not exist");
  ASSERT_TRUE(no);
  EXPECT_EQ(no->tag, "A0003");
  EXPECT_EQ(no->word, "NO");
  EXPECT_EQ(no->code, "TRYCREATE");
  EXPECT_EQ(parse_imap_response("* OK [UIDVALIDITY 3] x")->code, "UIDVALIDITY");
  EXPECT_EQ(parse_imap_response("+ go on")->tag, "+");
}

TEST(ImapResponse, ReadsSearchAndCapability) {
  EXPECT_THAT(parse_imap_response("* SEARCH 2 84 882")->values, ElementsAre("2", "84", "882"));
  EXPECT_THAT(parse_imap_response("* SEARCH")->values, ElementsAre());
  EXPECT_THAT(parse_imap_response("* CAPABILITY IMAP4rev1 MOVE")->values, ElementsAre("IMAP4rev1", "MOVE"));
}

TEST(ImapResponse, ReadsFetch) {
  const auto fetch = parse_imap_response(
      R"x(* 12 FETCH (FLAGS (\Seen (x ")") $UID) UID 7 INTERNALDATE "a \" b" BODY[HEADER.FIELDS (A B)]<0> "")x");
  ASSERT_TRUE(fetch);
  EXPECT_EQ(fetch->number, 12U);
  EXPECT_EQ(fetch->number_of("UID"), 7U);
  EXPECT_EQ(fetch->number_of("RFC822.SIZE"), std::nullopt);
  EXPECT_THAT(fetch->values, ElementsAre("FLAGS", "", "UID", "7", "INTERNALDATE", "a \" b",
                                         "BODY[HEADER.FIELDS (A B)]<0>", ""));
}

TEST(ImapResponse, EndsOnAnything) {
  for (const auto* line : {"", " ", "*", "* ", "* 5", "A"}) EXPECT_FALSE(parse_imap_response(line)) << line;
  for (const auto* line : {"* 1 FETCH (", "* 1 FETCH ((((", "* 1 FETCH ())))", "* X \"", "* X \"\\", "* OK [",
                           "* X ([)", "* 99999999999999999999 EXISTS"})
    EXPECT_TRUE(parse_imap_response(line)) << line;
}

TEST(Literal, IsAtTheEndOfALineOnly) {
  EXPECT_EQ(literal_after("BODY[] {12}"), 12U);
  EXPECT_EQ(literal_after("{12+}"), 12U);
  for (const auto* line : {"{12} ", "12}", "{}", "{-1}", "{99999999999999999999}", "{1 2}", ""})
    EXPECT_EQ(literal_after(line), std::nullopt) << line;
}

TEST(Quoted, EscapesQuotesAndBackslashes) { EXPECT_EQ(imap_quoted(R"(a"b\c)"), R"("a\"b\\c")"); }

}  // namespace
}  // namespace musubi::intake
