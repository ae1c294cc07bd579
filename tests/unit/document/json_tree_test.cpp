// JSON has one reading here: what RFC 8259 allows, each name once, numbers that can be held.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "musubi/base/messages.h"
#include "musubi/document/json_index.h"
#include "musubi/document/tree.h"

namespace musubi::document {
namespace {

base::Result<Tree> read(std::string text, const Limits& limits = {}) {
  return read_json(std::move(text), "文書.json", limits);
}

std::string code_of(const std::string& text) {
  const auto tree = read(text);
  return tree.has_error() ? tree.error().code() : "";
}

TEST(JsonTree, ReadsEveryKindWithItsPlace) {
  const std::string text = " {\"a\" : [true, false,null, -1.50e+3 ,\"x\"] } \n";
  const auto tree = read(text).value();
  ASSERT_EQ(tree.size(), 7U);
  const NodeKind kinds[] = {NodeKind::object, NodeKind::array,  NodeKind::boolean, NodeKind::boolean,
                            NodeKind::null,   NodeKind::number, NodeKind::text};
  const std::string_view sources[] = {"{\"a\" : [true, false,null, -1.50e+3 ,\"x\"] }",
                                      "[true, false,null, -1.50e+3 ,\"x\"]",
                                      "true",
                                      "false",
                                      "null",
                                      "-1.50e+3",
                                      "\"x\""};
  for (NodeIndex index = 0; index < tree.size(); ++index) {
    EXPECT_EQ(tree[index].kind, kinds[index]);
    EXPECT_EQ(text.substr(tree[index].source_byte, tree[index].source_length), sources[index]);
  }
  EXPECT_EQ(tree[1].name, "a");
  EXPECT_EQ(tree[5].value, "-1.50e+3") << "numbers stay as written";
}

TEST(JsonTree, ReadsPlainValuesAndAMark) {
  EXPECT_EQ(read("\"\"").value()[0].kind, NodeKind::text);
  EXPECT_EQ(read("  7  ").value()[0].value, "7");
  EXPECT_EQ(read("\xEF\xBB\xBF{}").value().size(), 1U);
  EXPECT_EQ(read("[]").value().size(), 1U);
}

TEST(JsonTree, DecodesEscapes) {
  const auto tree = read(R"(["\"\\\/\b\f\n\r\t","\u0041\u00e9\u7d50\ud83d\ude00","結\u57ce"])").value();
  EXPECT_EQ(tree[1].value, "\"\\/\b\f\n\r\t");
  EXPECT_EQ(tree[2].value, "Aé結😀");
  EXPECT_EQ(tree[3].value, "結城");
}

TEST(JsonTree, RefusesWhatIsNotJson) {
  const char* const wrong[] = {
      "{",     "[",          "[1",    "[1,]",    "[,1]",         "[1 2]",     "{\"a\"}",   "{\"a\":}",
      "{,}",   "{\"a\":1,}", "{a:1}", "{1:2}",   "[1}",          "{\"a\":1]", "{\"a\" 1}", "NaN",
      "[NaN]", "Infinity",   "-",     "[-]",     "01",           "1.",        ".5",        "1e",
      "+1",    "0x10",       "True",  "nul",     "nulll",        "'a'",       "[1]//",     "]",
      "}",     ":",          ",",     "\"a\":1", "[\"a\"\"b\"]", "--1",       "1.5.2",     "[1,,2]"};
  for (const auto* text : wrong) EXPECT_NE(code_of(text), "") << text;
  EXPECT_EQ(code_of("0\x02"), "json.syntax") << "a control character is no blank";
  EXPECT_EQ(code_of(""), "document.empty");
  EXPECT_EQ(code_of("  \n "), "document.empty");
  EXPECT_EQ(code_of("{} {}"), "json.junk_behind_end");
  EXPECT_EQ(code_of("[1"), "json.truncated");
  EXPECT_EQ(code_of("[\"abc"), "json.string_not_closed");
  EXPECT_EQ(code_of("[\"a\nb\"]"), "json.control_character");
  EXPECT_EQ(code_of(R"(["\x"])"), "json.bad_escape");
  EXPECT_EQ(code_of(R"(["\u12G4"])"), "json.bad_escape");
  EXPECT_EQ(code_of(R"(["\u12"])"), "json.bad_escape");
}

TEST(JsonTree, RefusesNumbersThatCannotBeHeld) {
  EXPECT_EQ(code_of("9223372036854775807"), "");
  EXPECT_EQ(code_of("-9223372036854775808"), "");
  EXPECT_EQ(code_of("9223372036854775808"), "json.number_out_of_range");
  EXPECT_EQ(code_of("-9223372036854775809"), "json.number_out_of_range");
  EXPECT_EQ(code_of("1e999"), "json.number_out_of_range");
  EXPECT_EQ(code_of("-1e999"), "json.number_out_of_range");
  EXPECT_EQ(code_of("1.7976931348623157e308"), "");
  EXPECT_EQ(code_of("0.1234567890123456789012345678901234567890"), "");
}

TEST(JsonTree, ReadsTextsWithAnyBlanksBehindThem) {
  const std::string longest(70, ' ');
  for (std::size_t blanks = 0; blanks < longest.size(); ++blanks) {
    const auto behind = longest.substr(0, blanks) + "\n";
    const auto tree =
        read("{\"a\\\"\"" + behind + ":[\"\"" + behind + ",\"b\\\\\"" + behind + "]" + behind + "}").value();
    EXPECT_EQ(tree[1].name, "a\"") << blanks;
    EXPECT_EQ(tree[2].value, "") << blanks;
    EXPECT_EQ(tree[3].value, "b\\") << blanks;
    EXPECT_EQ(read("\"結\"" + behind).value()[0].value, "結") << blanks;
  }
}

bool is_string_open(std::string_view text) {
  bool open = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (open && text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      open = !open;
  }
  return open;
}

TEST(JsonTree, RefusesWhatEndsTooEarly) {
  const std::string whole = R"({"a":"b","c\n":{"d":[1,{"e":null},true],"f":{}},"g":["\"",[]],"h" : "i\\" })";
  EXPECT_EQ(code_of(whole), "");
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto text = whole.substr(0, size);
    const bool in_string = is_string_open(text);
    const bool in_word = !in_string && text.back() >= 'a' && text.back() <= 'z' && !text.ends_with("null") &&
                         !text.ends_with("true");
    EXPECT_EQ(code_of(text), in_string ? "json.string_not_closed"
                             : in_word ? "json.syntax"
                                       : "json.truncated")
        << text;
  }
}

