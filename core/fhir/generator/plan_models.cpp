#include <algorithm>
#include <array>
#include <stdexcept>

#include "model_names.h"
#include "models.h"

namespace musubi::fhir::generator {

namespace {

constexpr auto kResources = std::to_array<std::string_view>({"AllergyIntolerance",
                                                             "AuditEvent",
                                                             "Basic",
                                                             "Binary",
                                                             "Bundle",
                                                             "CapabilityStatement",
                                                             "Composition",
                                                             "Condition",
                                                             "Consent",
                                                             "Device",
                                                             "DiagnosticReport",
                                                             "DocumentReference",
                                                             "Encounter",
                                                             "Immunization",
                                                             "List",
                                                             "Location",
                                                             "Measure",
                                                             "MeasureReport",
                                                             "Medication",
                                                             "MedicationAdministration",
                                                             "MedicationDispense",
                                                             "MedicationRequest",
                                                             "MedicationStatement",
                                                             "MessageHeader",
                                                             "Observation",
                                                             "OperationOutcome",
                                                             "Organization",
                                                             "Parameters",
                                                             "Patient",
                                                             "Practitioner",
                                                             "PractitionerRole",
                                                             "Procedure",
                                                             "Provenance",
                                                             "Questionnaire",
                                                             "QuestionnaireResponse",
                                                             "RelatedPerson",
                                                             "ServiceRequest",
                                                             "Specimen",
                                                             "Subscription"});

/// A choice of more types is one of any type.
constexpr std::size_t kMostChoices = 30;

constexpr std::string_view kFolder = "musubi/fhir/r4/";

/// "Patient.contact" → "Patient".
std::string owner_of(const std::string& type) { return type.substr(0, type.find('.')); }

class Planner {
 public:
  Planner(const Definitions& definitions, const Rules& rules) : definitions_(definitions), rules_(rules) {}

  ModelSet run() {
    for (const auto resource : kResources) select(std::string(resource));
    visit("Identifier");  // its assigner is a Reference, which then has the Box: few have an identifier
    for (const auto& type : selected_) visit(type);
    for (const auto& type : selected_) add_file(type);
    check_names();
    return std::move(set_);
  }

 private:
  bool is(const std::string& type, std::string_view kind) const { return definitions_.at(type).kind == kind; }
  static bool is_open(const ElementDefinition& element) { return element.types.size() > kMostChoices; }

  // ---- which

  template <class Visit>
  void each_complex(const std::string& type, const Visit& visit_one) const {
    for (const auto& element : definitions_.at(type).elements)
      for (const auto& each : element.types)
        if (is(each.name, "complex") || is(each.name, "backbone")) visit_one(element, each.name);
  }

  void select(const std::string& type) {
    if (is(type, "complex") || is(type, "resource")) selected_.insert(type);
    if (!reached_.insert(type).second) return;
    each_complex(type, [&](const ElementDefinition&, const std::string& other) { select(other); });
  }

  /// Depth first over what must be complete; what leads back is boxed.
  void visit(const std::string& type) {
    if (!visited_.insert(type).second) return;
    open_.insert(type);
    each_complex(type, [&](const ElementDefinition& element, const std::string& other) {
      const auto owner = owner_of(other);
      if (owner == "Extension" || is_open(element) || (element.many && is(other, "backbone"))) {
        if (is(other, "backbone")) visit(other);
        return;
      }
      if (open_.contains(other)) {
        if (element.many || element.is_choice) throw std::runtime_error(type + " contains itself");
        back_edges_.insert({type, element.name});
      } else {
        visit(other);
      }
    });
    open_.erase(type);
  }

  // ---- what it becomes

  void add_file(const std::string& type) {
    ModelFile file;
    file.type = type;
    file.includes.insert("musubi/fhir/models/members.h");
    if (type != "Extension") file.includes.insert("musubi/fhir/r4/extension.h");
    std::set<std::string> done;
    add_model(type, file, done);
    set_.files.push_back(std::move(file));
  }

  void add_model(const std::string& type, ModelFile& file, std::set<std::string>& done) {
    if (!done.insert(type).second) return;
    each_complex(type, [&](const ElementDefinition&, const std::string& other) {
      if (is(other, "backbone")) add_model(other, file, done);
    });
    const auto& definition = definitions_.at(type);
    Model model{type, class_name(type), &definition, {}};
    for (const auto& element : definition.elements)
      model.members.push_back({member_name(element.name), cpp_type(type, element, file), &element,
                               !is_outer(element.types.front().name, type)});
    file.models.push_back(std::move(model));
  }

  /// Whether a group stands in it.
  static bool is_outer(const std::string& type, const std::string& group) {
    return group.starts_with(type + ".");
  }

  std::string cpp_type(const std::string& owner, const ElementDefinition& element, ModelFile& file) {
    if (is_open(element)) return "AnyValue";
    const auto& type = element.types.front().name;
    if (is(type, "resource")) return element.many ? "std::vector<AnyResource>" : "AnyResource";
    if (element.is_choice) return choice(element, file);
    if (back_edges_.contains({owner, element.name})) {
      set_.boxed.insert(class_name(type));
      return "Box<" + class_name(type) + ">";
    }
    return (element.many ? "std::vector<" : "std::optional<") + value_type(element, type, file) + ">";
  }

  std::string choice(const ElementDefinition& element, ModelFile& file) {
    std::string types;
    for (const auto& type : element.types)
      types += (types.empty() ? "" : ", ") + value_type(element, type.name, file);
    return "Choice<" + types + ">";
  }

  std::string value_type(const ElementDefinition& element, const std::string& type, ModelFile& file) {
    if (is(type, "complex") && type != file.type)
      file.includes.insert(std::string(kFolder) + member_name(type) + ".h");
    if (type != "code" || element.strength != "required" || !add_enum(element.value_set))
      return class_name(type);
    const auto name = enum_name(element.value_set);
    file.includes.insert(std::string(kFolder) + "codes/" + member_name(name) + ".h");
    return "CodeOf<" + name + ">";
  }

  /// False: its codes are not all known, or cannot all be names.
  bool add_enum(const std::string& value_set) {
    const auto found = rules_.codes.find(value_set);
    if (found == rules_.codes.end()) return false;
    const auto name = enum_name(value_set);
    if (set_.enums.contains(name)) return set_.enums.at(name).value_set == value_set;
    CodeEnum made{value_set, {}};
    std::set<std::string> codes, names;
    for (const auto& [system, listed] : found->second)
      for (const auto& code : listed)
        if (codes.insert(code).second) made.codes.push_back(code);
    for (const auto& code : made.codes)
      if (!names.insert(enumerator_name(code)).second) return false;
    set_.enums[name] = std::move(made);
    return true;
  }

  void check_names() const {
    std::set<std::string> names;
    for (const auto& [name, made] : set_.enums) names.insert(name);
    for (const auto& file : set_.files)
      for (const auto& model : file.models)
        if (!names.insert(model.name).second) throw std::runtime_error(model.name + " would be two types");
  }

  const Definitions& definitions_;
  const Rules& rules_;
  ModelSet set_;
  std::set<std::string> selected_, reached_, visited_, open_;
  std::set<std::pair<std::string, std::string>> back_edges_;
};

}  // namespace

ModelSet plan_models(const Definitions& definitions, const Rules& rules) {
  return Planner(definitions, rules).run();
}

}  // namespace musubi::fhir::generator
