// What a rule expects of a record: small closed list of kinds, each a plain struct that says whether a row
// keeps to it. A value that is silent or absent with a reason never breaks an expectation, except required
// and answered.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "musubi/model/value_set.h"
#include "row.h"

namespace musubi::quality {

/// Codes found good before, by address: texts of codes are shared by many records. Good for one batch only.
class SeenCodes {
 public:
  bool has(std::string_view code) const noexcept { return seen_[place(code)] == key(code); }
  void add(std::string_view code) noexcept { seen_[place(code)] = key(code); }

 private:
  using Key = std::pair<const char*, std::size_t>;
  static Key key(std::string_view code) noexcept { return {code.data(), code.size()}; }
  static std::size_t place(std::string_view code) noexcept;
  std::array<Key, 16> seen_{};
};

struct Context {
  base::PartialDate last_day;  ///< later ones lie in the future
  SeenCodes& seen;
};

/// `required`: one of the fields has a value. `answered`: one has a value or the reason why not.
struct Required {
  std::vector<Operand> any_of;
  bool reason_is_enough = false;
  bool holds(const Row& row, Context&) const noexcept;
};
struct InValueSet {
  Operand code;
  const model::ValueSet* value_set = nullptr;
  bool holds(const Row& row, Context& context) const noexcept;
};
struct NotAfter {
  Operand earlier, later;
  bool holds(const Row& row, Context&) const noexcept;
};
/// A day of tolerance: clocks differ, and lists are published for the next day.
struct NotFuture {
  Operand date;
  bool holds(const Row& row, Context& context) const noexcept;
};
struct NotBefore {
  Operand date;
  base::PartialDate first;
  bool holds(const Row& row, Context&) const noexcept;
};
/// The first two digits of both codes agree.
struct SamePrefecture {
  Operand municipality, prefecture;
  bool holds(const Row& row, Context&) const noexcept;
};
/// The age a person born on `birth` had on the first known day of `at`, give or take `years`.
struct AgeMatchesBirthDate {
  Operand age, birth;
  std::vector<Operand> at;
  int years = 1;
  bool holds(const Row& row, Context&) const noexcept;
};
struct Band {
  std::string code;
  int least = 0, most = 0;  ///< years, both included
};
struct AgeMatchesBand {
  Operand age, band;
  std::vector<Band> bands;
  bool holds(const Row& row, Context&) const noexcept;
};
struct WeekdayMatchesDate {
  Operand weekday, date;
  bool holds(const Row& row, Context&) const noexcept;
};
struct InRange {
  Operand number;
  double least = 0, most = 0;
  bool holds(const Row& row, Context&) const noexcept;
};
/// Where `field` has one of the codes, one of `needs` is answered.
struct Implies {
  Operand field;
  std::vector<std::string> codes;
  std::vector<Operand> needs;
  bool holds(const Row& row, Context&) const noexcept;
};

using Expectation = std::variant<Required, InValueSet, NotAfter, NotFuture, NotBefore, SamePrefecture,
                                 AgeMatchesBirthDate, AgeMatchesBand, WeekdayMatchesDate, InRange, Implies>;

/// Every field the expectation looks at. A finding names the first that the layout holds.
std::vector<Operand*> operands_of(Expectation& expectation);
/// Finds its fields in the layout. False: it has nothing to look at there and can be left out. A requirement
/// always stays: what the layout cannot hold is missing from every record.
bool bind(Expectation& expectation, const model::RecordLayout& layout);

}  // namespace musubi::quality
