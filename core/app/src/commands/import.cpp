#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "../candidates.h"
#include "../command_line.h"
#include "../day_option.h"
#include "../json_out.h"
#include "../reason_text.h"
#include "../terminal.h"
#include "ledger_view.h"
#include "musubi/base/shown_text.h"

namespace musubi::app {
namespace {

using base::say;

struct ImportOptions {
  std::string source, as_of;
  std::vector<std::string> files;
};

void print_drift(const mapping::Drift& drift, base::Language language) {
  for (const auto& column : drift.missing)
    std::cout << "    " << say(language, "app.drift.missing", {{"column", column}}) << '\n';
  for (const auto& column : drift.unknown)
    std::cout << "    " << say(language, "app.drift.unknown", {{"column", column}}) << '\n';
  for (const auto& [declared, found] : drift.renamed) {
    std::cout << "    " << say(language, "app.drift.renamed", {{"column", declared}, {"found", found}})
              << '\n';
  }
}

/// "1 row is no record - …".
std::string counted(std::string_view id, std::uint64_t rows, base::Language language,
                    std::vector<base::MessageArgument> more = {}) {
  more.emplace_back("rows", with_separators(rows));
  return say(language, rows == 1 ? std::string(id) + "_one" : std::string(id), more);
}

std::string indented(std::string text, const std::string& blanks) {
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) text.insert(at + 1, blanks);
  return blanks + text;
}

void print_counts(const pipeline::PartReport& part, base::Language language) {
  std::cout << say(language, "app.import.part",
                   {{"mapping", part.mapping},
                    {"version", part.mapping_version},
                    {"as_of", day_text(part.as_of)},
                    {"rows", with_separators(part.rows)},
                    {"delivered", with_separators(part.delivered)},
                    {"unchanged", with_separators(part.unchanged)},
                    {"late", with_separators(part.late)},
                    {"in_review", with_separators(part.in_review)},
                    {"rejected", with_separators(part.rejected)}})
            << '\n';
}

void print_reasons(const pipeline::PartReport& part, const ReasonSources& reasons, base::Language language) {
  for (const auto& [code, count] : part.reasons) {
    std::cout << "    " << with_separators(count) << "  " << reason_text(reasons, code, language) << " ("
              << code << ")\n";
  }
  if (part.withdrawn != 0)
    std::cout << "    " << with_separators(part.withdrawn) << "  "
              << reason_text(reasons, ledger::kWithdrawal, language) << '\n';
  for (const auto& [reason, count] : part.skipped) {
    const auto words = base::printable(base::summary(language, reason));
    std::cout << "    " << counted("app.import.skipped", count, language, {{"reason", words}}) << '\n';
  }
}

bool says_nothing(const pipeline::PartReport& part) { return part.rows == 0 && part.skipped.empty(); }

void print_part(const pipeline::PartReport& part, const ReasonSources& reasons, base::Language language) {
  std::cout << "  " << (part.name.empty() ? std::string() : base::printable(part.name) + ": ");
  if (!part.ignored_because.empty()) {
    const auto reason = base::summary(language, part.ignored_because);
    std::cout << say(language, "app.import.ignored", {{"reason", reason}}) << '\n';
    return;
  }
  if (part.ended_by && part.rows == 0) {
    std::cout << say(language, "app.import.not_read") << '\n'
              << indented(base::describe(language, *part.ended_by), "    ") << '\n';
    return;
  }
  print_counts(part, language);
  if (part.read_before != 0)
    std::cout << "    " << say(language, "app.import.went_on", {{"rows", with_separators(part.read_before)}})
              << '\n';
  print_drift(part.drift, language);
  print_reasons(part, reasons, language);
  if (part.ended_by) std::cout << indented(base::describe(language, *part.ended_by), "    ") << '\n';
  if (!part.ended_by && says_nothing(part))
    std::cout << "    " << say(language, "app.import.no_rows") << "\n    "
              << base::remedy(language, "app.import.no_rows") << '\n';
}

void print_report(const pipeline::SubmissionReport& report, const ReasonSources& reasons,
                  base::Language language) {
  std::cout << base::printable(report.file) << '\n';
  if (report.repeated)
    std::cout << "  "
              << say(language, "app.import.repeated", {{"submission", std::to_string(report.submission)}})
              << '\n';
  for (const auto& part : report.parts) print_part(part, reasons, language);
}

/// Something in it waits for a person.
bool has_findings(const pipeline::SubmissionReport& report) {
  return std::ranges::any_of(report.parts, [](const pipeline::PartReport& part) {
    return part.ended_by || part.in_review != 0 || part.rejected != 0;
  });
}

/// Imports one file after the other; what one file has wrong does not keep the next from being read.
class ImportRun {
 public:
  ImportRun(Workshop& workshop, pipeline::Road& road, ReasonSources reasons, const ImportOptions& options)
      : workshop_(workshop), road_(road), reasons_(std::move(reasons)), options_(options) {}

