// Any bytes as an expression, compiled against nothing, a model and columns, and run on a patient and a row:
// an error has a place inside the expression; what compiles has a portable form that compiles; no run goes
// past its limits.
#include <array>
#include <cstdlib>
#include <string>

#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"

using namespace musubi::fhirpath;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view kPatient = R"({"resourceType":"Patient","id":"p1","active":true,
  "name":[{"use":"official","family":"結城","given":["花子","Hana"]},{"use":"usual","text":"はな"}],
  "telecom":[{"system":"phone","value":"03-1234-5678"}],"gender":"female","birthDate":"1964-10-10",
  "_birthDate":{"extension":[{"url":"http://example.org/t","valueDateTime":"1964-10-10T05:06:07.5+09:00"}]},
  "multipleBirthInteger":2,"contact":[{"name":{"family":"結城"},"period":{"start":"2020-04"}}],
  "extension":[{"url":"http://example.org/w","valueQuantity":{"value":54.50,"unit":"kg",
  "system":"http://unitsofmeasure.org","code":"kg"}}]})";

const Resource& patient() {
  static const Resource resource =
      Resource::from_json(std::string(kPatient), "patient", {}, &musubi::fhir::r4_types()).value();
  return resource;
}

const std::array<std::string, 4> kColumns = {"No", "患者_居住地", "公表_年月日", "年代"};
constexpr std::array<std::string_view, 4> kRow = {"12", "千代田区", "R2.4.1", "４０代"};

/// Errors of the expression say where.
void require_place(const musubi::base::Error& error) {
  require(error.code().starts_with("fhirpath."));
  require(error.place().line != 0 && error.place().column != 0);
}

void require_portable(std::string_view text, const CompileOptions& options) {
  const auto portable = portable_form(text);
  require(portable.has_value());
  require(Expression::compile(*portable, options).has_value());
}

template <class... Data>
void try_expression(std::string_view text, const CompileOptions& options, const Data&... data) {
  constexpr EvaluationLimits kLimits{
      .steps = 20'000, .values = 5'000, .text_bytes = 1U << 14U, .memory_bytes = 1U << 20U};
  const auto expression = Expression::compile(text, options);
  if (expression.has_error()) return require_place(expression.error());
  require_portable(text, options);
  Evaluation evaluation({}, kLimits);
  const auto values = evaluation.run(*expression, data...);
  if (values.has_error()) return require_place(values.error());
  for (const Value& value : *values) {
    require(!type_name(value).empty());
    require(!to_json(value).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const TypeTable* model = &musubi::fhir::r4_types();
  try_expression(text, {});
  try_expression(text, {.model = model, .root_type = "Patient", .strict = true}, patient());
  try_expression(text, {.model = model}, patient());
  try_expression(text, {.columns = kColumns}, std::span<const std::string_view>(kRow));
  return 0;
}
