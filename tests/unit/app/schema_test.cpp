// The schemas say what the readers say. Every map of a schema whose keys are closed, and every list of words,
// has a probe: a file with a key, or a word, that nobody knows. What the reader then says it knows has to be
// what the schema says. A map or a list without a probe fails the test too. MUSUBI_UPDATE_GOLDEN=1 writes
// config/schemas/*.schema.json anew.
#include "schemas.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "lint_findings.h"
#include "temporary_folder.h"

namespace musubi::app {
namespace {

namespace json = boost::json;
using Words = std::set<std::string>;

const std::filesystem::path kProject = MUSUBI_PROJECT_FOLDER;
constexpr std::string_view kProbe = "zzzzzzzzzzzzzzzz";  ///< near to nothing

const std::string kMapping = "mapping: a/b\nversion: 2024-04-01\nreads: csv\nrecord: case\ncolumns: [a]\n";
const std::string kView =
    "mapping: a/b\nversion: 2024-04-01\nreads: fhir\nrecord: case\nresource: Patient\ncolumns:\n  a: ";
const std::string kRule = kMapping + "fields:\n  patient.sex: ";
const std::string kOutward = "mapping: a/b\nversion: 2024-04-01\nwrites: csv\nrecord: case\ncolumns:\n  a: ";
const std::string kSet = "valueset: a\nja: a\nen: a\n";
const std::string kMap = "conceptmap: a\nja: a\nen: a\nfrom: sex\nto: b\n";
const std::string kPolicy =
    "policy: a\ntitle: { ja: a, en: a }\nlegal_basis: { ja: a, en: a }\nrecorded: 2024-04-01\n";
const std::string kJurisdiction = "jurisdiction: '130001'\nname: { ja: a, en: a }\nrecorded: 2024-04-01\n";
const std::string kCheck = "record: case\nrules:\n  - { code: a.b, severity: error, ja: a, en: a, expect: { ";
const std::string kFolders =
    "catalogue: a\nvalue_sets: a\nmappings: a\nchecks: a\npolicies: a\njurisdictions: a\nroutes: a\n";

struct Probe {
  std::string schema, pointer;  ///< of the map or the list in the schema
  std::string yaml;             ///< $ stands for the key or the word
};

void PrintTo(const Probe& probe, std::ostream* out) { *out << probe.schema << probe.pointer; }

/// The same probes for the rules of policies and of jurisdictions.
std::vector<Probe> rule_probes(const std::string& schema, const std::string& head) {
  const auto rule = head + "rules:\n  - { id: a, effect: release, ";
  const auto generalise = head + "rules:\n  - { id: a, effect: generalise, generalise: { ";
  const std::string how = "/$defs/rule/properties/generalise";
  return {{schema, "/$defs/rule", rule + "$: a }\n"},
          {schema, "/$defs/rule/properties/effect", head + "rules:\n  - { id: a, effect: $ }\n"},
          {schema, "/$defs/class", rule + "classes: [$] }\n"},
          {schema, "/$defs/type", rule + "types: [$] }\n"},
          {schema, "/$defs/label", rule + "because: { $: a } }\n"},
          {schema, "/$defs/in_force", head + "in_force: { $: a }\n"},
          {schema, how, generalise + "$: a } }\n"},
          {schema, how + "/properties/date", generalise + "date: $ } }\n"},
          {schema, how + "/properties/municipality_code", generalise + "municipality_code: $ } }\n"},
          {schema, how + "/properties/age", generalise + "age: $ } }\n"}};
}

std::vector<Probe> expectation_probes() {
  std::vector<Probe> probes{{"checks", "/$defs/expectation", kCheck + "$: a } }\n"}};
  for (const std::string name :
       {"not_before", "age_matches_birth_date", "age_matches_band", "range", "implies"})
    probes.push_back({"checks", "/$defs/expectation/properties/" + name, kCheck + name + ": { $: a } } }\n"});
  return probes;
}

std::vector<Probe> all_probes() {
  std::vector<Probe> probes{
      {"mapping", "/$defs/inward", kMapping + "$: a\n"},
      {"mapping", "/$defs/inward/properties/reads", "mapping: a/b\nreads: $\n"},
      {"mapping", "/$defs/inward/properties/takes", kMapping + "takes: $\n"},
      {"mapping", "/$defs/inward/properties/record", "mapping: a/b\nreads: csv\nrecord: $\n"},
      {"mapping", "/$defs/inward/properties/encoding", kMapping + "encoding: $\n"},
      {"mapping", "/$defs/plain_rule", kRule + "{ from: a, $: a }\n"},
      {"mapping", "/$defs/plain_rule/properties/as", kRule + "{ from: a, as: $ }\n"},
      {"mapping", "/$defs/plain_rule/properties/on_error", kRule + "{ from: a, on_error: $ }\n"},
      {"mapping", "/$defs/plain_rule/properties/empty", kRule + "{ expr: a, empty: $ }\n"},
      {"mapping", "/$defs/reason", kRule + "{ from: a, absent: { b: $ } }\n"},
      {"mapping", "/$defs/group/anyOf/0", kMapping + "fields:\n  test: { for_each: a, fields: { }, $: a }\n"},
      {"mapping", "/$defs/view_columns/additionalProperties/anyOf/1",
       kView + "{ for_each: a, columns: { }, $: a }\n"},
      {"mapping", "/$defs/skip", kMapping + "skip_rows_where: [{ column: a, is: b, because: c, $: a }]\n"},
      {"mapping", "/$defs/when", kMapping + "when: { expr: a = 'b', $: a }\n"},
      {"mapping", "/$defs/verdict", kMapping + "hold: [{ $: a }]\n"},
      {"mapping", "/$defs/outward", kOutward + "{ value: a }\n$: a\n"},
      {"mapping", "/$defs/outward/properties/writes", "mapping: a/b\nwrites: $\n"},
      {"mapping", "/$defs/outward/properties/record", "mapping: a/b\nwrites: csv\nrecord: $\n"},
      {"mapping", "/$defs/outward_rule", kOutward + "{ value: a, $: a }\n"},
      {"mapping", "/$defs/outward_rule/properties/label", kOutward + "{ from: patient.sex, label: $ }\n"},
      {"mapping", "/$defs/outward_rule/properties/as", kOutward + "{ from: patient.sex, as: $ }\n"},
      {"mapping", "/$defs/outward_rule/properties/on_error",
       kOutward + "{ from: patient.sex, on_error: $ }\n"},
      {"value-set", "", kSet + "$: a\n"},
      {"value-set", "/$defs/code", kSet + "codes: { b: { ja: b, en: b, $: a } }\n"},
      {"value-set", "/$defs/absent", kSet + "absent: { $: [a] }\n"},
      {"concept-map", "", kMap + "$: a\n"},
      {"concept-map", "/$defs/target", kMap + "codes: { male: { to: a, $: a } }\n"},
      {"concept-map", "/$defs/target/properties/equivalence",
       kMap + "codes: { male: { to: a, equivalence: $ } }\n"},
      {"policy", "", kPolicy + "$: a\n"},
      {"policy", "/properties/jurisdictions", kPolicy + "jurisdictions: $\n"},
      {"jurisdiction", "", kJurisdiction + "$: a\n"},
      {"route", "", "source: a\nroutes: []\n$: a\n"},
      {"route", "/$defs/route", "source: a\nroutes: [{ $: a }]\n"},
      {"route", "/$defs/record", "source: a\nroutes: [{ records: [$] }]\n"},
      {"checks", "", "record: case\nrules: []\n$: a\n"},
      {"checks", "/properties/record", "record: $\nrules: []\n"},
      {"checks", "/$defs/rule", "record: case\nrules: [{ $: a }]\n"},
      {"checks", "/$defs/rule/properties/severity", "record: case\nrules: [{ severity: $ }]\n"},
      {"settings", "", kFolders + "$: a\n"},
      {"settings", "/$defs/use", kFolders + "sinks: { a: { adapter: b, $: a } }\n"},
      {"settings", "/$defs/serve", kFolders + "serve: { $: a }\n"},
      {"settings", "/$defs/delivery", kFolders + "delivery: { a: { $: a } }\n"}};
  for (const auto& more :
       {rule_probes("policy", kPolicy), rule_probes("jurisdiction", kJurisdiction), expectation_probes()})
    probes.insert(probes.end(), more.begin(), more.end());
  return probes;
}

/// Lists that no single word can probe, with the probe that has the same words.
const std::map<std::string, std::string> kSame = {{"concept-map/$defs/reason", "mapping/$defs/reason"}};

Workshop& workshop() {
  static Workshop workshop({.config = (kProject / "config/musubi.yaml").string()});
  return workshop;
}

json::object schema(const std::string& name) {
  const auto context = workshop().folder_context();
  return *schema_named(name, *context);
}

std::string argument_of(const base::Error& error, std::string_view name) {
  for (const auto& [known, value] : error.arguments())
    if (known == name) return value;
  return {};
}

/// What the reader says it knows in the place of the probe.
Words known_to_reader(const Probe& probe) {
  const testing::TemporaryFolder folder;
  auto yaml = probe.yaml;
  yaml.replace(yaml.find('$'), 1, kProbe);
  const auto report = collect_findings(workshop(), {folder.write("probe.yaml", yaml)});
  Words known;
  for (const auto& finding : report->findings) {
    if (!finding.error.code().starts_with("yaml.unknown_")) continue;
    if (argument_of(finding.error, "key") != kProbe && argument_of(finding.error, "word") != kProbe) continue;
    std::istringstream words(argument_of(finding.error, "known"));
    for (std::string word; std::getline(words >> std::ws, word, ',');) known.insert(word);
  }
  return known;
}

/// The keys of a closed map, or the words of a list; of two words that say the same to YAML the text counts.
Words known_to_schema(const json::value& part) {
  Words known;
  if (const auto* list = part.as_object().if_contains("enum")) {
    for (const auto& word : list->as_array())
      if (word.is_string()) known.insert(std::string(word.as_string()));
  } else {
    for (const auto& property : part.at("properties").as_object()) known.insert(std::string(property.key()));
  }
  return known;
}

class Schema : public ::testing::TestWithParam<Probe> {};

TEST_P(Schema, SaysWhatTheReaderSays) {
  const auto whole = json::value(schema(GetParam().schema));
  const auto& part = whole.at_pointer(GetParam().pointer);
  EXPECT_EQ(known_to_schema(part), known_to_reader(GetParam())) << GetParam().yaml;
}

/// "mapping" and "/$defs/rule" → "mapping_defs_rule".
std::string test_name(const ::testing::TestParamInfo<Probe>& probe) {
  std::string name;
  for (const char each : probe.param.schema + probe.param.pointer) {
    if (std::isalnum(static_cast<unsigned char>(each)) != 0)
      name += each;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Probes, Schema, ::testing::ValuesIn(all_probes()), test_name);

/// Pointers of all closed maps and lists of words; those of yes and no, and what is generated, are left out.
void collect(const json::value& part, const std::string& pointer, std::set<std::string>& found) {
  if (const auto* array = part.if_array()) {
    for (std::size_t index = 0; index < array->size(); ++index)
      collect((*array)[index], pointer + '/' + std::to_string(index), found);
  }
  const auto* object = part.if_object();
  if (object == nullptr) return;
  const auto* words = object->if_contains("enum");
  const auto* closed = object->if_contains("additionalProperties");
  const bool is_closed = closed != nullptr && closed->is_bool() && !object->contains("minProperties");
  if ((words != nullptr && words->at(0).is_string()) || is_closed || object->contains("maxProperties"))
    found.insert(pointer);
  for (const auto& [key, value] : *object) collect(value, pointer + '/' + std::string(key), found);
}

TEST(Schemas, HaveAProbeForEveryMapAndEveryListOfWords) {
  std::set<std::string> probed;
  for (const auto& probe : all_probes()) probed.insert(probe.schema + probe.pointer);
  for (const auto& [pointer, same] : kSame)
    if (probed.contains(same)) probed.insert(pointer);
  const std::set<std::string> generated{"field", "value_set", "concept_map"};
  for (const auto name : schema_names()) {
    std::set<std::string> found;
    collect(schema(std::string(name)), std::string(name), found);
    for (const auto& pointer : found)
      EXPECT_TRUE(probed.contains(pointer) || generated.contains(pointer.substr(pointer.rfind('/') + 1)))
          << pointer;
  }
}

TEST(Schemas, AreInTheRepositoryAsTheProgramPrintsThem) {
  for (const auto name : schema_names()) {
    const auto file = kProject / "config/schemas" / (std::string(name) + ".schema.json");
    const auto text = indented(schema(std::string(name)));
    if (std::getenv("MUSUBI_UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << text;
    std::ostringstream committed;
    committed << std::ifstream(file, std::ios::binary).rdbuf();
    EXPECT_EQ(committed.str(), text) << "musubi schema " << name << " > " << file;
  }
}

TEST(Schemas, KnowEveryFieldByItsLabels) {
  const auto rules = schema("mapping").at("$defs").at("rules").at("properties").as_object();
  EXPECT_EQ(rules.at("patient.sex").at("description"), "性別\nSex");
  EXPECT_EQ(rules.at("test").at("$ref"), "#/$defs/group");
  EXPECT_FALSE(rules.contains("test.method"));
  EXPECT_TRUE(
      schema("mapping").at("$defs").at("member_rules").at("properties").as_object().contains("test.method"));
}

}  // namespace
}  // namespace musubi::app
