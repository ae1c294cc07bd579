// The description covers every route, and describes nothing that is not there.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <fstream>
#include <set>

#include "watched_hub.h"

namespace musubi::console {
namespace {

using boost::json::object;
using boost::json::value;

std::string small(std::string_view text) {
  std::string result(text);
  for (auto& each : result) each = static_cast<char>(each >= 'A' && each <= 'Z' ? each + 32 : each);
  return result;
}

class OpenApi : public ::testing::Test {
 protected:
  void SetUp() override {
    add_routes(routes, std::make_shared<Services>());
    for (const auto& route : routes.all()) {
      if (route.pattern != "/api/v1/openapi.json") continue;
      route.handler(std::make_shared<net::Request>(),
                    [&](const net::Response& response) { description = boost::json::parse(response.body); });
    }
  }

  static void gather_references(const value& node, std::set<std::string>& found) {
    if (node.is_array())
      for (const auto& each : node.as_array()) gather_references(each, found);
    if (!node.is_object()) return;
    for (const auto& [name, member] : node.as_object()) {
      if (name == "$ref") found.insert(std::string(member.as_string()));
      gather_references(member, found);
    }
  }

  net::Routes routes;
  value description;
};

TEST_F(OpenApi, every_route_is_described_with_its_answers_and_who_may) {
  ASSERT_GT(routes.all().size(), 20U);
  for (const auto& route : routes.all()) {
    if (route.pattern.starts_with("/fhir")) continue;  // its CapabilityStatement describes it
    const auto& operation = description.at("paths").at(route.pattern).at(small(net::name_of(route.method)));
    EXPECT_TRUE(operation.as_object().contains("operationId"))
        << route.pattern << ": api/description.json lacks it";
    EXPECT_EQ(operation.at("summary").as_string(), route.summary);
    EXPECT_EQ(operation.at("security").as_array().empty(), route.needs.open_to_everybody());
    EXPECT_TRUE(!route.sink || operation.as_object().contains("requestBody")) << route.pattern;
    const auto& responses = operation.at("responses").as_object();
    EXPECT_TRUE(responses.contains("200") || responses.contains("201") || responses.contains("202"))
        << route.pattern;
  }
}

TEST_F(OpenApi, nothing_is_described_that_is_not_there) {
  std::ifstream in(MUSUBI_PROJECT_FOLDER "/core/console/api/description.json");
  const auto written = boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  std::set<std::string> served;
  for (const auto& route : routes.all())
    served.insert(std::string(net::name_of(route.method)) + " " + route.pattern);
  for (const auto& [name, operation] : written.at("operations").as_object())
    EXPECT_TRUE(served.contains(std::string(name))) << name;
}

TEST_F(OpenApi, every_reference_leads_somewhere_and_every_part_is_used) {
  std::set<std::string> references;
  gather_references(description, references);
  std::set<std::string> parts;
  for (const auto* kind : {"schemas", "responses", "headers"})
    for (const auto& [name, part] : description.at("components").at(kind).as_object())
      parts.insert(std::string("#/components/") + kind + "/" + std::string(name));
  EXPECT_EQ(references, parts);
}

TEST_F(OpenApi, parts_of_a_path_are_parameters) {
  const auto& parameters =
      description.at("paths").at("/api/v1/quarantine/{id}/reject").at("post").at("parameters").as_array();
  ASSERT_EQ(parameters.size(), 1U);
  EXPECT_EQ(parameters[0].at("name"), "id");
  EXPECT_EQ(parameters[0].at("in"), "path");
  EXPECT_EQ(parameters[0].at("required"), true);
  const auto& of_upload =
      description.at("paths").at("/api/v1/uploads/{upload}/complete").at("post").at("parameters").as_array();
  ASSERT_EQ(of_upload.size(), 1U);
  EXPECT_EQ(of_upload[0].at("schema").at("type"), "string");
}

}  // namespace
}  // namespace musubi::console
