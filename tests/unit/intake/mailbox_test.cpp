#include "musubi/intake/mailbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_mail_servers.h"
#include "hand_clock.h"
#include "listing_reception.h"
#include "temporary_folder.h"
#include "test_certificate.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::FakeImap;
using testing::FakeMail;
using testing::FakePop3;
using ::testing::IsEmpty;
using testing::mail_with;
using ::testing::Not;
using testing::ScriptedServer;
using ::testing::SizeIs;
using namespace std::chrono_literals;

class MailboxTest : public ::testing::Test {
 protected:
  explicit MailboxTest(MailProtocol protocol = MailProtocol::imap) {
    settings.name = "fax-mail";
    settings.source = "fax";
    settings.protocol = protocol;
    settings.encryption = MailEncryption::none;
    settings.host = "127.0.0.1";
    settings.user = "musubi";
    settings.password_file = folder.write("password", "secret\n");
    settings.folder = folder.path() / "own";
    settings.timeout = 2s;
    settings.back_off.jitter = 0;
  }

  Health look_at(const ScriptedServer& server) {
    settings.port = server.port();
    Mailbox mailbox(settings, reception, clock);
    wait = mailbox.look({});
    return mailbox.health();
  }
  static std::string code_of(const Health& health) {
    return health.last_error ? health.last_error->code() : "";
  }

  testing::TemporaryFolder folder;
  testing::HandClock clock;
  testing::ListingReception reception;
  FakeMail mail;
  MailboxSettings settings;
  std::chrono::milliseconds wait{};
};

class ImapTest : public MailboxTest {
 protected:
  Health look(const std::string& capabilities = "IMAP4rev1 MOVE UIDPLUS") {
    return look_at(ScriptedServer(FakeImap(mail, capabilities)));
  }
  std::size_t left() { return mail.folders["INBOX"].size(); }
};

TEST_F(ImapTest, TakesEveryAttachmentAndThenMovesTheMessage) {
  mail.put(7, mail_with({{"a.csv", "A"}, {"b.csv", "B"}}));
  mail.put(12, mail_with({{"c.csv", "C"}}));
  const auto health = look();
  EXPECT_EQ(code_of(health), "");
  EXPECT_EQ(wait, settings.every);
  EXPECT_THAT(reception.names(), ElementsAre("a.csv", "b.csv", "c.csv"));
  EXPECT_EQ(reception.got[0].bytes, "A");
  EXPECT_EQ(reception.got[0].source, "fax");
  EXPECT_EQ(reception.got[0].from, "fax-mail");
  EXPECT_EQ(left(), 0U);
  EXPECT_THAT(mail.folders["Musubi"], SizeIs(2));
  EXPECT_THAT(mail.heard, Contains("CREATE \"Musubi\"")) << "the folder was missing";
  EXPECT_TRUE(fs::is_empty(settings.folder));
  EXPECT_EQ(health.kind, WayInKind::imap);
}

TEST_F(ImapTest, WithoutMoveCopiesAndExpunges) {
  mail.put(7, mail_with({{"a.csv", "A"}}));
  EXPECT_EQ(code_of(look("IMAP4rev1")), "");
  EXPECT_THAT(mail.heard, Contains("EXPUNGE"));
  EXPECT_EQ(left(), 0U);
  EXPECT_THAT(mail.folders["Musubi"], SizeIs(1));
}

TEST_F(ImapTest, RefusedMessagesGoToAFolderOfTheirOwn) {
  settings.senders = {"@example.jp"};
  mail.put(1, mail_with({{"a.csv", "A"}}, "a@evil.example"));
  mail.put(2, mail_with({}));
  mail.put(3, "Content-Type: application/pkcs7-mime\r\nFrom: a@example.jp\r\n\r\nx");
  mail.put(4, mail_with({{"ok.csv", "A"}}));
  const auto health = look();
  EXPECT_THAT(reception.names(), ElementsAre("ok.csv"));
  EXPECT_THAT(mail.folders["Musubi-Refused"], SizeIs(3));
  EXPECT_EQ(health.refused, 3U);
  EXPECT_THAT(health.refused_for,
              ElementsAre(std::pair("intake.mail_encrypted", 1), std::pair("intake.mail_no_attachment", 1),
                          std::pair("intake.mail_sender", 1)));
}

TEST_F(ImapTest, OneWrongAttachmentKeepsTheOthersFromNothing) {
  mail.put(1, mail_with({{"a.csv", "A"}, {"bad.csv", "B"}, {"c.csv", "C"}}));
  reception.answer = [](const Parcel& parcel) {
    return parcel.name == "bad.csv" ? std::optional(base::Error(base::ErrorKind::bad_input, "x.bad"))
                                    : std::nullopt;
  };
  look();
  EXPECT_THAT(reception.names(), ElementsAre("a.csv", "c.csv"));
  EXPECT_THAT(mail.folders["Musubi-Refused"], SizeIs(1));
}

