// The rules that are answered without their expressions, against these.
#include "rule_shortcuts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>

#include "invariant_check.h"
#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"
#include "r4_rules.h"

namespace musubi::fhir {
namespace {

using fhirpath::Resource;
using fhirpath::ResourceNode;

class Quiet final : public fhirpath::TraceSink {
 public:
  void trace(std::string_view, std::span<const fhirpath::Value>) noexcept override {}
};

/// What a rule's expression says; nullopt: it cannot be evaluated.
std::optional<bool> as_written(const InvariantRules& rules, std::uint16_t number, const Resource& resource,
                               const ResourceNode& node) {
  Quiet quiet;
  fhirpath::Evaluation evaluation{fhirpath::Services{.trace = &quiet}};
  const auto result = evaluation.run(rules.compiled(number), resource, node);
  if (result.has_error()) return std::nullopt;
  return result->empty() || fhirpath::holds(*result);
}

/// Whether each rule was seen to hold, and to be broken: "bdl-7 yes".
using Seen = std::set<std::string>;

void compare(const InvariantRules& rules, const std::string& json, Seen& seen) {
  const auto resource = json.starts_with('<')
                            ? Resource::from_xml(json, "", document::Limits(), &r4_types())
                            : Resource::from_json(json, "", document::Limits(), &r4_types());
  ASSERT_TRUE(resource.has_value()) << json;
  const auto judge = [&](const ResourceNode& node, std::span<const TypeInvariant> invariants) {
    for (const auto& each : invariants) {
      const auto shortcut = rules.shortcut(each.invariant);
      const auto key = std::string(fhir::invariants()[each.invariant].key);
      if (shortcut == nullptr || key == "dom-3" || key == "ref-1") continue;  // wider than their expressions
      const auto answer = shortcut(*resource, node);
      if (!answer) continue;
      EXPECT_EQ(answer, as_written(rules, each.invariant, *resource, node)) << key << " in " << json;
      seen.insert(key + (*answer ? " yes" : " no"));
    }
  };
  for (std::uint32_t index = 0; index < resource->size(); ++index) {
    const auto& node = (*resource)[index];
    if (node.type == fhirpath::kNoType) continue;
    judge(node, rules.of_type(node.type));
    if (node.element == nullptr) continue;
    const auto place = static_cast<std::size_t>(node.element - r4_types().elements.data());
    judge(node, rules.of_element(place, node.type));
  }
}

std::string entry(const std::string& url, const std::string& version, const std::string& more) {
  const auto meta = version.empty() ? "" : R"(,"meta":{"versionId":)" + version + "}";
  return R"({"fullUrl":)" + url + R"(,"resource":{"resourceType":"Patient")" + meta + "}" + more + "}";
}

TEST(RuleShortcuts, say_what_the_expressions_say) {
  const InvariantRules rules;
  Seen seen;
  const char* const kTypes[] = {R"("history")",
                                R"("batch")",
                                R"("transaction")",
                                R"("batch-response")",
                                R"("collection")",
                                R"("message")",
                                "7",
                                "null",
                                R"(["batch","history"])"};
  const char* const kUrls[] = {R"("urn:a")", R"("urn:ab")", R"("http://h.test/P/1/_history/2")",
                               "5",          "null",        R"(["urn:a","urn:b"])",
                               R"("")"};
  const char* const kVersions[] = {"", R"("1")", R"("b1")", "2", "null"};
  const std::string parts[] = {"", R"(,"request":{"method":"GET","url":"x"})",
                               R"(,"response":{"status":"200"})", R"(,"request":{},"response":"x")"};
  for (const auto* type : kTypes)
    for (const auto* url : kUrls)
      for (const auto* version : kVersions)
        for (const auto& part : parts)
          compare(rules,
                  R"({"resourceType":"Bundle","type":)" + std::string(type) + R"(,"entry":[)" +
                      entry(url, version, part) + "," + entry(R"("urn:a")", R"("b1")", part) + "," +
                      entry(R"("urn:c")", "", "") + "]}",
                  seen);
  compare(rules, R"({"resourceType":"Bundle","entry":[{"request":{}}]})", seen);
  compare(rules, R"({"resourceType":"Bundle","type":"batch"})", seen);
  compare(rules, R"({"resourceType":"Parameters","parameter":[{"name":"a","resource":{"resourceType":"Bundle",
    "type":"batch","entry":[{"fullUrl":"urn:a","request":{"method":"GET","url":"x"}}]}}]})",
          seen);
  for (const auto* named : {"", R"(,"name":"A")", R"(,"identifier":[{"value":"1"}])",
                            R"(,"name":"A","identifier":[{}])", R"(,"_name":{"id":"x"})"})
    for (const auto* use : {R"("home")", R"("work")", "null", "1", R"(["home"])", R"(["home","work"])"})
      compare(rules,
              R"({"resourceType":"Organization")" + std::string(named) + R"(,"telecom":[{"use":)" + use +
                  R"(},{}],"address":[{"use":)" + use + R"(,"_use":{"id":"y"}}]})",
              seen);
  for (
      const auto* badly : {
          R"({"resourceType":"Bundle","type":"batch","_type":{"id":"a"},"entry":[{"_fullUrl":{"id":"b"}}]})",
          R"({"resourceType":"Bundle","_type":{"id":"a"},"entry":[{"fullUrl":"urn:a","_fullUrl":{"id":"b"}},{"fullUrl":"urn:a"}]})",
          R"({"resourceType":"Bundle","type":"batch","entry":{"fullUrl":"urn:a","request":{"url":"x"}}})",
          R"({"resourceType":"Bundle","type":"batch","entry":["x",{"request":"y"}]})",
          R"({"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:a","resource":[{"resourceType":"Patient"},{"resourceType":"Patient"}]}]})",
          R"({"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:a","resource":{"resourceType":"Bundle","type":"history","entry":[{"fullUrl":"urn:b","request":{"url":"x"}},{"fullUrl":"urn:b"}]}}]})",
          R"({"resourceType":"Patient","contained":[{"resourceType":"Bundle","type":"batch","entry":[{"request":{"url":"x"}}]},{"resourceType":"Organization"}]})",
          R"(<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/><entry><fullUrl value="urn:a"/></entry><entry><fullUrl value="urn:a"/><request/></entry></Bundle>)",
          R"(<Bundle xmlns="http://hl7.org/fhir"><type/><entry fullUrl="urn:a"><fullUrl/></entry><entry><fullUrl value="urn:a"/></entry></Bundle>)",
          R"(<Organization xmlns="http://hl7.org/fhir"><name/><telecom use="home"/><address><use value="home"/></address></Organization>)",
      })
    compare(rules, badly, seen);
  for (const auto* key : {"bdl-3", "bdl-4", "bdl-7", "bdl-8", "org-1", "org-2", "org-3"}) {
    EXPECT_THAT(seen, ::testing::Contains(std::string(key) + " yes"));
    EXPECT_THAT(seen, ::testing::Contains(std::string(key) + " no"));
  }
}

}  // namespace
}  // namespace musubi::fhir
