#include "laboratory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "musubi/base/digest.h"
#include "program.h"

namespace musubi::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSubmissions = "/api/v1/submissions";
constexpr std::chrono::seconds kPatience{60};

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

/// The shipped sources and the central store, in batches so small that every list is many.
std::string configuration(const std::string& more) {
  const std::string project = MUSUBI_PROJECT_FOLDER;
  return "catalogue: " + project + "/mappings/catalogue\nvalue_sets: " + project +
         "/mappings/valuesets\nmappings: " + project + "/mappings\nchecks: " + project +
         "/config/checks\njurisdictions: " + project + "/config/jurisdictions\npolicies: " + project +
         "/config/policies\nroutes: " + project +
         "/config/routes\n"
         "plugins: [musubi_source_tokyo.so, musubi_source_osaka.so, musubi_sink_sqlite.so, "
         "musubi_sink_file.so]\n"
         "sources:\n  tokyo: { adapter: tokyo }\n  osaka: { adapter: osaka }\n"
         "sinks:\n  central: { adapter: sqlite }\n"
         "name: Crash laboratory\n"
         "serve: { address: 127.0.0.1, port: 8080, batch_rows: 40, requests_per_second: 0, most_attempts: 0 "
         "}\n"
         "delivery:\n  central: { first_wait: 10ms, longest_wait: 100ms }\n"
         "ways_in:\n  inbox: { kind: folder, folder: inbox, complete_by: rename, settle: 1ms, scan_every: "
         "100ms }\n" +
         more;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Without the number that the store gave it, which depends on which source came first.
std::string without_number(const std::string& line) {
  return line.substr(std::min(line.find(','), line.size()));
}

/// Whether nothing that was dropped is left to take.
bool all_archived(const fs::path& inbox) {
  std::error_code moving;
  for (fs::recursive_directory_iterator entry(inbox, moving), end; !moving && entry != end;
       entry.increment(moving)) {
    if (entry->path().filename() == "archive") entry.disable_recursion_pending();
    if (entry->path().extension() == ".csv") return false;
  }
  return !moving;
}

}  // namespace

