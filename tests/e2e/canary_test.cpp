// Nothing of a record, and nothing else that a sender controls, leaves the hub by a side door: unmistakable
// canaries are put into every place a sender can fill, errors are provoked wherever they can be, and then all
// that the hub wrote beside the kept bytes, the books and the stores is searched: the log, the metrics, the
// status page, error answers, URLs, further files.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <set>

#include "program.h"
#include "raw_client.h"
#include "serving_hub.h"
#include "temporary_folder.h"
#include "workbook_writer.h"

namespace musubi {
namespace {

using net::testing::RawAnswer;
using net::testing::RawClient;
using testing::eventually;
using testing::new_token;
using testing::ServingHub;

constexpr const char* kSubmissions = "/api/v1/submissions";

// What a record could hold. The day lies before every day a log line can speak of.
const std::string kName = "鸚鵡縁之丞", kKana = "ザンジバルノスケ", kPhone = "090-8765-4321",
                  kBirth = "1931-07-09", kId = "CANARY";
/// All of them, as one cell, name, path.
const std::string kAll = kName + kKana + kPhone + kBirth + kId;
const std::string kCp932 = "\xea\x5f\x96\xb7\x83\x55\x83\x93\x83\x57\x83\x6f\x83\x8b CANARY";

/// Parts of the canaries, also as JSON, URLs and CP932 write them.
const std::vector<std::string> kTraces{"鸚鵡",    "ザンジバル",     "8765-4321",       "1931-07",   "1931/07",
                                       "CANARY",  "canary",         "%E9%B8%9A",       "%e9%b8%9a", "\\u9e1a",
                                       "\\u9E1A", "\\u30b6\\u30f3", "\xea\x5f\x96\xb7"};

/// Where `text` holds a canary; empty: nowhere.
std::string canary_in(std::string_view text) {
  for (const auto& trace : kTraces) {
    const auto at = text.find(trace);
    if (at == text.npos) continue;
    const auto from = at < 150 ? 0 : at - 150;
    return trace + " in: ..." + std::string(text.substr(from, 400)) + "...";
  }
  return {};
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string in_url(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string url;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    url += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return url;
}

const std::string kColumns =
    "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,患者_年代,患者_"
    "性別,"
    "患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ";
const std::vector<std::string> kGoodRow{"1",    "130001", "東京都", "", "2020-03-26", "木", "", "都内",
                                        "30代", "男性",   "",       "", "",           "",   "", "1"};

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& cell : cells) line += (line.empty() ? "" : ",") + cell;
  return line + "\n";
}

/// A table in which each cell of one row is a canary, column by column; `first`: number of its first case.
std::string table_of_canaries(std::size_t first = 100) {
  std::string csv = kColumns + "\n";
  for (std::size_t column = 0; column < kGoodRow.size(); ++column) {
    auto row = kGoodRow;
    row[0] = std::to_string(first + column);
    row[column] = kAll;
    csv += line_of(row);
  }
  return csv;
}

std::string workbook_of_canaries() {
  testing::Workbook workbook;
  workbook.sheets.push_back({kAll, testing::text_row(1, {kAll, kName, kPhone}), {}, {}});
  workbook.sheets.push_back({"府HP用",
                             testing::text_row(1, {"番号", "報道提供日", "年代", "性別", "居住地", "発症日",
                                                   "症状", "入退院の状況", kAll}) +
                                 testing::text_row(2, {kId, kBirth, kName, kKana, kPhone, kAll, kAll, kAll}),
                             {},
                             {}});
  return workbook.bytes();
}

/// Bodies that are good, that are wrong, and that are broken.
std::vector<std::string> submissions() {
  const auto table = table_of_canaries();
  auto renamed = table;
  renamed.replace(0, 2, kAll);
  auto cut = table;
  cut.insert(kColumns.size() + 1, "\"" + kAll);
  return {table,
          kColumns + "," + kAll + "\n" + line_of(kGoodRow),
          renamed,
          table.substr(kColumns.size() + 1),
          cut,
          kColumns + "\n" + line_of({kAll, kAll}),
          kColumns + "\n" + line_of(std::vector<std::string>(40, kAll)),
          kColumns + "\n2,130001,\xff\xfe" + kAll + "\n",
          kColumns + "\n3," + std::string(3'000'000, 'x') + kAll + "\n",
          kCp932 + "," + kCp932 + "\n" + kCp932 + "\n",
          workbook_of_canaries(),
          workbook_of_canaries().substr(0, 900),
          "PK\x03\x04" + kAll,
          R"({"name": ")" + kAll,
          R"({")" + kAll + R"(": [1, )" + kAll + "]}",
          "<" + kAll + "><name>" + kAll + "</other>",
          "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///" + kId + "\">]><a>&x;" + kAll +
              "</a>",
          kAll};
}

