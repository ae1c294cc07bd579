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

/// One patient for every reference; counts how often it is asked.
class CountingResolver final : public ReferenceResolver {
 public:
  const Resource* resolve(std::string_view reference) noexcept override {
    ++asked;
    return reference == "Patient/other" ? &other_ : &patient_;
  }
  int asked = 0;

 private:
  static Resource read(const char* text) { return *Resource::from_json(text, "p", {}, &fhir::r4_types()); }
  Resource patient_ = read(R"({"resourceType":"Patient","gender":"female","birthDate":"1980-02-03"})");
  Resource other_ = read(R"({"resourceType":"Patient","gender":"male"})");
};

class SharedPartsTest : public ::testing::Test {
 protected:
  Expression of_family(std::string_view text) {
    return compiled(text, {.model = &fhir::r4_types(), .family = &family});
  }
  std::string run(const Expression& expression, const Resource& resource) {
    const auto found = evaluation.run(expression, resource);
    std::string all;
    for (const auto& each : *found) all += (all.empty() ? "" : ";") + to_text(each);
    return all;
  }
  static Resource observation(const std::string& subject) {
    return *Resource::from_json(R"({"resourceType":"Observation","subject":{"reference":")" + subject +
                                    R"("},"performer":[{"reference":"a"},{"reference":"Patient/other"}]})",
                                "o", {}, &fhir::r4_types());
  }

  CountingResolver resolver;
  Evaluation evaluation{{.resolver = &resolver}};
  SharedParts family;
  Resource one = observation("Patient/one"), other = observation("Patient/other");
};

TEST_F(SharedPartsTest, the_way_to_another_resource_is_gone_once_for_each_node) {
  const auto gender = of_family("subject.resolve().ofType(Patient).gender");
  const auto born = of_family("subject.resolve().ofType(Patient).birthDate | subject.resolve().gender");
  EXPECT_EQ(run(gender, one), "female");
  EXPECT_EQ(resolver.asked, 1);
  EXPECT_EQ(run(born, one), "1980-02-03;female") << "resolve() alone is another part than with ofType()";
  EXPECT_EQ(resolver.asked, 2);
  EXPECT_EQ(run(gender, other), "male");
  EXPECT_EQ(run(born, other), "male");
  EXPECT_EQ(resolver.asked, 4);
  EXPECT_EQ(run(gender, one), "female") << "only the node it is run on is remembered";
}

TEST_F(SharedPartsTest, what_is_asked_of_each_item_is_not_shared) {
  const auto each = of_family("performer.where(resolve().gender = 'male').reference");
  const auto all = of_family("performer.resolve().gender");
  EXPECT_EQ(run(each, one), "Patient/other");
  EXPECT_EQ(run(all, one), "female;male");
  EXPECT_EQ(run(each, one), "Patient/other");
}

TEST_F(SharedPartsTest, parts_with_other_names_types_or_arguments_are_others) {
  const auto patient = of_family("subject.resolve().ofType(Patient).gender");
  const auto group = of_family("subject.resolve().ofType(Group).exists()");
  const auto first = of_family("performer.where(reference = 'a').resolve().gender");
  const auto second = of_family("performer.where(reference = 'Patient/other').resolve().gender");
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_EQ(run(patient, one), "female");
    EXPECT_EQ(run(group, one), "false");
    EXPECT_EQ(run(first, one), "female");
    EXPECT_EQ(run(second, one), "male");
  }
}

TEST_F(SharedPartsTest, families_do_not_know_of_each_other) {
  SharedParts others;
  const auto ours = of_family("subject.resolve().gender");
  const auto theirs = compiled("performer.resolve().gender", {.model = &fhir::r4_types(), .family = &others});
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_EQ(run(ours, one), "female");
    EXPECT_EQ(run(theirs, one), "female;male");
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
