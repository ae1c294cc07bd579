// musubi fhir: FHIR R4 resources at the command line.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "../command_line.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/row_reader.h"
#include "musubi/fhir/codec.h"
#include "musubi/fhir/packages.h"
#include "musubi/fhir/validation.h"

namespace musubi::app {
namespace {

using base::say;

struct FhirOptions {
  std::string file, to;
  std::vector<std::string> files, packages, profiles;
  bool indented = false;
};

struct FhirFile {
  std::string bytes;
  fhir::Format format = fhir::Format::json;
};

base::Result<FhirFile> read_file(const std::string& file) {
  MUSUBI_ASSIGN(const auto source, document::ByteSource::open_file(file, file));
  FhirFile read;
  MUSUBI_ASSIGN(read.bytes, document::read_all(*source, document::Limits().bytes));
  if (document::guess_shape(*source) == document::Shape::xml) read.format = fhir::Format::xml;
  return read;
}

base::Result<int> convert(const FhirOptions& options) {
  MUSUBI_ASSIGN(auto file, read_file(options.file));
  MUSUBI_ASSIGN(const auto resource,
                fhir::read_resource(std::move(file.bytes), options.file, file.format, document::Limits()));
  const auto format = options.to == "xml" ? fhir::Format::xml : fhir::Format::json;
  auto written = fhir::write_resource(resource, format, {.indented = options.indented});
  if (written.has_error()) return written.error().at({.file = options.file});
  if (!written->ends_with('\n')) *written += '\n';
  std::cout << *written;
  return 0;
}

// --- validate

/// Judges resources one by one, and prints an OperationOutcome for each.
class ValidateRun {
 public:
  ValidateRun(const FhirOptions& options, base::Language language,
              std::shared_ptr<const fhir::Packages> packages)
      : options_(options), language_(language), validator_(std::move(packages)) {}

  base::Status look_for_profiles() const {
    for (const auto& each : options_.profiles)
      if (!validator_.knows_profile(each))
        return base::Error(base::ErrorKind::usage, "fhir.profile_not_found", {{"profile", each}});
    return {};
  }
  base::Status file(const std::string& name) {
    MUSUBI_ASSIGN(const auto file, read_file(name));
    if (!name.ends_with(".ndjson")) {
      judge(file.bytes, name, file.format);
      return {};
    }
    std::istringstream lines(file.bytes);
    for (std::string line; std::getline(lines, line);)
      if (line.find_first_not_of(" \t\r") != line.npos) judge(line, name, fhir::Format::json);
    return {};
  }
  int exit_code() const { return exit_code_; }

 private:
  void judge(const std::string& bytes, const std::string& name, fhir::Format format) {
    const auto resource = fhir::read_resource(bytes, name, format, document::Limits());
    const auto issues =
        resource.has_error()
            ? std::vector{fhir::Issue{fhir::Severity::fatal, fhir::IssueType::structure, resource.error()}}
            : validator_.validate(*resource, bytes, options_.profiles);
    if (fhir::has_error(issues)) exit_code_ = 1;
    std::cout << shown(fhir::operation_outcome(issues, language_)) << '\n';
  }

  std::string shown(std::string outcome) const {
    if (!options_.indented) return outcome;
    const auto resource = fhir::read_resource(outcome, "outcome", fhir::Format::json, document::Limits());
    return fhir::write_resource(resource.value(), fhir::Format::json, {.indented = true}).value();
  }

  const FhirOptions& options_;
  const base::Language language_;
  const fhir::Validator validator_;
  int exit_code_ = 0;
};

base::Result<std::shared_ptr<const fhir::Packages>> read_packages(const FhirOptions& options) {
  auto packages = std::make_shared<fhir::Packages>();
  for (const auto& each : options.packages) MUSUBI_TRY(packages->add(each));
  return std::shared_ptr<const fhir::Packages>(std::move(packages));
}

base::Result<int> validate(const FhirOptions& options, base::Language language) {
  MUSUBI_ASSIGN(auto packages, read_packages(options));
  ValidateRun run(options, language, std::move(packages));
  MUSUBI_TRY(run.look_for_profiles());
  for (const auto& each : options.files) MUSUBI_TRY(run.file(each));
  return run.exit_code();
}

}  // namespace

void add_fhir(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<FhirOptions>();
  auto* command = app.add_subcommand("fhir", say(language, "app.fhir.help"));
  command->require_subcommand(1);
  auto* converting = command->add_subcommand("convert", say(language, "app.fhir.convert.help"));
  converting->add_option("--to", options->to, say(language, "app.fhir.option.to"))
      ->required()
      ->check(CLI::IsMember({"json", "xml"}));
  converting->add_flag("--indent", options->indented, say(language, "app.fhir.option.indent"));
  converting->add_option("file", options->file, say(language, "app.fhir.option.file"))->required();
  converting->footer("  musubi fhir convert --to xml patient.json");
  converting->callback([options, &action] { action = [options](Workshop&) { return convert(*options); }; });
  auto* validating = command->add_subcommand("validate", say(language, "app.fhir.validate.help"));
  validating->add_flag("--indent", options->indented, say(language, "app.fhir.option.indent"));
  validating->add_option("files", options->files, say(language, "app.fhir.option.files"))->required();
  validating->add_option("--package", options->packages, say(language, "app.fhir.option.package"))
      ->allow_extra_args(false);
  validating->add_option("--profile", options->profiles, say(language, "app.fhir.option.profile"))
      ->allow_extra_args(false);
  validating->footer(
      "  musubi fhir validate --indent bundle.json\n  musubi fhir validate *.ndjson\n"
      "  musubi fhir validate --package jp-core.r4-1.1.2.tgz patient.json");
  validating->callback([options, language, &action] {
    action = [options, language](Workshop&) { return validate(*options, language); };
  });
}

}  // namespace musubi::app
