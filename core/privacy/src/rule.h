// One rule of a policy file, read and resolved against the catalogue.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "musubi/base/place.h"
#include "musubi/model/catalogue.h"
#include "musubi/privacy/policy.h"

namespace musubi::privacy {

/// A calendar day in Japan, as days since 1970-01-01.
using Day = std::int32_t;
inline constexpr Day kDawn = std::numeric_limits<Day>::min();
inline constexpr Day kForever = std::numeric_limits<Day>::max();

/// [from, to)
struct DayRange {
  Day from = kDawn;
  Day to = kForever;
  bool holds(Day day) const noexcept { return from <= day && day < to; }
  bool overlaps(const DayRange& other) const noexcept { return from < other.to && other.from < to; }
};

enum class Effect : std::uint8_t { release, mask, generalise, forbid };
enum class DatePrecision : std::uint8_t { unchanged, month, year };

/// How values are made coarser. A type for which nothing is said is not covered by the rule.
struct Generalisation {
  DatePrecision date = DatePrecision::unchanged;
  bool municipality_to_prefecture = false;
  bool age_to_band = false;

  bool can(model::FieldType type) const noexcept;
  friend bool operator==(const Generalisation&, const Generalisation&) = default;
};

/// How narrowly a rule names its fields: the narrower one of two decides.
enum class Specificity : std::uint8_t { classes, types, tabs, fields };

struct Rule {
  std::string id;  ///< "base/infectious-diseases-act:central-store"
  Effect effect = Effect::forbid;
  std::string recipient, purpose, basis;  ///< "*" means any, in a forbidding rule
  Generalisation generalisation;
  DayRange in_force;
  Day recorded = kDawn;
  Specificity specificity = Specificity::classes;
  std::vector<bool> covers;  ///< by field number
  model::Label because;
  base::Place place;

  bool answers(const Request& request) const noexcept;
};

/// A rule as it holds in one jurisdiction.
struct AppliedRule {
  const Rule* rule = nullptr;
  bool own = false;  ///< of the jurisdiction itself, not of a pack it extends

  /// Higher decides. Forbidding rules are above all.
  int precedence() const noexcept;
};

Treatment treatment_of(Effect effect) noexcept;
std::string_view name_of(Effect effect) noexcept;

}  // namespace musubi::privacy
