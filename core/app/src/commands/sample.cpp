#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "../sample/sample.h"
#include "../terminal.h"
#include "musubi/base/file.h"

namespace musubi::app {
namespace {

using base::say;

constexpr std::uint64_t kMostRows = 100'000'000;
constexpr unsigned kMostEditions = 100;

struct SampleOptions {
  std::string source, kind, output;
  std::uint64_t rows = 1000, seed = 1;
  unsigned edition = 1;
  bool force = false;
};

base::Status check_output(const SampleOptions& options, bool json) {
  if (options.output.empty() && json)
    return base::Error(base::ErrorKind::usage, "app.sample.json_needs_output");
  std::error_code ignored;
  const bool there = !options.output.empty() && std::filesystem::is_regular_file(options.output, ignored);
  if (!there || options.force) return {};
  return base::Error(base::ErrorKind::usage, "app.sample.exists").at({.file = options.output});
}

base::Result<int> run_sample(Workshop& workshop, const SampleOptions& options) {
  MUSUBI_TRY(check_output(options, workshop.options().json));
  sample::SampleRequest request;
  request.source = options.source;
  request.rows = options.rows;
  request.seed = options.seed;
  request.edition = options.edition;
  request.kind = options.kind;
  if (options.output.empty()) {
    MUSUBI_ASSIGN([[maybe_unused]] const auto bytes, sample::write_sample(request, std::cout));
    return 0;
  }
  std::ofstream file(options.output, std::ios::binary);
  if (!file) return base::file_error(errno, options.output);
  MUSUBI_ASSIGN(const auto written, sample::write_sample(request, file));
  file.flush();
  if (!file) return base::file_error(ENOSPC, options.output);
  const auto& common = workshop.options();
  if (common.json) {
    print(boost::json::object{{"file", options.output}, {"rows", written}, {"synthetic", true}});
  } else {
    std::cout << say(common.language, "app.sample.written",
                     {{"file", options.output}, {"rows", with_separators(written)}})
              << '\n';
  }
  return 0;
}

}  // namespace

void add_sample(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<SampleOptions>();
  auto* command = app.add_subcommand("sample", say(language, "app.sample.help"));
  command->add_option("--source", options->source, say(language, "app.sample.option.source"))
      ->required()
      ->check(CLI::IsMember({"tokyo", "osaka", "hersys", "fhir"}));
  command->add_option("--rows", options->rows, say(language, "app.sample.option.rows"))
      ->check(CLI::Range(std::uint64_t{1}, kMostRows));
  command->add_option("--seed", options->seed, say(language, "app.sample.option.seed"));
  command->add_option("--edition", options->edition, say(language, "app.sample.option.edition"))
      ->check(CLI::Range(1U, kMostEditions));
  command->add_option("--kind", options->kind, say(language, "app.sample.option.kind"))
      ->check(CLI::IsMember({"report", "form", "laboratory", "bulk", "beds"}));
  command->add_option("--output", options->output, say(language, "app.sample.option.output"));
  command->add_flag("--force", options->force, say(language, "app.sample.option.force"));
  command->footer("  musubi sample --source tokyo --rows 1000 --seed 7 --output sample.csv");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_sample(workshop, *options); };
  });
}

}  // namespace musubi::app
