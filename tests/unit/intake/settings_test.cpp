#include "musubi/intake/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hand_clock.h"
#include "listing_reception.h"
#include "settings_values.h"

namespace musubi::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

struct Read {
  Settings settings;
  std::vector<std::string> problems;  ///< "line:column code"
};

std::vector<std::string> listed(const base::Problems& problems) {
  std::vector<std::string> list;
  for (const auto& each : problems.sorted()) {
    const auto& place = each.error.place();
    list.push_back(std::to_string(place.line) + ":" + std::to_string(place.column) + " " + each.error.code());
  }
  return list;
}

Read read(const std::string& yaml) {
  base::Problems problems;
  const auto root = base::read_yaml(yaml, "musubi.yaml", problems);
  if (!root) return {{}, listed(problems)};
  auto settings = read_ways_in(*root, "/etc/musubi", problems);
  return {std::move(settings), listed(problems)};
}

TEST(Settings, OfAFolder) {
  const auto [settings, problems] = read(R"(inbox-tokyo:
  kind: folder
  folder: ../var/inbox/tokyo
  source: tokyo
  complete_by: sentinel
  settle: 5s
  ignore: ["*.bak"]
  most_bytes: 2 GiB
  archive: /srv/archive
  keep_days: 0
)");
  EXPECT_THAT(problems, IsEmpty());
  ASSERT_THAT(settings.folders, SizeIs(1));
  const auto& folder = settings.folders[0];
  EXPECT_EQ(folder.name, "inbox-tokyo");
  EXPECT_EQ(folder.folder, "/etc/var/inbox/tokyo");
  EXPECT_EQ(folder.archive, "/srv/archive");
  EXPECT_EQ(folder.refused, "");
  EXPECT_EQ(folder.complete_by, CompleteBy::sentinel);
  EXPECT_EQ(folder.settle, 5s);
  EXPECT_THAT(folder.ignore, ElementsAre("*.bak"));
  EXPECT_EQ(folder.most_bytes, std::uint64_t{2} << 30U);
  EXPECT_EQ(folder.keep_days, 0U);
}

TEST(Settings, OfAPull) {
  const auto [settings, problems] = read(R"(kintone:
  kind: pull
  source: osaka
  url: https://example.cybozu.com/k/v1/records.json
  query: { app: 7, query: "更新日時 >= \"{watermark}\" limit {page_size} offset {offset}" }
  headers: { X-Cybozu-API-Token: "{token}" }
  token_file: token
  paging: offset
  page_size: 100
  items: /records
  watermark: /更新日時/value
  folder: ../var/kintone
  every: 5min
  authorities: ca.pem
)");
  EXPECT_THAT(problems, IsEmpty());
  ASSERT_THAT(settings.pulls, SizeIs(1));
  const auto& pull = settings.pulls[0];
  EXPECT_EQ(pull.query.at(0), std::pair(std::string("app"), std::string("7")));
  EXPECT_EQ(pull.token_file, "/etc/musubi/token");
  EXPECT_EQ(pull.paging, Paging::offset);
  EXPECT_EQ(pull.page_size, 100U);
  EXPECT_EQ(pull.every, 5min);
  EXPECT_EQ(pull.security.authorities, "/etc/musubi/ca.pem");
}

TEST(Settings, OfMailboxes) {
  const auto [settings, problems] = read(R"(fax:
  kind: imap
  source: fax
  host: mail.example.jp
  user: fax@example.jp
  password_file: password
  senders: [Gateway@Example.JP, "@city.example.jp"]
  body: yes
  folder: var
other: { kind: pop3, source: fax, host: localhost, encryption: none, port: 1110, user: u, password_file: p, folder: var,
         delete_messages: yes }
)");
  EXPECT_THAT(problems, IsEmpty());
  ASSERT_THAT(settings.mailboxes, SizeIs(2));
  EXPECT_EQ(settings.mailboxes[0].protocol, MailProtocol::imap);
  EXPECT_EQ(settings.mailboxes[0].encryption, MailEncryption::implicit);
  EXPECT_THAT(settings.mailboxes[0].senders, ElementsAre("gateway@example.jp", "@city.example.jp"));
  EXPECT_TRUE(settings.mailboxes[0].body);
  EXPECT_EQ(settings.mailboxes[1].port, 1110);
  EXPECT_TRUE(settings.mailboxes[1].delete_messages);
}

TEST(Settings, WhatIsNotEnabledIsNotThere) {
  EXPECT_THAT(read("a: { kind: folder, folder: x, enabled: no }\n").settings.folders, IsEmpty());
  EXPECT_THAT(read("a: { kind: folder, folder: x, enabled: yes }\n").settings.folders, SizeIs(1));
}

