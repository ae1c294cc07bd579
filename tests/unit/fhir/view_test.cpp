// Resources as rows: which they are, what their cells hold, and where it stood.
#include "musubi/fhir/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "musubi/fhir/collection.h"

namespace musubi::fhir {
namespace {

using document::ResourceView;
using document::RowBatch;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::shared_ptr<const Collection> collection_of(const std::string& bytes) {
  auto collection = Collection::of_text(bytes, "test", {});
  EXPECT_FALSE(collection.has_error());
  return collection.has_error() ? std::make_shared<const Collection>() : *collection;
}

std::string shown_row(const RowBatch& batch, std::size_t row) {
  std::string text;
  for (const auto& cell : batch.row(row))
    text += (&cell == batch.row(row).data() ? "" : "|") + std::string(cell.text());
  for (const auto& fault : batch.faults())
    if (fault.row_index == row) text += "!" + std::string(fault.code);
  return text;
}

/// Row by row, cells between bars, faults behind an exclamation mark; few rows at a time.
std::vector<std::string> rows_in(const std::string& bytes, const ResourceView& view,
                                 std::size_t at_a_time = 2) {
  auto reader = open_view(document::ByteSource::of_text(bytes, "test"), view);
  if (reader.has_error()) return {reader.error().code()};
  std::vector<std::string> rows;
  RowBatch batch;
  while ((*reader)->read(batch, at_a_time).value() != 0)
    for (std::size_t row = 0; row < batch.size(); ++row) rows.push_back(shown_row(batch, row));
  return rows;
}

constexpr const char* kBundle = R"({"resourceType":"Bundle","type":"collection","id":"all","entry":[
 {"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","resource":{"resourceType":"Patient","id":"p",
   "name":[{"text":"試験 太郎","given":["太","郎"]}],"birthDate":"1980-02-03"}},
 {"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},
   "code":{"coding":[{"code":"U07.1"},{"code":"840539006"}]}}},
 {"resource":{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"a"},
   "subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},"valueInteger":3}},
 {"resource":{"resourceType":"Observation","id":"o2","status":"final","code":{"text":"b"},
   "subject":{"reference":"urn:uuid:22222222-2222-4222-8222-222222222222"}}}]})";

struct ViewCase {
  const char* name;
  std::string bytes;
  ResourceView view;
  std::vector<std::string> rows;
};

std::vector<ViewCase> cases_of_rows() {
  return {
      {"each_resource_of_the_type_is_a_row", kBundle, {"Observation", "", {}, {{"id", "id"}}}, {"o1", "o2"}},
      {"where_chooses",
       kBundle,
       {"Observation", "value.exists()", {}, {{"id", "id"}, {"value", "value"}}},
       {"o1|3"}},
      {"a_condition_that_fails_does_not_hold",
       kBundle,
       {"Condition", "code.coding.code = 'x' or code.coding.single().exists()", {}, {{"id", "id"}}},
       {}},
  };
}

std::vector<ViewCase> cases_of_cells() {
  return {
      {"values_are_joined",
       kBundle,
       {"Condition", "", {}, {{"codes", "code.coding.code"}}},
       {"U07.1;840539006"}},
      {"constants_have_names",
       kBundle,
       {"Condition",
        "code.coding.exists(code in %wanted)",
        {{"wanted", {"x", "U07.1"}}},
        {{"n", "%wanted.count()"}}},
       {"2"}},
      {"references_lead_to_entries",
       kBundle,
       {"Condition", "", {}, {{"name", "subject.resolve().ofType(Patient).name.text"}}},
       {"試験 太郎"}},
      {"the_bundle_has_a_name",
       kBundle,
       {"Condition", "", {}, {{"id", "%bundle.id"}, {"type", "%bundle.type"}}},
       {"all|collection"}},
      {"the_others_have_a_name",
       kBundle,
       {"Condition", "", {}, {{"n", "%resources.count()"}, {"o", "%resources.ofType(Observation).id"}}},
       {"4|o1;o2"}},
      {"those_about_the_same_person",
       kBundle,
       {"Condition", "", {}, {{"ids", "%same_subject.id"}}},
       {"c;o1"}},
      {"lists_are_objects",
       kBundle,
       {"Condition",
        "",
        {},
        {{"tests",
          "%resources.ofType(Observation)",
          {{"id", "id"}, {"value", "value"}, {"who", "%context.status"}}}}},
       {R"([{"id":"o1","value":"3","who":"final"},{"id":"o2","who":"final"}])"}},
      {"lists_choose_by_what_their_items_say",
       kBundle,
       {"Condition",
        "",
        {{"wanted", {"b", "c"}}},
        {{"tests", "%resources.ofType(Observation).where(code.text in %wanted)", {{"id", "id"}}}}},
       {R"([{"id":"o2"}])"}},
      {"an_empty_list_is_an_empty_cell",
       kBundle,
       {"Condition", "", {}, {{"tests", "%resources.ofType(Encounter)", {{"id", "id"}}}}},
       {""}},
      {"a_path_that_fails_is_a_fault_of_its_row",
       kBundle,
       {"Observation",
        "",
        {},
        {{"id", "id"}, {"one", "iif(value.exists(), code.text | status, id).single()"}}},
       {"o1|!fhir.view_failed", "o2|o2"}},
  };
}

