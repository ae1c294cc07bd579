// The small parts of the room, without a socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bearer.h"
#include "buckets.h"
#include "musubi/base/messages.h"
#include "musubi/net/answers.h"
#include "musubi/net/routes.h"
#include "response_head.h"
#include "target.h"

namespace musubi::net::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Route route(Method method, std::string pattern) {
  return {.method = method,
          .pattern = std::move(pattern),
          .needs = everybody(),
          .sink = {},
          .handler = [](const auto&, const Reply&) {},
          .summary = ""};
}

Routes some_routes() {
  Routes routes;
  for (const auto* pattern :
       {"/", "/a", "/a/{id}", "/a/{id}/b", "/a/new", "/fhir/{rest...}", "/fhir/metadata"})
    routes.add(route(Method::get, pattern));
  routes.add(route(Method::post, "/a/{name}"));
  return routes;
}

TEST(Routes, the_most_exact_pattern_fits_best) {
  const auto routes = some_routes();
  const auto pattern = [&](std::string_view path) {
    const auto found = routes.find(path);
    return found.routes.empty() ? std::string("none") : found.routes.front()->pattern;
  };
  EXPECT_EQ(pattern("/"), "/");
  EXPECT_EQ(pattern("/a"), "/a");
  EXPECT_EQ(pattern("/a/"), "none");
  EXPECT_EQ(pattern("/a/1"), "/a/{id}");
  EXPECT_EQ(pattern("/a/new"), "/a/new");
  EXPECT_EQ(pattern("/a/new/b"), "/a/{id}/b") << "a literal part that leads nowhere is given up";
  EXPECT_EQ(pattern("/a/1/c"), "none");
  EXPECT_EQ(pattern("/fhir"), "/fhir/{rest...}");
  EXPECT_EQ(pattern("/fhir/Patient/1"), "/fhir/{rest...}");
  EXPECT_EQ(pattern("/fhir/metadata"), "/fhir/metadata");
  EXPECT_EQ(pattern("/b"), "none");
}

TEST(Routes, named_parts_are_called_as_the_route_of_the_method_calls_them) {
  const auto routes = some_routes();
  const auto found = routes.find("/a/7");
  EXPECT_THAT(Routes::named(*found.serving(Method::get), found.values), ElementsAre(Pair("id", "7")));
  EXPECT_THAT(Routes::named(*found.serving(Method::post), found.values), ElementsAre(Pair("name", "7")));
  EXPECT_EQ(found.serving(Method::head), found.serving(Method::get));
  EXPECT_EQ(found.serving(Method::put), nullptr);
  const auto rest = routes.find("/fhir/Patient/1/_history");
  EXPECT_THAT(Routes::named(*rest.serving(Method::get), rest.values),
              ElementsAre(Pair("rest", "Patient/1/_history")));
}

TEST(Routes, wrong_patterns_are_told) {
  for (const auto* pattern : {"", "a", "/a//b", "/{}", "/{a}/{a}", "/{rest...}/a", "/a{b}", "/{a}b", "/a/"}) {
    Routes routes;
    routes.add(route(Method::get, pattern));
    ASSERT_TRUE(routes.check().has_error()) << pattern;
    EXPECT_EQ(routes.check().error().code(), "net.route_pattern") << pattern;
  }
  EXPECT_TRUE(some_routes().check().has_value());
  auto twice = some_routes();
  twice.add(route(Method::get, "/a/{other}"));
  EXPECT_EQ(twice.check().error().code(), "net.route_twice");
}

TEST(Target, is_decoded_once) {
  const auto target = parse_target("/a%20b/c?x=1&x=2&y=%2B09%3A00&z&=v&q=a+b");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a b/c");
  EXPECT_EQ(target->query.count("x"), 2U);
  EXPECT_EQ(target->query.find("y")->second, "+09:00");
  EXPECT_EQ(target->query.find("z")->second, "");
  EXPECT_EQ(target->query.find("q")->second, "a b");
  EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
  EXPECT_EQ(parse_target("/%2525")->path, "/%25");
  EXPECT_EQ(parse_target("http://hub")->path, "/");
  EXPECT_EQ(parse_target("http://hub?a=1")->path, "/");
}

TEST(Authority, is_compared_without_regard_to_capitals_and_the_usual_port) {
  EXPECT_TRUE(same_authority("Hub.example:443", "hub.EXAMPLE"));
  EXPECT_FALSE(same_authority("hub:8080", "hub"));
  for (const auto* good : {"hub", "hub:1", "hub:", "192.0.2.1:80", "[::1]", "[::1]:80", "a-b.c_d"})
    EXPECT_TRUE(is_authority(good)) << good;
  for (const auto* bad :
       {"", ":80", "a b", "a@b", "a/b", "a:b", "[::1", "[]", "::1", "a:123456", "[::1]x", "é"})
    EXPECT_FALSE(is_authority(bad)) << bad;
}

TEST(Bearer, is_one_token_after_the_scheme) {
  EXPECT_EQ(bearer_token("Bearer abc"), "abc");
  EXPECT_EQ(bearer_token("bearer  abc "), "abc");
  for (const auto* bad : {"", "Bearer", "Bearer ", "Basic abc", "Bearerabc", "Bearer a b", "Bearer a,b"})
    EXPECT_FALSE(bearer_token(bad)) << bad;
}

