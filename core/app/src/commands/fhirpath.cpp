#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "../command_line.h"
#include "../trace_to_stream.h"
#include "musubi/base/text.h"
#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"
#include "musubi/mapping/expression_services.h"

namespace musubi::app {
namespace {

using base::say;

struct FhirpathOptions {
  std::string expression, file;
  std::uint64_t row = 0;
  bool strict = false;
};

/// Line breaks and tabs inside a text would look like another result.
std::string in_one_line(std::string_view text) {
  constexpr std::string_view kSigns = "\n\r\t";
  constexpr std::string_view kLetters = "nrt";
  std::string line;
  for (const char c : text) {
    const std::size_t sign = kSigns.find(c);
    if (sign == std::string_view::npos)
      line += c;
    else
      (line += '\\') += kLetters[sign];
  }
  return line;
}

void print_lines(std::span<const fhirpath::Value> values) {
  for (const auto& value : values) {
    std::cout << fhirpath::type_name(value) << '\t' << in_one_line(fhirpath::to_text(value)) << '\n';
  }
}

/// Put together as text, so that 1.50 stays 1.50.
std::string json_of(std::span<const fhirpath::Value> values) {
  std::string json = "[";
  for (const auto& value : values) {
    if (json.size() > 1) json += ',';
    json += R"({"type":)" + boost::json::serialize(boost::json::string(fhirpath::type_name(value)));
    json += R"(,"value":)" + fhirpath::to_json(value) + '}';
  }
  return json + ']';
}

/// The line of the expression that the place names, and a mark under the column.
std::string excerpt(std::string_view expression, const base::Place& place) {
  for (std::uint64_t line = 1; line < place.line; ++line) {
    expression.remove_prefix(std::min(expression.find('\n'), expression.size() - 1) + 1);
  }
  expression = expression.substr(0, expression.find('\n'));
  std::size_t before = 0;
  while (before < expression.size() && base::characters(expression.substr(0, before + 1)) < place.column)
    ++before;
  const std::size_t width = base::display_width(expression.substr(0, before));
  return "  " + std::string(expression) + "\n  " + std::string(width, ' ') + "^\n";
}

/// An error inside the expression is shown with the expression; any other goes the usual way.
base::Result<int> explained(const base::Error& error, const FhirpathOptions& options,
                            const CommonOptions& common) {
  const bool in_expression = error.code().starts_with("fhirpath.") && error.place().line != 0;
  if (!in_expression) return error;
  base::Place place = error.place();
  place.file = "expression";
  if (common.json) return error.at(place);
  std::cerr << "musubi: " << base::describe(common.language, error.at(place)) << '\n'
            << excerpt(options.expression, place);
  return base::exit_code(error);
}

base::Result<fhirpath::Resource> read_resource(const document::ByteSource& source, document::Shape shape) {
  const document::Limits limits;
  MUSUBI_ASSIGN(auto bytes, document::read_all(source, limits.bytes));
  const auto read =
      shape == document::Shape::json ? fhirpath::Resource::from_json : fhirpath::Resource::from_xml;
  return read(std::move(bytes), source.name(), limits, &fhir::r4_types());
}

base::Result<int> run_on_resource(const fhirpath::Resource& resource, const FhirpathOptions& options,
                                  const CommonOptions& common, const fhirpath::Services& services) {
  const fhirpath::CompileOptions compile{
      .model = &fhir::r4_types(), .root_type = resource.type_name(), .strict = options.strict};
  const auto expression = fhirpath::Expression::compile(options.expression, compile);
  if (expression.has_error()) return explained(expression.error(), options, common);
  fhirpath::Evaluation evaluation(services);
  const auto values = evaluation.run(*expression, resource);
  if (values.has_error()) return explained(values.error(), options, common);
  if (common.json)
    std::cout << json_of(*values) << '\n';
  else
    print_lines(*values);
  return 0;
}

/// A row that could not be read says so and does not stop the others.
bool has_fault(const document::RowBatch& batch, std::size_t index, base::Language language) {
  for (const auto& fault : batch.faults()) {
    if (fault.row_index != index) continue;
    std::cerr << "musubi: " << batch.origin(index).line << ": " << say(language, fault.code) << '\n';
    return true;
  }
  return false;
}

class RowRun {
 public:
  RowRun(const FhirpathOptions& options, const CommonOptions& common, const fhirpath::Expression& expression,
         const fhirpath::Services& services)
      : options_(options), common_(common), expression_(expression), evaluation_(services) {}