  base::Status resume() {
    ProgressLine line(language(), say(language(), "app.import.resuming"));
    MUSUBI_ASSIGN(const auto resumed, road_.resume([&line](const auto& progress) { line.show(progress); }));
    for (const auto& each : resumed.set_aside) tell(each);
    for (const auto& report : resumed.reports) add(report);
    return {};
  }

  void import(const std::string& file, std::optional<std::chrono::sys_days> as_of) {
    auto report = [&] {
      ProgressLine line(language(), std::filesystem::path(file).filename().string());
      return road_.import({options_.source, file, as_of},
                          [&line](const auto& progress) { line.show(progress); });
    }();
    if (!report.has_error()) return add(*report);
    exit_code_ = std::max(exit_code_, base::exit_code(report.error()));
    if (json())
      return results_.push_back(
          boost::json::object{{"file", file}, {"error", app::to_json(report.error(), language())}});
    const auto place = report.error().place().file.empty() ? base::printable(file) + ": " : std::string();
    std::cerr << "musubi: " << place << base::describe(language(), report.error()) << '\n';
  }

  base::Result<int> finish() {
    MUSUBI_ASSIGN(auto* ledger, workshop_.ledger());
    MUSUBI_ASSIGN(const auto waiting, files_that_wait());
    const auto balance = ledger->balance();
    if (json()) {
      print(boost::json::object{{"submissions", std::move(results_)},
                                {"records", app::to_json(balance)},
                                {"waiting_for_activation", to_json(waiting)}});
    } else {
      std::cout << '\n' << ledger_table({}, balance, language());
      if (!waiting.empty()) std::cout << '\n' << sentence(waiting) << '\n';
    }
    return exit_code_;
  }

 private:
  base::Result<std::vector<Waiting>> files_that_wait() {
    MUSUBI_ASSIGN(const auto in_force, workshop_.in_force());
    MUSUBI_ASSIGN(const auto* settings, workshop_.settings());
    return waiting_for_activation(*in_force, *settings, options_.source);
  }

  static std::string names_of(const std::vector<Waiting>& waiting) {
    constexpr std::size_t kMost = 4;
    std::string names;
    for (std::size_t index = 0; index < std::min(waiting.size(), kMost); ++index)
      names += (index == 0 ? "" : ", ") + waiting[index].file;
    return waiting.size() > kMost ? names + ", …" : names;
  }

  /// What was not used, and what to type.
  std::string sentence(const std::vector<Waiting>& waiting) const {
    const auto& first = waiting.front();
    if (waiting.size() > 1) return say(language(), "app.import.several_wait", {{"files", names_of(waiting)}});
    return say(language(), first.mapping.empty() ? "app.import.new_waits" : "app.import.change_waits",
               {{"file", first.file}, {"mapping", first.mapping}});
  }

  static boost::json::array to_json(const std::vector<Waiting>& waiting) {
    boost::json::array list;
    for (const auto& each : waiting)
      list.push_back(boost::json::object{{"file", each.file}, {"mapping", each.mapping}});
    return list;
  }

  /// An earlier import died of it, or an adapter failed at it, time and again.
  void tell(const pipeline::Unended& one) {
    if (one.errand == ledger::Errand::look) return;  // nothing was kept, nothing waits
    exit_code_ = std::max(exit_code_, 1);
    const bool carried = one.errand == ledger::Errand::carry;
    std::cerr << "musubi: "
              << say(language(), carried ? "app.import.set_aside" : "app.import.consignment_set_aside",
                     {{"id", std::to_string(one.id)},
                      {"name", base::printable(one.name)},
                      {"times", std::to_string(one.times)}})
              << '\n';
  }

  base::Language language() const { return workshop_.options().language; }
  bool json() const { return workshop_.options().json; }

  void add(const pipeline::SubmissionReport& report) {
    if (has_findings(report)) exit_code_ = std::max(exit_code_, 1);
    if (json())
      results_.push_back(app::to_json(report, language()));
    else
      print_report(report, reasons_, language());
  }

  Workshop& workshop_;
  pipeline::Road& road_;
  ReasonSources reasons_;
  const ImportOptions& options_;
  boost::json::array results_;
  int exit_code_ = 0;
};

base::Result<int> run_import(Workshop& workshop, const ImportOptions& options) {
  MUSUBI_ASSIGN(const auto as_of, day_of_option("--as-of", options.as_of));
  MUSUBI_ASSIGN(auto road, workshop.road());
  ImportRun run(workshop, road, reason_sources(workshop), options);
  MUSUBI_TRY(run.resume());
  for (const auto& file : options.files) run.import(file, as_of);
  return run.finish();
}

}  // namespace

void add_import(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<ImportOptions>();
  auto* command = app.add_subcommand("import", say(language, "app.import.help"));
  command->add_option("--source", options->source, say(language, "app.import.option.source"))->required();
  command->add_option("--as-of", options->as_of, say(language, "app.import.option.as_of"));
  command->add_option("files", options->files, say(language, "app.import.option.files"))->required();
  command->footer("  musubi import --source tokyo 130001_tokyo_covid19_patients_2020-04-20.csv");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_import(workshop, *options); };
  });
}

}  // namespace musubi::app
