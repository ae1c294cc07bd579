// The plans of all layouts of one kind, each made when it is first needed.
#pragma once

#include <map>
#include <memory>

#include "layout_plan.h"
#include "layouts.h"

namespace musubi::postgres_sink {

class Plans {
 public:
  /// Both outlive the plans.
  Plans(const sinks::KindTables& tables, Layouts& layouts) : tables_(&tables), layouts_(&layouts) {}

  /// Error: postgres.damaged where a row names a layout that is not there.
  base::Result<LayoutPlan*> of(std::int64_t layout, Connection& connection);

 private:
  const sinks::KindTables* tables_;
  Layouts* layouts_;
  std::map<std::int64_t, std::unique_ptr<LayoutPlan>> plans_;
};

/// Words that are written by different plans, by number of the layout.
using WordsByLayout = std::map<std::int64_t, WordList>;

/// The newest words of the current rows of these cases go to history.
base::Status archive(Connection& connection, Plans& plans, const WordsByLayout& words);

/// Lays all words of these cases over each other anew, from the oldest to the newest. `current`: the words of
/// their current rows, by layout, with what is absent of those.
base::Status rebuild(Connection& connection, const CaseBook& book, Plans& plans,
                     const WordsByLayout& current);

}  // namespace musubi::postgres_sink
