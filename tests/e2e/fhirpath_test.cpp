// `musubi fhirpath`: the same answers from JSON and XML, rows of tables, and errors that point at the place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "hub.h"

namespace {

using musubi::testing::Hub;
using musubi::testing::Outcome;
using testing::HasSubstr;

constexpr const char* kJson =
    R"({"resourceType":"Patient","active":true,"name":[{"use":"official","family":"結城","given":["花子","Hana"]}],
    "birthDate":"1964-10-10","extension":[{"url":"http://example.org/w","valueDecimal":54.50}],
    "address":[{"text":"新宿区\n西新宿"}]})";

constexpr const char* kXml =
    R"(<Patient xmlns="http://hl7.org/fhir"><extension url="http://example.org/w"><valueDecimal value="54.50"/></extension>
    <active value="true"/><name><use value="official"/><family value="結城"/><given value="花子"/><given value="Hana"/></name>
    <birthDate value="1964-10-10"/><address><text value="新宿区&#10;西新宿"/></address></Patient>)";

constexpr const char* kTable = "No,患者_居住地,患者_年代\n1,千代田区,40代\n2,新宿区,\n3,府中市,50代\n";

class Fhirpath : public ::testing::Test {
 protected:
  Outcome on(const char* name, const char* content, std::vector<std::string> arguments) const {
    const auto file = hub_.folder().write(name, content);
    arguments.insert(arguments.begin(), "fhirpath");
    arguments.insert(arguments.begin() + 2, file.string());
    return hub_.run(arguments);
  }

 private:
  Hub hub_;
};

TEST_F(Fhirpath, json_and_xml_give_the_same_lines) {
  for (const char* expression :
       {"Patient.name.given", "birthDate + 1 year", "extension('http://example.org/w').value",
        "name.where(use = 'official').select(family & given.first())", "address.text",
        "Patient.descendants().count() > 5"}) {
    const auto json = on("p.json", kJson, {expression});
    EXPECT_EQ(json.exit_code, 0) << json.err;
    EXPECT_FALSE(json.out.empty()) << expression;
    EXPECT_EQ(json.out, on("p.xml", kXml, {expression}).out) << expression;
  }
}

TEST_F(Fhirpath, one_result_a_line_with_its_type) {
  EXPECT_EQ(on("p.json", kJson, {"Patient.name.given"}).out, "string\t花子\nstring\tHana\n");
  EXPECT_EQ(on("p.json", kJson, {"address.text"}).out, "string\t新宿区\\n西新宿\n");
  EXPECT_EQ(on("p.json", kJson, {"name.where(use = 'old')"}).out, "");
}

TEST_F(Fhirpath, json_keeps_decimals_as_written) {
  EXPECT_EQ(on("p.json", kJson, {"extension.value | 1", "--json"}).out,
            "[{\"type\":\"decimal\",\"value\":54.50},{\"type\":\"integer\",\"value\":1}]\n");
}

TEST_F(Fhirpath, tables_row_by_row) {
  EXPECT_EQ(on("t.csv", kTable, {"患者_年代"}).out, "string\t40代\nstring\t50代\n");
  EXPECT_EQ(on("t.csv", kTable, {"患者_居住地.municipality('13')", "--row", "3"}).out, "string\t132063\n");
  EXPECT_EQ(on("t.csv", kTable, {"患者_年代", "--row", "2", "--json"}).out, "{\"row\":2,\"results\":[]}\n");
}

TEST_F(Fhirpath, an_error_points_at_its_place) {
  const auto outcome = on("p.json", kJson, {"Patient.name.givn", "--lang", "en"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("expression:1:14"));
  EXPECT_THAT(outcome.err, HasSubstr("\n  Patient.name.givn\n               ^\n"));
}

TEST_F(Fhirpath, the_mark_stands_under_japanese_too) {
  const auto outcome = on("t.csv", kTable, {"患者_年代 + 患者_住所"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("\n  患者_年代 + 患者_住所\n              ^\n"));
}

TEST_F(Fhirpath, what_is_no_document_is_refused) {
  EXPECT_EQ(on("p.json", "{\"resourceType\":", {"name"}).exit_code, 1);
  EXPECT_EQ(Hub().run({"fhirpath", "name", "/nonexistent.json"}).exit_code, 3);
}

}  // namespace
