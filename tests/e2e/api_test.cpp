// The API is what its description says: every operation of /api/v1/openapi.json is called as the examples in
// it say, by nobody, by everybody, for what does not exist, with what is malformed, too large, or of another
// method. Every answer has a status that is described, and a body that fits the schema described for it.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>
#include <map>
#include <set>

#include "api_description.h"
#include "raw_client.h"
#include "serving_hub.h"
#include "temporary_folder.h"

namespace musubi {
namespace {

using net::testing::RawAnswer;
using net::testing::RawClient;
using testing::eventually;
using testing::new_token;
using testing::Operation;
using testing::Schemas;
using testing::ServingHub;
using testing::text;

constexpr std::string_view kRoles[] = {"sender", "reviewer", "operator", "reader", "hub"};
constexpr std::string_view kMethods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

/// One hub for all tests of the suite: with held records, dead letters, and a token of every role.
class Api : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = std::make_unique<testing::TemporaryFolder>();
    for (const auto role : kRoles)
      tokens[std::string(role)] =
          new_token(home(), std::string(role), role == "sender" || role == "hub" ? "tokyo" : "");
    hub = std::make_unique<ServingHub>(ServingHub::Settings{.home = home(), .config = configuration()});
    fill_the_books();
    const auto description = hub->get("/api/v1/openapi.json").json().as_object();
    schemas = Schemas(description.at("components").as_object());
    for (const auto& [pattern, methods] : description.at("paths").as_object())
      for (const auto& [method, written] : methods.as_object())
        operations.push_back({testing::capital(method), pattern, written.as_object()});
  }
  static void TearDownTestSuite() {
    hub.reset();
    folder.reset();
    operations.clear();
  }
  static std::filesystem::path home() { return folder->path() / "home"; }

  /// The shipped one, with bodies small enough to be exceeded and no limit of requests.
  static std::filesystem::path configuration() {
    const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
    std::filesystem::copy(project / "config", folder->path() / "config",
                          std::filesystem::copy_options::recursive);
    std::filesystem::create_directory_symlink(project / "mappings", folder->path() / "mappings");
    auto file = folder->path() / "config/musubi.yaml";
    std::ifstream in(file);
    std::string settings{std::istreambuf_iterator<char>(in), {}};
    const std::string serve = "serve: { address: 127.0.0.1, port: 8080 }";
    const auto at = settings.find(serve);
    if (at == settings.npos) throw std::runtime_error("config/musubi.yaml has another line serve");
    settings.replace(at, serve.size(), "serve: { most_body_bytes: 100000, requests_per_second: 0 }");
    std::ofstream(file) << settings;
    return file;
  }

  static void fill_the_books() {
    const std::string head =
        "No,全国地方公共団体コード,都道府県名,市区町村名,公表_年月日,曜日,発症_年月日,患者_居住地,"
        "患者_年代,患者_性別,患者_属性,患者_状態,患者_症状,患者_渡航歴の有無フラグ,備考,退院済フラグ\n";
    const auto row = [](int number, const std::string& day) {
      return std::to_string(number) + ",130001,東京都,," + day + ",木,,都内,30代,男性,,,,,,1\n";
    };
    hand_in(head + row(1, "2020-03-26") + row(2, "sometime") + row(3, "some day") + row(4, "later"), 4);
    make_the_store_refuse();
    hand_in(head + row(5, "2020-03-26"), 5);
  }

  static void hand_in(const std::string& csv, std::int64_t records) {
    ASSERT_EQ(hub->post("/api/v1/submissions?name=a.csv", tokens["sender"], csv).status, 202U) << hub->log();
    ASSERT_TRUE(eventually([&] {
      const auto books = hub->get("/api/v1/ledger", tokens["operator"]).json().at("records");
      return books.at("received").to_number<std::int64_t>() == records &&
             books.at("in_flight").to_number<std::int64_t>() == 0;
    })) << hub->log();
  }

