// What the compiled expression and its evaluation promise besides answers.
#include "musubi/fhirpath/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"
#include "musubi/fhirpath/functions.h"
#include "test_services.h"

namespace musubi::fhirpath {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kColumns = {"No", "患者_居住地", "備考"};

Expression compiled(std::string_view text, const CompileOptions& options = {}) {
  return *Expression::compile(text, options);
}

TEST(Expression, KnowsTheColumnsItReads) {
  const auto expression = compiled("備考 & No & 備考", {.columns = kColumns});
  EXPECT_THAT(expression.columns(), ElementsAre(0, 2));
}

TEST(Expression, OutlivesTheTextAndTheColumnsItWasMadeOf) {
  auto text = std::make_unique<std::string>("患者_居住地 & '!'");
  auto columns = std::make_unique<std::vector<std::string>>(kColumns);
  const auto expression = compiled(*text, {.columns = *columns});
  text.reset();
  columns.reset();
  const std::vector<std::string_view> row = {"1", "港区", ""};
  Evaluation evaluation;
  EXPECT_EQ(to_text(evaluation.run(expression, row)->front()), "港区!");
}

TEST(Expression, CellsAndTextsGiveTheSame) {
  const std::string_view text = "港区";
  std::vector<document::Cell> cells(2);
  cells[1] = {
      .data = text.data(), .size = static_cast<std::uint32_t>(text.size()), .kind = document::CellKind::text};
  Evaluation evaluation;
  EXPECT_EQ(to_text(evaluation.run(compiled("患者_居住地", {.columns = kColumns}), cells)->front()), "港区");
  EXPECT_THAT(*evaluation.run(compiled("備考", {.columns = kColumns}), cells), IsEmpty());
}

TEST(Expression, IsSharedByThreads) {
  const auto expression = compiled("患者_居住地.replace('区', 'ku').upper()", {.columns = kColumns});
  const auto work = [&] {
    Evaluation evaluation;
    const std::vector<std::string_view> row = {"1", "港区", ""};
    for (int turn = 0; turn < 1000; ++turn)
      ASSERT_EQ(to_text(evaluation.run(expression, row)->front()), "港KU");
  };
  std::thread other(work);
  work();
  other.join();
}

TEST(Expression, NowIsTheSameThroughoutARun) {
  Evaluation evaluation;
  EXPECT_EQ(to_text(evaluation.run(compiled("now() = now()"))->front()), "true");
}

TEST(Expression, TraceReachesTheSink) {
  testing::TestServices services;
  Evaluation evaluation(services.services());
  ASSERT_TRUE(evaluation.run(compiled("(1 | 2).trace('all').first().trace('one')")));
  EXPECT_THAT(services.trace.lines, ElementsAre("all 2", "one 1"));
}

TEST(Expression, GivenVariablesAreSeen) {
  const auto value = Value::of_text("x");
  const std::vector<Variable> variables = {{"v", {&value, 1}}};
  Evaluation evaluation({.variables = variables});
  EXPECT_EQ(to_text(evaluation.run(compiled("%v & 'y'"))->front()), "xy");
  EXPECT_EQ(evaluation.run(compiled("1.defineVariable('v')")).error().code(),
            "fhirpath.run.variable_defined");
}

TEST(Expression, MissingServicesAreErrors) {
  Evaluation evaluation;
  EXPECT_EQ(evaluation.run(compiled("'x'.municipality()")).error().code(), "fhirpath.run.places_missing");
  EXPECT_EQ(evaluation.run(compiled("'x'.memberOf('u')")).error().code(), "fhirpath.run.terminology_missing");
}

TEST(Expression, AFailedRunLeavesTheEvaluationUsable) {
  Evaluation evaluation;
  EXPECT_TRUE(evaluation.run(compiled("(1 | 2).single()")).has_error());
  EXPECT_EQ(to_text(evaluation.run(compiled("1 + 1"))->front()), "2");
}

TEST(Expression, EveryExampleOfTheFunctionTableCompiles) {
  for (const auto& function : functions()) {
    EXPECT_TRUE(Expression::compile(function.example, {.model = &fhir::r4_types()}))
        << function.name << ": " << function.example;
    EXPECT_NE(function.example.find(std::string(function.name) + "("), std::string_view::npos)
        << function.name;
  }
}

TEST(PortableForm, PutsOnlyWhatNeedsItBetweenBackticks) {
  EXPECT_EQ(*portable_form("患者_居住地.municipality('13') & No"), "`患者_居住地`.municipality('13') & No");
  EXPECT_EQ(*portable_form("%値 + `氏 名`"), "%`値` + `氏 名`");
  EXPECT_EQ(*portable_form("'患者' /* 患者 */"), "'患者' /* 患者 */");
  EXPECT_TRUE(portable_form("患者 +").has_error());
}

TEST(QuotedName, IsReadBackAsTheName) {
  EXPECT_EQ(quoted_name("患者_居住地"), "患者_居住地");
  EXPECT_EQ(quoted_name("氏 名"), "`氏 名`");
  EXPECT_EQ(quoted_name("a`b\\c"), "`a\\`b\\\\c`");
  const std::vector<std::string> columns = {"a`b\\c"};
  EXPECT_TRUE(Expression::compile(quoted_name(columns[0]), {.columns = columns}));
}

TEST(Resource, NumbersKeepTheirText) {
  const auto resource = Resource::from_json(
      R"({"resourceType":"Observation","valueQuantity":{"value":1.50}})", "o", {}, &fhir::r4_types());
  Evaluation evaluation;
  EXPECT_EQ(
      to_text(evaluation.run(compiled("value.value", {.model = &fhir::r4_types()}), *resource)->front()),
      "1.50");
  EXPECT_EQ(to_json(evaluation.run(compiled("value", {.model = &fhir::r4_types()}), *resource)->front()),
            R"({"value":1.50})");
  EXPECT_EQ(to_json(evaluation.run(compiled("$this", {.model = &fhir::r4_types()}), *resource)->front()),
            R"({"resourceType":"Observation","valueQuantity":{"value":1.50}})");
}

}  // namespace
}  // namespace musubi::fhirpath
