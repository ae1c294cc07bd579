// A mapping read once more, to be compiled again and again without one of its parts.
#pragma once

#include "../compile.h"
#include "removal.h"

namespace musubi::mapping {

struct Source {
  Source(const Mapping& mapping, const std::string& shown_name);

  /// What a tree, or other value sets, make of it. `always_counts`: it matters even where the plan says the
  /// same.
  Remainder compiled(const Inherited& changed, const Context& with, bool always_counts) const;
  base::Place place(Mark mark) const { return problems.place(mark); }

  Context context;
  base::Problems problems;  ///< knows the names of the files
  std::optional<Inherited> inherited;
  std::vector<std::string> value_sets;  ///< those that words are looked up in, not by constants alone
  std::string plan;
  bool reads = false;             ///< it does not write
  bool uses_usual_words = false;  ///< of absence, in some rule
};

}  // namespace musubi::mapping
