#include "musubi/privacy/routes.h"

#include <gmock/gmock.h>

#include "small_catalogue.h"

namespace musubi::privacy {
namespace {

using model::RecordKind;
using testing::HasSubstr;

base::Result<std::shared_ptr<const Routes>> routes_of(const std::string& yaml) {
  const ConfigurationFile files[] = {{"routes.yaml", yaml}};
  return Routes::parse(files);
}

std::string refusal(const std::string& yaml) {
  const auto loaded = routes_of(yaml);
  return loaded.has_error() ? base::describe(base::Language::english, loaded.error()) : "loaded";
}

constexpr const char* kTwo = R"(source: tokyo
routes:
  - {id: a, records: [case], sink: central, recipient: central-store, purpose: surveillance, basis: law}
  - {id: b, records: [case, published_count], sink: numbers, recipient: statistics, purpose: statistics, basis: law}
)";

TEST(Routes, TellWhoReceivesTheRecordsOfASource) {
  const auto routes = *routes_of(kTwo);
  const auto cases = routes->recipients_for("tokyo", RecordKind::case_report);
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].sink, "central");
  EXPECT_EQ(cases[1].id, "b");
  EXPECT_EQ(cases[1].request("130001"), (Request{"130001", "law", "statistics", "statistics"}));
  EXPECT_EQ(routes->recipients_for("tokyo", RecordKind::published_count).size(), 1U);
  EXPECT_EQ(routes->sources(), std::vector<std::string>{"tokyo"});
}

TEST(Routes, DefaultIsNobody) {
  const auto routes = *routes_of(kTwo);
  EXPECT_TRUE(routes->recipients_for("osaka", RecordKind::case_report).empty());
  EXPECT_TRUE(routes->recipients_for("tokyo", RecordKind::facility_report).empty());
  EXPECT_TRUE(
      (*routes_of("source: osaka\nroutes: []\n"))->recipients_for("osaka", RecordKind::case_report).empty());
}

TEST(Routes, MistakesAreToldWithTheirPlace) {
  EXPECT_THAT(refusal("routes: []"), HasSubstr("\"source\" is missing"));
  EXPECT_THAT(refusal("source: a"), HasSubstr("\"routes\" is missing"));
  EXPECT_THAT(
      refusal(
          "source: a\nroutes:\n  - {id: x, records: [cases], sink: s, recipient: r, purpose: p, basis: b}"),
      HasSubstr("routes.yaml:3:23: \"cases\" is not possible for records"));
  EXPECT_THAT(
      refusal(
          "source: a\nroutes:\n  - {id: x, records: [case], sink: s, recipient: '*', purpose: p, basis: b}"),
      HasSubstr("\"recipient\" cannot be *"));
  EXPECT_THAT(refusal("source: a\nroutes:\n  - {id: x, records: [case], sink: s, recipient: r, purpose: p}"),
              HasSubstr("\"basis\" is missing"));
  const std::string twice = "  - {id: x, records: [case], sink: s, recipient: r, purpose: p, basis: b}\n";
  EXPECT_THAT(refusal("source: a\nroutes:\n" + twice + twice), HasSubstr("two routes called \"x\""));
}

TEST(Routes, ShippedOnesSendTokyoAndOsakaToTheCentralStoreOnly) {
  const auto routes = Routes::load(MUSUBI_PROJECT_FOLDER "/config/routes");
  ASSERT_TRUE(routes.has_value()) << base::describe(base::Language::english, routes.error());
  for (const char* source : {"tokyo", "osaka"}) {
    const auto recipients = (*routes)->recipients_for(source, RecordKind::case_report);
    ASSERT_EQ(recipients.size(), 1U) << source;
    EXPECT_EQ(recipients[0].sink, "central");
    EXPECT_EQ(recipients[0].recipient, "central-store");
  }
}

}  // namespace
}  // namespace musubi::privacy
