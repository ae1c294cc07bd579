// The embedded central store as a sink: options path.
#include <array>

#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "store.h"

namespace musubi::sqlite_sink {
namespace {

constexpr std::array kOptions{
    plugin::Option{.name = "path",
                   .type = plugin::OptionType::path,
                   .default_value = "store.sqlite",
                   .help_japanese = "保存先のファイル。相対パスはアダプターのデータ用フォルダーから",
                   .help_english = "File of the store; relative to the adapter's data folder"}};

class SqliteSink final : public plugin::Sink {
 public:
  explicit SqliteSink(std::unique_ptr<Store> store) : store_(std::move(store)) {}

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
    const auto file = services.data_folder() / options.text("path");
    const auto mode = services.only_reading() ? Database::Mode::reader : Database::Mode::writer;
    MUSUBI_ASSIGN(auto store, Store::open(file, mode, services.catalogue(), services.clock()));
    return std::unique_ptr<plugin::Sink>(std::make_unique<SqliteSink>(std::move(store)));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::sink,
    .name = "sqlite",
    .version = "1.0.0",
    .summary_japanese = "組み込みの中央ストア（SQLite）。版を残し、最新の姿を見せる",
    .summary_english = "The embedded central store (SQLite): keeps versions, shows the current one",
    .options = kOptions.data(),
    .option_count = kOptions.size(),
};

}  // namespace

MUSUBI_SINK_ADAPTER(kManifest, make_sink)

}  // namespace musubi::sqlite_sink
