#include "musubi/model/catalogue.h"

#include <gmock/gmock.h>

#include <array>

#include "model_files.h"

namespace musubi::model {
namespace {

using musubi::testing::TemporaryFolder;
using testing::catalogue_of;
using testing::places_of;

constexpr std::string_view kFields = R"(record: case
defaults: { tab: 発生届, articles: ['12'], purposes: [surveillance], retention: P5Y }
fields:
  a.name: { ja: 名前, en: Name, type: kanji, class: direct_identifier }
  visit: { ja: 来訪, en: Visits, type: group, class: sensitive }
  visit.day: { ja: 日, en: Day, type: date, group: visit, class: sensitive, retention: P90D, articles: ['15', 44-3] }
  visit.heat: { ja: 体温, en: Heat, type: quantity, unit: Cel, group: visit, class: sensitive }
  a.sex: { ja: 性別, en: Sex, type: code, values: sex, class: quasi_identifier, repeats: true, required: true }
)";

TEST(Catalogue, ReadsEveryProperty) {
  const TemporaryFolder folder;
  const auto loaded = catalogue_of(folder, kFields);
  ASSERT_TRUE(loaded.has_value());
  const Catalogue& catalogue = **loaded;
  ASSERT_EQ(catalogue.fields().size(), 5u);
  const Field& day = *catalogue.find("visit.day");
  EXPECT_EQ(day.kind, RecordKind::case_report);
  EXPECT_EQ(day.type, FieldType::date);
  EXPECT_EQ(day.label.japanese, "日");
  EXPECT_EQ(day.retention, "P90D");
  EXPECT_EQ(day.tab, "発生届");
  EXPECT_THAT(day.legal_articles, ::testing::ElementsAre("15", "44-3"));
  EXPECT_THAT(day.purposes, ::testing::ElementsAre("surveillance"));
  EXPECT_EQ(day.group, catalogue.number_of("visit"));
  EXPECT_TRUE(catalogue.find("visit")->repeats);
  EXPECT_EQ(catalogue.find("visit.heat")->unit, "Cel");
  EXPECT_TRUE(catalogue.find("a.sex")->required);
  EXPECT_TRUE(catalogue.find("a.sex")->repeats);
  EXPECT_EQ(catalogue.find("a.sex")->value_set, "sex");
}

TEST(Catalogue, KnowsMembersAndNumbers) {
  const TemporaryFolder folder;
  const auto loaded = catalogue_of(folder, kFields);
  ASSERT_TRUE(loaded.has_value());
  const Catalogue& catalogue = **loaded;
  EXPECT_THAT(catalogue.members_of(catalogue.number_of("visit")),
              ::testing::ElementsAre(catalogue.number_of("visit.day"), catalogue.number_of("visit.heat")));
  EXPECT_EQ(catalogue.number_of("visit.night"), kNoField);
  EXPECT_EQ(catalogue.find("visit.night"), nullptr);
  EXPECT_EQ(catalogue.fields_of(RecordKind::case_report).size(), 5u);
  EXPECT_TRUE(catalogue.fields_of(RecordKind::published_count).empty());
  for (const Field& field : catalogue.fields()) EXPECT_EQ(&catalogue.at(field.number), &field);
}

TEST(Catalogue, SuggestsTheNearestId) {
  const TemporaryFolder folder;
  const auto loaded = catalogue_of(folder, kFields);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ((*loaded)->suggest("visit.dya"), "visit.day");
  EXPECT_EQ((*loaded)->suggest("something.else.altogether"), "");
  EXPECT_EQ((*loaded)->suggest("\xff\xfe"), "");
}

TEST(Catalogue, VersionFollowsTheBytes) {
  const TemporaryFolder one, other;
  const auto first = catalogue_of(one, kFields), same = catalogue_of(other, kFields);
  const TemporaryFolder third;
  const auto changed = catalogue_of(third, std::string(kFields) + "# a comment\n");
  EXPECT_EQ((*first)->version().size(), 64u);
  EXPECT_EQ((*first)->version(), (*same)->version());
  EXPECT_NE((*first)->version(), (*changed)->version());
}

TEST(Overlay, AddsFields) {
  const TemporaryFolder folder, site;
  const auto overlay =
      site.write("site.yaml",
                 "record: case\nfields:\n  site.ward: { ja: 病棟, en: Ward, type: text, class: "
                 "operational, purposes: [surveillance], retention: P1Y }\n");
  folder.write("00.yaml", testing::kVocabulary);
  folder.write("10.yaml", kFields);
  const auto loaded = Catalogue::load(folder.path(), std::array{overlay});
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ((*loaded)->fields().back().id, "site.ward");
}

TEST(Overlay, ChangesNothing) {
  const TemporaryFolder folder, site;
  const auto overlay = site.write("site.yaml",
                                  "record: case\nfields:\n  a.name: { ja: 名, en: N, type: text, class: "
                                  "operational, purposes: [surveillance], retention: P1Y }\n");
  folder.write("00.yaml", testing::kVocabulary);
  folder.write("10.yaml", kFields);
  const auto loaded = Catalogue::load(folder.path(), std::array{overlay});
  ASSERT_TRUE(loaded.has_error());
  EXPECT_THAT(places_of(loaded.error()), ::testing::ElementsAre("catalogue.overlay_changes@3:3"));
  EXPECT_EQ(loaded.error().place().file, overlay.string());
  EXPECT_EQ(loaded.error().path(), "a.name");
}

TEST(Catalogue, DefinesAFieldInOneFileOnly) {
  const TemporaryFolder folder;
  folder.write("00.yaml", testing::kVocabulary);
  folder.write("10.yaml", kFields);
  folder.write("20.yaml", kFields);
  const auto loaded = Catalogue::load(folder.path());
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(loaded.error().code(), "catalogue.twice");
  EXPECT_EQ(loaded.error().place().file, (folder.path() / "20.yaml").string());
}

TEST(Catalogue, NeedsAFolderWithFiles) {
  const TemporaryFolder folder;
  EXPECT_EQ(Catalogue::load(folder.path() / "none").error().code(), "file.not_found");
  EXPECT_EQ(Catalogue::load(folder.path()).error().code(), "catalogue.no_files");
}

TEST(Catalogue, ToldWhereTextIsNotUtf8) {
  const TemporaryFolder folder;
  folder.write("10.yaml", "record: case\nfields:\n  # \x93\xfa\n");
  const auto loaded = Catalogue::load(folder.path());
  EXPECT_EQ(loaded.error().code(), "yaml.not_utf8");
  EXPECT_EQ(loaded.error().place().byte, 25u);
}

TEST(Catalogue, AcceptsAByteOrderMarkAndCrLf) {
  const TemporaryFolder folder;
  std::string text = "\xEF\xBB\xBF" + std::string(kFields);
  for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', end + 2))
    text.insert(end, "\r");
  EXPECT_TRUE(catalogue_of(folder, text).has_value());
}

TEST(Names, RoundTrip) {
  for (const auto kind : {RecordKind::case_report, RecordKind::health_observation,
                          RecordKind::facility_report, RecordKind::published_count})
    EXPECT_EQ(record_kind_named(name_of(kind)), kind);
  EXPECT_EQ(name_of(RecordKind::case_report), "case");
  EXPECT_EQ(record_kind_named("patient"), std::nullopt);
  EXPECT_EQ(name_of(FieldType::municipality_code), "municipality_code");
  EXPECT_EQ(name_of(FieldType::group), "group");
  EXPECT_EQ(name_of(PersonalClass::operational), "operational");
}

}  // namespace
}  // namespace musubi::model