TEST(JsonIndex, FindsBackslashesInAnyOrderOfAsking) {
  std::string text = "[";
  std::mt19937 random(5);
  for (int count = 0; count < 60; ++count) {
    text += '"' + std::string(random() % 40, 'a');
    if (random() % 4 == 0) text += R"(\\\n)";
    text += "\",";
  }
  text += "0]";
  JsonIndex index;
  ASSERT_FALSE(index.read(text).has_value());
  for (int count = 0; count < 5000; ++count) {
    const auto from = random() % text.size();
    const auto found = static_cast<std::size_t>(index.backslash_from(text.data() + from) - text.data());
    EXPECT_EQ(found, std::min(text.find('\\', from), text.size())) << from;
  }
}

TEST(JsonTree, RefusesDoubleNames) {
  EXPECT_EQ(code_of(R"({"a":1,"b":2,"a":3})"), "json.duplicate_name");
  EXPECT_EQ(code_of(R"({"a":1,"\u0061":3})"), "json.duplicate_name") << "escapes do not hide it";
  EXPECT_EQ(code_of(R"([{"b":{"x":1,"x":1}}])"), "json.duplicate_name");
  EXPECT_EQ(code_of(R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})"), "");
  const auto error = read(R"({"a":1,"b":2,"a":3})").error();
  EXPECT_EQ(error.place().byte, 13U);
  EXPECT_EQ(error.place().column, 14U);
}

TEST(JsonTree, RefusesCharactersThatAreNone) {
  EXPECT_EQ(code_of(R"(["\ud83d"])"), "json.lone_surrogate");
  EXPECT_EQ(code_of(R"(["\ude00"])"), "json.lone_surrogate");
  EXPECT_EQ(code_of(R"(["\ud83dx"])"), "json.lone_surrogate");
  EXPECT_EQ(code_of(R"(["\ud83d\u0041"])"), "json.lone_surrogate");
  EXPECT_EQ(code_of(R"(["\u0000"])"), "text.nul_byte");
  EXPECT_EQ(code_of("[\"\xC0\xAF\"]"), "text.malformed_bytes");
  EXPECT_EQ(code_of("[\"\xED\xA0\x80\"]"), "text.malformed_bytes");
  EXPECT_EQ(code_of("[\"\x82\xa0\"]"), "text.malformed_bytes") << "Shift_JIS";
  EXPECT_EQ(read("[1,\n\"結\xFF\"]").error().place().byte, 8U);
}

TEST(JsonTree, LimitsDepth) {
  Limits limits;
  limits.depth = 3;
  EXPECT_FALSE(read("[[[1]]]", limits).has_error());
  EXPECT_EQ(read("[[[[1]]]]", limits).error().code(), "json.too_deep");
  EXPECT_EQ(read("[{\"a\":[{}]}]", limits).error().code(), "json.too_deep");
  EXPECT_EQ(code_of(std::string(100'000, '[')), "json.too_deep");
  EXPECT_EQ(code_of(std::string(100'000, '[') + std::string(100'000, ']')), "json.too_deep");
  limits.bytes = 5;
  EXPECT_EQ(read("[1,2,3]", limits).error().code(), "file.too_large");
}

TEST(JsonTree, TellsLineColumnAndByte) {
  const auto error = read("{\n  \"結城\": [1,\n 2 3]\n}").error();
  EXPECT_EQ(error.code(), "json.syntax");
  EXPECT_EQ(error.place().file, "文書.json");
  EXPECT_EQ(error.place().line, 3U);
  EXPECT_EQ(error.place().column, 4U);
  const auto wide = read("{\"結城\": nope}").error();
  EXPECT_EQ(wide.place().column, 8U) << "characters, not bytes";
  EXPECT_EQ(wide.place().byte, 11U);
}

TEST(JsonTree, MessagesNeverHoldValues) {
  const auto error = read(R"({"name":"結城花子","a":結城花子})").error();
  EXPECT_EQ(base::describe(base::Language::japanese, error).find("結城"), std::string::npos);
}

TEST(JsonTree, ReadsManyMembersAndLongTexts) {
  std::string text = "{";
  for (int index = 0; index < 20'000; ++index)
    text += "\"k" + std::to_string(index) + "\":" + std::to_string(index) + ",";
  text += "\"long\":\"" + std::string(10U << 20, 'x') + "\"}";
  const auto tree = read(text).value();
  EXPECT_EQ(tree.size(), 20'002U);
  EXPECT_EQ(tree[20'001].value.size(), 10U << 20);
}

}  // namespace
}  // namespace musubi::document