class Canary : public ::testing::Test {
 protected:
  std::filesystem::path home() const { return folder.path() / "home"; }

  /// The answer must be clean where it is an error, and its headers in any case.
  RawAnswer ask(const ServingHub& hub, const std::string& bytes) {
    auto answer = RawClient(static_cast<std::uint16_t>(hub.port())).ask(bytes);
    for (const auto& [name, value] : answer.headers)
      EXPECT_EQ(canary_in(value), "") << name << " of the answer to " << bytes.substr(0, 300);
    const auto error = answer.status >= 400 ? answer.body : std::string();
    EXPECT_EQ(canary_in(error), "") << "the answer to " << bytes.substr(0, 300);
    statuses.insert(answer.status);
    return answer;
  }
  RawAnswer get(const ServingHub& hub, const std::string& target, const std::string& token = {},
                const std::string& headers = {}) {
    return ask(hub, net::testing::get(target, headers + authorization(token)));
  }
  RawAnswer post(const ServingHub& hub, const std::string& target, const std::string& token,
                 const std::string& body, const std::string& headers = {}) {
    return ask(hub, net::testing::post(target, body, headers + authorization(token)));
  }
  static std::string authorization(const std::string& token) {
    return token.empty() ? std::string() : net::testing::bearer(token);
  }

  void send_everything(const ServingHub& hub) {
    int number = 0;
    for (const auto& body : submissions()) {
      for (const auto& [token, names] : {std::pair(tokyo, "csv"), std::pair(osaka, "xlsx")}) {
        const auto prefecture = std::string(number % 5 == 0 ? "270008_" : "");
        const auto name = prefecture + kAll + std::to_string(++number) + "." + names;
        post(hub, std::string(kSubmissions) + "?name=" + in_url(number % 3 == 0 ? "../" + name : name), token,
             body);
      }
    }
    send_forms_and_uploads(hub);
    for (const auto* parameter : {"source", "as_of", "before", "limit", "nothing"}) {
      const auto query = std::string("?") + parameter + "=" + in_url(kAll);
      post(hub, kSubmissions + query, tokyo, kAll);
      get(hub, kSubmissions + query, operators);
      get(hub, "/api/v1/ledger" + query, operators);
    }
  }

