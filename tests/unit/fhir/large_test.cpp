// Documents of a size at which whatever looks at all for each would take minutes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "musubi/fhir/codec.h"
#include "musubi/fhir/validation.h"
#include "musubi/fhir/view.h"

namespace musubi::fhir {
namespace {

constexpr std::size_t kMany = 100'000;

/// What `make` yields for each number, with commas between.
template <class Make>
std::string listed(std::size_t count, const Make& make) {
  std::string all;
  for (std::size_t each = 0; each < count; ++each)
    (all += each == 0 ? "" : ",") += make(std::to_string(each));
  return all;
}

std::string bundle(const std::string& type, const std::string& entries) {
  return R"({"resourceType":"Bundle","type":")" + type + R"(","entry":[)" + entries + "]}";
}

std::string uuid(std::size_t number) {
  char text[64];
  std::snprintf(text, sizeof text, "urn:uuid:00000000-0000-4000-8000-%012zx", number);
  return text;
}

constexpr auto kNarrative =
    R"("text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>"})";

std::string patient(const std::string& number) {
  return R"({"resourceType":"Patient","id":"p)" + number + R"(",)" + kNarrative + R"(,"gender":"female"})";
}
std::string condition(const std::string& number, const std::string& subject) {
  return R"({"resourceType":"Condition","id":"c)" + number + R"(",)" + kNarrative +
         R"(,"subject":{"reference":")" + subject + R"("}})";
}

/// Patients first, then a Condition of each.
std::string cases_of_patients(std::size_t count) {
  const auto patients = listed(count, [](const std::string& number) {
    return R"({"fullUrl":")" + uuid(std::stoul(number)) + R"(","resource":)" + patient(number) + "}";
  });
  const auto conditions = listed(count, [&](const std::string& number) {
    const auto place = std::stoul(number);
    return R"({"fullUrl":")" + uuid(count + place) + R"(","resource":)" + condition(number, uuid(place)) +
           "}";
  });
  return bundle("collection", patients + "," + conditions);
}

std::vector<Issue> issues_of(const std::string& bytes) {
  static const Validator kValidator;
  const auto resource = read_resource(bytes, "test", Format::json, {});
  if (resource.has_error()) return {{Severity::fatal, IssueType::structure, resource.error()}};
  return kValidator.validate(*resource, bytes);
}

std::size_t count_of(const std::vector<Issue>& issues, std::string_view code) {
  return static_cast<std::size_t>(
      std::ranges::count_if(issues, [&](const Issue& each) { return each.what.code() == code; }));
}

TEST(Large, EveryCaseOfABundleFindsItsPatient) { EXPECT_TRUE(issues_of(cases_of_patients(kMany)).empty()); }

TEST(Large, RelativeReferencesFindTheirEntries) {
  const auto entries = listed(kMany, [](const std::string& number) {
    return R"({"fullUrl":"https://h.test/fhir/Patient/p)" + number + R"(","resource":)" + patient(number) +
           R"(},{"fullUrl":"https://h.test/fhir/Condition/c)" + number + R"(","resource":)" +
           condition(number, "Patient/p" + number) + "}";
  });
  EXPECT_TRUE(issues_of(bundle("collection", entries)).empty());
}

TEST(Large, ReferencesFindWhatIsContained) {
  const auto contained = listed(kMany, [](const std::string& number) {
    return R"({"resourceType":"Patient","id":"p)" + number + R"("})";
  });
  const auto list = [&](const std::string& begin) {
    return R"({"resourceType":"List",)" + std::string(kNarrative) +
           R"(,"status":"current","mode":"working","contained":[)" + contained + R"(],"entry":[)" +
           listed(kMany,
                  [&](const std::string& number) {
                    return R"({"item":{"reference":")" + begin + number + R"("}})";
                  }) +
           "]}";
  };
  EXPECT_FALSE(has_error(issues_of(list("#p"))));
  EXPECT_TRUE(has_error(issues_of(list("#q"))));
}

TEST(Large, WhatIsContainedMayReferToItsContainer) {
  const auto contained = listed(kMany, [](const std::string& number) {
    return R"({"resourceType":"Condition","id":"c)" + number +
           R"(","clinicalStatus":{"coding":[{"code":"active","system":"http://terminology.hl7.org/CodeSystem/condition-clinical"}]},)" +
           R"("subject":{"reference":"#"}})";
  });
  const auto issues = issues_of(R"({"resourceType":"Patient",)" + std::string(kNarrative) +
                                R"(,"contained":[)" + contained + "]}");
  EXPECT_FALSE(has_error(issues));
  EXPECT_EQ(count_of(issues, "fhir.invariant_not_judged"), 0U);
}

