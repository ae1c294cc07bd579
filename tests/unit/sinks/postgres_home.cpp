#include <atomic>
#include <iostream>

#include "shared_postgres.h"
#include "store.h"
#include "store_home.h"

namespace musubi::test {
namespace {

class PostgresHome final : public StoreHome {
 public:
  std::unique_ptr<plugin::Sink> open(std::shared_ptr<const model::Catalogue> catalogue,
                                     const base::Clock& clock) override {
    return sink_over(postgres_sink::Store::open(settings_, postgres_sink::Connection::Purpose::writing,
                                                std::move(catalogue), clock, [](auto) {}));
  }
  std::string sql(const std::string& query) override {
    return shared_postgres().sql("SET search_path TO " + settings_.schema + "; " + query);
  }

 private:
  postgres_sink::ConnectionSettings settings_ = fresh_schema();
};

std::unique_ptr<testing::PostgresServer> server;

}  // namespace

testing::PostgresServer& shared_postgres() {
  if (server == nullptr) server = std::make_unique<testing::PostgresServer>();
  return *server;
}

postgres_sink::ConnectionSettings fresh_schema(const testing::PostgresServer& on) {
  static std::atomic<int> number{0};
  postgres_sink::ConnectionSettings settings;
  settings.connection = on.connection();
  settings.schema = "test_" + std::to_string(++number);
  return settings;
}

std::unique_ptr<StoreHome> make_store_home() { return std::make_unique<PostgresHome>(); }

}  // namespace musubi::test

/// 77: skipped, with the reason.
int main(int count, char** arguments) {
  ::testing::InitGoogleTest(&count, arguments);
  if (const auto missing = musubi::testing::PostgresServer::missing(); !missing.empty()) {
    std::cout << missing << '\n';
    return 77;
  }
  const int result = RUN_ALL_TESTS();
  musubi::test::server.reset();
  return result;
}
