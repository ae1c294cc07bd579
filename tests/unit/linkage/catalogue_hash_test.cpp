// With the catalogue itself: the hash of a record goes by the ids of its fields.
#include <gtest/gtest.h>

#include <algorithm>

#include "musubi/linkage/linkage.h"

namespace musubi::linkage {
namespace {

using model::Value;

class CatalogueHashTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = model::Catalogue::load(std::string(MUSUBI_PROJECT_FOLDER) + "/mappings/catalogue");
    ASSERT_FALSE(loaded.has_error()) << loaded.error().code();
    catalogue = *loaded;
  }
  std::shared_ptr<const model::Catalogue> catalogue;
};

TEST_F(CatalogueHashTest, a_record_is_hashed_by_the_ids_of_its_fields) {
  const auto sex = catalogue->number_of("patient.sex"), onset = catalogue->number_of("onset.date");
  ASSERT_NE(sex, model::kNoField);
  ASSERT_NE(onset, model::kNoField);
  const auto narrow = model::make_layout(catalogue, model::RecordKind::case_report, {sex});
  const auto wide = model::make_layout(catalogue, model::RecordKind::case_report, {sex, onset});
  const std::vector<Value> just_sex = {Value::code("male")};
  std::vector<Value> both(2);
  both[static_cast<std::size_t>(wide.slot(sex))] = just_sex[0];
  EXPECT_EQ(content_hash(narrow, just_sex), content_hash(wide, both));
  both[static_cast<std::size_t>(wide.slot(onset))] = Value::date({2020, 4, 1});
  EXPECT_NE(content_hash(narrow, just_sex), content_hash(wide, both));
}

TEST_F(CatalogueHashTest, no_two_fields_look_alike) {
  const auto hashes = field_hashes(*catalogue);
  ASSERT_EQ(hashes.size(), catalogue->fields().size());
  std::vector<std::uint64_t> ids;
  for (const auto& each : hashes) ids.push_back(each.id);
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST_F(CatalogueHashTest, a_group_knows_its_members) {
  for (const auto& field : catalogue->fields()) {
    if (field.type != model::FieldType::group) continue;
    EXPECT_EQ(field_hashes(*catalogue)[field.number].members.size(),
              catalogue->members_of(field.number).size())
        << field.id;
    return;
  }
}

}  // namespace
}  // namespace musubi::linkage