TEST(Large, VersionsOfOneResourceAreToldApart) {
  const auto entries = listed(kMany, [](const std::string& number) {
    return R"({"fullUrl":"https://h.test/fhir/Patient/p","resource":{"resourceType":"Patient","id":"p",)" +
           std::string(kNarrative) + R"(,"meta":{"versionId":")" + number +
           R"("},"link":[{"type":"seealso","other":{"reference":"https://h.test/fhir/Patient/p/_history/)" +
           number + R"("}}]}})";
  });
  EXPECT_EQ(count_of(issues_of(bundle("message", entries)), "fhir.reference_version"), 0U);
}

TEST(Large, PlacesAmongBrothersAreCountedOnce) {
  constexpr std::size_t kNames = 1'400'000, kFaulty = 500;
  std::string names;
  for (std::size_t each = 0; each < kNames; ++each)
    names += each + kFaulty < kNames ? R"({"text":"a"},)" : R"({"use":"x"},)";
  names.pop_back();
  const auto issues =
      issues_of(R"({"resourceType":"Patient",)" + std::string(kNarrative) + R"(,"name":[)" + names + "]}");
  ASSERT_EQ(issues.size(), kFaulty);
  EXPECT_EQ(issues.back().what.path(), "Patient.name[1399999].use");
}

TEST(Large, ViewsFindWhatTheirPathsLeadTo) {
  const document::ResourceView view{
      "Condition",
      "",
      {},
      {{"patient", "subject.resolve().ofType(Patient).id"},
       {"first", "%bundle.entry.resource.ofType(Patient).first().gender"},
       {"none", "%bundle.entry.resource.ofType(Composition).date | %resources.ofType(Composition).date"}}};
  auto reader = open_view(document::ByteSource::of_text(cases_of_patients(kMany), "test"), view);
  ASSERT_FALSE(reader.has_error());
  document::RowBatch batch;
  std::size_t rows = 0;
  while ((*reader)->read(batch, 1000).value() != 0) {
    EXPECT_TRUE(batch.faults().empty());
    for (std::size_t row = 0; row < batch.size(); ++row, ++rows) {
      ASSERT_EQ(batch.row(row)[0].text(), "p" + std::to_string(rows));
      ASSERT_EQ(batch.row(row)[1].text(), "female");
      ASSERT_EQ(batch.row(row)[2].text(), "");
    }
  }
  EXPECT_EQ(rows, kMany);
}

TEST(Large, ViewsLookOnceThroughWhatIsAboutOnePerson) {
  const auto entries = listed(kMany, [](const std::string& number) {
    return R"({"resource":{"resourceType":"Condition","id":")" + number +
           R"(","subject":{"reference":"Patient/)" + (std::stoul(number) % 2 == 0 ? "a" : "b") + R"("}}})";
  });
  const document::ResourceView view{
      "Condition",
      "",
      {{"wanted", {"x"}}},
      {{"none", "%same_subject.ofType(Condition).exists(code.coding.exists(code in %wanted))"},
       {"count", "%same_subject.count()"}}};
  auto reader = open_view(document::ByteSource::of_text(bundle("collection", entries), "test"), view);
  ASSERT_FALSE(reader.has_error());
  document::RowBatch batch;
  std::size_t rows = 0;
  while ((*reader)->read(batch, 1000).value() != 0)
    for (std::size_t row = 0; row < batch.size(); ++row, ++rows) {
      ASSERT_EQ(batch.row(row)[0].text(), "false");
      ASSERT_EQ(batch.row(row)[1].text(), "50000");
    }
  EXPECT_EQ(rows, kMany);
}

TEST(Large, AnUnknownProfileIsToldOnceWhereItFirstStands) {
  const auto entries = listed(kMany, [](const std::string& number) {
    return R"({"fullUrl":")" + uuid(std::stoul(number)) + R"(","resource":{"resourceType":"Patient",)" +
           std::string(kNarrative) + R"(,"meta":{"profile":["http://p.test/a|)" + number + R"("]}}})";
  });
  const auto issues = issues_of(bundle("collection", entries));
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].what.code(), "fhir.profile_unknown");
  EXPECT_EQ(issues[0].what.path(), "Bundle.entry[0].resource.meta.profile[0]");
}

}  // namespace
}  // namespace musubi::fhir
