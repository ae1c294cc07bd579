#include "completeness.h"

#include <algorithm>

namespace musubi::pipeline {
namespace {

/// 感染症法12条: what a physician notifies.
constexpr std::string_view kNotification = "12";

Importance importance_of(const model::Field& field) {
  if (field.required) return Importance::essential;
  const bool notified = std::ranges::count(field.legal_articles, kNotification) != 0;
  return notified ? Importance::required : Importance::optional;
}

}  // namespace

std::string_view name_of(Importance importance) noexcept {
  constexpr std::array<std::string_view, kImportances> kNames{"essential", "required", "optional"};
  return kNames[static_cast<std::size_t>(importance)];
}

Completeness::Completeness(const model::RecordLayout& layout) {
  const auto& catalogue = *layout.catalogue;
  for (const auto number : catalogue.fields_of(layout.kind)) {
    const auto& field = catalogue.at(number);
    if (field.group == model::kNoField) ++fields_[static_cast<std::size_t>(importance_of(field))];
  }
  for (const auto number : layout.slots) of_slot_.push_back(importance_of(catalogue.at(number)));
}

void Completeness::count(const model::RecordBatch& records, FieldCounts& counts) const {
  for (std::size_t record = 0; record < records.size(); ++record) {
    const auto values = records.values(record);
    for (std::size_t slot = 0; slot < values.size(); ++slot)
      if (values[slot].present()) ++counts[static_cast<std::size_t>(of_slot_[slot])].filled;
  }
  for (std::size_t index = 0; index < kImportances; ++index)
    counts[index].expected += fields_[index] * records.size();
}

}  // namespace musubi::pipeline