TEST(Settings, AllProblemsAreReportedWithTheirPlace) {
  EXPECT_THAT(read(R"(a b:
  kind: folder
  folder: x
  settle: 2 weeks
  most_bytes: much
  keep_days: -1
  complet_by: rename
  hub: a.b
b:
  kind: post
c: text
d:
  kind: pull
  url: http://example.jp?x
  paging: cursor
  items: records
  watermark: /t
  headers: { "a b": x }
)")
                  .problems,
              ElementsAre("1:1 intake.config_name", "4:11 intake.config_duration", "5:15 intake.config_size",
                          "6:14 intake.config_count", "7:3 yaml.unknown_key_near", "8:8 intake.config_hub",
                          "10:9 yaml.unknown_word", "11:4 yaml.not_a_map", "13:3 yaml.missing_key",
                          "13:3 yaml.missing_key", "13:3 yaml.missing_key", "13:3 intake.config_placeholder",
                          "13:3 intake.config_placeholder", "14:8 intake.config_url",
                          "16:10 intake.config_pointer", "18:12 intake.config_header"));
}

TEST(Settings, MailWithoutEncryptionStaysOnThisMachine) {
  const std::string rest =
      ", kind: imap, source: s, user: u, password_file: p, folder: f, encryption: none }\n";
  EXPECT_THAT(read("a: { host: mail.example.jp" + rest).problems,
              ElementsAre("1:102 intake.config_mail_encryption"));
  EXPECT_THAT(read("a: { host: 127.0.0.1" + rest).problems, IsEmpty());
}

TEST(Settings, AddressesOfAPull) {
  const auto problems_of = [](const std::string& url, const std::string& more = "") {
    return read("a: { kind: pull, source: s, folder: f, url: \"" + url + "\"" + more + " }\n")
        .problems.size();
  };
  for (const auto* url : {"https://example.jp", "https://example.jp:8443/a/b"})
    EXPECT_EQ(problems_of(url), 0U) << url;
  for (const auto* url :
       {"http://example.jp", "https://", "https:///x", "ftp://example.jp", "https://u:p@example.jp",
        "https://example.jp/?a=1", "https://example.jp/#a", "https://exa mple.jp", "example.jp"})
    EXPECT_EQ(problems_of(url), 1U) << url;
  EXPECT_EQ(problems_of("http://example.jp", ", unencrypted: yes"), 0U);
}

TEST(Settings, OfSilence) {
  base::Problems problems;
  const auto root = base::read_yaml(R"(tokyo: { expected_every: 1d, factor: 2, business_days: yes,
  holidays: [2020-05-04, 2020-04-29] }
osaka: { factor: 0.5, holidays: [tomorrow] }
)",
                                    "musubi.yaml", problems);
  const auto silence = read_silence(*root, problems);
  EXPECT_THAT(listed(problems), ElementsAre("3:18 intake.config_count", "3:34 yaml.not_a_day"));
  EXPECT_EQ(silence.at("tokyo").expected_every, 24h);
  EXPECT_THAT(silence.at("tokyo").holidays,
              ElementsAre(std::chrono::sys_days(2020y / 4 / 29), std::chrono::sys_days(2020y / 5 / 4)));
}

TEST(Settings, OpenEveryWayIn) {
  const testing::HandClock clock;
  testing::ListingReception reception;
  auto settings = read(R"(a: { kind: folder, folder: f }
b: { kind: pull, source: s, folder: f, url: "https://example.jp" }
c: { kind: pop3, source: s, folder: f, host: h, user: u, password_file: p }
)")
                      .settings;
  std::vector<std::string> names;
  for (const auto& each : open_ways_in(std::move(settings), reception, clock))
    names.push_back(each->health().name + " " + std::string(name_of(each->health().kind)));
  EXPECT_THAT(names, ElementsAre("a folder", "b pull", "c pop3"));
}

TEST(SettingsValues, DurationsAndSizes) {
  EXPECT_EQ(parse_duration(" 1500 ms"), 1500ms);
  EXPECT_EQ(parse_duration("7d"), 7 * 24h);
  for (const auto* text : {"", "s", "2", "-1s", "1.5s", "2 s s", "99999999999999999999d", "4000d"})
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  EXPECT_EQ(parse_size("64 MiB"), std::uint64_t{64} << 20U);
  for (const auto* text : {"", "MiB", "1 MB", "18446744073709551615 GiB"})
    EXPECT_EQ(parse_size(text), std::nullopt);
}

}  // namespace
}  // namespace musubi::intake
