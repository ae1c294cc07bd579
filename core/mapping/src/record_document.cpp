#include "record_document.h"

#include <algorithm>

#include "musubi/base/json_text.h"

namespace musubi::mapping {
namespace {

using model::Value;
using model::ValueKind;

/// A number without quotation marks.
bool is_bare(const Value& value) {
  return value.kind() == ValueKind::integer || value.kind() == ValueKind::decimal ||
         value.kind() == ValueKind::boolean;
}

/// The last step of a field's id.
std::string last_step(const std::string& id) { return id.substr(id.rfind('.') + 1); }

}  // namespace

base::Result<fhirpath::Resource> RecordDocument::of(const model::RecordLayout& layout, Values values) {
  if (planted_ != &layout) plant(layout);
  json_ = "{\"resourceType\":";
  base::append_json_string(json_, types_.root());
  write_branches(branches_, layout, values);
  json_ += '}';
  return fhirpath::Resource::from_json(json_, types_.root(), {}, &types_.table());
}

/// The tree of the layout's fields, so that members of one object stand together.
void RecordDocument::plant(const model::RecordLayout& layout) {
  branches_.clear();
  for (std::size_t slot = 0; slot < layout.slots.size(); ++slot) {
    std::string_view rest = layout.catalogue->at(layout.slots[slot]).id;
    auto* level = &branches_;
    for (auto dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
      auto found = std::ranges::find(*level, rest.substr(0, dot), &Branch::name);
      if (found == level->end()) found = level->insert(found, {.name = std::string(rest.substr(0, dot))});
      level = &found->below;
      rest.remove_prefix(dot + 1);
    }
    level->push_back({.name = std::string(rest), .slot = static_cast<int>(slot)});
  }
  planted_ = &layout;
}

void RecordDocument::begin_member(std::string_view name) {
  if (json_.back() != '{') json_ += ',';
  base::append_json_string(json_, name);
  json_ += ':';
}

void RecordDocument::write_branches(const std::vector<Branch>& branches, const model::RecordLayout& layout,
                                    Values values) {
  for (const Branch& branch : branches) {
    if (branch.slot >= 0) {
      const auto slot = static_cast<std::size_t>(branch.slot);
      write_field(branch, layout.catalogue->at(layout.slots[slot]), values[slot], layout);
      continue;
    }
    const auto before = json_.size();
    begin_member(branch.name);
    json_ += '{';
    const auto inside = json_.size();
    write_branches(branch.below, layout, values);
    if (json_.size() == inside)
      json_.resize(before);
    else
      json_ += '}';
  }
}

void RecordDocument::write_field(const Branch& leaf, const model::Field& field, const Value& value,
                                 const model::RecordLayout& layout) {
  if (value.silent()) return;
  if (field.type == model::FieldType::group) return write_group(leaf, field, value, layout);
  if (value.kind() == ValueKind::list) return write_list(leaf.name, value);
  if (value.present()) {
    begin_member(leaf.name);
    write_value(value);
  }
  write_beside(leaf.name, value);
}

void RecordDocument::write_list(const std::string& name, const Value& list) {
  begin_member(name);
  json_ += '[';
  for (const Value& item : list.as_list()) {
    if (json_.back() != '[') json_ += ',';
    write_value(item);
  }
  json_ += ']';
}

/// Items are objects; members that say nothing are not there.
void RecordDocument::write_group(const Branch& leaf, const model::Field& group, const Value& value,
                                 const model::RecordLayout& layout) {
  if (value.kind() != ValueKind::list) return;
  const auto members = layout.catalogue->members_of(group.number);
  begin_member(leaf.name);
  json_ += '[';
  for (const Value& item : value.as_list()) {
    if (json_.back() != '[') json_ += ',';
    json_ += '{';
    for (std::size_t member = 0; member < members.size() && member < item.as_list().size(); ++member) {
      const auto& field = layout.catalogue->at(members[member]);
      write_field({.name = last_step(field.id)}, field, item.as_list()[member], layout);
    }
    json_ += '}';
  }
  json_ += ']';
}

void RecordDocument::write_value(const Value& value) {
  if (value.kind() == ValueKind::age)
    json_ += std::to_string(value.as_age().months ? 0 : value.as_age().amount);
  else if (is_bare(value))
    json_ += model::to_text(value);
  else
    base::append_json_string(json_, model::to_text(value));
}

/// What a field has beside its value.
void RecordDocument::write_beside(const std::string& name, const Value& value) {
  if (value.is_absent()) {
    begin_member("_" + name);
    json_ += "{\"absent\":";
    base::append_json_string(json_, model::name_of(value.absent_reason()));
    json_ += '}';
  }
  if (value.kind() == ValueKind::age && value.as_age().months) {
    begin_member("_" + name);
    json_ += "{\"months\":" + std::to_string(value.as_age().amount) + "}";
  }
}

}  // namespace musubi::mapping