  base::Result<int> run(document::RowReader& reader) {
    document::RowBatch batch;
    constexpr std::size_t kRows = 1000;
    int code = 0;
    for (;;) {
      MUSUBI_ASSIGN(const auto got, reader.read(batch, kRows));
      if (got == 0) return code;
      for (std::size_t index = 0; index < got; ++index) {
        MUSUBI_ASSIGN(const auto here, row(batch, index));
        code = std::max(code, here);
      }
      if (options_.row != 0 && batch.origin(got - 1).row >= options_.row) return code;
    }
  }

 private:
  base::Result<int> row(const document::RowBatch& batch, std::size_t index) {
    const std::uint64_t number = batch.origin(index).row;
    if (options_.row != 0 && number != options_.row) return 0;
    if (has_fault(batch, index, common_.language)) return 1;
    const auto values = evaluation_.run(expression_, batch.row(index));
    if (values.has_error()) return explained(values.error(), options_, common_);
    if (common_.json)
      std::cout << R"({"row":)" << number << R"(,"results":)" << json_of(*values) << "}\n";
    else
      print_lines(*values);
    return 0;
  }

  const FhirpathOptions& options_;
  const CommonOptions& common_;
  const fhirpath::Expression& expression_;
  fhirpath::Evaluation evaluation_;
};

base::Result<int> run_on_rows(document::RowReader& reader, const FhirpathOptions& options,
                              const CommonOptions& common, const fhirpath::Services& services) {
  const std::vector<std::string> columns(reader.columns().begin(), reader.columns().end());
  const fhirpath::CompileOptions compile{.columns = columns, .strict = options.strict};
  const auto expression = fhirpath::Expression::compile(options.expression, compile);
  if (expression.has_error()) return explained(expression.error(), options, common);
  return RowRun(options, common, *expression, services).run(reader);
}

base::Result<int> run_fhirpath(Workshop& workshop, const FhirpathOptions& options) {
  MUSUBI_ASSIGN(const auto source, document::ByteSource::open_file(options.file, options.file));
  TraceToStream trace(std::cerr);
  fhirpath::Services services{.clock = &workshop.clock(), .trace = &trace};
  std::optional<mapping::Terminology> terminology;
  std::optional<mapping::Places> places;
  if (const auto context = workshop.folder_context();
      context.has_value()) {  // without a configuration: no value sets
    services.terminology = &terminology.emplace(context->value_sets);
    services.places = &places.emplace(context->value_sets);
  }
  const auto shape = document::guess_shape(*source);
  if (shape == document::Shape::json || shape == document::Shape::xml) {
    MUSUBI_ASSIGN(const auto resource, read_resource(*source, shape));
    return run_on_resource(resource, options, workshop.options(), services);
  }
  const bool is_workbook = shape == document::Shape::xlsx;
  MUSUBI_ASSIGN(const auto rows, document::open_rows(is_workbook ? shape : document::Shape::csv, source,
                                                     document::TableOptions{}));
  return run_on_rows(*rows, options, workshop.options(), services);
}

}  // namespace

void add_fhirpath(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<FhirpathOptions>();
  auto* command = app.add_subcommand("fhirpath", say(language, "app.fhirpath.help"));
  command->add_option("expression", options->expression, say(language, "app.fhirpath.option.expression"))
      ->required();
  command->add_option("file", options->file, say(language, "app.fhirpath.option.file"))->required();
  command->add_option("--row", options->row, say(language, "app.fhirpath.option.row"));
  command->add_flag("--strict", options->strict, say(language, "app.fhirpath.option.strict"));
  command->footer(
      "  musubi fhirpath \"Patient.name.given\" patient.json\n"
      "  musubi fhirpath \"患者_居住地.municipality('13')\" patients.csv --row 3");
  command->callback([options, &action] {
    action = [options](Workshop& workshop) { return run_fhirpath(workshop, *options); };
  });
}

}  // namespace musubi::app