TEST_F(ImapTest, IsDoneOnlyAfterEveryAttachmentWasTaken) {
  mail.put(1, mail_with({{"a.csv", "A"}, {"b.csv", "B"}}));
  reception.answer = [](const Parcel& parcel) {
    return parcel.name == "b.csv" ? std::optional(base::Error(base::ErrorKind::unavailable, "ledger.stopped"))
                                  : std::nullopt;
  };
  const auto health = look();
  EXPECT_EQ(code_of(health), "ledger.stopped");
  EXPECT_EQ(health.waiting, 1U);
  EXPECT_EQ(wait, 10s);
  EXPECT_EQ(left(), 1U);
  reception.answer = {};
  EXPECT_EQ(look().repeated, 1U) << "the first attachment came again";
  EXPECT_THAT(reception.names(), ElementsAre("a.csv", "a.csv", "b.csv"));
  EXPECT_EQ(left(), 0U);
}

TEST_F(ImapTest, AConnectionLostAtAnyStepLosesNothing) {
  for (mail.dies_after = 0;; ++mail.dies_after) {
    SCOPED_TRACE(mail.dies_after);
    mail.folders = {{"INBOX", {}}};
    mail.put(1, mail_with({{"a.csv", "A"}}));
    mail.put(2, mail_with({}));
    reception.got.clear();
    mail.heard.clear();
    const auto first = look("IMAP4rev1");
    if (code_of(first).empty()) break;
    EXPECT_EQ(code_of(first), "intake.not_reached");
    const auto dies_after = std::exchange(mail.dies_after, -1);
    EXPECT_EQ(code_of(look("IMAP4rev1")), "");
    mail.dies_after = dies_after;
    EXPECT_THAT(reception.names(), Contains("a.csv"));
    EXPECT_EQ(left(), 0U);
    EXPECT_THAT(mail.folders["Musubi"], SizeIs(1));
    EXPECT_THAT(mail.folders["Musubi-Refused"], SizeIs(1));
  }
  EXPECT_GT(mail.dies_after, 15);
}

TEST_F(ImapTest, RefusesAMessageThatIsTooLargeWithoutReceivingIt) {
  settings.limits.message_bytes = 1000;
  mail.put(1, mail_with({{"a.csv", std::string(900, 'a')}}).substr(0, 1001));
  look();
  EXPECT_THAT(mail.heard, Contains("UID FETCH 1 BODY.PEEK[]<0.1001>"));
  EXPECT_THAT(mail.folders["Musubi-Refused"], SizeIs(1));
}

TEST_F(ImapTest, BelievesNoLiteral) {
  mail.put(1, mail_with({{"a.csv", "A"}}));
  const std::string lies[] = {"* 1 FETCH (BODY[] {10485760}\r\nshort",
                              "* 1 FETCH (BODY[] {99999999999}\r\n",
                              "* 1 FETCH (BODY[] {99999999999999999999999}\r\n)\r\nA0006 OK\r\n",
                              "* 1 FETCH (FLAGS {10485760}\r\n",
                              "A0006 OK no body\r\n",
                              "garbage\r\n",
                              "\r\n",
                              "* BYE\r\n",
                              std::string(5'000'000, 'x')};
  for (const auto& lie : lies) {
    mail.instead = [&](const std::string& command) {
      return command.starts_with("UID FETCH") ? std::optional(lie) : std::nullopt;
    };
    settings.timeout = 1s;
    const auto code = code_of(look());
    EXPECT_TRUE(code == "intake.mail_garbled" || code == "intake.not_reached" || code == "intake.no_answer")
        << code << " " << lie.substr(0, 50);
    EXPECT_EQ(left(), 1U);
  }
  EXPECT_EQ(reception.asked, 0);
}

TEST_F(ImapTest, SaysThatTheLoginWasRefusedAndNeverThePassword) {
  mail.password = "another";
  const auto health = look();
  EXPECT_EQ(code_of(health), "intake.mail_login");
  for (const auto& [name, value] : health.last_error->arguments())
    EXPECT_EQ(value.find("secret"), value.npos);
}

TEST_F(ImapTest, SendsNoPasswordWithoutTheEncryptionAskedFor) {
  settings.encryption = MailEncryption::starttls;
  mail.instead = [](const std::string& command) {
    return command == "STARTTLS" ? std::optional<std::string>("A0002 BAD what?\r\n") : std::nullopt;
  };
  EXPECT_EQ(code_of(look()), "intake.mail_no_encryption");
  EXPECT_THAT(mail.heard, ElementsAre("CAPABILITY", "STARTTLS"));
}

TEST_F(ImapTest, TrustsNothingSaidBeforeTheEncryption) {
  settings.encryption = MailEncryption::starttls;
  mail.instead = [](const std::string& command) {
    return command == "STARTTLS" ? std::optional<std::string>("A0002 OK\r\n* CAPABILITY EVIL\r\n")
                                 : std::nullopt;
  };
  EXPECT_EQ(code_of(look()), "intake.mail_garbled");
}

