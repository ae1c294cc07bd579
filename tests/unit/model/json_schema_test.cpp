#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "model_files.h"
#include "musubi/model/schema.h"

namespace musubi::model {
namespace {

using testing::real_catalogue;

boost::json::object schema_of(RecordKind kind) {
  return boost::json::parse(json_schema(*real_catalogue(), kind)).as_object();
}

const boost::json::object& property(const boost::json::object& schema, std::string_view id) {
  return schema.at("properties").as_object().at(id).as_object();
}

/// What a present value looks like.
const boost::json::object& value_of(const boost::json::object& schema, std::string_view id) {
  return property(schema, id).at("anyOf").as_array().at(0).as_object();
}

TEST(JsonSchema, IsJsonForEveryKind) {
  for (const auto kind : {RecordKind::case_report, RecordKind::health_observation,
                          RecordKind::facility_report, RecordKind::published_count}) {
    const auto schema = schema_of(kind);
    EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(schema.at("additionalProperties"), false);
  }
}

TEST(JsonSchema, HasEveryFieldOfTheKindAndNoOther) {
  const auto schema = schema_of(RecordKind::case_report);
  const auto& properties = schema.at("properties").as_object();
  std::size_t own = 0;
  for (const Field& field : real_catalogue()->fields()) {
    const bool here = field.kind == RecordKind::case_report && field.group == kNoField;
    EXPECT_EQ(properties.contains(field.id), here) << field.id;
    own += here ? 1 : 0;
  }
  EXPECT_EQ(properties.size(), own);
}

TEST(JsonSchema, DescribesTypes) {
  const auto schema = schema_of(RecordKind::case_report);
  EXPECT_EQ(value_of(schema, "patient.sex").at("type"), "string");
  EXPECT_EQ(property(schema, "patient.sex").at("x-values"), "sex");
  EXPECT_EQ(property(schema, "patient.sex").at("x-class"), "quasi_identifier");
  EXPECT_EQ(value_of(schema, "travel.history").at("type"), "boolean");
  EXPECT_EQ(value_of(schema, "symptom.oxygen_saturation").at("type"), "number");
  EXPECT_EQ(property(schema, "symptom.oxygen_saturation").at("x-unit"), "%");
  EXPECT_EQ(value_of(schema, "symptom.codes").at("type"), "array");
  EXPECT_EQ(value_of(schema, "symptom.codes").at("items").as_object().at("type"), "string");
  EXPECT_EQ(value_of(schema, "patient.residence.code").at("pattern"), "^[0-9]{6}$");
}

TEST(JsonSchema, EveryFieldMayBeAbsentWithAReason) {
  const auto schema = schema_of(RecordKind::case_report);
  for (const auto& each : schema.at("properties").as_object())
    EXPECT_EQ(each.value().as_object().at("anyOf").as_array().at(1).as_object().at("$ref"), "#/$defs/absent");
  const auto& reasons = schema.at("$defs")
                            .as_object()
                            .at("absent")
                            .as_object()
                            .at("properties")
                            .as_object()
                            .at("absent")
                            .as_object()
                            .at("enum")
                            .as_array();
  EXPECT_EQ(reasons.size(), 6u);
  for (const auto& reason : reasons) EXPECT_TRUE(absent_reason_named(reason.as_string()).has_value());
}

TEST(JsonSchema, GroupsAreArraysOfObjects) {
  const auto schema = schema_of(RecordKind::case_report);
  const auto& item = value_of(schema, "test").at("items").as_object();
  EXPECT_EQ(item.at("type"), "object");
  EXPECT_TRUE(item.at("properties").as_object().contains("test.result"));
}

TEST(JsonSchema, RequiresWhatTheCatalogueRequires) {
  const auto schema = schema_of(RecordKind::published_count);
  EXPECT_THAT(schema.at("required").as_array(),
              ::testing::ElementsAre(boost::json::value("count.local_id"), boost::json::value("count.date")));
}

}  // namespace
}  // namespace musubi::model
