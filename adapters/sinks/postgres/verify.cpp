#include "verify.h"

#include <fmt/format.h>

#include "kind_tables.h"

namespace musubi::postgres_sink {
namespace {

using sinks::identifier;

/// A question whose answer is the number of contradictions.
struct Check {
  std::string table, name, sql;
};

std::vector<Check> checks_of(const sinks::KindTables& tables) {
  const auto current = identifier(tables.current), history = identifier(tables.history);
  const auto kind = model::name_of(tables.kind);
  std::vector<Check> checks{
      {tables.history, "current and history",
       fmt::format("SELECT count(*) FROM {} JOIN {} USING (record, version)", current, history)},
      {tables.history, "history without case",
       fmt::format(
           "SELECT count(*) FROM {} AS h WHERE NOT EXISTS (SELECT FROM {} AS c WHERE c.record = h.record)",
           history, current)},
      {tables.current, "record_layout",
       fmt::format("SELECT count(*) FROM {}_versions AS v WHERE NOT EXISTS (SELECT FROM record_layout AS l "
                   "WHERE l.layout = v.layout)",
                   tables.current)},
      {"late_version", "word",
       fmt::format("SELECT count(*) FROM late_version AS l WHERE l.kind = '{}' AND NOT EXISTS (SELECT FROM "
                   "{}_versions AS v WHERE v.record = l.record AND v.version = l.version)",
                   kind, tables.current)}};
  for (const auto& group : tables.groups)
    checks.push_back(
        {group.name, "word",
         fmt::format("SELECT count(*) FROM {} AS g WHERE NOT EXISTS (SELECT FROM {}_versions AS v "
                     "WHERE v.record = g.record AND v.version = g.version)",
                     identifier(group.name), tables.current)});
  return checks;
}

/// How many words there are beyond, or short of, those that were acknowledged.
Check receipts_check() {
  std::string words;
  for (const auto kind : sinks::kKinds)
    words += fmt::format("{}(SELECT count(*) FROM {}_versions)", words.empty() ? "" : " + ",
                         model::sql_table(kind));
  return {"delivery_receipt", "stored",
          fmt::format("SELECT abs({} - (SELECT COALESCE(sum(stored), 0) FROM delivery_receipt))", words)};
}

base::Status run(Connection& connection, const Check& check) {
  MUSUBI_ASSIGN(const auto answer, connection.ask(check.sql));
  if (answer.integer(0, 0) == 0) return {};
  return base::Error(
      base::ErrorKind::environment, "postgres.damaged",
      {{"table", check.table}, {"check", check.name}, {"count", std::string(answer.text(0, 0))}});
}

}  // namespace

base::Status verify_store(Connection& connection, const model::Catalogue& catalogue) {
  MUSUBI_ASSIGN(const auto snapshot, Transaction::begin_reading(connection));
  for (const auto kind : sinks::kKinds)
    for (const auto& check : checks_of(sinks::kind_tables(catalogue, kind, model::SqlDialect::postgresql)))
      MUSUBI_TRY(run(connection, check));
  // Who may see only some rows cannot count them all.
  MUSUBI_ASSIGN(const auto limited, connection.ask("SELECT row_security_active('case_report')"));
  return limited.boolean(0, 0) ? base::Status{} : run(connection, receipts_check());
}

}  // namespace musubi::postgres_sink
