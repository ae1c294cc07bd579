// is, as, ofType(), type(): FHIRPath 2.0, section 6.3, and the type rules of FHIR R4.
#include <algorithm>
#include <iterator>
#include <type_traits>

#include "calls.h"
#include "functions.h"
#include "operators.h"
#include "system_kinds.h"

namespace musubi::fhirpath {
namespace {

/// The System type of untyped data, or of a System value.
bool is_system(Run& run, const Value& item, const NamedType& type) {
  if (type.type_namespace == "FHIR") return false;
  const bool untyped = item.is(ValueKind::node) && item.node().type == kNoType;
  const auto value = untyped ? run.system_value(item) : item;
  const auto name = system_name_of(value.kind());
  return !name.empty() && (name == type.name || type.name == "Any");
}

/// `exactly`: a primitive must be of the very type (ofType(string) leaves a code out).
bool is_of(Run& run, const Value& item, const NamedType& type, bool exactly) {
  if (!item.is(ValueKind::node) || item.node().type == kNoType) return is_system(run, item, type);
  if (type.found == kNoType) return false;
  const auto& model = *item.resource().model();
  const auto own = item.node().type;
  if (own == type.found) return true;
  const bool primitive = model.type(own).kind == TypeKind::primitive;
  return !(exactly && primitive) && model.is_a(own, type.found);
}

/// A type nobody knows is an error, unless it is sought in System: then nothing is of it.
bool check_known(Run& run, const Step& step) {
  const auto& type = step.type;
  if (type.found != kNoType || type.type_namespace == "System" || run.plan().model == nullptr) return true;
  return run.fail(step, "fhirpath.run.type_unknown", {{"type", std::string(type.name)}});
}

bool eval_one(Run& run, const Step& step, Items& items) {
  if (!check_known(run, step) || !eval_items(run, step, items)) return false;
  return items.size() <= 1 ||
         run.fail(step, "fhirpath.run.single_expected", {{"name", std::string(step.name)}});
}

}  // namespace

bool run_is(Run& run, const Step& step) {
  Items items;
  if (!eval_one(run, step, items)) return false;
  return items.size() == 0 || answer(run, items.mark, is_of(run, *run.at(items.mark), step.type, false));
}

bool run_as(Run& run, const Step& step) {
  Items items;
  if (!eval_one(run, step, items)) return false;
  if (items.size() != 0 && !is_of(run, *run.at(items.mark), step.type, true)) run.drop(items.mark);
  return true;
}

bool run_of_type(Run& run, const Step& step) {
  Items items;
  if (!check_known(run, step) || !eval_items(run, step, items)) return false;
  std::uint32_t kept = 0;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    const auto item = *run.at(items.mark + index);
    if (is_of(run, item, step.type, true)) *run.at(items.mark + kept++) = item;
  }
  run.drop(items.mark + kept);
  return true;
}

namespace {

/// Names of the System types where no model is given.
constexpr TypeInfo kSystemTypes[] = {
    {.name = "Boolean", .kind = TypeKind::system}, {.name = "Integer", .kind = TypeKind::system},
    {.name = "Decimal", .kind = TypeKind::system}, {.name = "String", .kind = TypeKind::system},
    {.name = "Date", .kind = TypeKind::system},    {.name = "DateTime", .kind = TypeKind::system},
    {.name = "Time", .kind = TypeKind::system},    {.name = "Quantity", .kind = TypeKind::system}};
constexpr TypeTable kSystemTable{
    .model_namespace = "System", .types = kSystemTypes, .system_types = std::size(kSystemTypes)};

bool push_type(Run& run, const Value& item) {
  if (item.is(ValueKind::node) && item.node().type != kNoType) {
    return run.push(Value::of_type(item.resource().model(), item.node().type));
  }
  const auto name = system_name_of(run.system_value(item).kind());
  const auto found = std::ranges::find_if(kSystemTypes, [&](const auto& type) { return type.name == name; });
  if (found == std::end(kSystemTypes)) return true;
  return run.push(Value::of_type(&kSystemTable, static_cast<TypeIndex>(found - std::begin(kSystemTypes))));
}

}  // namespace

bool run_type(Run& run, const Step& step) {
  Items items;
  if (!eval_items(run, step, items)) return false;
  for (std::uint32_t index = 0; index < items.size(); ++index) {
    if (!push_type(run, *run.at(items.mark + index))) return false;
  }
  run.settle(items.mark, items.begin);
  return true;
}

}  // namespace musubi::fhirpath