  /// Names and bytes as forms and uploads carry them: good ones, cut ones, and ones that are neither.
  void send_forms_and_uploads(const ServingHub& hub) {
    const auto file = "--b\r\nContent-Disposition: form-data; name=\"" + kAll + "\"; filename=\"" + kAll +
                      ".csv\"\r\n\r\n" + table_of_canaries(900) + "\r\n";
    const std::string type = "Content-Type: multipart/form-data; boundary=";
    for (const auto& form :
         {file + "--b--", file, file + "--b" + kAll, file + "--b\r\n" + kAll + "\r\n\r\n",
          "--b\r\nContent-Disposition: form-data; name=" + kId + "\r\n\r\n" + kAll + "\r\n--b--"})
      post(hub, kSubmissions, tokyo, form, type + "b\r\n");
    post(hub, kSubmissions, tokyo, file, type + kId + "?\r\n");
    const auto begun = hub.post("/api/v1/uploads?name=" + in_url(kAll + ".csv"), tokyo);
    const auto url = std::string(begun.json().at("url").as_string());
    hub.ask("PATCH", url + "?offset=0", tokyo, table_of_canaries(950));
    get(hub, "/api/v1/uploads/" + in_url(kAll), tokyo);
    for (const auto& body : {kAll, "{\"" + kAll + "\": 1}", R"({"sha256": ")" + kAll + "\"}"})
      post(hub, "/api/v1/uploads?name=" + in_url(kAll), tokyo, body);
    post(hub, "/api/v1/uploads?as_of=" + in_url(kAll), tokyo, {});
    for (const auto* end : {"?offset=7", "?offset=CANARY"})
      ask(hub, "PATCH " + url + end + " HTTP/1.1\r\nHost: hub\r\n" + authorization(tokyo) +
                   "Content-Length: 0\r\n\r\n");
    post(hub, url + "/complete", tokyo, {});
    hub.post("/api/v1/uploads?name=" + in_url(kAll + ".csv"), tokyo);
  }

  void send_odd_requests(const ServingHub& hub) {
    const auto path = in_url(kAll);
    for (const auto& target :
         {"/" + path, "/api/v1/submissions/" + path, "/api/v1/submissions/" + path + "/receipt",
          "/api/v1/quarantine/" + path, "/?lang=" + path, "/readyz?" + path + "=" + path, "/%" + kId,
          "/" + kAll, std::string("http://") + kId + "/"})
      for (const auto& token : {std::string(), operators, kId, "musubi_" + kId}) get(hub, target, token);
    for (const auto* header :
         {"User-Agent", "X-Request-Id", "traceparent", "tracestate", "Cookie", "Referer", "X-Forwarded-For",
          "Forwarded", "Accept-Language", "Content-Type", "Content-Encoding", "Expect", "Host",
          "Transfer-Encoding", "Content-Length", "Authorization", "X-CANARY"}) {
      for (const auto& value : {kId, kAll, "Basic " + kId, "\x01" + kId})
        for (const auto& token : {std::string(), tokyo})
          post(hub, kSubmissions, token, kAll, std::string(header) + ": " + value + "\r\n");
    }
    for (const auto& start :
         {kId + " / HTTP/1.1", "GET / " + kId, "GET / HTTP/9." + kId, kAll, "GET /" + kId + " " + kId})
      ask(hub, start + "\r\nHost: hub\r\n\r\n");
  }

  void decide(const ServingHub& hub) {
    const auto held = testing::eventually([&] { return !held_ids(hub).empty(); });
    ASSERT_TRUE(held);
    auto ids = held_ids(hub);
    ids.push_back("999999");
    const std::vector<std::string> bodies{R"({"reason": ")" + kAll + "\"}", R"({")" + kAll + R"(": 1})",
                                          R"({"reason": [")" + kAll, kAll,
                                          R"({"reason": {")" + kId + "\": 1}}"};
    for (const auto& id : ids)
      for (const auto& body : bodies)
        for (const auto* action : {"/replay", "/reject"})
          post(hub, "/api/v1/quarantine/" + id + action, operators, body);
    for (const auto* member : {"id", "source", "recipient", "route", "cause", "all", "CANARY", "鸚鵡"})
      for (const auto& value : {"\"" + kAll + "\"", std::string("[1]"), std::string("17")})
        post(hub, "/api/v1/dead-letters/replay", operators,
             std::string("{\"") + member + "\": " + value + "}");
    for (const auto* filter : {"source", "reason", "mapping", "submission", "recipient", "cause"}) {
      get(hub, std::string("/api/v1/quarantine?") + filter + "=" + in_url(kAll), operators);
      get(hub, std::string("/api/v1/dead-letters?") + filter + "=" + in_url(kAll), operators);
    }
  }

  std::vector<std::string> held_ids(const ServingHub& hub) {
    std::vector<std::string> ids;
    const auto answer = hub.get("/api/v1/quarantine", operators).json();
    for (const auto& each : answer.at("records").as_array())
      ids.push_back(std::to_string(each.at("id").as_int64()));
    return ids;
  }

  void drop(const std::filesystem::path& to, const std::string& bytes) {
    std::filesystem::create_directories(to.parent_path());
    std::ofstream(to, std::ios::binary) << bytes;
  }

  void drop_everything() {
    const auto inbox = home() / "inbox";
    int number = 0;
    for (const auto& bytes : submissions()) {
      const auto file = kAll + std::to_string(++number) + ".csv";
      drop(inbox / "tokyo" / file, bytes + "dropped");
      drop(inbox / "osaka" / ((number % 5 == 0 ? "130001_" : "") + file), bytes + "dropped");
    }
    drop(inbox / kAll / (kAll + ".csv"), table_of_canaries());
    drop(inbox / "tokyo" / kAll / "in-a-folder.csv", kAll);
    drop(inbox / "tokyo" / (kAll + ".empty"), "");
    std::filesystem::create_symlink("/dev/null", inbox / "tokyo" / (kAll + ".link"));
  }

  /// Every table of the central store refuses what it is given, in words of the database.
  void make_the_store_refuse() {
    sqlite3* store = nullptr;
    ASSERT_EQ(sqlite3_open((home() / "store.sqlite").c_str(), &store), SQLITE_OK);
    std::vector<std::string> tables;
    const auto note = [](void* list, int, char** values, char**) {
      static_cast<std::vector<std::string>*>(list)->emplace_back(values[0]);
      return 0;
    };
    sqlite3_exec(store, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                 note, &tables, nullptr);
    EXPECT_FALSE(tables.empty());
    for (const auto& table : tables) {
      const auto trigger = "CREATE TRIGGER \"refuse " + table + "\" BEFORE INSERT ON \"" + table +
                           "\" BEGIN SELECT RAISE(ABORT, '" + kAll + "'); END";
      EXPECT_EQ(sqlite3_exec(store, trigger.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
          << sqlite3_errmsg(store);
    }
    sqlite3_close(store);
  }

  /// Pages and lists for people who may not see records: whole answers, not only errors.
  void look_everywhere(const ServingHub& hub) {
    for (const auto* page : {"/", "/?lang=ja", "/metrics", "/readyz", "/healthz", "/api/v1/openapi.json",
                             "/api/v1/alarms", "/api/v1/ways-in", "/api/v1/recipients", "/api/v1/ledger"})
      EXPECT_EQ(canary_in(get(hub, page, operators).body), "") << page;
  }

  /// What staff are shown says where, not what; only the names of files are the sender's.
  void look_at_what_is_held(const ServingHub& hub) {
    for (const auto& [list, member] :
         {std::pair("quarantine", "records"), std::pair("dead-letters", "dead_letters")}) {
      auto answer = hub.get(std::string("/api/v1/") + list, operators).json();
      EXPECT_FALSE(answer.at(member).as_array().empty()) << list;
      for (auto& record : answer.at(member).as_array()) {
        for (const auto* of_the_sender : {"file", "part"}) record.as_object().erase(of_the_sender);
        EXPECT_EQ(canary_in(boost::json::serialize(record)), "") << list;
      }
    }
  }

  void look_at_files() {
    const std::set<std::string> theirs{"kept",
                                       "inbox",
                                       "uploads",
                                       "ledger.sqlite",
                                       "ledger.sqlite-wal",
                                       "ledger.sqlite-shm",
                                       "store.sqlite",
                                       "store.sqlite-wal",
                                       "store.sqlite-shm"};
    for (const auto& each : std::filesystem::directory_iterator(home())) {
      const auto name = each.path().filename().string();
      EXPECT_EQ(canary_in(name), "");
      if (name == "uploads") look_at_names_in(each.path());
      if (theirs.contains(name)) continue;
      ASSERT_TRUE(each.is_regular_file()) << name << ": is it the hub's own?";
      EXPECT_EQ(canary_in(text_of(each.path())), "") << name;
    }
  }

  static void look_at_names_in(const std::filesystem::path& folder) {
    std::size_t uploads = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
      EXPECT_EQ(canary_in(each.path().string()), "");
      ++uploads;
    }
    EXPECT_NE(uploads, 0U);
  }

  void look_at_the_log(const ServingHub& hub) {
    const auto log = hub.log();
    EXPECT_EQ(canary_in(log), "");
    for (const auto* line : {"hub.log.kept", "hub.log.carried", "hub.log.delivered", "hub.log.refused"})
      EXPECT_THAT(log, ::testing::HasSubstr(line)) << "the test provoked too little";
  }

  bool everything_is_read(const ServingHub& hub) {
    return hub.get("/metrics").body.find("musubi_submissions_waiting 0\n") != std::string::npos;
  }

  testing::TemporaryFolder folder;
  std::string tokyo, osaka, operators;
  std::set<unsigned> statuses;
};

