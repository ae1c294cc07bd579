#include "fhir_message.h"

namespace musubi::bench {
namespace {

constexpr std::string_view kBase = "urn:uuid:5f0c7b1e-6a3c-4e0e-9d6c-0d9e6f6f00";

std::string reference(std::string_view id) {
  return R"({"reference":")" + std::string(kBase) + std::string(id) + R"("})";
}
std::string entry(std::string_view id, std::string_view resource) {
  return R"({"fullUrl":")" + std::string(kBase) + std::string(id) + R"(","resource":)" +
         std::string(resource) + "}";
}
std::string coded(std::string_view system, std::string_view code, std::string_view display) {
  return R"({"coding":[{"system":")" + std::string(system) + R"(","code":")" + std::string(code) +
         R"(","display":")" + std::string(display) + R"("}]})";
}
std::string organization(std::string_view name) {
  return R"({"resourceType":"Organization","identifier":[{"system":"http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no","value":"1319999999"}],"name":")" +
         std::string(name) +
         R"(","telecom":[{"system":"phone","value":"03-0000-0000"}],"address":[{"text":"東京都千代田区試験町1-1","postalCode":"100-0000","country":"JP"}]})";
}

constexpr std::string_view kPatient =
    R"({"resourceType":"Patient","identifier":[{"system":"urn:oid:1.2.392.100495.20.3.51.11319999999","value":"00012345"}],"name":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"IDE"}],"use":"official","text":"試験 太郎","family":"試験","given":["太郎"]},{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"SYL"}],"use":"official","text":"シケン タロウ","family":"シケン","given":["タロウ"]}],"telecom":[{"system":"phone","value":"03-0000-0001","use":"home"}],"gender":"male","birthDate":"1980-02-03","address":[{"text":"東京都新宿区試験町2-3-4","line":["試験町2-3-4"],"city":"新宿区","state":"東京都","postalCode":"160-0000","country":"JP"}]})";

std::string observation(std::string_view code, std::string_view display) {
  return R"({"resourceType":"Observation","status":"final","category":[)" +
         coded("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory") +
         R"(],"code":)" + coded("http://loinc.org", code, display) + R"(,"subject":)" + reference("03") +
         R"(,"effectiveDateTime":"2021-04-01T09:30:00+09:00","issued":"2021-04-01T15:20:00+09:00","performer":[)" +
         reference("04") + R"(],"valueCodeableConcept":)" +
         coded("http://snomed.info/sct", "260373001", "Detected") + R"(,"interpretation":[)" +
         coded("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "POS", "Positive") +
         R"(],"specimen":)" + reference("05") + "}";
}

}  // namespace

std::string laboratory_message() {
  const auto header =
      R"({"resourceType":"MessageHeader","eventUri":"urn:example:laboratory-report","source":{"name":"Laboratory","endpoint":"https://laboratory.example/fhir"},"focus":[)" +
      reference("02") + "]}";
  const auto report =
      R"({"resourceType":"DiagnosticReport","identifier":[{"system":"https://laboratory.example/reports","value":"R)" +
      std::string(kNumber) + R"("}],"status":"final","code":)" +
      coded("http://loinc.org", "94531-1", "SARS-CoV-2 (COVID-19) RNA panel") + R"(,"subject":)" +
      reference("03") +
      R"(,"effectiveDateTime":"2021-04-01T09:30:00+09:00","issued":"2021-04-01T15:30:00+09:00","performer":[)" +
      reference("04") + R"(],"specimen":[)" + reference("05") + R"(],"result":[)" + reference("06") + "," +
      reference("07") + "]}";
  const auto specimen = R"({"resourceType":"Specimen","status":"available","type":)" +
                        coded("http://snomed.info/sct", "258500001", "Nasopharyngeal swab") +
                        R"(,"subject":)" + reference("03") +
                        R"(,"collection":{"collectedDateTime":"2021-04-01T09:30:00+09:00"}})";
  return R"({"resourceType":"Bundle","type":"message","timestamp":"2021-04-01T15:31:00+09:00","entry":[)" +
         entry("01", header) + "," + entry("02", report) + "," + entry("03", kPatient) + "," +
         entry("04", organization("試験検査センター")) + "," + entry("05", specimen) + "," +
         entry("06", observation("94500-6", "SARS-CoV-2 (COVID-19) RNA [Presence] in Respiratory specimen")) +
         "," +
         entry("07", observation("94558-4", "SARS-CoV-2 (COVID-19) Ag [Presence] in Respiratory specimen")) +
         "]}";
}

}  // namespace musubi::bench
