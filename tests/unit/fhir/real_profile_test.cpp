// Profiles and real resources: JP Core 1.1.2, and resources that are wrong on purpose, where the files are.
// known_faults.csv: of each fault where it is, and what shows it: R4, JP Core, the form of a code; jp-clins
// and jp-core-1.2: only packages that are not here; none: it is no fault.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "musubi/fhir/codec.h"
#include "musubi/fhir/packages.h"
#include "musubi/fhir/validation.h"

namespace musubi::fhir {
namespace {

namespace fs = std::filesystem;

fs::path shared_fhir() { return fs::path(MUSUBI_PROJECT_FOLDER).parent_path() / "shared/data/fhir"; }

/// With JP Core; nullptr: it is not here.
const Validator* validator() {
  static const auto kMade = []() -> std::unique_ptr<Validator> {
    auto packages = std::make_shared<Packages>();
    if (packages->add(shared_fhir() / "jp-core.r4-1.1.2-snapshot.tgz").has_error()) return nullptr;
    return std::make_unique<Validator>(std::move(packages));
  }();
  return kMade.get();
}

std::vector<Issue> issues_of(const std::string& bytes) {
  const auto resource = read_resource(bytes, "test", Format::json, {});
  if (resource.has_error()) return {{Severity::fatal, IssueType::structure, resource.error()}};
  return validator()->validate(*resource, bytes);
}

std::string content_of(const fs::path& file) {
  std::stringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

struct Fault {
  std::string file, fault, element, shown_by;
};

std::vector<Fault> known_faults() {
  std::ifstream stream(MUSUBI_PROJECT_FOLDER "/tests/unit/fhir/known_faults.csv");
  std::vector<Fault> faults;
  std::string line;
  std::getline(stream, line);  // the header
  while (std::getline(stream, line)) {
    std::istringstream cells(line);
    Fault fault;
    std::getline(cells, fault.file, ',');
    std::getline(cells, fault.fault, ',');
    std::getline(cells, fault.element, ',');
    std::getline(cells, fault.shown_by);
    faults.push_back(std::move(fault));
  }
  return faults;
}

bool is_found(const Fault& fault) {
  const auto issues = issues_of(content_of(shared_fhir() / "invalid" / (fault.file + ".ndjson")));
  return std::ranges::any_of(issues, [&](const Issue& each) {
    return each.severity <= Severity::warning && each.what.path() == fault.element;
  });
}

TEST(RealValidation, faults_are_found_where_they_are) {
  if (validator() == nullptr || !fs::exists(shared_fhir() / "invalid"))
    GTEST_SKIP() << "the files are not here";
  std::map<std::string, std::pair<int, int>> found;  // by what shows them: how many of how many
  int all = 0, of = 0;
  for (const auto& each : known_faults()) {
    if (each.shown_by == "none") continue;
    const bool is = is_found(each);
    found[each.shown_by].first += is ? 1 : 0;
    found[each.shown_by].second += 1;
    const bool can_be = each.shown_by == "r4" || each.shown_by == "jp-core" || each.shown_by == "form";
    if (!can_be) continue;
    all += is ? 1 : 0;
    ++of;
    if (!is) ADD_FAILURE() << each.file << " " << each.fault;
  }
  for (const auto& [by, count] : found)
    std::cout << by << ": " << count.first << " of " << count.second << "\n";
  EXPECT_GE(all * 100, of * 85) << all << " of " << of;
}

TEST(RealValidation, sound_resources_are_not_refused) {
  if (validator() == nullptr) GTEST_SKIP() << "the files are not here";
  for (const auto* folder : {"invalid/positive-controls", "resources", "bundles"}) {
    if (!fs::exists(shared_fhir() / folder)) continue;
    for (const auto& each : fs::directory_iterator(shared_fhir() / folder)) {
      const auto issues = issues_of(content_of(each.path()));
      EXPECT_FALSE(has_error(issues)) << each.path() << operation_outcome(issues, base::Language::english);
    }
  }
}

}  // namespace
}  // namespace musubi::fhir
