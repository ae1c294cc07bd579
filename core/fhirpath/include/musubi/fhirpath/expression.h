// An expression of FHIRPath, compiled: parsed, checked against the types it will meet, laid out flat.
// Language: normative FHIRPath 2.0 and the rules of FHIR R4, with Japanese functions and one extension of the
// grammar: identifiers may be any Unicode letters.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/fhirpath/type_table.h"

namespace musubi::fhirpath {

struct Plan;
class PartNumbers;

/// The expressions compiled with one of these are a family: what several of them say of the way to other
/// resources (subject.resolve()) is evaluated once for each node they are run on, in one Evaluation. As long
/// as they are run on the same node, the variables and resources stay the same. Not for several threads.
class SharedParts {
 public:
  SharedParts();
  ~SharedParts();
  SharedParts(const SharedParts&) = delete;
  SharedParts& operator=(const SharedParts&) = delete;
  PartNumbers& numbers() noexcept { return *numbers_; }  ///< for this room

 private:
  std::unique_ptr<PartNumbers> numbers_;
};

/// What the expression will be evaluated on. Nothing given: anything may be there, checks wait until then.
struct CompileOptions {
  const TypeTable* model = nullptr;  ///< outlives the expression
  std::string_view root_type{};      ///< of `model`: "Patient"; paths that cannot exist are refused
  std::string_view resource_type{};  ///< of %resource; empty: root_type
  /// The names of a table's columns: each is a String; other names are refused. Copied.
  std::optional<std::span<const std::string>> columns{};
  /// The names of the variables that runs will have besides those of FHIRPath and FHIR: other names are
  /// refused, except where the expression defines variables itself.
  std::optional<std::span<const std::string>> variables{};
  /// Refuses what depends on an order that is not defined: children().first().
  bool strict = false;
  SharedParts* family = nullptr;  ///< only while it is compiled
};

/// Immutable and shared when copied; threads may share it.
class Expression {
 public:
  /// Errors, all with line and column: fhirpath.syntax.* (the grammar), fhirpath.type.* (names, types,
  /// arguments), fhirpath.limit.*.
  static base::Result<Expression> compile(std::string_view text, const CompileOptions& options = {});

  const std::string& text() const noexcept;
  /// Indices of the columns it reads, ascending; only where columns were declared.
  std::span<const std::uint32_t> columns() const noexcept;
  const Plan& plan() const noexcept { return *plan_; }

 private:
  explicit Expression(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
  std::shared_ptr<const Plan> plan_;
};

/// A path compared with a text that is written in the expression: patient.sex = 'female'.
struct ComparedText {
  std::string path;  ///< of names, from what the expression is evaluated on: "patient.sex"; or a column
  std::string text;
  bool demanded = false;               ///< where they are not equal, the whole expression does not hold
  std::uint32_t line = 0, column = 0;  ///< of the comparison
};
/// Those by = != ~ !~, joined by operators; none inside the arguments of functions.
std::vector<ComparedText> compared_texts(const Expression& expression);
/// Whether a function so named is called anywhere in it.
bool calls(const Expression& expression, std::string_view function) noexcept;
/// Whether that text is written anywhere in it, in quotation marks.
bool names_text(const Expression& expression, std::string_view text) noexcept;

/// The same expression as any FHIRPath engine reads it: names that are not plain ASCII between backticks.
/// Errors: fhirpath.syntax.*
base::Result<std::string> portable_form(std::string_view text);

/// A name in an expression as it must be written there: as it is, or between backticks.
std::string quoted_name(std::string_view name);

}  // namespace musubi::fhirpath