  static void make_the_store_refuse() {
    sqlite3* store = nullptr;
    ASSERT_EQ(sqlite3_open((home() / "store.sqlite").c_str(), &store), SQLITE_OK);
    std::string table;
    const auto note = [](void* to, int, char** values, char**) {
      *static_cast<std::string*>(to) += std::string("CREATE TRIGGER \"no ") + values[0] +
                                        "\" BEFORE INSERT ON \"" + values[0] +
                                        "\" BEGIN SELECT RAISE(ABORT, 'no'); END;";
      return 0;
    };
    sqlite3_exec(store, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                 note, &table, nullptr);
    EXPECT_EQ(sqlite3_exec(store, table.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(store);
    sqlite3_close(store);
  }

  static RawAnswer send(const std::string& method, const std::string& target, const std::string& token,
                        const std::string& body, const std::string& headers = {}) {
    RawClient client(static_cast<std::uint16_t>(hub->port()), from);
    auto request = method + " " + target + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n" + headers;
    if (!token.empty()) request += net::testing::bearer(token);
    if (!body.empty() || method == "POST")
      request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    client.send(request + "\r\n" + body);
    return client.receive(method == "HEAD");
  }

  /// Calls, and holds the answer against the description.
  static RawAnswer call(const Operation& operation, const std::string& target, const std::string& token,
                        const std::string& body, const std::string& headers = {}) {
    auto answer = send(operation.method, target, token, body, headers);
    EXPECT_EQ(misfit(operation, answer), "")
        << operation.name() << ": " << target << " " << body.substr(0, 200);
    return answer;
  }

  static std::string misfit(const Operation& operation, const RawAnswer& answer) {
    const auto& responses = operation.written.at("responses").as_object();
    const auto* named = responses.if_contains(std::to_string(answer.status));
    if (named == nullptr)
      return "status " + std::to_string(answer.status) + " is not described: " + answer.body;
    const auto& content = schemas.resolved(*named).at("content").as_object();
    const auto type = answer.headers.count("content-type") != 0 ? answer.headers.at("content-type") : "";
    const auto* described = content.if_contains(type.substr(0, type.find(';')));
    if (described == nullptr) return "content type " + type + " is not described";
    if (!type.starts_with("application/json")) return misfit_of_page(type, answer);
    boost::system::error_code failure;
    const auto body = boost::json::parse(answer.body, failure);
    if (failure) return "no JSON: " + answer.body;
    const auto why = schemas.misfit(body, described->at("schema"));
    return why.empty() ? why : why + ": " + answer.body;
  }

  static std::string misfit_of_page(const std::string& type, const RawAnswer& answer) {
    if (!type.starts_with("text/html")) return {};
    const auto header = [&](const char* name) {
      const auto found = answer.headers.find(name);
      return found == answer.headers.end() ? std::string() : found->second;
    };
    if (header("x-content-type-options") != "nosniff") return "no nosniff";
    if (header("x-frame-options") != "DENY") return "may be framed";
    if (header("referrer-policy") != "no-referrer") return "tells where one comes from";
    if (header("cache-control") != "no-store") return "may be stored";
    const auto policy = header("content-security-policy");
    const bool strict =
        policy.find("default-src 'none'") != policy.npos && policy.find("script-src") == policy.npos;
    return strict ? std::string() : "scripts may run: " + policy;
  }

  /// What the example of an operation can be called with: an upload of its own, whole where it is completed.
  static std::string example_id(const Operation& operation, const std::string& token) {
    if (operation.pattern.find("{upload}") == operation.pattern.npos) return "1";
    const auto begun = send("POST", "/api/v1/uploads?source=tokyo", token, {});
    const auto id = text(boost::json::parse(begun.body).at("id"));
    if (operation.pattern.ends_with("/complete")) {
      EXPECT_EQ(send("PATCH", "/api/v1/uploads/" + id + "?offset=0", token, "a,b\n1,2\n").status, 200U);
    }
    return id;
  }

  /// Of an operator where it lets one in, else of whom it does.
  static const std::string& token_for(const Operation& operation) {
    if (operation.permits("operator")) return tokens["operator"];
    for (const auto role : kRoles)
      if (operation.permits(role)) return tokens[std::string(role)];
    return tokens["operator"];
  }

  static std::string error_code(const RawAnswer& answer) {
    return text(boost::json::parse(answer.body).at("error").at("code"));
  }
  /// Without the trace, which is different each time.
  static std::string error_words(const RawAnswer& answer) {
    auto error = boost::json::parse(answer.body).at("error").as_object();
    error.erase("trace");
    return std::to_string(answer.status) + boost::json::serialize(error);
  }

  static std::unique_ptr<testing::TemporaryFolder> folder;
  static std::unique_ptr<ServingHub> hub;
  static std::map<std::string, std::string> tokens;
  static std::vector<Operation> operations;
  static Schemas schemas;
  static std::string from;  ///< the address of the caller
};

std::unique_ptr<testing::TemporaryFolder> Api::folder;
std::unique_ptr<ServingHub> Api::hub;
std::map<std::string, std::string> Api::tokens;
std::vector<Operation> Api::operations;
Schemas Api::schemas;
std::string Api::from = "127.0.0.1";

TEST_F(Api, every_operation_has_a_name_of_its_own_answers_and_examples) {
  std::set<std::string> names;
  for (const auto& each : operations) {
    ASSERT_TRUE(each.written.contains("operationId")) << each.name();
    EXPECT_TRUE(names.insert(text(each.written.at("operationId"))).second) << each.name();
    EXPECT_FALSE(text(each.written.at("summary")).empty());
    const auto& responses = each.written.at("responses").as_object();
    EXPECT_TRUE(responses.contains("200") || responses.contains("201") || responses.contains("202"))
        << each.name();
    EXPECT_TRUE(each.body() == nullptr || each.body()->begin()->value().as_object().contains("example"))
        << each.name();
  }
  EXPECT_GE(names.size(), 26U);
}

/// From many addresses, so that none is held to be guessing tokens.
TEST_F(Api, nobody_and_wrong_tokens_are_told_the_same) {
  int number = 1;
  for (const auto& each : operations) {
    from = "127.0.1." + std::to_string(++number);
    for (const std::string token : {"", "0123456789abcdef"}) {
      const auto answer = call(each, each.target("1"), token, each.example_body());
      const bool let_in = each.is_open() && token.empty();
      EXPECT_EQ(answer.status, let_in ? 200U : 401U) << each.name();
      EXPECT_TRUE(let_in || error_code(answer) == "net.unauthenticated") << each.name();
    }
  }
  from = "127.0.0.1";
}

TEST_F(Api, who_may_not_is_told_what_is_told_of_what_is_not_there) {
  for (const auto& each : operations) {
    for (const auto role : kRoles) {
      if (each.permits(role)) continue;
      const auto& token = tokens[std::string(role)];
      const auto forbidden = call(each, each.target("1"), token, each.example_body());
      const auto absent = send(each.method, "/api/v1/nothing-of-that-name", token, {});
      EXPECT_EQ(error_words(forbidden), error_words(absent)) << each.name() << " by " << role;
    }
  }
}

TEST_F(Api, what_does_not_exist_is_not_found) {
  for (const auto& each : operations) {
    if (!each.names_something()) continue;
    for (const auto* id :
         {"999999", "0", "-1", "abc", "1e3", "9999999999999999999999", "%31%00", "1%2F2", "%E9%B8%9A"}) {
      const auto answer = call(each, each.target(id), tokens["operator"], each.example_body());
      EXPECT_THAT(answer.status, ::testing::AnyOf(404U, 400U)) << each.name() << " " << id;
    }
  }
}

TEST_F(Api, parameters_that_are_no_numbers_days_or_sources_are_answered) {
  const std::string odd[] = {"",
                             "abc",
                             "-1",
                             "99999999999999999999",
                             "2020-13-45",
                             "' OR 1=1 --",
                             "<script>",
                             "鸚鵡",
                             std::string(2'000, 'x')};
  for (const auto& each : operations)
    for (const auto& given : odd) {
      const auto answer = call(each, each.target("1", given), tokens["operator"], {});
      EXPECT_NE(answer.status, 500U) << each.name();
    }
}

TEST_F(Api, bodies_that_are_malformed_or_not_what_is_asked_for_are_answered) {
  const std::string odd[] = {"",
                             "{",
                             "[]",
                             "null",
                             "17",
                             "{\"reason\": 1}",
                             "{\"reason\": \"\"}",
                             "{\"id\": \"1\"}",
                             "{\"id\": 1.5}",
                             "{\"all\": \"yes\"}",
                             "{\"all\": false}",
                             "{\"nothing\": 1}",
                             "{\"fields\": {\"patient.sex\": \"male\"}}",
                             "{}",
                             "\xff\xfe",
                             std::string(500, '[')};
  for (const auto& each : operations) {
    if (each.body() == nullptr || !each.body()->contains("application/json")) continue;
    for (const auto& body : odd) {
      if (!each.needs_body() && (body.empty() || body == "{}")) continue;
      const auto answer =
          call(each, each.target("2"), token_for(each), body, "Content-Type: application/json\r\n");
      EXPECT_EQ(answer.status, 400U) << each.name() << " " << body.substr(0, 40);
      EXPECT_EQ(error_code(answer), "api.body_not_understood");
    }
  }
}

TEST_F(Api, bodies_and_heads_that_are_too_large_or_encoded_are_refused) {
  for (const auto& each : operations) {
    const auto& token = token_for(each);
    const auto target = each.target("999999");
    EXPECT_EQ(call(each, target, token, std::string(200'000, 'x')).status, 413U) << each.name();
    EXPECT_EQ(call(each, target, token, each.example_body(), "Content-Encoding: br\r\n").status, 415U)
        << each.name();
    EXPECT_EQ(call(each, target, token, each.example_body(), "Expect: miracles\r\n").status, 417U)
        << each.name();
    EXPECT_EQ(call(each, target, token, {}, "X-Long: " + std::string(20'000, 'x') + "\r\n").status, 431U)
        << each.name();
    EXPECT_EQ(call(each, each.pattern + "?" + std::string(9'000, 'x'), token, {}).status, 414U)
        << each.name();
  }
}

TEST_F(Api, methods_that_are_not_described_are_named_as_such) {
  std::map<std::string, std::set<std::string>> described;
  for (const auto& each : operations) described[each.pattern].insert(each.method);
  for (const auto& each : operations) {
    for (const auto method : kMethods) {
      const std::string name(method);
      const bool known = described[each.pattern].contains(name == "HEAD" ? "GET" : name);
      if (known) continue;
      const auto answer = send(name, each.target("1"), token_for(each), {});
      EXPECT_EQ(answer.status, 405U) << name << " " << each.pattern;
      EXPECT_THAT(answer.headers.at("allow"), ::testing::HasSubstr(each.method))
          << name << " " << each.pattern;
    }
  }
}

TEST_F(Api, errors_are_told_in_the_language_of_the_caller) {
  for (const auto& [language, word] : {std::pair("ja", "トークン"), std::pair("en", "token")}) {
    const auto answer =
        send("GET", "/api/v1/ledger", {}, {}, std::string("Accept-Language: ") + language + "\r\n");
    const auto error = boost::json::parse(answer.body).at("error");
    EXPECT_THAT(text(error.at("message")) + text(error.at("remedy")), ::testing::HasSubstr(word));
    EXPECT_EQ(answer.headers.at("content-language"), language);
  }
}

/// Last: decides about what is held.
TEST_F(Api, examples_do_what_they_say_for_every_role_that_may) {
  for (const auto& each : operations) {
    int worked = 0;
    for (const auto role : kRoles) {
      if (!each.permits(role)) continue;
      const auto& token = tokens[std::string(role)];
      const auto answer = call(each, each.target(example_id(each, token)), token, each.example_body());
      const bool conflicts = each.written.contains("x-example-conflicts");
      EXPECT_TRUE(conflicts ? answer.status == 409 : answer.status >= 200 && answer.status <= 202)
          << answer.status << each.name() << " by " << role << answer.body;
      ++worked;
    }
    EXPECT_GT(worked, 0) << each.name();
  }
}

}  // namespace
}  // namespace musubi
