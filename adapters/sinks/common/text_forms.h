// Values as the text that columns hold, and back.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/model/record_batch.h"

namespace musubi::sinks {

/// "2020-04-01" into `room`; an incomplete date as base::to_text writes it.
std::string_view write_date(base::PartialDate date, std::array<char, 16>& room);
/// As model::to_text writes it, into `room`.
std::string_view write_moment(model::Moment moment, std::array<char, 48>& room);
base::PartialDate read_date(std::string_view text);
model::Moment read_moment(std::string_view text);
std::optional<model::Decimal> read_decimal(std::string_view text);

/// A list of scalars as a JSON array: numbers and booleans as such, absent ones as {"absent": reason}, all
/// others as strings.
void append_list(std::string& out, std::span<const model::Value> items);
/// Back, the items being of the given type; in the arena of `batch`.
model::Value read_list(std::string_view json, model::FieldType type, model::RecordBatch& batch);

/// A text of a scalar field back as its value.
model::Value read_text(std::string_view text, model::FieldType type);

}  // namespace musubi::sinks
