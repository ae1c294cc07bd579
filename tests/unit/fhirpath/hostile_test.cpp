// Hostile expressions and data end with an error in bounded time and memory.
#include <gtest/gtest.h>

#include <chrono>

#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"

namespace musubi::fhirpath {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string made;
  for (std::size_t index = 0; index < times; ++index) made += text;
  return made;
}

std::string code_of_compiling(const std::string& text) {
  const auto compiled = Expression::compile(text, {.model = &fhir::r4_types()});
  return compiled.has_error() ? compiled.error().code() : "";
}

std::string code_of_running(const std::string& text, const EvaluationLimits& limits = {}) {
  const auto compiled = Expression::compile(text, {.model = &fhir::r4_types()});
  if (compiled.has_error()) return compiled.error().code();
  Evaluation evaluation({}, limits);
  const auto values = evaluation.run(*compiled);
  return values.has_error() ? values.error().code() : "";
}

TEST(HostileExpression, DeepNestingIsRefused) {
  EXPECT_EQ(code_of_compiling(repeated("(", 20000) + "1" + repeated(")", 20000)), "fhirpath.limit.length");
  EXPECT_EQ(code_of_compiling(repeated("(", 5000) + "1" + repeated(")", 5000)), "fhirpath.limit.depth");
  EXPECT_EQ(code_of_compiling(repeated("-", 5000) + "1"), "fhirpath.limit.depth");
  EXPECT_EQ(code_of_compiling("1" + repeated("+1", 5000)), "fhirpath.limit.depth");
  EXPECT_EQ(code_of_compiling("a" + repeated(".a", 5000)), "fhirpath.limit.depth");
  EXPECT_EQ(code_of_compiling("a" + repeated("[0]", 5000)), "fhirpath.limit.depth");
  EXPECT_EQ(code_of_compiling(repeated("iif(true,", 1500) + "1" + repeated(")", 1500)),
            "fhirpath.limit.depth");
}

TEST(HostileExpression, DeepestAllowedNestingRuns) {
  EXPECT_EQ(code_of_running(repeated("(", 100) + "1" + repeated(")", 100)), "");
  EXPECT_EQ(code_of_running("1" + repeated("+1", 390)), "");
  EXPECT_EQ(code_of_running(repeated("iif(true,", 100) + "1" + repeated(",0)", 100)), "");
}

TEST(HostileExpression, NestedRepetitionsCompileInBoundedTime) {
  EXPECT_EQ(code_of_compiling("Questionnaire." + repeated("repeat(item.", 60) + "linkId" + repeated(")", 60)),
            "");
}