const Report& Reports::number(std::size_t number) {
  const auto known = made_.find(number);
  if (known != made_.end()) return known->second;
  Report report;
  report.source = number % 2 == 0 ? "tokyo" : "osaka";
  report.name = report.source + "-" + std::to_string(number) + ".csv";
  report.file = folder_.path() / report.name;
  const auto of_source = number / 2;
  const auto rows = of_source % 12 == 7 ? 1'500 : 30 + of_source * 37 % 170;
  const auto outcome = run_musubi({"sample", "--source", report.source, "--rows", std::to_string(rows),
                                   "--seed", std::to_string(of_source / 2 + 1), "--edition",
                                   std::to_string(of_source % 2 + 1), "--output", report.file.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  report.bytes = text_of(report.file);
  report.digest = base::to_hex(base::sha256(report.bytes));
  return made_.emplace(number, std::move(report)).first->second;
}

Laboratory::Laboratory(const std::string& more)
    : home_(folder_.path() / "home"), config_(folder_.write("musubi.yaml", configuration(more))) {
  for (const auto* source : {"tokyo", "osaka"}) fs::create_directories(home_ / "inbox" / source);
  token_ = new_token(home_, "operator");
}

Laboratory::~Laboratory() {
  if (!::testing::Test::HasFailure()) return;
  const auto kept = fs::temp_directory_path() / ("musubi-crashed-" + std::to_string(::getpid()));
  std::error_code failure;
  fs::remove_all(kept, failure);
  fs::rename(folder_.path(), kept, failure);
  std::printf("The home that failed: %s\n", kept.c_str());
}

unsigned Laboratory::post(const ServingHub& hub, const Report& report) {
  const auto target = std::string(kSubmissions) + "?source=" + report.source + "&name=" + report.name;
  const auto status = hub.post(target, token_, report.bytes).status;
  note(report, status);
  return status;
}

std::optional<std::size_t> Laboratory::upload_offset(const ServingHub& hub, const Report& report) {
  auto& url = uploads_[report.digest];
  auto answer = url.empty() ? HttpAnswer{} : hub.get(url, token_);
  if (answer.status != 200) {
    const auto target = "/api/v1/uploads?source=" + report.source + "&name=" + report.name;
    answer = hub.post(target, token_, R"({"sha256": ")" + report.digest + "\"}");
    if (answer.status != 201) return std::nullopt;
    url = answer.json().at("url").as_string();
  }
  return answer.json().at("offset").to_number<std::size_t>();
}

unsigned Laboratory::upload(const ServingHub& hub, const Report& report) {
  const auto piece = report.bytes.size() / 2 + 1;
  for (auto at = upload_offset(hub, report); at != report.bytes.size(); at = upload_offset(hub, report)) {
    if (!at) return 0;
    const auto target = uploads_[report.digest] + "?offset=" + std::to_string(*at);
    if (hub.ask("PATCH", target, token_, report.bytes.substr(*at, piece)).status == 0) return 0;
  }
  const auto status = hub.post(uploads_[report.digest] + "/complete", token_).status;
  if (status != 0) uploads_.erase(report.digest);
  note(report, status);
  return status;
}

void Laboratory::note(const Report& report, unsigned status) {
  handed_in_[report.digest] = &report;
  if (status == 202 || status == 200) ++acknowledged_[report.digest];
}

void Laboratory::drop(const Report& report) {
  handed_in_[report.digest] = &report;
  dropped_.insert(report.digest);
  const auto folder = home_ / "inbox" / report.source;
  const auto being_written = folder / ("." + report.name);
  std::ofstream(being_written, std::ios::binary) << report.bytes;
  fs::rename(being_written, folder / report.name);
}

std::vector<std::pair<std::string, Laboratory::Submission>> Laboratory::submissions(
    const ServingHub& hub) const {
  std::vector<std::pair<std::string, Submission>> all;
  const auto page = hub.get(std::string(kSubmissions) + "?limit=500", token_);
  if (page.status != 200) return all;
  const auto json = page.json();
  for (const auto& each : json.at("submissions").as_array()) {
    const auto text = [&](const char* name) { return std::string(each.at(name).as_string()); };
    all.push_back({text("sha256"),
                   {text("name"), text("source"), text("state"),
                    each.at("times_received").to_number<std::uint64_t>()}});
  }
  std::reverse(all.begin(), all.end());
  return all;
}

bool Laboratory::at_rest(const ServingHub& hub) const {
  if (!all_archived(home_ / "inbox")) return false;
  for (const auto& [digest, each] : submissions(hub))
    if (each.state == "kept" || each.state == "processing") return false;
  const auto answer = hub.get("/api/v1/ledger", token_);
  return answer.status == 200 && answer.json().at("records").at("in_flight") == 0;
}

void Laboratory::expect_on_the_books(const ServingHub& hub) const {
  std::map<std::string, Submission> found;
  for (const auto& [digest, each] : submissions(hub)) {
    EXPECT_TRUE(found.emplace(digest, each).second) << each.name << " is there twice";
    EXPECT_EQ(each.state, "done") << each.name;
  }
  for (const auto& [digest, times] : acknowledged_) {
    ASSERT_TRUE(found.contains(digest)) << handed_in_.at(digest)->name << " was acknowledged and is lost";
    EXPECT_GE(found.at(digest).times_received, times) << handed_in_.at(digest)->name << ": a receipt is lost";
  }
  for (const auto& digest : dropped_)
    EXPECT_TRUE(found.contains(digest)) << handed_in_.at(digest)->name << " was dropped and is lost";
  const auto balance = books(hub);
  EXPECT_TRUE(balance.at("balanced").as_bool()) << balance;
  EXPECT_EQ(balance.at("records").at("dead_letter"), 0) << balance;
}

std::vector<std::string> Laboratory::stored(const fs::path& home) const {
  const auto outcome = run_musubi(
      {"query", "--format", "ndjson", "--history", "--home", home.string(), "--config", config_.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  auto lines = lines_of(outcome.out);
  std::ranges::transform(lines, lines.begin(), without_number);
  std::ranges::sort(lines);
  return lines;
}

/// An import of the same files by a hub that nobody kills, each source's in their order of receipt.
std::vector<std::string> Laboratory::undisturbed(
    const std::vector<std::pair<std::string, Submission>>& submissions) const {
  const auto home = folder_.path() / "undisturbed";
  for (const auto* source : {"tokyo", "osaka"}) {
    std::vector<std::string> import{"import",      "--source", source,          "--home",
                                    home.string(), "--config", config_.string()};
    const auto options = import.size();
    for (const auto& [digest, each] : submissions)
      if (each.source == source) import.push_back(handed_in_.at(digest)->file.string());
    if (import.size() == options) continue;
    const auto outcome = run_musubi(import);
    EXPECT_LE(outcome.exit_code, 1) << outcome.err;
  }
  auto lines = stored(home);
  fs::remove_all(home);
  return lines;
}

void Laboratory::expect_nothing_lost_nothing_double(const Environment& environment) {
  std::vector<std::pair<std::string, Submission>> all;
  {
    ServingHub hub(settings(environment));
    ASSERT_NE(hub.port(), 0) << hub.log();
    ASSERT_TRUE(eventually([&] { return at_rest(hub); }, kPatience)) << books(hub) << '\n' << hub.log();
    expect_on_the_books(hub);
    all = submissions(hub);
    EXPECT_EQ(hub.stop(), 0) << hub.log();
  }
  const auto doctor = run_musubi({"doctor", "--home", home_.string(), "--config", config_.string()});
  EXPECT_EQ(doctor.exit_code, 0) << doctor.out << doctor.err;
  if (all.empty()) return;
  const auto here = stored(home_), expected = undisturbed(all);
  EXPECT_EQ(here.size(), expected.size());
  const auto differ = std::ranges::mismatch(here, expected);
  EXPECT_TRUE(here == expected) << "first difference: " << (differ.in1 == here.end() ? "-" : *differ.in1)
                                << '\n'
                                << (differ.in2 == expected.end() ? "-" : *differ.in2);
}

}  // namespace musubi::testing
