// The book of tokens: what it keeps, whom it lets in, and that it can be changed beside a running hub.
#include "musubi/net/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "temporary_folder.h"

namespace musubi::net::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class SetClock final : public base::Clock {
 public:
  base::Instant now() const noexcept override { return instant; }
  base::Instant instant = std::chrono::sys_days(std::chrono::year(2020) / 4 / 20);
};

class TokensTest : public ::testing::Test {
 protected:
  NewToken a_token(Role role = Role::reader) const {
    return {.role = role,
            .source = role == Role::sender || role == Role::hub ? "tokyo" : "",
            .jurisdiction = "130001",
            .note = "for a test",
            .expires = clock.instant + 24h};
  }
  std::string file_text() const {
    std::ostringstream text;
    text << std::ifstream(folder.path() / "tokens.json").rdbuf();
    return text.str();
  }
  /// The code of the refusal; empty: let in.
  static std::string refusal(TokenBook& book, std::string_view token) {
    const auto identity = book.identify(token, {});
    return identity.has_error() ? identity.error().code() : std::string();
  }

  musubi::testing::TemporaryFolder folder;
  SetClock clock;
  TokenBook book{folder.path(), clock};
};

TEST_F(TokensTest, a_token_stands_for_whom_it_was_created_for) {
  const auto issued = book.create(a_token(Role::sender));
  ASSERT_TRUE(issued.has_value());
  EXPECT_TRUE(issued->text.starts_with("musubi_" + issued->entry.id + "_"));
  const auto identity = book.identify(issued->text, {});
  ASSERT_TRUE(identity.has_value());
  EXPECT_EQ((*identity)->token, issued->entry.id);
  EXPECT_EQ((*identity)->role, Role::sender);
  EXPECT_EQ((*identity)->source, "tokyo");
  EXPECT_EQ((*identity)->jurisdiction, "130001");
}

