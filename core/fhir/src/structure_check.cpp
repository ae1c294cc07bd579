#include "structure_check.h"

#include "musubi/fhir/r4_types.h"
#include "narrative.h"
#include "primitive_form.h"
#include "r4_rules.h"

namespace musubi::fhir {
namespace {

using document::kNoNode;
using document::NodeIndex;
using document::NodeKind;
using fhirpath::ElementInfo;
using fhirpath::kNoType;
using fhirpath::LeafKind;
using fhirpath::ResourceNode;
using fhirpath::TypeInfo;
using fhirpath::TypeKind;

bool is_primitive(const TypeInfo& type) {
  return type.kind == TypeKind::primitive || type.kind == TypeKind::system;
}

class StructureCheck {
 public:
  explicit StructureCheck(Issues& issues)
      : issues_(issues),
        resource_(issues.resource()),
        model_(*resource_.model()),
        is_json_(resource_.tree()[0].kind == NodeKind::object) {}

  void run() { look_at(resource_.root(), nullptr); }

 private:
  const document::Node& source_of(const ResourceNode& node) const { return resource_.tree()[node.source]; }

  void error(IssueType type, std::string_view message, const ResourceNode& node,
             std::initializer_list<base::MessageArgument> arguments = {}, std::string_view below = {}) {
    issues_.add(Severity::error, type, message, node, arguments, below);
  }

  /// `element`: where it stands; nullptr: the root.
  void look_at(const ResourceNode& node, const ElementInfo* element) {
    if (node.type == kNoType) return;  // its parent has told
    const auto& type = model_.type(node.type);
    if (type.kind == TypeKind::resource && type.is_abstract)
      return error(IssueType::structure, "fhir.contained_unknown", node);
    if (is_primitive(type) && is_group(node))
      return error(IssueType::structure, "fhir.group_for_value", node);
    if (is_primitive(type))
      look_at_primitive(node, type);
    else if (node.has_value())
      return error(IssueType::structure, "fhir.value_for_group", node);
    else if (node.child_count == 0 && type.name != "Parameters")
      return error(IssueType::structure, "fhir.element_empty", node);
    if (element != nullptr) look_at_code(node, *element);
    if (type.name == "Attachment") look_at_attachment(node);
    is_json_ ? look_at_members(node) : look_at_markup(node);
    look_at_counts(node);
    for (const auto& child : resource_.children(node))
      if (child.element != nullptr) look_at(child, child.element);
  }

  // ---- values

  void look_at_primitive(const ResourceNode& node, const TypeInfo& type) {
    if (!node.has_value()) {
      if (node.child_count == 0) error(IssueType::structure, "fhir.element_empty", node);
      return;
    }
    if (is_json_ && node.leaf != expected_leaf(type))
      return error(IssueType::value, "fhir.value_kind", node, {{"type", std::string(type.name)}});
    if (node.text.empty()) return error(IssueType::value, "fhir.value_empty", node);
    if (type.name == "xhtml") {
      if (narrative_as_xml(node.text).has_error()) error(IssueType::value, "fhir.narrative_not_xml", node);
    } else if (!has_form_of(type.name, node.text)) {
      error(IssueType::value, "fhir.value_form", node, {{"type", std::string(type.name)}});
    } else if (type.name == "string" && node.text.find("<script") != std::string_view::npos) {
      error(IssueType::value, "fhir.value_script", node);
    }
  }

  /// The size is that of the data before they were encoded.
  void look_at_attachment(const ResourceNode& node) {
    const auto* data = resource_.child(node, "data");
    const auto* size = resource_.child(node, "size");
    if (data == nullptr || size == nullptr || !data->has_value() || !has_form_of("unsignedInt", size->text))
      return;
    if (has_form_of("base64Binary", data->text) && std::to_string(decoded_bytes(data->text)) != size->text)
      error(IssueType::value, "fhir.attachment_size", node);
  }
  static std::size_t decoded_bytes(std::string_view base64) {
    std::size_t signs = 0;
    for (const char c : base64) signs += c == '=' || c == ' ' || c == '\n' || c == '\r' || c == '\t' ? 0 : 1;
    return signs * 3 / 4;
  }

  bool is_group(const ResourceNode& node) const {
    return is_json_ && !node.has_value() && source_of(node).kind == NodeKind::object && !stands_beside(node);
  }

  /// Whether its only source is the member _name.
  bool stands_beside(const ResourceNode& node) const {
    auto member = node.source;
    if (const auto parent = source_of(node).parent;
        parent != kNoNode && resource_.tree()[parent].kind == NodeKind::array)
      member = parent;
    return resource_.tree()[member].name.starts_with('_');
  }

  LeafKind expected_leaf(const TypeInfo& type) const {
    if (type.system_type == kNoType) return LeafKind::text;
    const auto system = model_.type(type.system_type).name;
    if (system == "Boolean") return LeafKind::boolean;
    return system == "Integer" || system == "Decimal" ? LeafKind::number : LeafKind::text;
  }

  // ---- codes of required bindings

