#include "structure_check.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "musubi/fhir/r4_types.h"
#include "narrative.h"
#include "primitive_form.h"
#include "r4_rules.h"
#include "type_rules.h"

namespace musubi::fhir {
namespace {

using fhirpath::ElementInfo;
using fhirpath::kNoType;
using fhirpath::ResourceNode;

class StructureCheck {
 public:
  explicit StructureCheck(Issues& issues)
      : issues_(issues),
        resource_(issues.resource()),
        model_(*resource_.model()),
        is_json_(resource_.format() == fhirpath::DocumentFormat::json) {}

  void run() { look_at(resource_.root(), nullptr); }

 private:
  [[gnu::noinline, gnu::cold]] void error(IssueType type, std::string_view message, const ResourceNode& node,
                                          std::initializer_list<base::MessageArgument> arguments = {},
                                          std::string_view below = {}) {
    issues_.add(Severity::error, type, message, node, arguments, below);
  }

  /// `element`: where it stands; nullptr: the root.
  void look_at(const ResourceNode& node, const ElementInfo* element) {
    if (node.type == kNoType) return;  // its parent has told
    const auto& rules = rules_[node.type];
    if (!has_content(node, rules)) return;
    if (element != nullptr && element->strength == fhirpath::BindingStrength::required)
      look_at_code(node, *element, rules);
    if (rules.is_attachment) look_at_attachment(node);
    is_json_ ? look_at_members(node) : look_at_markup(node);
    if (rules.is_primitive && node.child_count == 0) return;
    look_at_counts(node, rules);
    for (const auto& child : resource_.children(node))
      if (child.element != nullptr && !is_sound_value(child)) look_at(child, child.element);
  }

  /// What most nodes are: a value alone, of the right kind and form, and no text that has to be read.
  bool is_sound_value(const ResourceNode& node) const {
    if (node.child_count != 0 || node.shape != 0 || node.type == kNoType) return false;
    const auto& rules = rules_[node.type];
    if (is_json_ && node.leaf != rules.leaf) return false;
    if (!plain_texts_.has(node.text, rules.plain) && !has_form(node.text, rules)) return false;
    return node.element->strength != fhirpath::BindingStrength::required ||
           membership(*node.element, {}, node.text) != Membership::other;
  }
  static bool has_form(std::string_view text, const TypeRules& rules) {
    return rules.form != nullptr && !text.empty() && rules.form(text) &&
           !(rules.is_string && has_angle(text));
  }

  /// False: what is inside is not looked at.
  bool has_content(const ResourceNode& node, const TypeRules& rules) {
    if (rules.is_abstract_resource) return wrong(node, "fhir.contained_unknown");
    if (rules.is_primitive) {
      if (is_group(node)) return wrong(node, "fhir.group_for_value");
      const bool of_its_kind = !is_json_ || node.leaf == rules.leaf;
      if (!of_its_kind || !has_form(node.text, rules)) look_at_value(node, rules);
      return true;
    }
    if (node.has_value()) return wrong(node, "fhir.value_for_group");
    return node.child_count != 0 || rules.may_be_empty || wrong(node, "fhir.element_empty");
  }
  [[gnu::noinline, gnu::cold]] bool wrong(const ResourceNode& node, std::string_view message) {
    error(IssueType::structure, message, node);
    return false;
  }

  // ---- values

  static bool has_angle(std::string_view text) {
    return std::memchr(text.data(), '<', text.size()) != nullptr;
  }

  [[gnu::noinline]] void look_at_value(const ResourceNode& node, const TypeRules& rules) {
    const auto wrong_of_type = [&](std::string_view message) {
      error(IssueType::value, message, node, {{"type", std::string(model_.type(node.type).name)}});
    };
    if (!node.has_value()) {
      if (node.child_count == 0) error(IssueType::structure, "fhir.element_empty", node);
    } else if (is_json_ && node.leaf != rules.leaf) {
      wrong_of_type("fhir.value_kind");
    } else if (node.text.empty()) {
      error(IssueType::value, "fhir.value_empty", node);
    } else if (rules.is_xhtml) {
      if (!is_narrative(node.text)) error(IssueType::value, "fhir.narrative_not_xml", node);
    } else if (rules.form != nullptr && !rules.form(node.text)) {
      wrong_of_type("fhir.value_form");
    } else if (rules.is_string && node.text.find("<script") != std::string_view::npos) {
      error(IssueType::value, "fhir.value_script", node);
    }
  }

