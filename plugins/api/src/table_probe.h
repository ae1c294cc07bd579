// Opens one table of a submission as the declared layouts would have it, and finds the layout that fits.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "layout_fit.h"
#include "musubi/plugin/source.h"

namespace musubi::plugin {

/// Names as they appear in a message: a bounded number of bounded length.
std::string joined(std::span<const std::string> names);
/// Of the layouts that are read, each once.
std::string names_of_mappings(std::span<const Layout> layouts);
bool is_empty_table(const base::Error& error);

/// Borrows its arguments. Work is bounded: each way of opening is tried once per table.
class TableProbe {
 public:
  TableProbe(const Submission& submission, std::span<const Layout> layouts,
             std::span<const std::size_t> usable, const document::Limits& limits)
      : submission_(submission), layouts_(layouts), usable_(usable), limits_(limits) {}

  /// `sheet` is empty for a file that is one table. Errors: those of the readers, adapter.layout_unknown,
  /// adapter.layout_unknown_near, adapter.header_unknown.
  base::Result<Part> part_of(std::string_view sheet);
  /// The table that part_of() was last asked for and refused with `fault`.
  Part faulty_part(std::string_view sheet, const base::Error& fault) const;

 private:
  /// What was found by opening the table in one way.
  struct Attempt {
    std::size_t layout = 0;
    std::optional<std::set<std::string>> columns;  ///< of the header, where one was found
    std::vector<std::string> names;                ///< the same as written
    std::vector<std::string> titles;
    std::optional<base::Error> error;
  };

  void try_every_layout(std::string_view sheet);
  void try_layout(std::string_view sheet, std::size_t index);
  Attempt open_as(std::string_view sheet, std::size_t index) const;
  document::TableOptions options_for(std::string_view sheet, const Layout& layout) const;
  const Attempt* attempt_like(const Layout& layout) const;
  std::optional<std::chrono::sys_days> as_of() const;
  Part read_part(std::string_view sheet, const LayoutFit& fit) const;
  std::optional<std::size_t> sheet_to_ignore(std::string_view sheet) const;
  /// A layout that is not far from what an attempt saw.
  struct Nearest {
    LayoutFit fit;
    const Attempt* seen = nullptr;
  };
  Nearest nearest() const;
  base::Error nothing_fits() const;
  base::Error layout_unknown(const LayoutFit& nearest, const Attempt& seen) const;

  const Submission& submission_;
  std::span<const Layout> layouts_;
  std::span<const std::size_t> usable_;
  const document::Limits& limits_;
  std::vector<Attempt> attempts_;      ///< of the table being looked at
  std::vector<LayoutFit> candidates_;  ///< likewise
};

}  // namespace musubi::plugin
