#include "message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace musubi::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string mixed(const std::string& parts, const std::string& kind = "mixed") {
  return "From: a@example.jp\r\nContent-Type: multipart/" + kind + "; boundary=x\r\n\r\npreamble\r\n" +
         parts + "--x--\r\nepilogue";
}

std::string part(const std::string& header, const std::string& body) {
  return "--x\r\n" + header + "\r\n\r\n" + body + "\r\n";
}

std::string names_of(const std::string& message, bool with_text = false, const MailLimits& limits = {}) {
  const auto read = read_message(message, limits, with_text);
  if (read.has_error()) return read.error().code();
  std::string names;
  for (const auto& each : read->attachments) names += each.name + "|";
  return names;
}

const std::string kText = part("Content-Type: text/plain; charset=utf-8", "Hello");
const std::string kFile =
    part("Content-Type: text/csv; name=\"a.csv\"\r\nContent-Transfer-Encoding: base64", "Tm8NCjENCg==");

TEST(Message, FindsAttachmentsAndLeavesTheText) {
  const auto bytes = mixed(kText + kFile);
  const auto read = read_message(bytes, {}, false);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->sender, "a@example.jp");
  ASSERT_EQ(read->attachments.size(), 1U);
  EXPECT_EQ(read->attachments[0].name, "a.csv");
  EXPECT_EQ(*decoded(read->attachments[0], {}), "No\r\n1\r\n");
}

TEST(Message, TakesTheTextWhereToldSo) {
  EXPECT_EQ(names_of(mixed(kText + kFile), true), "message.txt|a.csv|");
  EXPECT_EQ(names_of("From: a@example.jp\r\n\r\nonly text", true), "message.txt|");
}

TEST(Message, OfASinglePartIsItsAttachment) {
  const std::string bytes = "Content-Type: image/tiff; name=fax.tif\n\nII*";
  EXPECT_EQ(names_of(bytes), "fax.tif|");
  EXPECT_EQ(*decoded(read_message(bytes, {}, false)->attachments[0], {}), "II*");
}

TEST(Message, GivesANameToAnAttachmentWithoutOne) {
  EXPECT_EQ(names_of(mixed(part("Content-Type: application/pdf", "%PDF") +
                           part("Content-Disposition: attachment", "x"))),
            "attachment-1.pdf|attachment-2.bin|");
}

TEST(Message, WalksThroughNestedPartsAndForwardedMessages) {
  const auto inner =
      "--y\r\nContent-Type: text/html\r\n\r\n<p>\r\n--y\r\nContent-Type: text/csv; "
      "name=b.csv\r\n\r\nb\r\n--y--";
  EXPECT_EQ(
      names_of(mixed(part("Content-Type: multipart/alternative; boundary=y", inner) +
                     part("Content-Type: message/rfc822", "Content-Type: text/csv; name=c.csv\r\n\r\nc"))),
      "b.csv|c.csv|");
}

TEST(Message, LeavesPicturesOfTheTextAndSignatures) {
  EXPECT_EQ(names_of(mixed(part("Content-Type: text/html", "<img>") +
                               part("Content-Type: image/png; name=logo.png\r\nContent-ID: <1>", "png"),
                           "related")),
            "");
  EXPECT_EQ(names_of(mixed(kFile + part("Content-Type: application/pkcs7-signature; name=smime.p7s", "sig"),
                           "signed")),
            "a.csv|");
}

TEST(Message, RefusesWhatItCannotOpen) {
  EXPECT_EQ(names_of("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nx"), "intake.mail_encrypted");
  EXPECT_EQ(names_of(mixed(kText, "encrypted")), "intake.mail_encrypted");
  EXPECT_EQ(names_of(mixed(part("Content-Type: application/ms-tnef", "x"))), "intake.mail_tnef");
  EXPECT_EQ(names_of(mixed(part("Content-Type: application/octet-stream; name=WINMAIL.DAT", "x"))),
            "intake.mail_tnef");
  EXPECT_EQ(names_of(mixed(part("Content-Type: application/octet-stream; name=winmail.dat", "x"))),
            "intake.mail_tnef");
}