std::vector<ViewCase> cases_of_lines() {
  const std::string lines =
      R"({"resourceType":"Patient","id":"1","gender":"male"})"
      "\n\n"
      R"({"resourceType":"Condition","id":"a","subject":{"reference":"Patient/1"}})"
      "\nno resource\n"
      R"({"resourceType":"Condition","id":"b","subject":{"reference":"https://example.org/fhir/Patient/1/_history/2"}})"
      "\n"
      R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/2"}})";
  const std::string two_bundles =
      R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Condition","id":"a","subject":{"reference":"Patient/1"}}},{"resource":{"resourceType":"Flag","id":"f","status":"active","code":{"text":"x"},"subject":{"reference":"Patient/1"}}}]})"
      "\n"
      R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Condition","id":"b","subject":{"reference":"Patient/1"}}}]})";
  return {
      {"references_lead_across_lines",
       lines,
       {"Condition", "", {}, {{"id", "id"}, {"sex", "subject.resolve().ofType(Patient).gender"}}},
       {"a|male", "b|male", "c|", "|!fhir.line_not_read"}},
      {"the_same_person_across_lines_however_the_reference_is_written",
       lines,
       {"Condition", "", {}, {{"ids", "%same_subject.id"}}},
       {"a;b", "a;b", "c", "!fhir.line_not_read"}},
      {"a_line_is_no_bundle",
       lines,
       {"Condition", "id = 'a'", {}, {{"b", "%bundle.exists()"}}},
       {"false", "!fhir.line_not_read"}},
      {"bundles_of_other_lines_have_other_patients",
       two_bundles,
       {"Condition", "", {}, {{"ids", "%same_subject.id"}}},
       {"a;f", "b"}},
  };
}

std::vector<ViewCase> cases_of_wrappings() {
  return {
      {"parameters_may_hold_a_bundle",
       R"({"resourceType":"Parameters","parameter":[{"name":"content","resource":)" + std::string(kBundle) +
           "}]}",
       {"Patient", "", {}, {{"id", "id"}, {"bundle", "%bundle.id"}}},
       {"p|all"}},
      {"a_bundle_may_hold_a_bundle",
       R"({"resourceType":"Bundle","id":"outer","type":"collection","entry":[{"resource":)" +
           std::string(kBundle) + "}]}",
       {"Patient", "", {}, {{"id", "id"}, {"bundle", "%bundle.id"}}},
       {"p|all"}},
      {"one_resource_is_enough",
       R"({"resourceType":"Patient","id":"p"})",
       {"Patient", "", {}, {{"id", "id"}}},
       {"p"}},
      {"contained_resources_are_no_rows",
       R"({"resourceType":"Condition","subject":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p"}]})",
       {"Patient", "", {}, {{"id", "id"}}},
       {}},
      {"xml_is_read_like_json",
       R"(<Patient xmlns="http://hl7.org/fhir"><id value="p"/><name><given value="太"/><given value="郎"/></name></Patient>)",
       {"Patient", "", {}, {{"id", "id"}, {"given", "name.given"}}},
       {"p|太;郎"}},
      {"an_element_with_extensions_only_is_an_empty_cell",
       R"({"resourceType":"Patient","_birthDate":{"extension":[{"url":"http://a.test/x","valueCode":"unknown"}]}})",
       {"Patient", "", {}, {{"born", "birthDate"}}},
       {""}},
      {"a_byte_order_mark_is_no_part_of_it",
       "\xEF\xBB\xBF"
       R"({"resourceType":"Patient","id":"p"})",
       {"Patient", "", {}, {{"id", "id"}}},
       {"p"}},
  };
}