TEST_F(TokensTest, the_secret_is_kept_nowhere) {
  const auto issued = book.create(a_token());
  const auto secret = issued->text.substr(issued->text.rfind('_') + 1);
  EXPECT_THAT(file_text(), Not(HasSubstr(issued->text.substr(24))));
  EXPECT_THAT(file_text(), HasSubstr("secret_sha256"));
  struct stat status {};
  ASSERT_EQ(::stat((folder.path() / "tokens.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(TokensTest, what_was_listed_is_what_was_created) {
  const auto issued = book.create(a_token(Role::hub));
  const auto listed = book.list();
  ASSERT_THAT(*listed, SizeIs(1));
  const auto& entry = listed->front();
  EXPECT_EQ(entry.id, issued->entry.id);
  EXPECT_EQ(entry.role, Role::hub);
  EXPECT_EQ(entry.note, "for a test");
  EXPECT_EQ(entry.created, clock.instant);
  EXPECT_EQ(entry.expires, clock.instant + 24h);
  EXPECT_FALSE(entry.revoked);
}

TEST_F(TokensTest, a_token_ends_when_it_expires) {
  const auto issued = book.create(a_token());
  clock.instant += 24h - 1us;
  EXPECT_EQ(refusal(book, issued->text), "");
  clock.instant += 1us;
  EXPECT_EQ(refusal(book, issued->text), "net.token_expired");
}

TEST_F(TokensTest, other_secrets_other_ids_and_other_texts_are_refused) {
  const auto issued = book.create(a_token());
  auto other_secret = issued->text, other_id = issued->text;
  other_secret[30] = other_secret[30] == 'a' ? 'b' : 'a';
  other_id[10] = other_id[10] == 'a' ? 'b' : 'a';
  EXPECT_EQ(refusal(book, other_secret), "net.token_unknown");
  EXPECT_EQ(refusal(book, other_id), "net.token_unknown");
  EXPECT_EQ(refusal(book, issued->text + "x"), "net.token_malformed");
  EXPECT_EQ(refusal(book, issued->text.substr(1)), "net.token_malformed");
  EXPECT_EQ(refusal(book, ""), "net.token_malformed");
}

TEST_F(TokensTest, a_running_hub_notices_changes_made_elsewhere_within_a_second) {
  TokenBook hub(folder.path(), clock);
  EXPECT_FALSE(hub.has_tokens());
  const auto issued = book.create(a_token());
  EXPECT_EQ(refusal(hub, issued->text), "net.token_unknown") << "it has looked just now";
  clock.instant += 1s;
  EXPECT_EQ(refusal(hub, issued->text), "");
  ASSERT_TRUE(book.revoke(issued->entry.id).has_value());
  clock.instant += 1s;
  EXPECT_EQ(refusal(hub, issued->text), "net.token_revoked");
  EXPECT_TRUE(hub.has_tokens());
}

TEST_F(TokensTest, revoking_is_recorded_once) {
  const auto issued = book.create(a_token());
  EXPECT_TRUE(book.revoke(issued->entry.id).has_value());
  const auto when = clock.instant;
  clock.instant += 1h;
  EXPECT_TRUE(book.revoke(issued->entry.id).has_value());
  EXPECT_EQ(book.list()->front().revoked, when);
  EXPECT_EQ(book.revoke("0123456789abcdef").error().code(), "net.token_absent");
}

TEST_F(TokensTest, what_makes_no_sense_is_not_created) {
  auto without_source = a_token(Role::sender), with_source = a_token(), wrong_code = a_token(),
       past = a_token(), control = a_token();
  without_source.source = "";
  with_source.source = "tokyo";
  wrong_code.jurisdiction = "130002";
  past.expires = clock.instant;
  control.note = "a\nb";
  EXPECT_EQ(book.create(without_source).error().code(), "net.token_needs_source");
  EXPECT_EQ(book.create(with_source).error().code(), "net.token_needs_source");
  EXPECT_EQ(book.create(wrong_code).error().code(), "net.token_jurisdiction");
  EXPECT_EQ(book.create(past).error().code(), "net.token_expires_past");
  EXPECT_EQ(book.create(control).error().code(), "net.token_text");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "tokens.json"));
}

struct Damage {
  std::string name, from, to, code, field;
};
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class DamagedFile : public TokensTest, public ::testing::WithParamInterface<Damage> {};

TEST_P(DamagedFile, lets_nobody_in_until_it_is_mended) {
  const auto issued = book.create(a_token());
  const auto good = file_text();
  auto bad = good;
  const auto at = bad.find(GetParam().from);
  ASSERT_NE(at, bad.npos);
  bad.replace(at, GetParam().from.size(), GetParam().to);
  folder.write("tokens.json", bad);
  clock.instant += 1s;
  EXPECT_EQ(refusal(book, issued->text), GetParam().code);
  EXPECT_EQ(book.create(a_token()).error().code(), GetParam().code);
  const auto listed = book.list();
  ASSERT_TRUE(listed.has_error());
  EXPECT_EQ(listed.error().place().file, (folder.path() / "tokens.json").string());
  EXPECT_EQ(listed.error().place().field, GetParam().field);
  EXPECT_EQ(file_text(), bad) << "a damaged file is not written over";
  folder.write("tokens.json", good);
  clock.instant += 1s;
  EXPECT_EQ(refusal(book, issued->text), "");
}

INSTANTIATE_TEST_SUITE_P(
    of_the_table, DamagedFile,
    ::testing::Values(
        Damage{"cut_off", "]}", "", "net.tokens_damaged", ""},
        Damage{"not_json", "{", "[", "net.tokens_damaged", ""},
        Damage{"empty_object", R"("format": 1,)", "", "net.tokens_damaged", "format"},
        Damage{"newer", R"("format": 1)", R"("format": 2)", "net.tokens_newer", ""},
        Damage{"older_than_the_first", R"("format": 1)", R"("format": 0)", "net.tokens_damaged", "tokens"},
        Damage{"unknown_role", R"("reader")", R"("root")", "net.tokens_damaged", "tokens[0].role"},
        Damage{"misspelt_key", R"("note")", R"("revokd")", "net.tokens_damaged", "tokens[0].revokd"},
        Damage{"no_such_day", "2020-04-21", "2020-04-31", "net.tokens_damaged", "tokens[0].expires"},
        Damage{"short_hash", R"("secret_sha256": ")", R"("secret_sha256": "0)", "net.tokens_damaged",
               "tokens[0].secret_sha256"},
        Damage{"no_token", "{\"id\"", "1, {\"id\"", "net.tokens_damaged", "tokens[0]"}),
    [](const auto& damage) { return damage.param.name; });

TEST_F(TokensTest, an_id_written_twice_is_damage) {
  ASSERT_TRUE(book.create(a_token()).has_value());
  auto text = file_text();
  const auto begin = text.find("{\"id\""), end = text.find("\n]}");
  text.insert(end, ",\n" + text.substr(begin, end - begin));
  folder.write("tokens.json", text);
  EXPECT_EQ(book.list().error().place().field, "tokens[1].id");
}

TEST_F(TokensTest, two_processes_lose_none_of_their_changes) {
  constexpr int kEach = 25;
  const auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    bool good = true;
    for (int number = 0; number < kEach; ++number) good = book.create(a_token()).has_value() && good;
    ::_exit(good ? 0 : 1);
  }
  for (int number = 0; number < kEach; ++number) EXPECT_TRUE(book.create(a_token()).has_value());
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  const auto listed = book.list();
  ASSERT_THAT(*listed, SizeIs(2 * kEach));
  std::set<std::string> ids;
  for (const auto& entry : *listed) ids.insert(entry.id);
  EXPECT_THAT(ids, SizeIs(2 * kEach));
}

TEST_F(TokensTest, threads_may_ask_while_others_change_it) {
  const auto issued = book.create(a_token());
  std::jthread changes([&] {
    for (int number = 0; number < 20; ++number) EXPECT_TRUE(book.create(a_token()).has_value());
  });
  for (int number = 0; number < 2000; ++number) EXPECT_EQ(refusal(book, issued->text), "");
}

}  // namespace
}  // namespace musubi::net::testing
