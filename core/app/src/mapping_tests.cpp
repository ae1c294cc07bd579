#include "mapping_tests.h"

#include <algorithm>
#include <cerrno>
#include <set>

#include "lint_findings.h"
#include "musubi/base/file.h"

namespace musubi::app {
namespace {

namespace fs = std::filesystem;
using Paths = std::set<fs::path>;

constexpr std::string_view kTests = ".test.yaml";

bool is_test_file(const fs::path& path) { return path.filename().string().ends_with(kTests); }

/// "sex.test.yaml" → "sex.yaml", the file it is about.
fs::path subject_of(const fs::path& test_file) {
  const auto name = test_file.filename().string();
  return test_file.parent_path() / (name.substr(0, name.size() - kTests.size()) + ".yaml");
}

base::Status collect(const fs::path& path, Paths& files) {
  std::error_code failure;
  if (!fs::exists(path, failure)) return base::file_error(ENOENT, path);
  if (!fs::is_directory(path, failure)) {
    files.insert(is_test_file(path) ? subject_of(path) : path);
    return {};
  }
  for (fs::recursive_directory_iterator entry(path, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (is_test_file(entry->path())) files.insert(subject_of(entry->path()));
    if (entry->path().extension() == ".yaml" && !is_test_file(entry->path()) &&
        kind_of(entry->path()) == FileKind::mapping)
      files.insert(entry->path());
  }
  if (failure) return base::file_error(failure.value(), path);
  return {};
}

base::Result<Paths> all_of(const Settings& settings) {
  Paths files;
  MUSUBI_ASSIGN(const auto mappings, mapping::MappingSet::files(settings.mappings));
  files.insert(mappings.begin(), mappings.end());
  MUSUBI_ASSIGN(const auto words, base::files_in(settings.value_sets, ".yaml"));
  for (const auto& file : words)
    if (is_test_file(file)) files.insert(subject_of(file));
  return files;
}

class Running {
 public:
  Running(mapping::Context context, fs::path words_folder)
      : context_(std::move(context)), words_folder_(std::move(words_folder)) {}

  /// nullopt: nothing to test, as in a layout that is deliberately not read.
  std::optional<TestedFile> run(const fs::path& subject) const {
    TestedFile tested;
    tested.file = mapping::tests_of(subject);
    tested.subject = subject.string();
    const auto kind = kind_of(subject);
    if (kind == FileKind::value_set || !fs::exists(subject)) {
      tested.subject = "valuesets/" + subject.stem().string();
      take(mapping::try_words(tested.file, context_), tested);
      return tested;
    }
    auto mapping = mapping::Mapping::load(subject, context_);
    if (mapping.has_error()) {
      tested.problem = mapping.error();
      return tested;
    }
    if (!(*mapping)->head().ignored_because.empty() && !fs::exists(tested.file)) return std::nullopt;
    run(subject, *mapping, tested);
    return tested;
  }

 private:
  static void take(base::Result<mapping::TestReport> report, TestedFile& into) {
    if (report.has_error())
      into.problem = report.error();
    else
      into.report = std::move(*report);
  }

  void run(const fs::path& file, const std::shared_ptr<const mapping::Mapping>& mapping,
           TestedFile& tested) const {
    tested.subject = mapping->head().id;
    if (!fs::exists(tested.file)) {
      tested.problem =
          base::Error(base::ErrorKind::bad_configuration, "mapping.tests_missing",
                      {{"mapping", mapping->head().id}, {"file", tested.file.filename().string()}})
              .at({.file = file.string()});
      return;
    }
    const auto tests = mapping::Tests::load(tested.file, mapping, file.string(), words_folder_);
    if (tests.has_error()) {
      tested.problem = tests.error();
      return;
    }
    tested.report = tests->run();
    if (tested.passed()) tested.coverage = tests->coverage();
  }

  mapping::Context context_;
  fs::path words_folder_;
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char each : text) {
    if (each == '<')
      out += "&lt;";
    else if (each == '>')
      out += "&gt;";
    else if (each == '&')
      out += "&amp;";
    else if (each == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(each) >= 0x20 || each == '\n')
      out += each;
  }
  return out;
}

std::string differences_of(const mapping::TestedCase& tested) {
  std::string text;
  for (const auto& each : tested.differences)
    text += each.path + ": expected \"" + each.expected + "\", came \"" + each.came + "\"\n";
  return text;
}

std::string suite_of(const TestedFile& file) {
  const auto errors = file.problem ? 1U : 0U;
  std::string xml = "  <testsuite name=\"" + escaped(file.subject) + "\" tests=\"" +
                    std::to_string(file.report.cases.size() + errors) + "\" failures=\"" +
                    std::to_string(file.report.failed()) + "\" errors=\"" + std::to_string(errors) + "\">\n";
  if (file.problem)
    xml += "    <testcase name=\"" + escaped(file.file.filename().string()) + "\" classname=\"" +
           escaped(file.subject) + "\"><error message=\"" + escaped(file.problem->code()) + "\">" +
           escaped(base::describe(base::Language::english, *file.problem)) + "</error></testcase>\n";
  for (const auto& each : file.report.cases) {
    xml += "    <testcase name=\"" + escaped(each.name) + "\" classname=\"" + escaped(file.subject) +
           "\" file=\"" + escaped(each.place.file) + "\" line=\"" + std::to_string(each.place.line) + "\"";
    if (each.passed())
      xml += "/>\n";
    else
      xml += "><failure>" + escaped(differences_of(each)) + "</failure></testcase>\n";
  }
  return xml + "  </testsuite>\n";
}

}  // namespace

base::Result<std::vector<TestedFile>> run_tests(Workshop& workshop, const std::vector<fs::path>& paths) {
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  MUSUBI_ASSIGN(auto context, workshop.folder_context());
  context.folder = settings->mappings;
  Paths subjects;
  if (paths.empty()) {
    MUSUBI_ASSIGN(subjects, all_of(*settings));
  }
  for (const auto& path : paths) MUSUBI_TRY(collect(path, subjects));
  const Running running(std::move(context), settings->value_sets);
  std::vector<TestedFile> all;
  for (const auto& subject : subjects)
    if (auto tested = running.run(subject)) all.push_back(std::move(*tested));
  return all;
}

std::optional<fs::path> find_tests(const fs::path& mapping_file, const fs::path& mappings,
                                   const std::string& id) {
  for (const auto& file : {mapping::tests_of(mapping_file), mapping::tests_of(mappings / (id + ".yaml"))})
    if (fs::exists(file)) return file;
  return std::nullopt;
}

std::string junit_of(const std::vector<TestedFile>& files) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"musubi test\">\n";
  for (const auto& file : files) xml += suite_of(file);
  return xml + "</testsuites>\n";
}

}  // namespace musubi::app