TEST(Message, RefusesWhatWasCutShortOrHasNoBoundary) {
  const auto whole = mixed(kText + kFile);
  EXPECT_EQ(names_of(whole.substr(0, whole.find("--x--"))), "intake.mail_broken");
  EXPECT_EQ(names_of(whole.substr(0, whole.size() / 2)), "intake.mail_broken");
  EXPECT_EQ(names_of("Content-Type: multipart/mixed\n\n--\n\nx\n----"), "intake.mail_broken");
}

TEST(Message, TakesNoLineForABoundaryThatOnlyBeginsLikeOne) {
  const auto bytes = mixed(part("Content-Type: text/csv; name=a.csv", "--xy\r\nz --x\r\n--x-- no"));
  const auto read = read_message(bytes, {}, false);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*decoded(read->attachments.at(0), {}), "--xy\r\nz --x\r\n--x-- no");
}

TEST(Message, IsBoundedInDepthPartsAndAttachments) {
  std::string forwarded = "Content-Type: text/csv; name=a.csv\n\na";
  for (int depth = 0; depth < 9; ++depth) forwarded = "Content-Type: message/rfc822\n\n" + forwarded;
  EXPECT_EQ(names_of(forwarded), "intake.mail_too_deep");
  std::string many;
  for (int index = 0; index < 600; ++index) many += kText;
  EXPECT_EQ(names_of(mixed(many)), "intake.mail_too_many_parts");
  EXPECT_EQ(names_of(mixed(kFile + kFile + kFile), false, {.attachments = 2}),
            "intake.mail_too_many_attachments");
}

TEST(Message, NamesAreSafe) {
  EXPECT_EQ(names_of("Content-Type: text/csv; name=\"../../etc/passwd\"\n\nx"), "passwd|");
  EXPECT_EQ(names_of("Content-Type: text/csv; name=\"..\"\n\nx"), "attachment-1.csv|");
}

std::string code_of(const Attachment& attachment, const MailLimits& limits = {}) {
  return decoded(attachment, limits).error().code();
}

TEST(Attachment, RefusesWhatIsNotAsItShouldBe) {
  EXPECT_EQ(code_of({"a", "***", TransferEncoding::base64}), "intake.mail_attachment_broken");
  EXPECT_EQ(code_of({"a", "=zz", TransferEncoding::quoted_printable}), "intake.mail_attachment_broken");
  EXPECT_EQ(code_of({"a", "x", TransferEncoding::unknown}), "intake.mail_encoding");
  EXPECT_EQ(code_of({"a", "", TransferEncoding::base64}), "intake.mail_attachment_empty");
  EXPECT_EQ(code_of({"a", "12345", TransferEncoding::none}, {.attachment_bytes = 4}),
            "intake.mail_attachment_too_large");
}

TEST(Sender, IsTheOneAddressOfFrom) {
  const std::pair<std::string, std::string> cases[] = {
      {"Fax@Example.JP", "fax@example.jp"},
      {"=?UTF-8?B?55m6?= <fax@example.jp>", "fax@example.jp"},
      {"\"<boss@example.jp>, x\" <fax@example.jp>", "fax@example.jp"},
      {"fax@example.jp (office <boss@example.jp>)", "fax@example.jp"},
      {"boss@example.jp <fax@example.jp>", ""},
      {"a@example.jp, b@example.jp", ""},
      {"<a@example.jp> <b@example.jp>", ""},
      {"nobody", ""},
      {"a@b@example.jp", ""},
      {"", ""},
      {"\"", ""},
      {"<", ""}};
  for (const auto& [from, sender] : cases)
    EXPECT_EQ(read_message("From: " + from + "\r\n\r\n", {}, false)->sender, sender) << from;
  EXPECT_EQ(read_message("From: a@example.jp\nFrom: b@example.jp\n\n", {}, false)->sender, "");
}

TEST(Sender, IsAllowedByAddressOrDomain) {
  EXPECT_TRUE(is_allowed("", {}));
  EXPECT_TRUE(is_allowed("a@example.jp", {"@example.jp"}));
  EXPECT_TRUE(is_allowed("a@example.jp", {"b@example.jp", "a@example.jp"}));
  EXPECT_FALSE(is_allowed("a@evil-example.jp", {"@example.jp"}));
  EXPECT_FALSE(is_allowed("a@example.jp.evil", {"@example.jp"}));
  EXPECT_FALSE(is_allowed("", {"@example.jp"}));
}

}  // namespace
}  // namespace musubi::intake
