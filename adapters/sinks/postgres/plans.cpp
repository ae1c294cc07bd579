#include "plans.h"

#include "absences.h"

namespace musubi::postgres_sink {
namespace {

/// What is written in order to rebuild: in each step one word of each case, the oldest in the first.
struct Rebuilding {
  std::vector<WordsByLayout> steps;
  WordList newest;

  void add(std::size_t step, std::int64_t layout, std::int64_t record, std::uint32_t version,
           const std::string& absent) {
    if (steps.size() <= step) steps.resize(step + 1);
    steps[step][layout].add(record, version, absent);
  }
};

base::Status plan_case(Connection& connection, Plans& plans, std::int64_t record,
                       std::vector<HistoryRow>& history, Rebuilding& rebuilding) {
  std::map<std::uint32_t, std::string_view> own;
  std::vector<sinks::KnownVersion> versions;
  for (const auto& row : history) {
    own.emplace(row.known.version, row.absent);
    versions.push_back(row.known);
  }
  versions = sinks::in_order(std::move(versions));
  std::string absent;
  for (std::size_t step = 0; step < versions.size(); ++step) {
    const auto& known = versions[step];
    MUSUBI_ASSIGN(const auto* plan, plans.of(known.layout, connection));
    absent = sinks::overlaid_absences(absent, plan->layout(), own.at(known.version));
    rebuilding.add(step, known.layout, record, known.version, absent);
  }
  rebuilding.newest.add(record, versions.back().version);
  return {};
}

}  // namespace

base::Result<LayoutPlan*> Plans::of(std::int64_t layout, Connection& connection) {
  auto& plan = plans_[layout];
  if (plan == nullptr) {
    if (layouts_->find(layout) == nullptr) MUSUBI_TRY(layouts_->load(connection));
    const auto* stored = layouts_->find(layout);
    if (stored == nullptr)
      return base::Error(base::ErrorKind::environment, "postgres.damaged",
                         {{"table", tables_->current}, {"check", "record_layout"}, {"count", "1"}});
    plan = std::make_unique<LayoutPlan>(*tables_, *stored);
  }
  return plan.get();
}

base::Status archive(Connection& connection, Plans& plans, const WordsByLayout& words) {
  for (const auto& [layout, list] : words) {
    MUSUBI_ASSIGN(const auto* plan, plans.of(layout, connection));
    WordList own = list;
    for (auto& absent : own.absent) absent = sinks::absences_of(absent, plan->layout());
    MUSUBI_TRY(plan->archive(connection, own));
  }
  return {};
}

base::Status rebuild(Connection& connection, const CaseBook& book, Plans& plans,
                     const WordsByLayout& current) {
  MUSUBI_TRY(archive(connection, plans, current));
  std::vector<std::int64_t> records;
  for (const auto& [layout, words] : current) {
    MUSUBI_TRY(book.remove_current(connection, words));
    records.insert(records.end(), words.records.begin(), words.records.end());
  }
  MUSUBI_ASSIGN(auto history, book.history_of(connection, records));
  Rebuilding rebuilding;
  for (auto& [record, words] : history) MUSUBI_TRY(plan_case(connection, plans, record, words, rebuilding));
  bool first = true;
  for (const auto& step : rebuilding.steps) {
    for (const auto& [layout, words] : step) {
      MUSUBI_ASSIGN(const auto* plan, plans.of(layout, connection));
      MUSUBI_TRY(first ? plan->restart(connection, words) : plan->overlay(connection, words));
    }
    first = false;
  }
  return book.remove_from_history(connection, rebuilding.newest);
}

}  // namespace musubi::postgres_sink
