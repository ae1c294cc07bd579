// musubi fhir: FHIR R4 resources at the command line.
#include <CLI/CLI.hpp>
#include <iostream>

#include "../command_line.h"
#include "musubi/document/byte_source.h"
#include "musubi/document/row_reader.h"
#include "musubi/fhir/codec.h"

namespace musubi::app {
namespace {

using base::say;

struct FhirOptions {
  std::string file, to;
  bool indented = false;
};

base::Result<fhirpath::Resource> read_file(const std::string& file) {
  MUSUBI_ASSIGN(const auto source, document::ByteSource::open_file(file, file));
  const document::Limits limits;
  MUSUBI_ASSIGN(auto bytes, document::read_all(*source, limits.bytes));
  const auto format =
      document::guess_shape(*source) == document::Shape::xml ? fhir::Format::xml : fhir::Format::json;
  return fhir::read_resource(std::move(bytes), file, format, limits);
}

base::Result<int> convert(const FhirOptions& options) {
  MUSUBI_ASSIGN(const auto resource, read_file(options.file));
  const auto format = options.to == "xml" ? fhir::Format::xml : fhir::Format::json;
  auto written = fhir::write_resource(resource, format, {.indented = options.indented});
  if (written.has_error()) return written.error().at({.file = options.file});
  if (!written->ends_with('\n')) *written += '\n';
  std::cout << *written;
  return 0;
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
}

}  // namespace musubi::app