  void look_at_code(const ResourceNode& node, const ElementInfo& element) {
    if (element.strength != fhirpath::BindingStrength::required) return;
    const auto& type = model_.type(node.type);
    if (type.name == "CodeableConcept") return look_at_concept(node, element);
    if (!node.has_value()) return;
    if (membership(element, {}, node.text) == Membership::other) code_error(node, element);
  }

  /// One of its codings is enough.
  void look_at_concept(const ResourceNode& node, const ElementInfo& element) {
    bool judged = false;
    for (const auto& coding : resource_.children(node)) {
      const auto* code = coding.name == "coding" ? resource_.child(coding, "code") : nullptr;
      if (code == nullptr) continue;
      const auto* system = resource_.child(coding, "system");
      const auto found =
          membership(element, system == nullptr ? std::string_view("-") : system->text, code->text);
      if (found != Membership::other) return;
      judged = true;
    }
    if (judged) code_error(node, element);
  }

  void code_error(const ResourceNode& node, const ElementInfo& element) {
    error(IssueType::code_invalid, "fhir.code_not_in_value_set", node,
          {{"value_set", std::string(model_.value_set_of(element))}});
  }

  // ---- how many

  void look_at_counts(const ResourceNode& node) {
    const auto elements = model_.elements_of(node.type);
    counts_.assign(elements.size(), 0);
    for (const auto& child : resource_.children(node))
      if (child.element != nullptr) ++counts_[static_cast<std::size_t>(child.element - elements.data())];
    for (std::size_t place = 0; place < elements.size(); ++place) {
      const auto& element = elements[place];
      const auto count = counts_[place];
      if (count < element.minimum) error(IssueType::required, "fhir.element_missing", node, {}, element.name);
      if (count > 1 && !element.many)
        error(IssueType::structure, element.is_choice ? "fhir.choice_made_twice" : "fhir.element_repeated",
              node, {}, element.name);
    }
  }

  // ---- JSON: members as they are written

  void look_at_members(const ResourceNode& node) {
    if (source_of(node).kind != NodeKind::object) return;
    const auto& tree = resource_.tree();
    for (auto member = source_of(node).first_child; member != kNoNode; member = tree[member].next_sibling)
      look_at_member(node, member);
  }

  void look_at_member(const ResourceNode& node, NodeIndex member) {
    auto name = resource_.tree()[member].name;
    const bool is_resource = model_.type(node.type).kind == TypeKind::resource;
    if (is_resource && name == "resourceType") return;
    const bool beside = name.starts_with('_');
    if (beside) name.remove_prefix(1);
    const auto found = model_.find_in_document(node.type, name);
    if (!found) return unknown_member(node, resource_.tree()[member].name, member);
    const auto type =
        found->chosen != kNoType ? found->chosen : model_.types_of(*found->element).front().type;
    if (beside && !is_primitive(model_.type(type)))
      return unknown_member(node, resource_.tree()[member].name, member);
    look_at_shape(node, name, member, found->element->many);
  }

  void unknown_member(const ResourceNode& node, std::string_view name, NodeIndex member) {
    const std::string near(model_.nearest_element(node.type, name));
    const bool helps = !near.empty() && "_" + near != name;
    issues_.add_at(IssueType::structure, helps ? "fhir.member_unknown_near" : "fhir.member_unknown", node,
                   name, member, {{"suggestion", near}});
  }

  void look_at_shape(const ResourceNode& node, std::string_view name, NodeIndex member, bool many) {
    const auto& written = resource_.tree()[member];
    if (written.kind == NodeKind::null)
      issues_.add_at(IssueType::structure, "fhir.element_null", node, name, member);
    else if (many && written.kind != NodeKind::array)
      issues_.add_at(IssueType::structure, "fhir.list_expected", node, name, member);
    else if (!many && written.kind == NodeKind::array)
      issues_.add_at(IssueType::structure, "fhir.list_unexpected", node, name, member);
    else if (many && written.first_child == kNoNode)
      issues_.add_at(IssueType::structure, "fhir.list_empty", node, name, member);
  }

  // ---- XML

  void look_at_markup(const ResourceNode& node) {
    const auto& written = source_of(node);
    if (written.kind == NodeKind::element && !written.value.empty() && !node.has_value())
      error(IssueType::structure, "fhir.text_between_elements", node);
    const ElementInfo* last = nullptr;
    for (const auto& child : resource_.children(node)) {
      const auto* element = child.element;
      if (element == nullptr) {
        const std::string near(model_.nearest_element(node.type, child.name));
        error(IssueType::structure, near.empty() ? "fhir.member_unknown" : "fhir.member_unknown_near", child,
              {{"suggestion", near}});
        continue;
      }
      if (source_of(child).kind == NodeKind::attribute) continue;
      if (last != nullptr && element < last) error(IssueType::structure, "fhir.element_order", child);
      last = element;
    }
  }

  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  const bool is_json_;
  std::vector<std::uint32_t> counts_;  ///< of the children of one node, by their elements
};

}  // namespace

void check_structure(Issues& issues) { StructureCheck(issues).run(); }

}  // namespace musubi::fhir