std::vector<ViewCase> view_cases() {
  std::vector<ViewCase> all;
  for (auto&& some : {cases_of_rows(), cases_of_cells(), cases_of_lines(), cases_of_wrappings()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

class Views : public ::testing::TestWithParam<ViewCase> {};

TEST_P(Views, give_these_rows) {
  const auto& [name, bytes, view, rows] = GetParam();
  EXPECT_EQ(rows_in(bytes, view), rows);
  EXPECT_EQ(rows_in(bytes, view, 1000), rows) << "however many are read at a time";
}

INSTANTIATE_TEST_SUITE_P(View, Views, ::testing::ValuesIn(view_cases()),
                         [](const auto& each) { return std::string(each.param.name); });

struct RefusedCase {
  const char* name;
  std::string bytes;
  ResourceView view;
  std::string code;
};

class RefusedViews : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedViews, say_why) {
  const auto& [name, bytes, view, code] = GetParam();
  EXPECT_THAT(rows_in(bytes, view), ElementsAre(code));
}

INSTANTIATE_TEST_SUITE_P(
    View, RefusedViews,
    ::testing::Values(RefusedCase{"nothing", "  \n", {"Patient", "", {}, {}}, "fhir.empty"},
                      RefusedCase{"neither_json_nor_xml",
                                  "id,name\n",
                                  {"Patient", "", {}, {}},
                                  "fhir.neither_json_nor_xml"},
                      RefusedCase{"a_constant_that_is_none",
                                  R"({"resourceType":"Patient"})",
                                  {"Patient", "id in %wantde", {{"wanted", {"a"}}}, {{"x", "id"}}},
                                  "fhirpath.type.variable_unknown"},
                      RefusedCase{"a_path_to_nowhere",
                                  R"({"resourceType":"Patient"})",
                                  {"Patient", "", {}, {{"x", "nmae"}}},
                                  "fhirpath.type.element_near"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ViewPlaces, CellsAndRowsKnowTheirBytesAndLines) {
  const std::string bytes(kBundle);
  auto reader = open_view(document::ByteSource::of_text(bytes, "test"),
                          {"Condition",
                           "",
                           {},
                           {{"code", "code.coding.code.first()"},
                            {"born", "subject.resolve().ofType(Patient).birthDate"},
                            {"made", "'made'"},
                            {"given", "subject.resolve().ofType(Patient).name.given"},
                            {"ids", "%bundle.entry.resource.id"}}});
  ASSERT_FALSE(reader.has_error());
  RowBatch batch;
  ASSERT_EQ((*reader)->read(batch, 10).value(), 1U);
  const auto& origin = batch.origin(0);
  const auto row = bytes.substr(origin.byte, origin.length);
  EXPECT_TRUE(row.starts_with(R"({"resourceType":"Condition")")) << row;
  EXPECT_TRUE(row.ends_with("}}")) << row;
  EXPECT_EQ(origin.line, 4U);
  const auto source = [&](std::size_t column) {
    const auto& cell = batch.row(0)[column];
    return bytes.substr(cell.source_byte, cell.source_length);
  };
  EXPECT_THAT(source(0), HasSubstr("U07.1"));
  EXPECT_THAT(source(1), HasSubstr("1980-02-03"));
  EXPECT_EQ(source(2), row) << "what stands nowhere is of the whole row";
  EXPECT_EQ(source(3), R"({"text":"試験 太郎","given":["太","郎"]})") << "what is around all of them";
  EXPECT_EQ(source(4), row) << "they stand in no resource together";
}

TEST(ViewPlaces, XmlHasThemToo) {
  const std::string bytes =
      "<Bundle xmlns=\"http://hl7.org/fhir\">\n<type value=\"collection\"/>\n<entry><resource>\n"
      "<Patient><gender value=\"male\"/></Patient>\n</resource></entry></Bundle>";
  auto reader =
      open_view(document::ByteSource::of_text(bytes, "test"), {"Patient", "", {}, {{"sex", "gender"}}});
  ASSERT_FALSE(reader.has_error());
  RowBatch batch;
  ASSERT_EQ((*reader)->read(batch, 10).value(), 1U);
  const auto& origin = batch.origin(0);
  EXPECT_EQ(origin.line, 4U);
  EXPECT_EQ(bytes.substr(origin.byte, origin.length), R"(<Patient><gender value="male"/></Patient>)");
  const auto& cell = batch.row(0)[0];
  EXPECT_THAT(bytes.substr(cell.source_byte, cell.source_length), HasSubstr("male"));
}

TEST(ViewPlaces, LinesAreThoseOfTheFile) {
  const std::string bytes = R"({"resourceType":"Patient","id":"1"})"
                            "\n\nbroken\n"
                            R"({"resourceType":"Patient","id":"2"})"
                            "\n";
  auto reader = open_view(document::ByteSource::of_text(bytes, "test"), {"Patient", "", {}, {{"id", "id"}}});
  ASSERT_FALSE(reader.has_error());
  RowBatch batch;
  ASSERT_EQ((*reader)->read(batch, 10).value(), 3U);
  std::vector<std::uint64_t> lines;
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < batch.size(); ++row) {
    lines.push_back(batch.origin(row).line);
    texts.push_back(bytes.substr(batch.origin(row).byte, batch.origin(row).length));
  }
  EXPECT_THAT(lines, ElementsAre(1, 4, 3));
  EXPECT_THAT(texts, ElementsAre(R"({"resourceType":"Patient","id":"1"})",
                                 R"({"resourceType":"Patient","id":"2"})", "broken"));
  EXPECT_EQ((*reader)->consumed(), bytes.size());
}

TEST(ViewSelections, HoldRowsAndLeaveBrokenLinesToAnother) {
  const auto collection = collection_of(R"({"resourceType":"Patient","id":"1"})"
                                        "\nbroken\n"
                                        R"({"resourceType":"Patient","id":"2"})");
  const auto view = View::compile({"Patient", "", {}, {{"id", "id"}}});
  ASSERT_FALSE(view.has_error());
  const auto rows = rows_of(*collection, **view);
  ASSERT_THAT(rows, ElementsAre(0, 1));
  auto reader = open_view(collection, *view, {rows, {false, true}, false});
  RowBatch batch;
  ASSERT_EQ(reader->read(batch, 10).value(), 2U);
  EXPECT_EQ(shown_row(batch, 0), "1");
  EXPECT_EQ(shown_row(batch, 1), "2!fhir.entry_invalid");
}

TEST(Collections, KnowTheElementThatBeginsAtAByte) {
  const std::string first = R"({"resourceType":"Patient","name":[{"text":"a"},{"text":"b"}]})";
  const std::string lines =
      "\xEF\xBB\xBF" + first + "\n" + R"({"resourceType":"Patient","birthDate":"1980"})" + "\n";
  const std::set<std::uint64_t> bytes = {
      0, 3, lines.find("\"b\""), lines.find("\"1980\""), lines.size(), 1'000'000};
  EXPECT_THAT(collection_of(lines)->paths_at(bytes),
              ElementsAre(testing::Pair(3, "Patient"),
                          testing::Pair(*std::next(bytes.begin(), 2), "Patient.name[1].text"),
                          testing::Pair(*std::next(bytes.begin(), 3), "Patient.birthDate")));
  const std::string xml =
      R"(<Patient xmlns="http://hl7.org/fhir"><birthDate id="b" value="1980"/></Patient>)";
  EXPECT_THAT(collection_of(xml)->paths_at({xml.find("<birthDate")}),
              ElementsAre(testing::Pair(xml.find("<birthDate"), "Patient.birthDate")));
}

TEST(Collections, TellDocumentsMembersAndLines) {
  const auto bundle = collection_of(kBundle);
  EXPECT_FALSE(bundle->is_lines());
  EXPECT_EQ(bundle->documents().size(), 1U);
  EXPECT_EQ(bundle->members().size(), 4U);
  EXPECT_EQ(bundle->text_of(bundle->documents()[0]), kBundle);
  EXPECT_EQ(bundle->find("Patient/p"), nullptr) << "entries find each other without it";
  const auto lines = collection_of(R"({"resourceType":"Patient","id":"1"})"
                                   "\nbroken\n"
                                   R"({"resourceType":"Patient","id":"2"})");
  EXPECT_TRUE(lines->is_lines());
  ASSERT_EQ(lines->broken().size(), 1U);
  EXPECT_EQ(lines->broken()[0].line, 2U);
  ASSERT_NE(lines->find("https://example.org/fhir/Patient/2/_history/1"), nullptr);
  EXPECT_EQ(lines->find("Patient/2"), &lines->documents()[1].resource);
  EXPECT_EQ(lines->find("Patient/3"), nullptr);
}

}  // namespace
}  // namespace musubi::fhir
