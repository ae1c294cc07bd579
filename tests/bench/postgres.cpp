// The whole road from a CP932 CSV into PostgreSQL, beside a bare text COPY of the same finished rows into the
// same tables of the same server, 10,000 rows a transaction each.
#include "postgres_server.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "machine_limits.h"
#include "sample/sample.h"
#include "sections.h"
#include "stopwatch.h"

namespace musubi::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatchRows = 10'000;
constexpr int kRounds = 5;

template <class T>
T take(base::Result<T> result) {
  if (result.has_error()) throw std::runtime_error(base::describe(base::Language::english, result.error()));
  return std::move(*result);
}

/// A session that throws.
class Session {
 public:
  explicit Session(const std::string& connection) : session_(PQconnectdb(connection.c_str()), PQfinish) {
    PQsetNoticeProcessor(
        session_.get(), [](void*, const char*) {}, nullptr);
  }
  void run(const std::string& sql) { result(sql, PGRES_COMMAND_OK); }
  std::string value(const std::string& sql) { return PQgetvalue(result(sql, PGRES_TUPLES_OK).get(), 0, 0); }

  /// COPY … TO STDOUT, a line each.
  std::vector<std::string> lines(const std::string& sql) {
    result(sql, PGRES_COPY_OUT);
    std::vector<std::string> all;
    char* line = nullptr;
    for (int length = 0; (length = PQgetCopyData(session_.get(), &line, 0)) > 0; PQfreemem(line))
      all.emplace_back(line, static_cast<std::size_t>(length));
    finish();
    return all;
  }
  void copy(const std::string& sql, std::span<const std::string> lines) {
    result(sql, PGRES_COPY_IN);
    for (const auto& line : lines) PQputCopyData(session_.get(), line.data(), static_cast<int>(line.size()));
    PQputCopyEnd(session_.get(), nullptr);
    finish();
  }

 private:
  using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;
  Result result(const std::string& sql, ExecStatusType expected) {
    Result result(PQexec(session_.get(), sql.c_str()), PQclear);
    if (PQresultStatus(result.get()) != expected) throw std::runtime_error(PQerrorMessage(session_.get()));
    return result;
  }
  void finish() {
    const Result result(PQgetResult(session_.get()), PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
      throw std::runtime_error(PQerrorMessage(session_.get()));
    while (PGresult* rest = PQgetResult(session_.get())) PQclear(rest);
  }
  std::unique_ptr<PGconn, void (*)(PGconn*)> session_;
};

/// The shipped configuration with its central store in `server`.
fs::path write_settings(const fs::path& folder, const std::string& connection) {
  const auto config = fs::path(MUSUBI_PROJECT_FOLDER) / "config";
  std::ofstream file(folder / "postgres.yaml");
  for (const auto* name : {"checks", "policies", "jurisdictions", "routes"})
    file << name << ": " << (config / name).string() << '\n';
  file << "catalogue: " << (config / "../mappings/catalogue").string()
       << "\nvalue_sets: " << (config / "../mappings/valuesets").string()
       << "\nmappings: " << (config / "../mappings").string()
       << "\nplugins: [musubi_source_tokyo.so, musubi_source_osaka.so, musubi_sink_postgres.so]\n"
          "sources: { tokyo: { adapter: tokyo }, osaka: { adapter: osaka } }\n"
          "sinks: { central: { adapter: postgres, options: { connection: \""
       << connection << "\" } } }\n";
  return folder / "postgres.yaml";
}

void write_sample_file(const fs::path& path, std::uint64_t rows) {
  app::sample::SampleRequest request;
  request.source = "osaka";
  request.rows = rows;
  std::ofstream file(path, std::ios::binary);
  take(app::sample::write_sample(request, file));
}

/// One import into a fresh home and an empty schema, adapters, tables and configuration already at hand.
double import_once(const app::CommonOptions& options, const fs::path& file, Session& session) {
  fs::remove_all(options.home);
  session.run("DROP SCHEMA IF EXISTS musubi CASCADE");
  app::Workshop workshop(options);
  pipeline::Road road(take(workshop.equipment(true)));
  session.run("CHECKPOINT");
  return seconds([&] { take(road.import({"osaka", file, std::nullopt}, [](const auto&) {})); });
}

/// The rows that the road stored, as text COPY takes them, with the columns that hold anything.
struct FinishedRows {
  std::string columns;
  std::vector<std::string> lines;
};

FinishedRows finished_rows(Session& session) {
  session.run("ANALYZE musubi.case_report");
  FinishedRows rows;
  rows.columns = session.value(
      "SELECT string_agg(quote_ident(pg_attribute.attname), ', ' ORDER BY attnum) FROM pg_attribute LEFT "
      "JOIN pg_stats ON "
      "schemaname = 'musubi' AND tablename = 'case_report' AND pg_stats.attname = pg_attribute.attname "
      "WHERE attrelid = 'musubi.case_report'::regclass AND attnum > 0 AND null_frac < 1");
  rows.lines =
      session.lines("COPY (SELECT " + rows.columns + " FROM musubi.case_report ORDER BY record) TO STDOUT");
  return rows;
}

double copy_bare(const FinishedRows& rows, Session& session) {
  session.run("DROP SCHEMA IF EXISTS bare CASCADE");
  session.run("CREATE SCHEMA bare");
  session.run("CREATE TABLE bare.case_report (LIKE musubi.case_report INCLUDING ALL)");
  session.run("CHECKPOINT");
  const auto copy = "COPY bare.case_report (" + rows.columns + ") FROM STDIN";
  const std::span all(rows.lines);
  return seconds([&] {
    for (std::size_t first = 0; first < all.size(); first += kBatchRows)
      session.copy(copy, all.subspan(first, std::min(kBatchRows, all.size() - first)));
  });
}

}  // namespace

void into_postgres(const Setting& setting) {
  if (const auto missing = testing::PostgresServer::missing(); !missing.empty()) {
    std::cout << "whole road into PostgreSQL: " << missing << '\n';
    return;
  }
  const testing::PostgresServer server({"shared_buffers=512MB", "max_wal_size=8GB", "checkpoint_timeout=1h"});
  Session session(server.connection());
  const auto file = setting.folder / "osaka_patients_2020-10-26.csv";
  write_sample_file(file, setting.rows);
  auto options = setting.workshop->options();
  options.config = write_settings(setting.folder, server.connection()).string();
  options.home = setting.folder / "postgres-home";

  import_once(options, file, session);
  const auto rows = finished_rows(session);
  std::vector<double> road, bare, ratios;
  for (int round = 0; round < kRounds; ++round) {
    road.push_back(import_once(options, file, session));
    bare.push_back(copy_bare(rows, session));
    ratios.push_back(bare.back() / road.back() * static_cast<double>(setting.rows) /
                     static_cast<double>(rows.lines.size()));
  }
  print_line(
      "PostgreSQL bare text COPY", static_cast<double>(rows.lines.size()), "rows/s", median(bare),
      fmt::format("10,000 a transaction, fsync on; fdatasync {:.0f} us", fsync_microseconds(setting.folder)));
  print_line(
      "whole road into PostgreSQL", static_cast<double>(setting.rows), "rows/s", median(road),
      fmt::format("{:.2f} of the bare text COPY of the same {} rows [{:.2f}-{:.2f}]", median(ratios),
                  rows.lines.size(), *std::ranges::min_element(ratios), *std::ranges::max_element(ratios)));
}

}  // namespace musubi::bench