  /// The size is that of the data before they were encoded.
  [[gnu::noinline]] void look_at_attachment(const ResourceNode& node) {
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

  static bool is_group(const ResourceNode& node) {
    const auto shape = node.shape & (fhirpath::kWrittenAsObject | fhirpath::kWrittenBeside);
    return !node.has_value() && shape == fhirpath::kWrittenAsObject;
  }

  // ---- codes of required bindings

  [[gnu::noinline]] void look_at_code(const ResourceNode& node, const ElementInfo& element,
                                      const TypeRules& rules) {
    if (rules.is_concept) return look_at_concept(node, element);
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

  void look_at_counts(const ResourceNode& node, const TypeRules& rules) {
    std::uint64_t seen = 0, repeated = 0;
    for (const auto& child : resource_.children(node)) {
      if (child.element == nullptr) continue;
      const auto bit = std::uint64_t{1} << static_cast<unsigned>(child.element - rules.elements);
      repeated |= seen & bit;
      seen |= bit;
    }
    const auto missing = rules.required & ~seen;
    repeated &= rules.single;
    if ((missing | repeated) != 0) tell_counts(node, rules, missing, repeated);
  }

  [[gnu::noinline, gnu::cold]] void tell_counts(const ResourceNode& node, const TypeRules& rules,
                                                std::uint64_t missing, std::uint64_t repeated) {
    for (auto wrong = missing | repeated; wrong != 0; wrong &= wrong - 1) {
      const auto& element = rules.elements[std::countr_zero(wrong)];
      if ((missing & wrong & ~(wrong - 1)) != 0)
        error(IssueType::required, "fhir.element_missing", node, {}, element.name);
      else
        error(IssueType::structure, element.is_choice ? "fhir.choice_made_twice" : "fhir.element_repeated",
              node, {}, element.name);
    }
  }

  // ---- JSON: members as they are written

  void look_at_members(const ResourceNode& node) {
    for (const auto& remark : resource_.remarks_on(node)) look_at_remark(node, remark);
  }

  [[gnu::noinline, gnu::cold]] void look_at_remark(const ResourceNode& node, const fhirpath::Remark& remark) {
    constexpr std::string_view kMessages[] = {"fhir.member_unknown", "fhir.element_null",
                                              "fhir.list_expected", "fhir.list_unexpected",
                                              "fhir.list_empty"};
    if (remark.kind == fhirpath::RemarkKind::unknown) return unknown_member(node, remark);
    issues_.add_at(IssueType::structure, kMessages[static_cast<std::size_t>(remark.kind)], node, remark.name,
                   remark.source_byte);
  }

  void unknown_member(const ResourceNode& node, const fhirpath::Remark& remark) {
    const std::string near(model_.nearest_element(node.type, remark.name));
    const bool helps = !near.empty() && "_" + near != remark.name;
    issues_.add_at(IssueType::structure, helps ? "fhir.member_unknown_near" : "fhir.member_unknown", node,
                   remark.name, remark.source_byte, {{"suggestion", near}});
  }

  // ---- XML

  [[gnu::noinline]] void look_at_markup(const ResourceNode& node) {
    if ((node.shape & fhirpath::kTextBetween) != 0)
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
      if ((child.shape & fhirpath::kWrittenAsAttribute) != 0) continue;
      if (last != nullptr && element < last) error(IssueType::structure, "fhir.element_order", child);
      last = element;
    }
  }

  Issues& issues_;
  const fhirpath::Resource& resource_;
  const fhirpath::TypeTable& model_;
  const bool is_json_;
  const PlainTexts plain_texts_{resource_.bytes()};
  const TypeRules* const rules_ = r4_type_rules().data();
};

}  // namespace

void check_structure(Issues& issues) { StructureCheck(issues).run(); }

}  // namespace musubi::fhir
