// The compiled form of an expression: steps in one flat array, each with the function that runs it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/fhirpath/expression.h"
#include "musubi/fhirpath/value.h"
#include "syntax.h"

namespace re2 {
class RE2;
}

namespace musubi::fhirpath {

class Run;
struct Step;

using StepIndex = std::uint32_t;
/// As the input of a step: the focus ($this of where it stands).
inline constexpr StepIndex kFocus = 0xFFFFFFFF;
inline constexpr std::uint32_t kNoColumn = 0xFFFFFFFF;

/// Pushes what the step yields. False: it failed; Run knows why.
using StepHandler = bool (*)(Run&, const Step&);

/// A type that an expression names. `found` only where the model has it.
struct NamedType {
  std::string_view name{};            ///< without namespace
  std::string_view type_namespace{};  ///< "System", "FHIR" or empty
  TypeIndex found = kNoType;
};

struct Step {
  StepHandler run = nullptr;
  StepIndex input = kFocus;
  std::uint32_t first_argument = 0;  ///< in Plan::arguments
  std::uint8_t argument_count = 0;
  Operator operation = Operator::none;
  bool binds = false;  ///< defines a variable somewhere below: the scope must be restored after it
  std::uint32_t column = kNoColumn;
  std::uint64_t name_hash = 0;
  std::string_view name{};
  Value constant{};
  NamedType type{};
  const re2::RE2* pattern = nullptr;  ///< constant argument of matches() and its kin
  Position at{};
};

/// What a part of an expression depends on that yields the same whatever it is evaluated on.
struct LastingPart {
  bool of_this_run = false;  ///< on %resource and its kin
  std::vector<std::string_view> variables{};
};

/// Owns everything its steps refer to.
struct Plan {
  std::string text;
  const TypeTable* model = nullptr;
  std::vector<Step> steps;
  std::vector<StepIndex> arguments;
  std::vector<LastingPart> lasting;  ///< by Step::column of run_lasting
  std::uint64_t number = 0;          ///< of all plans ever made
  std::uint64_t family = 0;          ///< of PartNumbers; 0: it has nothing in common with others
  StepIndex root = 0;
  bool by_row = false;
  std::vector<std::uint32_t> columns;  ///< read, ascending

  std::deque<std::string> texts;
  std::deque<Decimal> decimals;
  std::deque<DateTime> date_times;
  std::deque<Time> times;
  std::deque<Quantity> quantities;
  std::vector<std::shared_ptr<const re2::RE2>> patterns;
};

}  // namespace musubi::fhirpath
