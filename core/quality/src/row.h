// How a rule finds its values in a record. A field is either in a slot of its own or a member of a repeated
// group; a rule about members is asked once per item of the group.
#pragma once

#include <span>

#include "musubi/model/record_batch.h"

namespace musubi::quality {

/// A field as a rule names it, and, once bound to a layout, where it is.
struct Operand {
  model::FieldNumber field = model::kNoField;
  int slot = -1;    ///< of the field, or of the group it is a member of
  int member = -1;  ///< position in the items of the group; -1: not a member
  bool bound() const noexcept { return slot >= 0; }
};

/// Looks the field up in the layout; the operand stays unbound when the layout does not hold it.
void bind(Operand& operand, const model::RecordLayout& layout);

struct Row {
  std::span<const model::Value> values;  ///< one per slot
  std::span<const model::Value> item{};  ///< of the group, one per member

  const model::Value& at(const Operand& operand) const noexcept;
};

/// Nothing is known of a value that is not a date or a moment. A moment is the day it was in its own zone.
base::PartialDate date_of(const model::Value& value) noexcept;
/// Compared as far as both are known: April 2020 is not later than 2020-04-10, nor the other way round.
bool later(base::PartialDate left, base::PartialDate right) noexcept;

}  // namespace musubi::quality