TEST(TraceParent, is_taken_only_when_it_is_valid) {
  const std::string trace = "0af7651916cd43dd8448eb211c80319c", parent = "b7ad6b7169203331";
  EXPECT_EQ(trace_id("00-" + trace + "-" + parent + "-01"), trace);
  EXPECT_EQ(trace_id("01-" + trace + "-" + parent + "-01-more"), trace);
  for (const auto& bad :
       {std::string(), "00-" + trace, "ff-" + trace + "-" + parent + "-01",
        "00-" + trace + "-" + parent + "-01-x", "00-" + std::string(32, '0') + "-" + parent + "-01",
        "00-" + trace + "-" + std::string(16, '0') + "-01",
        "00-" + std::string(32, 'A') + "-" + parent + "-01", "00-" + trace.substr(1) + "-" + parent + "-01"})
    EXPECT_FALSE(trace_id(bad)) << bad;
  EXPECT_NE(new_trace_id(), new_trace_id());
}

TEST(Buckets, fill_again_with_time_and_are_each_callers_own) {
  using namespace std::chrono_literals;
  Buckets buckets(2, 3);
  const Tick start{};
  for (int drop = 0; drop < 3; ++drop) EXPECT_TRUE(buckets.take("a", start));
  EXPECT_FALSE(buckets.take("a", start));
  EXPECT_FALSE(buckets.has("a", start));
  EXPECT_TRUE(buckets.take("b", start));
  EXPECT_FALSE(buckets.take("a", start + 400ms));
  EXPECT_TRUE(buckets.take("a", start + 600ms));
  EXPECT_FALSE(buckets.take("a", start + 700ms));
  for (int drop = 0; drop < 3; ++drop) EXPECT_TRUE(buckets.take("a", start + 1h));
  EXPECT_FALSE(buckets.take("a", start + 1h)) << "never more than the most";
  EXPECT_EQ(buckets.wait(), 1s);
}

TEST(Buckets, remember_a_bounded_number_of_callers) {
  Buckets buckets(1, 1);
  for (int caller = 0; caller < 200'000; ++caller) EXPECT_TRUE(buckets.take(std::to_string(caller), Tick{}));
}

struct Wish {
  std::string accepted;
  base::Language language;
};

TEST(Language, is_the_one_wanted_more) {
  using base::Language;
  for (const auto& [accepted, language] :
       {Wish{"ja", Language::japanese}, Wish{"ja-JP,en;q=0.9", Language::japanese},
        Wish{"en,ja;q=0.9", Language::english}, Wish{"en;q=0.3, ja;q=0.4", Language::japanese},
        Wish{"fr", Language::english}, Wish{"ja;q=0", Language::english}, Wish{"JA", Language::japanese},
        Wish{"jav", Language::english}, Wish{"ja;q=x", Language::english}, Wish{"", Language::english}}) {
    Headers headers;
    headers.add("Accept-Language", accepted);
    EXPECT_EQ(language_of(headers), language) << accepted;
  }
  EXPECT_EQ(language_of({}), base::Language::english);
}

TEST(ErrorAnswer, keeps_to_itself_what_went_wrong_inside) {
  Request request;
  request.trace = "trace";
  const auto inside = error_answer(
      request, base::Error(base::ErrorKind::environment, "file.disk_full").at({.file = "/var/secret"}));
  EXPECT_EQ(inside.status, 503U);
  EXPECT_THAT(inside.body, HasSubstr(R"("code":"net.unavailable")"));
  EXPECT_THAT(inside.body, ::testing::Not(HasSubstr("secret")));
  const auto theirs = error_answer(request, base::Error(base::ErrorKind::bad_input, "net.token_text"));
  EXPECT_EQ(theirs.status, 400U);
  EXPECT_THAT(theirs.body, HasSubstr(R"("code":"net.token_text")"));
  EXPECT_THAT(theirs.body, HasSubstr(R"("trace":"trace")"));
}

TEST(ResponseHead, carries_the_date_as_http_writes_it) {
  const auto head =
      response_head({}, {.trace = "t",
                         .now = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) +
                                std::chrono::hours(8) + std::chrono::minutes(49) + std::chrono::seconds(37)});
  EXPECT_THAT(head, HasSubstr("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
}

TEST(Headers, compare_without_regard_to_case) {
  Headers headers;
  headers.add("X-One", "1");
  headers.add("x-one", "2");
  EXPECT_EQ(headers.count("X-ONE"), 2U);
  EXPECT_EQ(*headers.find("X-oNe"), "1");
  headers.set("X-ONE", "3");
  EXPECT_EQ(headers.count("x-one"), 1U);
  EXPECT_EQ(headers.find("X-Two"), nullptr);
}

TEST(Messages, exist_for_every_reason_and_refusal) {
  for (const auto* code : {"net.bad_request",
                           "net.version",
                           "net.method_unknown",
                           "net.unauthenticated",
                           "net.not_found",
                           "net.method_not_allowed",
                           "net.too_large",
                           "net.head_too_large",
                           "net.url_too_long",
                           "net.encoding_unknown",
                           "net.expectation",
                           "net.too_slow",
                           "net.too_many_requests",
                           "net.busy",
                           "net.stopping",
                           "net.unavailable",
                           "net.failed",
                           "net.open_to_everybody",
                           "net.role_permitted",
                           "net.role_not_permitted",
                           "net.path_unknown",
                           "net.token_missing",
                           "net.token_malformed",
                           "net.token_unknown",
                           "net.token_expired",
                           "net.token_revoked",
                           "net.too_many_failures",
                           "net.tokens_damaged",
                           "net.tokens_newer",
                           "net.token_absent",
                           "net.token_needs_source",
                           "net.token_jurisdiction",
                           "net.token_expires_past",
                           "net.token_text",
                           "net.no_random_numbers",
                           "net.bad_address",
                           "net.cannot_listen",
                           "net.needs_tls",
                           "net.needs_tokens",
                           "net.tls_files",
                           "net.route_pattern",
                           "net.route_twice"})
    EXPECT_NE(base::find_message(code), nullptr) << code;
}

}  // namespace
}  // namespace musubi::net::testing
