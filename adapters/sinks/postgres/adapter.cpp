// The central store in PostgreSQL as a sink. Passwords are no option: libpq finds them in password_file,
// PGPASSFILE, PGPASSWORD or the service's entry.
#include <algorithm>
#include <array>

#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "store.h"

namespace musubi::postgres_sink {
namespace {

using plugin::OptionType;

constexpr std::array kOptions{
    plugin::Option{
        .name = "connection",
        .help_japanese =
            "接続先：host=… port=… dbname=… user=… sslmode=… か postgresql:// の形。パスワードは書かない",
        .help_english = "Where to connect: host=… port=… dbname=… user=… sslmode=…, or a postgresql:// URI; "
                        "no password"},
    plugin::Option{.name = "service",
                   .help_japanese = "connection の代わりに：pg_service.conf にある名前",
                   .help_english = "Instead of connection: a name in pg_service.conf"},
    plugin::Option{
        .name = "password_file",
        .type = OptionType::path,
        .help_japanese = "パスワードのファイル（~/.pgpass "
                         "の形、所有者だけが読めること）。相対パスはアダプターのデータ用フォルダーから。"
                         "空なら PGPASSFILE か PGPASSWORD",
        .help_english = "File with the password, in the form of ~/.pgpass, readable by its owner only; "
                        "relative to the adapter's data folder; empty: PGPASSFILE or PGPASSWORD"},
    plugin::Option{.name = "schema",
                   .default_value = "musubi",
                   .help_japanese = "表を置くスキーマ。なければ作る",
                   .help_english = "Schema of the tables; created when missing"},
    plugin::Option{.name = "statement_timeout",
                   .type = OptionType::duration,
                   .default_value = "60s",
                   .help_japanese = "一つの命令とロックを待つ時間。過ぎたら取り消して、あとでもう一度届ける",
                   .help_english =
                       "How long one command may take, or wait for a lock, before it is cancelled and "
                       "tried again later"},
    plugin::Option{.name = "connect_timeout",
                   .type = OptionType::duration,
                   .default_value = "10s",
                   .help_japanese = "接続を待つ時間",
                   .help_english = "How long connecting may take"},
    plugin::Option{.name = "application_name",
                   .default_value = "musubi",
                   .help_japanese = "サーバーの一覧（pg_stat_activity）に出る名前",
                   .help_english = "The name in the server's list of sessions (pg_stat_activity)"}};

constexpr std::size_t kLongestName = 40;

bool is_schema_name(std::string_view name) {
  const auto letter = [](char each) { return each >= 'a' && each <= 'z'; };
  return !name.empty() && name.size() <= kLongestName && letter(name.front()) &&
         std::ranges::all_of(
             name, [&](char each) { return letter(each) || each == '_' || (each >= '0' && each <= '9'); });
}

constexpr std::chrono::milliseconds kShortestWait{100}, kLongestWait{1'800'000};

base::Result<std::chrono::milliseconds> wait_of(const plugin::Options& options, const char* name) {
  const auto wait = options.duration(name);
  if (wait >= kShortestWait && wait <= kLongestWait) return wait;
  return base::Error(base::ErrorKind::bad_configuration, "plugin.option_out_of_range",
                     {{"option", name}, {"minimum", "100ms"}, {"maximum", "30m"}});
}

base::Result<ConnectionSettings> settings_of(const plugin::Options& options,
                                             const std::filesystem::path& data_folder) {
  ConnectionSettings settings;
  settings.connection = options.text("connection");
  settings.service = options.text("service");
  if (const auto& file = options.text("password_file"); !file.empty())
    settings.password_file = data_folder / file;
  settings.schema = options.text("schema");
  settings.application_name = options.text("application_name");
  MUSUBI_ASSIGN(settings.statement_timeout, wait_of(options, "statement_timeout"));
  MUSUBI_ASSIGN(settings.connect_timeout, wait_of(options, "connect_timeout"));
  if (!is_schema_name(settings.schema))
    return base::Error(base::ErrorKind::bad_configuration, "postgres.bad_schema_name");
  return settings;
}

class PostgresSink final : public plugin::Sink {
 public:
  explicit PostgresSink(std::unique_ptr<Store> store) : store_(std::move(store)) {}

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) noexcept override {
    return plugin::guarded([&] { return store_->deliver(disclosure); });
  }
  base::Result<std::vector<plugin::Receipt>> deliver_together(
      std::span<const model::Disclosure> disclosures) noexcept override {
    return plugin::guarded([&] { return store_->deliver_together(disclosures); });
  }
  base::Status read(const plugin::ReadRequest& request,
                    const plugin::RecordVisitor& visit) noexcept override {
    return plugin::guarded([&] { return store_->read(request, visit); });
  }
  base::Status verify() noexcept override {
    return plugin::guarded([&] { return store_->verify(); });
  }
  base::Status close() noexcept override {
    return plugin::guarded([&] { return store_->close(); });
  }

 private:
  std::unique_ptr<Store> store_;
};

std::unique_ptr<plugin::Sink> make_sink(plugin::HostServices& services, const plugin::Options& options,
                                        base::Status& status) noexcept {
  return plugin::make_safely<plugin::Sink>(status, [&]() -> base::Result<std::unique_ptr<plugin::Sink>> {
    MUSUBI_ASSIGN(auto settings, settings_of(options, services.data_folder()));
    const auto purpose =
        services.only_reading() ? Connection::Purpose::reading : Connection::Purpose::writing;
    const auto warn = [&services](std::string_view message) {
      services.log(plugin::LogLevel::warning, message);
    };
    MUSUBI_ASSIGN(auto store,
                  Store::open(std::move(settings), purpose, services.catalogue(), services.clock(), warn));
    return std::unique_ptr<plugin::Sink>(std::make_unique<PostgresSink>(std::move(store)));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::sink,
    .name = "postgres",
    .version = "1.0.0",
    .summary_japanese = "中央ストア（PostgreSQL）。版を残し、最新の姿を見せる",
    .summary_english = "The central store in PostgreSQL: keeps versions, shows the current one",
    .options = kOptions.data(),
    .option_count = kOptions.size(),
};

}  // namespace

MUSUBI_SINK_ADAPTER(kManifest, make_sink)

}  // namespace musubi::postgres_sink