TEST_F(Canary, nothing_a_sender_controls_leaves_by_a_side_door) {
  tokyo = new_token(home(), "sender", "tokyo");
  osaka = new_token(home(), "sender", "osaka");
  operators = new_token(home(), "operator");
  {
    ServingHub hub({.home = home()});
    ASSERT_NE(hub.port(), 0) << hub.log();
    send_everything(hub);
    send_odd_requests(hub);
    ASSERT_TRUE(eventually([&] { return everything_is_read(hub); }));
    ASSERT_TRUE(hub.logged("hub.log.delivered"));
    look_everywhere(hub);
    make_the_store_refuse();
    drop_everything();
    post(hub, kSubmissions, tokyo, table_of_canaries(500));
    decide(hub);
    ASSERT_TRUE(hub.logged("hub.log.refused"));
    ASSERT_TRUE(eventually([&] { return everything_is_read(hub); }));
    look_everywhere(hub);
    look_at_what_is_held(hub);
    hub.signal(SIGHUP);
    ASSERT_TRUE(hub.logged("hub.log.reloaded"));
    hub.stop();
  }
  const ServingHub again({.home = home()});
  ASSERT_TRUE(eventually([&] { return everything_is_read(again); }));
  look_everywhere(again);
  look_at_files();
  look_at_the_log(again);
  EXPECT_THAT(statuses, ::testing::IsSupersetOf({200U, 202U, 400U, 401U, 404U, 415U, 417U, 501U, 505U}));
}

}  // namespace
}  // namespace musubi
