#include "machine_limits.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "stopwatch.h"

namespace musubi::bench {
namespace {

constexpr std::size_t kBatch = 10'000;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Database open(const std::filesystem::path& path) {
  sqlite3* database = nullptr;
  if (sqlite3_open(path.c_str(), &database) != SQLITE_OK)
    throw std::runtime_error("cannot open " + path.string());
  return Database(database);
}

Statement prepare(const Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database.get()));
  }
  return Statement(statement);
}

void run(const Database& database, const std::string& sql) {
  if (sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database.get()));
  }
}

Cell cell_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    default:
      return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)),
                         static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
  }
}

void bind(sqlite3_stmt* statement, int position, const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell))
    sqlite3_bind_int64(statement, position, *number);
  else if (const auto* text = std::get_if<std::string>(&cell)) {
    sqlite3_bind_text(statement, position, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
  } else {
    sqlite3_bind_null(statement, position);
  }
}

std::string schema_of(const Database& database) {
  const auto statement = prepare(database,
                                 "SELECT sql || ';' FROM sqlite_master WHERE tbl_name = 'case_report' AND "
                                 "sql IS NOT NULL ORDER BY type DESC");
  std::string schema;
  while (sqlite3_step(statement.get()) == SQLITE_ROW)
    schema += std::get<std::string>(cell_of(statement.get(), 0));
  return schema;
}

void drop_empty_columns(StoredRows& stored) {
  std::vector<std::size_t> kept;
  for (std::size_t column = 0; column < stored.columns.size(); ++column) {
    const bool used =
        std::ranges::any_of(stored.rows, [column](const auto& row) { return row[column].index() != 0; });
    if (used) kept.push_back(column);
  }
  const auto only_kept = [&kept](auto& items) {
    std::remove_reference_t<decltype(items)> some;
    for (const auto column : kept) some.push_back(std::move(items[column]));
    items = std::move(some);
  };
  only_kept(stored.columns);
  for (auto& row : stored.rows) only_kept(row);
}

std::string insert_statement(const StoredRows& stored) {
  std::string names, marks;
  for (const auto& column : stored.columns) {
    names += (names.empty() ? "" : ", ") + column;
    marks += marks.empty() ? "?" : ", ?";
  }
  return "INSERT INTO case_report (" + names + ") VALUES (" + marks + ")";
}

}  // namespace

std::uint64_t scan(std::string_view bytes) {
  return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

double fsync_microseconds(const std::filesystem::path& folder) {
  const auto path = folder / "fsync-probe";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  std::vector<double> times;
  for (int index = 0; index < 50; ++index) {
    times.push_back(seconds([file] {
      if (::pwrite(file, "probe", 5, 0) != 5 || ::fdatasync(file) != 0)
        throw std::runtime_error("fdatasync failed");
    }));
  }
  ::close(file);
  std::filesystem::remove(path);
  return median(times) * 1e6;
}

StoredRows read_store(const std::filesystem::path& store) {
  const auto database = open(store);
  StoredRows stored;
  stored.schema = schema_of(database);
  const auto statement = prepare(database, "SELECT * FROM case_report ORDER BY record");
  const int columns = sqlite3_column_count(statement.get());
  for (int column = 0; column < columns; ++column)
    stored.columns.emplace_back(sqlite3_column_name(statement.get(), column));
  while (sqlite3_step(statement.get()) == SQLITE_ROW) {
    auto& row = stored.rows.emplace_back();
    for (int column = 0; column < columns; ++column) row.push_back(cell_of(statement.get(), column));
  }
  drop_empty_columns(stored);
  return stored;
}

void insert_bare(const StoredRows& stored, const std::filesystem::path& path) {
  const auto database = open(path);
  run(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  run(database, stored.schema);
  const auto statement = prepare(database, insert_statement(stored));
  for (std::size_t first = 0; first < stored.rows.size(); first += kBatch) {
    run(database, "BEGIN");
    for (std::size_t row = first; row < std::min(first + kBatch, stored.rows.size()); ++row) {
      for (std::size_t column = 0; column < stored.columns.size(); ++column) {
        bind(statement.get(), static_cast<int>(column + 1), stored.rows[row][column]);
      }
      if (sqlite3_step(statement.get()) != SQLITE_DONE)
        throw std::runtime_error(sqlite3_errmsg(database.get()));
      sqlite3_reset(statement.get());
    }
    run(database, "COMMIT");
  }
}

}  // namespace musubi::bench
