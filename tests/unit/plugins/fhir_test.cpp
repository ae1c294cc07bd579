// The adapter of FHIR, as the hub has it.
#include "adapter_fixture.h"

namespace musubi::testing {
namespace {

constexpr const char* kSound = R"({"resourceType":"Patient","id":"1","gender":"female"})";
constexpr const char* kFaulty = R"({"resourceType":"Patient","id":"1","gender":"no such code"})";

class FhirAdapter : public AdapterTest {
 protected:
  void SetUp() override {
    document::ResourceView view;
    view.resource = "Patient";
    view.columns = {{"id", "id"}};
    auto layout = layout_of("fhir/patients", "2020-01-01", {"id"}, document::Shape::fhir);
    layout.view = std::make_shared<const document::ResourceView>(view);
    layouts_.push_back(layout);
    source_ = make("fhir", {});
    ASSERT_NE(source_, nullptr);
  }
  base::Result<std::vector<plugin::Part>> recognised(const char* json, const std::string& faultless_by) {
    auto submission = of_text(json, "patient.json");
    submission.faultless_by = faultless_by;
    return source_->recognise(submission, layouts_);
  }

  std::vector<plugin::Layout> layouts_;
  std::unique_ptr<plugin::Source> source_;
};

TEST_F(FhirAdapter, ReadsWhatIsRight) {
  const auto parts = recognised(kSound, "");
  ASSERT_FALSE(parts.has_error()) << base::describe(base::Language::english, parts.error());
  ASSERT_EQ(parts->size(), 1U);
  EXPECT_EQ(sound_rows(*source_, of_text(kSound, "patient.json"), parts->front()), 1U);
}

TEST_F(FhirAdapter, JudgesWhatWasNotJudged) {
  const auto parts = recognised(kFaulty, "");
  ASSERT_TRUE(parts.has_error());
  EXPECT_EQ(parts.error().code(), "fhir.invalid");
}

TEST_F(FhirAdapter, JudgesWhatWasJudgedByOtherRules) {
  const auto parts = recognised(kFaulty, "R4 with packages that it does not have");
  ASSERT_TRUE(parts.has_error());
  EXPECT_EQ(parts.error().code(), "fhir.invalid");
}

TEST_F(FhirAdapter, DoesNotJudgeAgainByTheSameRules) { EXPECT_FALSE(recognised(kFaulty, "R4").has_error()); }

}  // namespace
}  // namespace musubi::testing
