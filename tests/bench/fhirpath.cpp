// Expressions on a row and on a resource, beside fhirpath.js on the same work where node and its package are
// at hand.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"
#include "sections.h"
#include "stopwatch.h"

namespace musubi::bench {
namespace {

constexpr std::string_view kPatient = R"({"resourceType":"Patient","id":"p1","active":true,"name":[
  {"use":"usual","family":"結城","given":["はな"]},{"use":"official","family":"結城","given":["花子","Hana"]}],
  "telecom":[{"system":"phone","value":"0312345678","use":"home"},{"system":"email","value":"hana@example.org"}],
  "gender":"female","birthDate":"1964-10-10","address":[{"use":"home","line":["西新宿2-8-1"],"city":"新宿区",
  "state":"東京都","postalCode":"1638001","country":"JP"}],"multipleBirthBoolean":false})";

/// On the patient: what is compared with fhirpath.js. tests/bench/fhirpath.mjs reads them from the same file.
constexpr std::array<std::string_view, 4> kOnPatient = {
    "Patient.name.where(use='official').given.first()", "Patient.birthDate < @2000-01-01",
    "Patient.telecom.where(system='phone').value.first().length() = 10",
    "Patient.address.select(state & city & line.join(' ')).first()"};

const std::array<std::string, 6> kColumns = {"No",        "公表_年月日", "患者_居住地",
                                             "患者_年代", "患者_性別",   "備考"};
constexpr std::array<std::string_view, 6> kRow = {"1024", "2020-04-18", "新宿区", "40代", "男性", ""};

/// On a row: what mappings write.
constexpr std::array<std::string_view, 6> kOnRow = {"患者_年代",
                                                    "備考.empty()",
                                                    "iif(患者_性別 = '男性', 'male', 'female')",
                                                    "公表_年月日.toDate() + 14 days",
                                                    "No.toInteger() + 1",
                                                    "患者_居住地 & ' ' & 患者_年代"};

/// Median nanoseconds of processor time of one run: other programs on the machine do not count.
template <class Work>
double nanoseconds(const Work& work) {
  constexpr int kRuns = 20'000;
  std::vector<double> times;
  for (int round = 0; round < 7; ++round) {
    const double start = thread_cpu_seconds();
    for (int run = 0; run < kRuns; ++run) work();
    times.push_back(thread_cpu_seconds() - start);
  }
  return median(std::move(times)) / kRuns * 1e9;
}

template <class... Data>
double nanoseconds_of(std::string_view text, const fhirpath::CompileOptions& options, const Data&... data) {
  const auto expression = fhirpath::Expression::compile(text, options).value();
  fhirpath::Evaluation evaluation;
  return nanoseconds([&] {
    if (evaluation.run(expression, data...).has_error()) throw std::runtime_error("an expression failed");
  });
}

/// Nanoseconds by expression, from `node fhirpath.mjs`; empty where it cannot run.
std::map<std::string, double> times_of_fhirpath_js(const Setting& setting) {
  std::map<std::string, double> times;
  const char* modules = std::getenv("MUSUBI_FHIRPATH_JS");  // NOLINT(concurrency-mt-unsafe): one thread
  if (modules == nullptr) return times;
  const auto work = setting.folder / "fhirpath_work.txt";
  std::ofstream file(work);
  for (const std::string_view expression : kOnPatient) file << expression << '\n';
  std::string patient(kPatient);
  std::erase(patient, '\n');
  file << patient << '\n';
  file.close();
  const std::string command =
      fmt::format("node {}/tests/bench/fhirpath.mjs {} {}", MUSUBI_PROJECT_FOLDER, modules, work.string());
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  char line[512];
  while (pipe && std::fgets(line, sizeof line, pipe.get()) != nullptr) {
    const std::string_view text(line);
    const auto tab = text.find('\t');
    if (tab != text.npos)
      times[std::string(text.substr(tab + 1, text.find('\n') - tab - 1))] = std::atof(line);
  }
  return times;
}

void print_ns(std::string_view name, double time, const std::string& beside) {
  fmt::print("{:<72} {:>9.0f} ns   {}\n", name, time, beside);
}

void on_rows() {
  const fhirpath::CompileOptions options{.columns = kColumns};
  double sum = 0;
  for (const std::string_view text : kOnRow) {
    const double time = nanoseconds_of(text, options, std::span<const std::string_view>(kRow));
    print_ns(text, time, "row");
    sum += time;
  }
  print_ns("an expression on a row, mean", sum / kOnRow.size(), "wanted: under 100");
}

void on_a_patient(const Setting& setting) {
  const auto* model = &fhir::r4_types();
  const auto resource = fhirpath::Resource::from_json(std::string(kPatient), "patient", {}, model).value();
  const auto theirs = times_of_fhirpath_js(setting);
  for (const std::string_view text : kOnPatient) {
    const double time = nanoseconds_of(text, {.model = model, .root_type = "Patient"}, resource);
    const auto found = theirs.find(std::string(text));
    print_ns(text, time,
             found == theirs.end()
                 ? "fhirpath.js: not at hand (MUSUBI_FHIRPATH_JS)"
                 : fmt::format("fhirpath.js {:.0f} ns: {:.0f} times", found->second, found->second / time));
  }
  const double parse = nanoseconds([&] {
    if (fhirpath::Resource::from_json(std::string(kPatient), "patient", {}, model).has_error()) {
      throw std::runtime_error("the patient was refused");
    }
  });
  print_ns("a patient from JSON", parse, "");
}

}  // namespace

void expressions(const Setting& setting) {
  on_rows();
  on_a_patient(setting);
}

}  // namespace musubi::bench
