// The bytes of requests.yaml, sent over real connections.
#include <algorithm>
#include <atomic>
#include <charconv>

#include "musubi/base/yaml_map.h"
#include "server_fixture.h"

namespace musubi::net::testing {
namespace {

struct Case {
  std::string name, send;
  std::vector<unsigned> answers;
  bool closes = true;
};
void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

std::string unescape(std::string_view text) {
  constexpr std::string_view kLetters = "rnt0\\", kMeanings("\r\n\t\0\\", 5);
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      bytes += text[at];
      continue;
    }
    const char letter = text.at(++at);
    if (letter == 'x') {
      unsigned value = 0;
      std::from_chars(text.data() + at + 1, text.data() + at + 3, value, 16);
      bytes += static_cast<char>(value);
      at += 2;
    } else {
      bytes += kMeanings.at(kLetters.find(letter));
    }
  }
  return bytes;
}

/// {text*7} becomes text seven times.
std::string repeat(std::string text) {
  const auto open = text.find('{');
  if (open == text.npos || text.find('*', open) == text.npos) return text;
  const auto star = text.find('*', open), close = text.find('}', star);
  std::string repeated;
  for (auto times = std::stoul(text.substr(star + 1, close - star - 1)); times != 0; --times)
    repeated += text.substr(open + 1, star - open - 1);
  return text.replace(open, close - open + 1, repeated);
}

Case case_of(const base::Located& name, const base::YamlNode& node, base::Problems& problems) {
  const base::YamlMap map(node, {"rule", "send", "answers", "closes"}, problems);
  Case each{.name = name.text, .send = repeat(unescape(map.required_word("send"))), .answers = {}};
  map.required_word("rule");
  for (const auto& status : map.words("answers"))
    each.answers.push_back(static_cast<unsigned>(std::stoul(status)));
  each.closes = !map.has("closes") || map.yes("closes");
  return each;
}

std::vector<Case> cases() {
  base::Problems problems;
  std::vector<Case> all;
  const auto root = base::read_yaml_file(MUSUBI_NET_TESTS "/requests.yaml", problems);
  if (root && root->find("cases") != nullptr)
    for (const auto& [name, node] : root->find("cases")->entries)
      all.push_back(case_of(name, node, problems));
  if (problems.has_errors())
    throw std::runtime_error(base::describe(base::Language::english, problems.as_error()));
  return all;
}

class RequestBytes : public ServerTest, public ::testing::WithParamInterface<Case> {
 protected:
  RequestBytes() {
    const auto hidden = [this](const auto&, const Reply& reply) {
      ++hidden_runs;
      reply({});
    };
    for (const auto method : {Method::get, Method::post})
      routes.add({.method = method,
                  .pattern = "/hidden",
                  .needs = everybody(),
                  .most_body = 100,
                  .sink = {},
                  .handler = hidden,
                  .summary = "must not run"});
  }
  std::atomic<int> hidden_runs = 0;
};

TEST_P(RequestBytes, are_answered) {
  start();
  RawClient client(server->port());
  client.send(GetParam().send);
  for (const auto status : GetParam().answers) EXPECT_EQ(client.receive().status, status);
  if (GetParam().closes) {
    client.stop_sending();
    EXPECT_TRUE(client.is_closed());
  } else {
    EXPECT_EQ(client.ask(get("/open")).status, 200U);
  }
  server.reset();
  EXPECT_EQ(hidden_runs, 0);
}

INSTANTIATE_TEST_SUITE_P(of_the_table, RequestBytes, ::testing::ValuesIn(cases()),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace musubi::net::testing
