#include "musubi/model/record_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "musubi/base/json_text.h"

namespace musubi::model {
namespace {

constexpr std::size_t kArenaStart = std::size_t{64} * 1024;
constexpr Value kSilent{};

std::unique_ptr<std::pmr::monotonic_buffer_resource> new_arena() {
  return std::make_unique<std::pmr::monotonic_buffer_resource>(kArenaStart);
}

void append_value(std::string& out, const RecordLayout& layout, const Field& field, const Value& value);

void append_group_item(std::string& out, const RecordLayout& layout, const Field& group, const Value& item) {
  const auto members = layout.catalogue->members_of(group.number);
  const auto values = item.as_list();
  out += '{';
  bool first = true;
  for (std::size_t index = 0; index < values.size() && index < members.size(); ++index) {
    if (values[index].silent()) continue;
    if (!first) out += ',';
    first = false;
    const Field& member = layout.catalogue->at(members[index]);
    base::append_json_string(out, member.id);
    out += ':';
    append_value(out, layout, member, values[index]);
  }
  out += '}';
}

void append_list(std::string& out, const RecordLayout& layout, const Field& field, const Value& value) {
  out += '[';
  bool first = true;
  for (const Value& item : value.as_list()) {
    if (!first) out += ',';
    first = false;
    if (field.type == FieldType::group)
      append_group_item(out, layout, field, item);
    else
      append_value(out, layout, field, item);
  }
  out += ']';
}

void append_value(std::string& out, const RecordLayout& layout, const Field& field, const Value& value) {
  switch (value.kind()) {
    case ValueKind::silent:
      out += "null";
      return;
    case ValueKind::absent:
      out += "{\"absent\":\"";
      out += name_of(value.absent_reason());
      out += "\"}";
      return;
    case ValueKind::integer:
    case ValueKind::decimal:
    case ValueKind::boolean:
      out += to_text(value);
      return;
    case ValueKind::age:
      if (value.as_age().months)
        base::append_json_string(out, to_text(value));
      else
        out += to_text(value);
      return;
    case ValueKind::list:
      append_list(out, layout, field, value);
      return;
    default:
      base::append_json_string(out, to_text(value));
      return;
  }
}

}  // namespace

RecordLayout make_layout(std::shared_ptr<const Catalogue> catalogue, RecordKind kind,
                         std::vector<FieldNumber> fields) {
  std::ranges::sort(fields);
  const auto repeated = std::ranges::unique(fields);
  fields.erase(repeated.begin(), repeated.end());
  RecordLayout layout;
  layout.kind = kind;
  layout.slot_of_field.assign(catalogue->fields().size(), -1);
  for (std::size_t slot = 0; slot < fields.size(); ++slot)
    layout.slot_of_field[fields[slot]] = static_cast<std::int16_t>(slot);
  layout.slots = std::move(fields);
  layout.catalogue = std::move(catalogue);
  return layout;
}

RecordBatch::RecordBatch(std::shared_ptr<const RecordLayout> layout)
    : layout_(std::move(layout)), arena_(new_arena()) {}
RecordBatch::RecordBatch(RecordBatch&&) noexcept = default;
RecordBatch& RecordBatch::operator=(RecordBatch&&) noexcept = default;
RecordBatch::~RecordBatch() = default;

void RecordBatch::reserve(std::size_t records) {
  values_.reserve(records * layout_->slots.size());
  origins_.reserve(records);
}

std::span<Value> RecordBatch::add(const RecordOrigin& origin) {
  origins_.push_back(origin);
  values_.resize(values_.size() + layout_->slots.size());
  return values(origins_.size() - 1);
}

std::span<Value> RecordBatch::values(std::size_t record) noexcept {
  const auto width = layout_->slots.size();
  return {values_.data() + record * width, width};
}

std::span<const Value> RecordBatch::values(std::size_t record) const noexcept {
  const auto width = layout_->slots.size();
  return {values_.data() + record * width, width};
}

const Value& RecordBatch::value(std::size_t record, FieldNumber field) const noexcept {
  const int slot = layout_->slot(field);
  return slot < 0 ? kSilent : values(record)[static_cast<std::size_t>(slot)];
}

std::string_view RecordBatch::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(arena_->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

std::span<Value> RecordBatch::keep_list(std::size_t items) {
  auto* list = static_cast<Value*>(arena_->allocate(items * sizeof(Value), alignof(Value)));
  std::uninitialized_default_construct_n(list, items);
  return {list, items};
}

void RecordBatch::keep_alive(std::shared_ptr<const void> owner) {
  if (owners_.empty() || owners_.back() != owner) owners_.push_back(std::move(owner));
}

void RecordBatch::clear() {
  values_.clear();
  origins_.clear();
  findings_.clear();
  owners_.clear();
  arena_->release();
}

std::string to_json(const RecordLayout& layout, std::span<const Value> values) {
  std::string out = "{";
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    if (values[slot].silent()) continue;
    if (out.size() > 1) out += ',';
    const Field& field = layout.catalogue->at(layout.slots[slot]);
    base::append_json_string(out, field.id);
    out += ':';
    append_value(out, layout, field, values[slot]);
  }
  return out + "}";
}

}  // namespace musubi::model
