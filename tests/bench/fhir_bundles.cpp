#include "fhir_bundles.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace musubi::bench {
namespace {

std::string patient(std::size_t id) {
  return fmt::format(
      R"({{"resourceType":"Patient","id":"p{0}","meta":{{"lastUpdated":"2023-04-01T09:30:00+09:00"}},
"text":{{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Patient <b>{0}</b></p></div>"}},
"identifier":[{{"use":"official","system":"urn:oid:1.2.392.100495.20.3.51.11311234567","value":"{0:08}"}}],
"active":true,"name":[{{"extension":[{{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
"valueCode":"IDE"}}],"use":"official","text":"結城 花子","family":"結城","given":["花子"]}}],
"telecom":[{{"system":"phone","value":"03-1234-5678","use":"home"}},{{"system":"phone","value":"090-1234-5678"}}],
"gender":"female","birthDate":"1964-10-10","address":[{{"use":"home","text":"東京都新宿区西新宿2-8-1",
"line":["西新宿2-8-1"],"city":"新宿区","state":"東京都","postalCode":"163-8001","country":"JP"}}],
"contact":[{{"name":{{"text":"結城 太郎"}},"telecom":[{{"system":"phone","value":"03-1234-5678"}}]}}],
"managingOrganization":{{"reference":"Organization/o1"}}}})",
      id);
}

std::string observation(std::size_t id, std::size_t patient) {
  return fmt::format(
      R"({{"resourceType":"Observation","id":"b{0}","identifier":[{{"system":"urn:example:lab","value":"{0}"}}],
"status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
"code":"laboratory","display":"Laboratory"}}],"text":"検体検査"}}],"code":{{"coding":[{{"system":"http://loinc.org",
"code":"94500-6","display":"SARS-CoV-2 (COVID-19) RNA [Presence] in Respiratory system specimen"}},
{{"system":"urn:oid:1.2.392.200119.4.504","code":"5F625000006130350"}}]}},"subject":{{"reference":"Patient/p{1}"}},
"effectivePeriod":{{"start":"2023-03-31T10:00:00+09:00","end":"2023-03-31T10:05:00+09:00"}},
"issued":"2023-04-01T09:30:00.123+09:00","performer":[{{"reference":"Organization/o1"}}],
"valueQuantity":{{"value":{0}.50,"comparator":"<","unit":"copies/mL","system":"http://unitsofmeasure.org",
"code":"{{copies}}/mL"}},"interpretation":[{{"coding":[{{"system":
"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"POS"}}]}}],
"referenceRange":[{{"low":{{"value":0}},"high":{{"value":10}},"text":"0-10"}}]}})",
      id, patient);
}

std::string condition(std::size_t id, std::size_t patient) {
  return fmt::format(
      R"({{"resourceType":"Condition","id":"c{0}","clinicalStatus":{{"coding":[{{"system":
"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}}]}},"verificationStatus":{{"coding":[{{"system":
"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}}]}},"category":[{{"coding":[{{"system":
"http://terminology.hl7.org/CodeSystem/condition-category","code":"encounter-diagnosis"}}]}}],"code":{{"coding":[{{
"system":"http://hl7.org/fhir/sid/icd-10","code":"U07.1","display":"COVID-19"}}],"text":"新型コロナウイルス感染症"}},
"subject":{{"reference":"Patient/p{1}","display":"結城 花子"}},"onsetDateTime":"2023-03-29","recordedDate":"2023-04-01",
"note":[{{"text":"発熱、咳嗽\n味覚障害 \"有\""}}]}})",
      id, patient);
}

std::string entry(std::string_view kind, std::string_view letter, std::size_t id,
                  const std::string& resource) {
  return fmt::format(R"({{"fullUrl":"https://hospital.example/fhir/{}/{}{}","resource":{}}})", kind, letter,
                     id, resource);
}

std::string bundle(std::size_t number) {
  constexpr std::size_t kPatients = 5, kObservations = 4;
  std::vector<std::string> entries;
  for (std::size_t each = 0; each < kPatients; ++each) {
    const auto id = number * kPatients + each;
    entries.push_back(entry("Patient", "p", id, patient(id)));
    entries.push_back(entry("Condition", "c", id, condition(id, id)));
    for (std::size_t test = 0; test < kObservations; ++test)
      entries.push_back(
          entry("Observation", "b", id * kObservations + test, observation(id * kObservations + test, id)));
  }
  entries.push_back(
      R"({"fullUrl":"https://hospital.example/fhir/Organization/o1","resource":{"resourceType":"Organization","id":"o1","name":"中央病院"}})");
  return fmt::format(
      R"({{"resourceType":"Bundle","id":"x{}","type":"collection","timestamp":"2023-04-01T09:30:00+09:00","entry":[{}]}})",
      number, fmt::join(entries, ",\n"));
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void add(BundleSet& set, std::string content) {
  const auto first = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == content.npos) return;
  if (content[first] == '{')
    set.json.push_back(std::move(content));
  else if (content[first] == '<')
    set.xml.push_back(std::move(content));
}

}  // namespace

BundleSet bundles_in(const std::filesystem::path& place) {
  BundleSet set{.name = place.filename().string()};
  if (!std::filesystem::is_directory(place)) {
    add(set, content_of(place));
    return set;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& each : std::filesystem::directory_iterator(place))
    if (each.is_regular_file()) files.push_back(each.path());
  std::ranges::sort(files);
  for (const auto& each : files) add(set, content_of(each));
  return set;
}

BundleSet made_up_bundles(std::size_t count) {
  BundleSet set{.name = "made up"};
  for (std::size_t each = 0; each < count; ++each) set.json.push_back(bundle(each));
  return set;
}

}  // namespace musubi::bench
