#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <set>

#include "../command_line.h"
#include "../json_out.h"
#include "../mapping_tests.h"
#include "musubi/base/file.h"
#include "musubi/base/nearest.h"
#include "musubi/base/shown_text.h"

namespace musubi::app {
namespace {

using base::say;

struct TestOptions {
  std::vector<std::string> paths;
  std::string junit, propose;
  bool coverage = false, mutate = false;
};

/// What is counted over all files.
struct Sum {
  std::size_t cases = 0, words = 0, failed = 0, problems = 0, parts = 0, exercised = 0, noticed = 0;

  void add(const TestedFile& file) {
    for (const auto& each : file.report.cases) ++(each.is_word ? words : cases);
    failed += file.report.failed();
    problems += file.problem ? 1 : 0;
    parts += file.coverage.parts;
    exercised += file.coverage.exercised;
    noticed += file.coverage.noticed;
  }
};

Sum sum_of(const std::vector<TestedFile>& files) {
  Sum sum;
  for (const auto& file : files) sum.add(file);
  return sum;
}

std::string place_text(const base::Place& place) {
  return base::printable(place.file) + (place.line == 0 ? "" : ":" + std::to_string(place.line));
}

/// A text that is not there at all is shown as such.
std::string value_text(const std::string& text, base::Language language) {
  return text.empty() ? say(language, "app.test.nothing") : base::printable(text);
}

void print_difference(const mapping::Difference& each, base::Language language) {
  std::cout << "    "
            << say(language, "app.test.difference",
                   {{"path", each.path},
                    {"expected", value_text(each.expected, language)},
                    {"came", value_text(each.came, language)}})
            << '\n';
  if (each.rule.line == 0) return;
  const bool one_cell = !each.column.empty();
  std::cout << "      "
            << say(language, one_cell ? "app.test.rule_of_cell" : "app.test.rule",
                   {{"place", place_text(each.rule)},
                    {"column", each.column},
                    {"cell", value_text(each.cell, language)}})
            << '\n';
}

void print_gaps(const mapping::Coverage& coverage, const TestOptions& options, base::Language language) {
  for (const auto& gap : coverage.gaps) {
    if (gap.exercised && !options.mutate) continue;
    std::cout << "  " << say(language, gap.exercised ? "app.test.not_noticed" : "app.test.not_exercised")
              << ' ' << place_text(gap.place) << ' ' << base::printable(gap.what) << '\n';
  }
}

void print_file(const TestedFile& file, const TestOptions& options, base::Language language) {
  Sum sum;
  sum.add(file);
  const auto* line = file.coverage.parts == 0 ? "app.test.file" : "app.test.file_with_parts";
  std::cout << say(language, line,
                   {{"subject", file.subject},
                    {"cases", std::to_string(sum.cases)},
                    {"words", std::to_string(sum.words)},
                    {"failed", std::to_string(sum.failed)},
                    {"parts", std::to_string(sum.parts)},
                    {"exercised", std::to_string(sum.exercised)}})
            << '\n';
  if (file.problem) std::cout << "  " << base::describe(language, *file.problem) << '\n';
  for (const auto& each : file.report.cases) {
    if (each.passed()) continue;
    std::cout << "  "
              << say(language, "app.test.failed", {{"case", each.name}, {"place", place_text(each.place)}})
              << '\n';
    for (const auto& difference : each.differences) print_difference(difference, language);
  }
  if (options.coverage || options.mutate) print_gaps(file.coverage, options, language);
}

void print_for_people(const std::vector<TestedFile>& files, const TestOptions& options,
                      base::Language language) {
  for (const auto& file : files) print_file(file, options, language);
  const auto sum = sum_of(files);
  std::cout << say(language, "app.test.sum",
                   {{"files", std::to_string(files.size())},
                    {"cases", std::to_string(sum.cases)},
                    {"words", std::to_string(sum.words)},
                    {"failed", std::to_string(sum.failed + sum.problems)},
                    {"parts", std::to_string(sum.parts)},
                    {"not_exercised", std::to_string(sum.parts - sum.exercised)},
                    {"not_noticed", std::to_string(sum.exercised - sum.noticed)}})
            << '\n';
}

boost::json::object json_of(const base::Place& place) { return {{"file", place.file}, {"line", place.line}}; }

boost::json::object json_of(const mapping::TestedCase& tested) {
  boost::json::array differences;
  for (const auto& each : tested.differences) {
    boost::json::object object{{"path", each.path}, {"expected", each.expected}, {"came", each.came}};
    if (each.rule.line != 0) object["rule"] = json_of(each.rule);
    if (!each.column.empty()) object["column"] = each.column;
    if (!each.cell.empty()) object["cell"] = each.cell;
    differences.push_back(std::move(object));
  }
  auto object = json_of(tested.place);
  object["case"] = tested.name;
  object["differences"] = std::move(differences);
  return object;
}

boost::json::object json_of(const TestedFile& file, base::Language language) {
  Sum sum;
  sum.add(file);
  boost::json::array failures, gaps;
  for (const auto& each : file.report.cases)
    if (!each.passed()) failures.push_back(json_of(each));
  for (const auto& gap : file.coverage.gaps) {
    auto object = json_of(gap.place);
    object["part"] = gap.what;
    object["exercised"] = gap.exercised;
    gaps.push_back(std::move(object));
  }
  boost::json::object object{
      {"subject", file.subject},    {"file", file.file.string()},      {"cases", sum.cases},
      {"words", sum.words},         {"failures", std::move(failures)}, {"parts", sum.parts},
      {"exercised", sum.exercised}, {"noticed", sum.noticed},          {"gaps", std::move(gaps)}};
  if (file.problem) object["error"] = to_json(*file.problem, language);
  return object;
}

void print_json(const std::vector<TestedFile>& files, base::Language language) {
  const auto sum = sum_of(files);
  boost::json::array list;
  for (const auto& file : files) list.push_back(json_of(file, language));
  print(boost::json::object{{"files", std::move(list)},
                            {"cases", sum.cases},
                            {"words", sum.words},
                            {"failed", sum.failed + sum.problems},
                            {"parts", sum.parts},
                            {"exercised", sum.exercised},
                            {"noticed", sum.noticed}});
}

std::string ids_of(const mapping::MappingSet& mappings) {
  std::set<std::string_view> ids;
  for (const auto& each : mappings.all()) ids.insert(each->head().id);
  return base::joined(std::vector<std::string_view>(ids.begin(), ids.end()));
}

base::Result<int> propose(Workshop& workshop, const std::string& id) {
  MUSUBI_ASSIGN(const auto mappings, workshop.folder_mappings());
  const auto found = mappings->find(id);
  if (!found)
    return base::Error(base::ErrorKind::usage, "app.mapping_unknown",
                       {{"mapping", id}, {"known", ids_of(*mappings)}});
  std::cout << mapping::draft_of_tests(*found);
  return 0;
}

base::Result<int> run_test(Workshop& workshop, const TestOptions& options) {
  if (!options.propose.empty()) return propose(workshop, options.propose);
  const std::vector<std::filesystem::path> paths(options.paths.begin(), options.paths.end());
  MUSUBI_ASSIGN(const auto files, run_tests(workshop, paths));
  if (!options.junit.empty()) MUSUBI_TRY(base::write_file_durably(options.junit, junit_of(files)));
  if (workshop.options().json)
    print_json(files, workshop.options().language);
  else
    print_for_people(files, options, workshop.options().language);
  const auto sum = sum_of(files);
  const bool passed = std::ranges::all_of(files, &TestedFile::passed);
  return passed && (!options.mutate || sum.noticed == sum.parts) ? 0 : 1;
}

}  // namespace

void add_test(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<TestOptions>();
  auto* command = app.add_subcommand("test", say(language, "app.test.help"));
  command->add_option("paths", options->paths, say(language, "app.test.option.paths"));
  command->add_flag("--coverage", options->coverage, say(language, "app.test.option.coverage"));
  command->add_flag("--mutate", options->mutate, say(language, "app.test.option.mutate"));
  command->add_option("--junit", options->junit, say(language, "app.test.option.junit"));
  command->add_option("--propose", options->propose, say(language, "app.test.option.propose"));
  command->footer("  musubi test mappings/tokyo --coverage");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_test(workshop, *options); };
  });
}

}  // namespace musubi::app
