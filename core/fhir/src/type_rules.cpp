#include "type_rules.h"

#include <stdexcept>
#include <vector>

#include "musubi/fhir/r4_types.h"

namespace musubi::fhir {
namespace {

using fhirpath::kNoType;
using fhirpath::LeafKind;
using fhirpath::TypeIndex;
using fhirpath::TypeKind;

LeafKind leaf_of(const fhirpath::TypeTable& model, const fhirpath::TypeInfo& type) {
  if (type.system_type == kNoType) return LeafKind::text;
  const auto system = model.type(type.system_type).name;
  if (system == "Boolean") return LeafKind::boolean;
  return system == "Integer" || system == "Decimal" ? LeafKind::number : LeafKind::text;
}

PlainForm plain_form_of(std::string_view type) {
  if (type == "string") return {.least = ' ', .never = '<'};
  if (type == "markdown") return {.least = ' '};
  if (type == "code" || type == "uri" || type == "url" || type == "canonical") return {.least = ' ' + 1};
  return {};
}

TypeRules rules_of(const fhirpath::TypeTable& model, TypeIndex index) {
  constexpr std::size_t kMostElements = 64;
  const auto& type = model.type(index);
  const auto elements = model.elements_of(index);
  if (elements.size() > kMostElements) throw std::logic_error("a type has more elements than bits");
  TypeRules rules;
  rules.is_primitive = type.kind == TypeKind::primitive || type.kind == TypeKind::system;
  rules.is_abstract_resource = type.kind == TypeKind::resource && type.is_abstract;
  rules.may_be_empty = type.name == "Parameters";
  rules.is_attachment = type.name == "Attachment";
  rules.is_concept = type.name == "CodeableConcept";
  rules.is_string = type.name == "string";
  rules.is_xhtml = type.name == "xhtml";
  rules.leaf = leaf_of(model, type);
  rules.form = form_of(type.name);
  rules.plain = plain_form_of(type.name);
  rules.elements = elements.data();
  for (std::size_t place = 0; place < elements.size(); ++place) {
    const auto bit = std::uint64_t{1} << place;
    if (elements[place].minimum != 0) rules.required |= bit;
    if (!elements[place].many) rules.single |= bit;
  }
  return rules;
}

std::vector<TypeRules> all_rules() {
  const auto& model = r4_types();
  std::vector<TypeRules> rules;
  rules.reserve(model.types.size());
  for (std::size_t type = 0; type < model.types.size(); ++type)
    rules.push_back(rules_of(model, static_cast<TypeIndex>(type)));
  return rules;
}

}  // namespace

std::span<const TypeRules> r4_type_rules() {
  static const auto kRules = all_rules();
  return kRules;
}

}  // namespace musubi::fhir
