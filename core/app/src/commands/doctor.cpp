#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "../terminal.h"
#include "musubi/base/file.h"

namespace musubi::app {
namespace {

using base::say;
namespace fs = std::filesystem;

constexpr std::uint64_t kLittleSpace = 1ULL << 30;

/// One line per examination; what fails says what to do.
class Examination {
 public:
  explicit Examination(const CommonOptions& options) : options_(options) {}

  template <class T>
  void expect(std::string_view what, const base::Result<T>& result) {
    if (result.has_error())
      failed(what, result.error());
    else
      passed(what, {});
  }

  void passed(std::string_view what, const std::string& detail) { add(what, "ok", detail); }

  /// `name` is of the one among several of its kind.
  void failed(std::string_view what, const base::Error& error, const std::string& name = {}) {
    worst_ = std::max(worst_, base::exit_code(error));
    add(what, "failed", (name.empty() ? "" : name + ": ") + base::describe(options_.language, error));
  }

  void warned(std::string_view what, const std::string& detail) { add(what, "warning", detail); }

  int finish() {
    if (options_.json) print(boost::json::object{{"examinations", std::move(list_)}, {"fine", worst_ == 0}});
    return worst_;
  }

 private:
  void add(std::string_view what, std::string_view state, const std::string& detail) {
    const auto name = say(options_.language, "app.doctor." + std::string(what));
    if (options_.json) {
      list_.push_back(boost::json::object{{"what", what}, {"state", state}, {"detail", detail}});
      return;
    }
    const auto shown = say(options_.language, "app.doctor.state." + std::string(state));
    std::cout << padded(shown, 8, false) << name << (detail.empty() ? "" : ": ") << detail << '\n';
  }

  const CommonOptions& options_;
  boost::json::array list_;
  int worst_ = 0;
};

/// Median-like figure of a few durable writes, in microseconds: what every commit costs at least.
base::Result<std::uint64_t> durable_write_cost(const fs::path& home) {
  constexpr int kWrites = 8;
  const auto probe = home / ".doctor-probe";
  const auto start = std::chrono::steady_clock::now();
  for (int index = 0; index < kWrites; ++index) MUSUBI_TRY(base::write_file_durably(probe, "probe"));
  const auto spent = std::chrono::steady_clock::now() - start;
  std::error_code ignored;
  fs::remove(probe, ignored);
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(spent).count() /
                                    kWrites);
}

void examine_home(Workshop& workshop, Examination& examination) {
  const auto& home = workshop.options().home;
  const auto language = workshop.options().language;
  std::error_code failed;
  fs::create_directories(home, failed);
  if (failed) return examination.failed("home", base::file_error(failed.value(), home));
  const auto cost = durable_write_cost(home);
  if (cost.has_error()) return examination.failed("home", cost.error());
  examination.passed("home",
                     say(language, "app.doctor.durable_write", {{"microseconds", with_separators(*cost)}}));
  const auto space = fs::space(home, failed);
  const auto free = say(language, "app.doctor.free", {{"gigabytes", std::to_string(space.available >> 30)}});
  if (space.available < kLittleSpace)
    examination.warned("disk", free);
  else
    examination.passed("disk", free);
}

void examine_ledger(Workshop& workshop, Examination& examination) {
  std::error_code ignored;
  if (!fs::exists(workshop.options().home / "ledger.sqlite", ignored)) {
    return examination.passed("ledger", say(workshop.options().language, "app.doctor.no_ledger_yet"));
  }
  const auto ledger = workshop.ledger_to_read();
  if (ledger.has_error()) return examination.failed("ledger", ledger.error());
  const auto problems = (*ledger)->verify();
  for (const auto& problem : problems) examination.failed("ledger", problem);
  if (problems.empty()) examination.passed("ledger", {});
}

/// Where nothing was stored yet there is nothing to look through.
void examine_sink(Workshop& workshop, const std::string& name, Examination& examination) {
  const auto language = workshop.options().language;
  const auto sink = workshop.sink_to_read(name);
  if (sink.has_error() && sink.error().code() == "adapter.store_missing")
    return examination.passed("sink", name + ": " + say(language, "app.doctor.nothing_stored"));
  if (sink.has_error()) return examination.failed("sink", sink.error(), name);
  if (const auto verified = (*sink)->verify(); verified.has_error())
    return examination.failed("sink", verified.error(), name);
  examination.passed("sink", name);
}

void examine_adapters(Workshop& workshop, const Settings& settings, Examination& examination) {
  for (const auto& [name, use] : settings.sources) {
    const auto source = workshop.source(name);
    if (source.has_error())
      examination.failed("source", source.error(), name);
    else
      examination.passed("source", name);
  }
  for (const auto& [name, use] : settings.sinks) examine_sink(workshop, name, examination);
}

base::Result<int> run_doctor(Workshop& workshop) {
  Examination examination(workshop.options());
  const auto settings = workshop.settings();
  examination.expect("settings", settings);
  if (settings.has_error()) return examination.finish();
  examination.expect("catalogue", workshop.folder_context());
  examination.expect("mappings", workshop.folder_mappings());
  examination.expect("checks", workshop.checks());
  examination.expect("policies", workshop.policies());
  examination.expect("routes", workshop.routes());
  const auto plugins = workshop.plugins();
  examination.expect("plugins", plugins);
  examine_home(workshop, examination);
  if (!plugins.has_error()) examine_adapters(workshop, **settings, examination);
  examine_ledger(workshop, examination);
  return examination.finish();
}

}  // namespace

void add_doctor(CLI::App& app, base::Language language, Action& action) {
  auto* command = app.add_subcommand("doctor", say(language, "app.doctor.help"));
  command->footer("  musubi doctor --home /srv/musubi");
  command->callback([&action] { action = run_doctor; });
}

}  // namespace musubi::app
