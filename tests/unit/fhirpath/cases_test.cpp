// The cases of tests/unit/fhirpath/cases: data files that anyone can add to. Each file may have a document
// (json or xml; typed by FHIR R4), or columns and a row; each case an expression and what it gives, or the
// code of its error and the place.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>

#include "musubi/base/messages.h"
#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/evaluation.h"
#include "test_services.h"

namespace musubi::fhirpath {
namespace {

namespace fs = std::filesystem;

using Lines = std::vector<std::string>;

/// A file of cases: the data they run on.
class Cases {
 public:
  explicit Cases(const fs::path& path) : file_(YAML::LoadFile(path.string())) {
    if (file_["json"])
      take(Resource::from_json(file_["json"].as<std::string>(), "json", {}, &fhir::r4_types()));
    if (file_["xml"]) take(Resource::from_xml(file_["xml"].as<std::string>(), "xml", {}, &fhir::r4_types()));
    if (file_["columns"]) columns_ = file_["columns"].as<Lines>();
    if (file_["row"]) cells_ = file_["row"].as<Lines>();
    row_.assign(cells_.begin(), cells_.end());
  }

  YAML::Node all() const { return file_["cases"]; }

  base::Result<Lines> run(const std::string& text, bool strict) {
    MUSUBI_ASSIGN(const auto expression, compile(text, strict));
    MUSUBI_ASSIGN(const auto values, evaluate(expression));
    Lines lines;
    for (const auto& value : values) lines.push_back(type_name(value) + " " + to_text(value));
    return lines;
  }

 private:
  void take(base::Result<Resource> read) {
    ASSERT_TRUE(read) << base::describe(base::Language::english, read.error());
    resource_ = *read;
  }

  base::Result<Expression> compile(const std::string& text, bool strict) const {
    CompileOptions options{.model = &fhir::r4_types(), .strict = strict};
    if (resource_) options.root_type = resource_->type_name();
    if (columns_) options.columns = std::span<const std::string>(*columns_);
    return Expression::compile(text, options);
  }

  base::Result<std::span<const Value>> evaluate(const Expression& expression) {
    if (resource_) return evaluation_.run(expression, *resource_);
    return columns_ ? evaluation_.run(expression, row_) : evaluation_.run(expression);
  }

  YAML::Node file_;
  std::optional<Resource> resource_;
  std::optional<Lines> columns_;
  Lines cells_;
  std::vector<std::string_view> row_;
  testing::TestServices services_;
  Evaluation evaluation_{services_.services(), {}};
};

void check(Cases& cases, const YAML::Node& one) {
  const auto text = one["is"].as<std::string>();
  SCOPED_TRACE(text);
  const auto lines = cases.run(text, one["strict"].as<bool>(false));
  if (one["error"]) {
    ASSERT_TRUE(lines.has_error()) << "gives " << ::testing::PrintToString(*lines);
    EXPECT_EQ(lines.error().code(), one["error"].as<std::string>());
    const auto& place = lines.error().place();
    EXPECT_EQ(place.column, one["column"].as<std::uint64_t>(place.column));
    EXPECT_EQ(place.line, one["line"].as<std::uint64_t>(place.line));
    return;
  }
  ASSERT_TRUE(lines) << base::describe(base::Language::english, lines.error());
  EXPECT_EQ(*lines, one["gives"].as<Lines>());
}

class FhirPathCases : public ::testing::TestWithParam<fs::path> {};

TEST_P(FhirPathCases, GiveWhatTheySay) {
  Cases cases(GetParam());
  ASSERT_TRUE(cases.all().IsSequence());
  for (const auto& one : cases.all()) check(cases, one);
}

std::vector<fs::path> files() {
  std::vector<fs::path> found;
  for (const auto& entry :
       fs::directory_iterator(fs::path(MUSUBI_PROJECT_FOLDER) / "tests/unit/fhirpath/cases")) {
    found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

INSTANTIATE_TEST_SUITE_P(Files, FhirPathCases, ::testing::ValuesIn(files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace musubi::fhirpath
