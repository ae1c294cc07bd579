// The shipped catalogue: complete, protected, and holding what other rooms and forms rely on.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "model_files.h"
#include "musubi/fields.h"

namespace musubi::model {
namespace {

using testing::real_catalogue;
using testing::real_value_sets;

TEST(ShippedCatalogue, FindsItsValueSets) {
  const auto checked = check_value_sets(*real_catalogue(), *real_value_sets());
  EXPECT_TRUE(checked.has_value()) << base::describe(base::Language::english, checked.error());
}

TEST(ShippedCatalogue, UsesEveryValueSet) {
  std::set<std::string> used{"absent", "municipality"};
  for (const Field& field : real_catalogue()->fields()) used.insert(field.value_set);
  for (const auto& id : real_value_sets()->ids()) EXPECT_TRUE(used.contains(id)) << id;
}

TEST(ShippedCatalogue, CoversEveryItemOfTheForm) {
  const auto fields = real_catalogue()->fields();
  for (const std::string item : {"1",  "2",  "3",  "4",  "5",  "6",  "7",   "8",   "9",   "10", "11",
                                 "12", "13", "14", "15", "16", "17", "18①", "18②", "18③", "19"})
    EXPECT_TRUE(std::ranges::any_of(fields, [&](const Field& field) {
      const auto at = field.source.find("発生届 " + item);
      if (at == std::string::npos) return false;
      const auto after = field.source.substr(at + std::string("発生届 ").size() + item.size(), 1);
      return after.empty() || after[0] < '0' || after[0] > '9';
    })) << item;
}

TEST(ShippedCatalogue, EveryNotificationFieldNamesItsArticle) {
  for (const Field& field : real_catalogue()->fields())
    if (field.tab == "発生届") {
      EXPECT_THAT(field.legal_articles, ::testing::Contains("12")) << field.id;
    }
}

TEST(ShippedCatalogue, EveryFieldSaysWhereItComesFrom) {
  for (const Field& field : real_catalogue()->fields()) EXPECT_FALSE(field.source.empty()) << field.id;
}

TEST(ShippedCatalogue, EveryTabHoldsFields) {
  for (const Term& tab : real_catalogue()->tabs())
    EXPECT_TRUE(std::ranges::any_of(real_catalogue()->fields(), [&](const Field& field) {
      return field.tab == tab.name;
    })) << tab.name;
}

TEST(ShippedCatalogue, NamesPhonesAndAddressesIdentifyDirectly) {
  const std::set<std::string_view> institutions{"report.facility.phone", "facility.phone"};
  for (const Field& field : real_catalogue()->fields()) {
    const bool reaches =
        field.type == FieldType::kanji || field.type == FieldType::kana || field.type == FieldType::phone;
    if (reaches && !institutions.contains(field.id)) {
      EXPECT_EQ(field.personal_class, PersonalClass::direct_identifier) << field.id;
    }
  }
}

TEST(ShippedCatalogue, FreeTextOfACaseIsNeverOperational) {
  for (const std::string_view id :
       {"report.remarks", "symptom.other", "movement.text", "contact.text", "journal.text"})
    EXPECT_EQ(real_catalogue()->find(id)->personal_class, PersonalClass::sensitive) << id;
}

TEST(ShippedCatalogue, ResearchProvisionHasAFieldForEveryColumn) {
  std::string sources;
  for (const Field& field : real_catalogue()->fields()) sources += field.source + "\n";
  for (const char* column :
       {"reportDate", "patientsAge", "patientsGender", "patientsAreaCode", "typeOfDiagnosis", "diagnosisDate",
        "specimenCollectionDate", "symptomOnsetDate", "deathDate", "severity", "necessityOfHospitalization",
        "statusOfHospitalization", "riskFactors", "timesOfVaccineDoses", "latestVaccinationDate",
        "vaccineSupplier"})
    EXPECT_NE(sources.find(column), std::string::npos) << column;
}

TEST(ShippedCatalogue, TypesOthersRelyOn) {
  const auto type_of = [](std::string_view id) { return real_catalogue()->find(id)->type; };
  EXPECT_EQ(type_of(fields::report_local_id), FieldType::identifier);
  EXPECT_EQ(type_of(fields::patient_residence_code), FieldType::municipality_code);
  EXPECT_EQ(type_of(fields::patient_age), FieldType::age);
  EXPECT_EQ(type_of(fields::symptom_codes), FieldType::code);
  EXPECT_TRUE(real_catalogue()->find(fields::symptom_codes)->repeats);
  EXPECT_EQ(type_of(fields::test), FieldType::group);
  EXPECT_EQ(real_catalogue()->find(fields::test_result)->group, real_catalogue()->number_of(fields::test));
  EXPECT_EQ(real_catalogue()->find(fields::count_positives)->kind, RecordKind::published_count);
  EXPECT_EQ(real_catalogue()->find(fields::report_local_id)->personal_class, PersonalClass::operational);
}

}  // namespace
}  // namespace musubi::model
