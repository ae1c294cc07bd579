#include <sqlite3.h>

#include "store.h"
#include "store_home.h"

namespace musubi::test {
namespace {

class SqliteHome final : public StoreHome {
 public:
  std::unique_ptr<plugin::Sink> open(std::shared_ptr<const model::Catalogue> catalogue,
                                     const base::Clock& clock) override {
    return sink_over(
        sqlite_sink::Store::open(file_, sqlite_sink::Database::Mode::writer, std::move(catalogue), clock));
  }
  std::string sql(const std::string& query) override {
    sqlite3* connection = nullptr;
    sqlite3_open(file_.c_str(), &connection);
    std::string row;
    sqlite3_exec(
        connection, query.c_str(),
        [](void* out, int columns, char** values, char**) {
          for (int column = 0; column < columns; ++column)
            static_cast<std::string*>(out)
                ->append(values[column] == nullptr ? "NULL" : values[column])
                .append("|");
          return 0;
        },
        &row, nullptr);
    sqlite3_close(connection);
    return row;
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "store.sqlite";
};

}  // namespace

std::unique_ptr<StoreHome> make_store_home() { return std::make_unique<SqliteHome>(); }

}  // namespace musubi::test