TEST(HostileExpression, EndlessRepetitionStops) {
  EXPECT_EQ(code_of_running("(1).repeat($this + 1)", {.values = 20'000}), "fhirpath.limit.values");
  EXPECT_EQ(code_of_running("(1).repeat($this + 1)", {.steps = 20'000}), "fhirpath.limit.steps");
  EXPECT_EQ(code_of_running("(1).repeatAll($this)", {.values = 20'000}), "fhirpath.limit.values");
  EXPECT_EQ(code_of_running("('a').repeat($this & 'a')", {.memory_bytes = 1U << 20}),
            "fhirpath.limit.memory");
}

TEST(HostileExpression, SearchInLongTextsIsLinear) {
  const auto doubled = [](int times) {
    std::string text = "'aaaaaaaaaaaaaaaa'";
    for (int turn = 0; turn < times; ++turn) text = "(" + text + ").select($this & $this)";
    return text;
  };
  const auto haystack = doubled(15), needle = "(" + doubled(14) + " & 'b')";
  for (const auto* function : {".contains(", ".indexOf(", ".lastIndexOf(", ".startsWith(", ".split("}) {
    EXPECT_EQ(code_of_running(haystack + function + needle + ")"), "") << function;
  }
}

TEST(HostileExpression, ExplodingCollectionsStop) {
  const auto ten = std::string("(0|1|2|3|4|5|6|7|8|9)");
  auto text = ten;
  for (int level = 0; level < 9; ++level) text += ".select(" + ten + ")";
  EXPECT_EQ(code_of_running(text).substr(0, 15), "fhirpath.limit.");
}

TEST(HostileExpression, ExplodingTextsStop) {
  auto text = std::string("'0123456789'");
  for (int level = 0; level < 12; ++level) text += ".replace('', '0123456789')";
  EXPECT_EQ(code_of_running(text), "fhirpath.limit.text");
}

TEST(HostileExpression, CatastrophicPatternsAreLinear) {
  const auto subject = "'" + repeated("a", 20000) + "!'";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of_running(subject + ".matches('(a+)+$')"), "");
  EXPECT_EQ(code_of_running(subject + ".matches('(a|aa)+$')"), "");
  EXPECT_EQ(code_of_running(subject + ".replaceMatches('(.*)(.*)(.*)x', '$1')"), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  EXPECT_EQ(code_of_running("'a'.matches('" + repeated("(", 3000) + "')"), "fhirpath.type.pattern");
  EXPECT_EQ(code_of_running("'a'.matches('((a{100}){100}){100}')"), "fhirpath.type.pattern");
}

TEST(HostileExpression, HugeNumbersEnd) {
  EXPECT_EQ(code_of_compiling(repeated("9", 60)), "fhirpath.type.number");
  EXPECT_EQ(code_of_running("9999999999999999999999999999.0 * 9999999999999999999999999999.0"), "");
  EXPECT_EQ(code_of_running("10.power(1000000)"), "");
  EXPECT_EQ(code_of_running("1000000.exp()"), "");
  EXPECT_EQ(code_of_running("@9999-12-31 + 1000000000 years"), "");
  EXPECT_EQ(code_of_running("1.5.round(2000000000)"), "");
  EXPECT_EQ(code_of_running("1 'm' * 1 'm' * 1 'm10000000'"), "");
}

TEST(HostileData, DeepAndWideResourcesEnd) {
  const auto deep = repeated("{\"item\":[", 60) + "{}" + repeated("]}", 60);
  const auto resource = Resource::from_json(R"({"resourceType":"Questionnaire","item":[)" + deep + "]}",
                                            "deep", {}, &fhir::r4_types());
  ASSERT_TRUE(resource);
  const auto expression = Expression::compile("descendants().count()", {.model = &fhir::r4_types()});
  Evaluation evaluation;
  const auto values = evaluation.run(*expression, *resource);
  ASSERT_TRUE(values);
  EXPECT_EQ(to_text(values->front()), "61");
}

TEST(HostileData, ManyCompanionsAreFoundFast) {
  std::string text = R"({"resourceType":"Patient")";
  for (int index = 0; index < 60000; ++index) {
    text += R"(,"birthDate":"1990","_birthDate":{},"_a)" + std::to_string(index) + "\":{}";
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Resource::from_json(text + "}", "wide", {}, &fhir::r4_types()).error().code(),
            "json.duplicate_name");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(HostileData, WrongTypesStayHarmless) {
  const auto resource = Resource::from_json(
      R"({"resourceType":"Patient","birthDate":"soon","active":"perhaps","name":"Peter","multipleBirthInteger":"x","gender":{"a":[1]}})",
      "wrong", {}, &fhir::r4_types());
  ASSERT_TRUE(resource);
  Evaluation evaluation;
  for (const auto* text :
       {"birthDate + 1 day", "birthDate > today()", "active and true", "name.family", "multipleBirth + 1",
        "gender.upper()", "descendants().count()", "children() | children()", "birthDate = birthDate"}) {
    const auto expression = Expression::compile(text, {.model = &fhir::r4_types(), .root_type = "Patient"});
    if (expression) static_cast<void>(evaluation.run(*expression, *resource));
  }
}

}  // namespace
}  // namespace musubi::fhirpath
