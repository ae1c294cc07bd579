// The functions of the language: one table that parsing, typing, suggestions and the reference are made from.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "musubi/fhirpath/functions.h"
#include "run.h"

namespace musubi::fhirpath {

/// What an input or argument must be, or what a result is.
enum class Shape : std::uint8_t {
  any,
  boolean,
  text,
  integer,
  number,
  quantity,
  amount,
  date,
  date_time,
  time,
  moment,
  ordered,  ///< input: anything whose order is defined
  texts,    ///< Strings, any number of them
  // arguments that are not evaluated once on the focus
  criterion,         ///< for each item, yields a truth
  projection,        ///< for each item
  repetition,        ///< for each item, and for what that yields
  total,             ///< for each item, $total being known
  whole,             ///< on the input as a whole
  boolean_strictly,  ///< on the input as a whole; not anything but a Boolean
  type,              ///< the name of a type
  // results
  same,       ///< what the input is
  one,        ///< one item of what the input is
  both,       ///< input and argument
  branches,   ///< either of the arguments after the first
  arguments,  ///< any of the arguments
  named,      ///< the type that the argument names
  system,     ///< the System value of the input
  unordered,  ///< elements in no defined order
  extension,
  resource
};

struct FunctionEntry {
  FunctionInfo info;
  StepHandler run = nullptr;
  std::uint8_t least = 0;  ///< arguments
  std::uint8_t most = 0;   ///< kAnyNumber: all like the first
  Shape input = Shape::any;
  Shape result = Shape::any;
  std::array<Shape, 3> arguments{};
};

inline constexpr std::uint8_t kAnyNumber = 255;

std::span<const FunctionEntry> function_entries() noexcept;
/// nullptr: there is none.
const FunctionEntry* find_function(std::string_view name) noexcept;
/// Of argument number `index`.
Shape argument_shape(const FunctionEntry& function, std::size_t index) noexcept;

bool run_abs(Run& run, const Step& step);
bool run_age_at(Run& run, const Step& step);
bool run_age_band(Run& run, const Step& step);
bool run_aggregate(Run& run, const Step& step);
bool run_all(Run& run, const Step& step);
bool run_all_false(Run& run, const Step& step);
bool run_all_true(Run& run, const Step& step);
bool run_any_false(Run& run, const Step& step);
bool run_any_true(Run& run, const Step& step);
bool run_as(Run& run, const Step& step);
bool run_avg(Run& run, const Step& step);
bool run_ceiling(Run& run, const Step& step);
bool run_check_modifiers(Run& run, const Step& step);
bool run_children(Run& run, const Step& step);
bool run_coalesce(Run& run, const Step& step);
bool run_combine(Run& run, const Step& step);
bool run_comparable(Run& run, const Step& step);
bool run_conforms_to(Run& run, const Step& step);
bool run_contains(Run& run, const Step& step);
bool run_converts_to_boolean(Run& run, const Step& step);
bool run_converts_to_date(Run& run, const Step& step);
bool run_converts_to_date_time(Run& run, const Step& step);
bool run_converts_to_decimal(Run& run, const Step& step);
bool run_converts_to_integer(Run& run, const Step& step);
bool run_converts_to_quantity(Run& run, const Step& step);
bool run_converts_to_string(Run& run, const Step& step);
bool run_converts_to_time(Run& run, const Step& step);
bool run_count(Run& run, const Step& step);
bool run_date_of(Run& run, const Step& step);
bool run_day_of(Run& run, const Step& step);
bool run_decode(Run& run, const Step& step);
bool run_define_variable(Run& run, const Step& step);
bool run_descendants(Run& run, const Step& step);
bool run_difference(Run& run, const Step& step);
bool run_distinct(Run& run, const Step& step);
bool run_duration(Run& run, const Step& step);
bool run_empty(Run& run, const Step& step);
bool run_encode(Run& run, const Step& step);
bool run_ends_with(Run& run, const Step& step);
bool run_escape(Run& run, const Step& step);
bool run_excel_date(Run& run, const Step& step);
bool run_exclude(Run& run, const Step& step);
bool run_exists(Run& run, const Step& step);
bool run_exp(Run& run, const Step& step);
bool run_extension(Run& run, const Step& step);
bool run_first(Run& run, const Step& step);
bool run_floor(Run& run, const Step& step);
bool run_fullwidth(Run& run, const Step& step);
bool run_get_value(Run& run, const Step& step);
bool run_halfwidth(Run& run, const Step& step);
bool run_has_value(Run& run, const Step& step);
bool run_high_boundary(Run& run, const Step& step);
bool run_hiragana(Run& run, const Step& step);
bool run_hour_of(Run& run, const Step& step);
bool run_html_checks(Run& run, const Step& step);
bool run_iif(Run& run, const Step& step);
bool run_index_of(Run& run, const Step& step);
bool run_intersect(Run& run, const Step& step);
bool run_is(Run& run, const Step& step);
bool run_is_distinct(Run& run, const Step& step);
bool run_join(Run& run, const Step& step);
bool run_kana(Run& run, const Step& step);
bool run_last(Run& run, const Step& step);
bool run_last_index_of(Run& run, const Step& step);
bool run_length(Run& run, const Step& step);
bool run_ln(Run& run, const Step& step);
bool run_log(Run& run, const Step& step);
bool run_low_boundary(Run& run, const Step& step);
bool run_lower(Run& run, const Step& step);
bool run_matches(Run& run, const Step& step);
bool run_matches_full(Run& run, const Step& step);
bool run_max(Run& run, const Step& step);
bool run_member_of(Run& run, const Step& step);
bool run_millisecond_of(Run& run, const Step& step);
bool run_min(Run& run, const Step& step);
bool run_minute_of(Run& run, const Step& step);
bool run_month_of(Run& run, const Step& step);
bool run_municipality(Run& run, const Step& step);
bool run_name_parts(Run& run, const Step& step);
bool run_not(Run& run, const Step& step);
bool run_now(Run& run, const Step& step);
bool run_of_type(Run& run, const Step& step);
bool run_phone(Run& run, const Step& step);
bool run_postal(Run& run, const Step& step);
bool run_power(Run& run, const Step& step);
bool run_precision(Run& run, const Step& step);
bool run_prefecture(Run& run, const Step& step);
bool run_repeat(Run& run, const Step& step);
bool run_repeat_all(Run& run, const Step& step);
bool run_replace(Run& run, const Step& step);
bool run_replace_matches(Run& run, const Step& step);
bool run_resolve(Run& run, const Step& step);
bool run_round(Run& run, const Step& step);
bool run_second_of(Run& run, const Step& step);
bool run_select(Run& run, const Step& step);
bool run_single(Run& run, const Step& step);
bool run_skip(Run& run, const Step& step);
bool run_sort(Run& run, const Step& step);
bool run_split(Run& run, const Step& step);
bool run_sqrt(Run& run, const Step& step);
bool run_starts_with(Run& run, const Step& step);
bool run_subset_of(Run& run, const Step& step);
bool run_substring(Run& run, const Step& step);
bool run_subsumed_by(Run& run, const Step& step);
bool run_subsumes(Run& run, const Step& step);
bool run_sum(Run& run, const Step& step);
bool run_superset_of(Run& run, const Step& step);
bool run_tail(Run& run, const Step& step);
bool run_take(Run& run, const Step& step);
bool run_time_of(Run& run, const Step& step);
bool run_time_of_day(Run& run, const Step& step);
bool run_timezone_offset_of(Run& run, const Step& step);
bool run_to_boolean(Run& run, const Step& step);
bool run_to_chars(Run& run, const Step& step);
bool run_to_date(Run& run, const Step& step);
bool run_to_date_time(Run& run, const Step& step);
bool run_to_decimal(Run& run, const Step& step);
bool run_to_integer(Run& run, const Step& step);
bool run_to_quantity(Run& run, const Step& step);
bool run_to_string(Run& run, const Step& step);
bool run_to_time(Run& run, const Step& step);
bool run_to_wareki(Run& run, const Step& step);
bool run_today(Run& run, const Step& step);
bool run_trace(Run& run, const Step& step);
bool run_trim(Run& run, const Step& step);
bool run_truncate(Run& run, const Step& step);
bool run_type(Run& run, const Step& step);
bool run_unescape(Run& run, const Step& step);
bool run_union_of(Run& run, const Step& step);
bool run_upper(Run& run, const Step& step);
bool run_wareki(Run& run, const Step& step);
bool run_where(Run& run, const Step& step);
bool run_year_of(Run& run, const Step& step);

}  // namespace musubi::fhirpath