TEST_F(ImapTest, StarttlsAndImplicitTlsVerifyTheName) {
  const testing::TestCertificate certificate(folder.path(), "localhost");
  settings.security.authorities = certificate.certificate;
  mail.tls = certificate.server_context();
  for (const auto* host : {"localhost", "127.0.0.1"}) {
    settings.host = host;
    const std::string expected = settings.host == "localhost" ? "" : "intake.not_trusted";
    settings.encryption = MailEncryption::starttls;
    EXPECT_EQ(code_of(look()), expected);
    settings.encryption = MailEncryption::implicit;
    const Poco::Net::SecureServerSocket secure_socket(Poco::Net::SocketAddress("127.0.0.1", 0), 64, mail.tls);
    EXPECT_EQ(code_of(look_at(ScriptedServer(secure_socket, FakeImap(mail)))), expected);
  }
}

TEST_F(ImapTest, TakesOnlySoManyAtOnce) {
  settings.most_messages = 2;
  for (int uid = 1; uid <= 5; ++uid) mail.put(uid, mail_with({{"a.csv", "A"}}));
  EXPECT_EQ(look().waiting, 3U);
  EXPECT_EQ(left(), 3U);
}

class Pop3Test : public MailboxTest {
 protected:
  Pop3Test() : MailboxTest(MailProtocol::pop3) {}
  Health look() { return look_at(ScriptedServer(FakePop3(mail))); }
};

TEST_F(Pop3Test, TakesEachMessageOnceAndLeavesItOnTheServer) {
  const auto message = mail_with({{"a.csv", ".A\r\n..B"}, {"b.csv", "B"}});
  mail.put(1, message);
  EXPECT_EQ(code_of(look()), "");
  EXPECT_EQ(look().received, 0U);
  EXPECT_THAT(reception.names(), ElementsAre("a.csv", "b.csv"));
  EXPECT_EQ(reception.got[0].bytes, ".A\r\n..B") << "dots are what they were";
  EXPECT_THAT(mail.folders["INBOX"], SizeIs(1));
}

TEST_F(Pop3Test, DeletesWhereToldSo) {
  settings.delete_messages = true;
  mail.put(1, mail_with({{"a.csv", "A"}}));
  mail.put(2, mail_with({}));
  EXPECT_EQ(code_of(look()), "");
  EXPECT_THAT(mail.folders["INBOX"], SizeIs(1)) << "the refused one stays";
}

TEST_F(Pop3Test, AConnectionLostAtAnyStepLosesNothing) {
  settings.delete_messages = true;
  for (mail.dies_after = 0;; ++mail.dies_after) {
    SCOPED_TRACE(mail.dies_after);
    mail.folders = {{"INBOX", {}}};
    mail.put(1, mail_with({{"a.csv", "A"}}));
    reception.got.clear();
    fs::remove_all(settings.folder);
    const auto first = look();
    if (code_of(first).empty()) break;
    const auto dies_after = std::exchange(mail.dies_after, -1);
    EXPECT_EQ(code_of(look()), "");
    mail.dies_after = dies_after;
    EXPECT_THAT(reception.names(), ElementsAre("a.csv"));
    EXPECT_THAT(mail.folders["INBOX"], IsEmpty());
  }
  EXPECT_GT(mail.dies_after, 5);
}

TEST_F(Pop3Test, RefusesWhatIsTooLargeWhateverTheListSays) {
  settings.limits.message_bytes = 500;
  mail.put(1, mail_with({{"a.csv", std::string(600, 'a')}}));
  EXPECT_EQ(look().refused, 1U);
  EXPECT_THAT(mail.heard, Not(Contains("RETR 1")));
  fs::remove_all(settings.folder);
  mail.instead = [](const std::string& command) {
    return command == "LIST" ? std::optional<std::string>("+OK\r\n1 10\r\n.\r\n") : std::nullopt;
  };
  EXPECT_EQ(look().refused, 1U);
  EXPECT_THAT(mail.heard, Contains("RETR 1"));
  EXPECT_EQ(reception.asked, 0);
}

TEST_F(Pop3Test, BelievesNoAnswer) {
  mail.put(1, mail_with({{"a.csv", "A"}}));
  const std::string answers[] = {"+OK\r\nx\r\n.\r\n", "+OK\r\n1 a b\r\n.\r\n", "+OK\r\n1 \x01\r\n.\r\n",
                                 "what\r\n", "+OK\r\n1 " + std::string(71, 'x') + "\r\n.\r\n"};
  for (const auto& answer : answers) {
    mail.instead = [&](const std::string& command) {
      return command == "UIDL" ? std::optional(answer) : std::nullopt;
    };
    EXPECT_EQ(code_of(look()), "intake.mail_garbled") << answer;
  }
}

TEST_F(Pop3Test, ADamagedMemoryStopsIt) {
  fs::create_directory(settings.folder);
  folder.write("own/letters", "musubi letters 2\n");
  EXPECT_EQ(code_of(look()), "intake.seen_unreadable");
}

}  // namespace
}  // namespace musubi::intake
