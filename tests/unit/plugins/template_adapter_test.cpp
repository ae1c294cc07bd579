// The adapter that authors start from, with its mapping and its sample, as they are in plugins/template.
#include "adapter_fixture.h"
#include "musubi/base/file.h"
#include "musubi/mapping/mapping.h"

namespace musubi::template_adapter {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(MUSUBI_PROJECT_FOLDER) / "plugins/template";
constexpr const char* kSample = "mihon_positive_cases_2020-04-20.csv";

class TemplateAdapterTest : public musubi::testing::AdapterTest {
 protected:
  static std::shared_ptr<const mapping::Mapping> mapping() {
    auto loaded = mapping::Mapping::load(kFolder / "mapping/positive-cases.yaml",
                                         {services().catalogue(), services().value_sets()});
    EXPECT_TRUE(loaded.has_value()) << base::describe(base::Language::english, loaded.error());
    return loaded.has_value() ? *loaded : nullptr;
  }

  static plugin::Layout layout_of(const mapping::Head& head) {
    auto layout = musubi::testing::layout_of(head.id, head.version, head.columns, head.reads);
    layout.required_columns = head.required_columns;
    return layout;
  }

  static plugin::Submission sample(const std::string& name) {
    const auto bytes = base::read_file(kFolder / "sample" / kSample, 1U << 20);
    EXPECT_TRUE(bytes.has_value());
    return of_text(*bytes, name);
  }
};

TEST_F(TemplateAdapterTest, SampleIsReadAndMappedWithoutAFinding) {
  const auto source = make("mihon", {});
  const auto rules = mapping();
  ASSERT_TRUE(source != nullptr && rules != nullptr);
  const auto given = sample(kSample);
  const auto parts = source->recognise(given, std::vector{layout_of(rules->head())});
  ASSERT_TRUE(parts.has_value()) << base::describe(base::Language::english, parts.error());
  EXPECT_EQ(parts->front().as_of, musubi::testing::day(2020, 4, 20));
  const auto reader = source->open(given, parts->front());
  ASSERT_TRUE(reader.has_value());
  const auto bound = rules->bind((*reader)->columns());
  ASSERT_TRUE(bound.has_value());
  document::RowBatch rows;
  ASSERT_TRUE((*reader)->read(rows, 100).has_value());
  model::RecordBatch records(bound->layout());
  EXPECT_EQ(bound->apply(rows, records).records, 3U);
  EXPECT_TRUE(records.findings().empty());
}

TEST_F(TemplateAdapterTest, DraftsAreRefusedUnlessConfigured) {
  const auto name = "draft_" + std::string(kSample);
  const auto rules = mapping();
  ASSERT_NE(rules, nullptr);
  const std::vector layouts{layout_of(rules->head())};
  const auto refused = make("mihon", {})->recognise(sample(name), layouts);
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code(), "adapter.refused");
  EXPECT_NE(base::describe(base::Language::japanese, refused.error()).find("下書き"), std::string::npos);
  EXPECT_TRUE(make("mihon", {{"accept_drafts", "yes"}})->recognise(sample(name), layouts).has_value());
}

}  // namespace
}  // namespace musubi::template_adapter
