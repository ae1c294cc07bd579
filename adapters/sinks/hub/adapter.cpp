// Hands records to another Musubi: a prefecture's hub to the central one. Options: url, token_file, name,
// authorities, certificate, private_key, timeout.
#include <array>

#include "central_hub.h"
#include "exchange_lines.h"
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"

namespace musubi::hub_sink {
namespace {

constexpr std::array kOptions{
    plugin::Option{.name = "url",
                   .help_japanese = "届け先のハブ。例 https://central.example.go.jp:8443",
                   .help_english = "The other hub, e.g. https://central.example.go.jp:8443"},
    plugin::Option{
        .name = "token_file",
        .type = plugin::OptionType::path,
        .default_value = "central.token",
        .help_japanese = "届け先のハブが発行したトークンを 1 行に書いたファイル（データ用フォルダーから）",
        .help_english = "File with the token that the other hub issued, one line (from the data folder)"},
    plugin::Option{.name = "name",
                   .default_value = "musubi",
                   .help_japanese = "届け先に示す、このハブの名前",
                   .help_english = "Name of this hub, as told to the other"},
    plugin::Option{
        .name = "authorities",
        .type = plugin::OptionType::path,
        .help_japanese = "信頼する認証局の PEM ファイル。省けばこの機械のもの",
        .help_english = "PEM file of the authorities to trust; those of the machine when left out"},
    plugin::Option{.name = "certificate",
                   .type = plugin::OptionType::path,
                   .help_japanese = "相互 TLS で示す証明書の PEM ファイル",
                   .help_english = "PEM file of the certificate to show (mutual TLS)"},
    plugin::Option{.name = "private_key",
                   .type = plugin::OptionType::path,
                   .help_japanese = "その鍵の PEM ファイル",
                   .help_english = "PEM file of its key"},
    plugin::Option{.name = "timeout",
                   .type = plugin::OptionType::duration,
                   .default_value = "30s",
                   .help_japanese = "返事を待つ時間",
                   .help_english = "How long to wait for an answer"}};

class HubSink final : public plugin::Sink {
 public:
  HubSink(std::unique_ptr<CentralHub> hub, std::string name) : hub_(std::move(hub)), name_(std::move(name)) {}

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) noexcept override {
    return plugin::guarded([&] { return hand_in(disclosure); });
  }
  base::Status read(const plugin::ReadRequest& /*request*/,
                    const plugin::RecordVisitor& /*visit*/) noexcept override {
    return plugin::guarded(
        []() -> base::Status { return base::Error(base::ErrorKind::usage, "adapter.not_readable"); });
  }
  base::Status close() noexcept override { return {}; }

 private:
  base::Result<plugin::Receipt> hand_in(const model::Disclosure& disclosure) {
    if (disclosure.size() == 0) return plugin::Receipt{};
    MUSUBI_ASSIGN(const auto lines, exchange_lines(disclosure, name_));
    MUSUBI_ASSIGN(const auto word, hub_->hand_in(name_of(disclosure), lines));
    plugin::Receipt receipt{.recipient_reference = "submission " + std::to_string(word.submission)};
    (word.already_received ? receipt.already_there : receipt.stored) = disclosure.size();
    return receipt;
  }

  static std::string name_of(const model::Disclosure& disclosure) {
    return disclosure.source() + "-" + std::to_string(disclosure.submission()) + "-" +
           std::string(model::name_of(disclosure.layout().kind)) + ".ndjson";
  }

  std::unique_ptr<CentralHub> hub_;
  std::string name_;
};

std::filesystem::path file_of(plugin::HostServices& services, const plugin::Options& options,
                              const char* name) {
  const auto& file = options.text(name);
  return file.empty() ? std::filesystem::path() : services.data_folder() / file;
}

std::unique_ptr<plugin::Sink> make_sink(plugin::HostServices& services, const plugin::Options& options,
                                        base::Status& status) noexcept {
  return plugin::make_safely<plugin::Sink>(status, [&]() -> base::Result<std::unique_ptr<plugin::Sink>> {
    CentralHubSettings settings{.url = options.text("url"),
                                .token_file = file_of(services, options, "token_file"),
                                .authorities = file_of(services, options, "authorities"),
                                .certificate = file_of(services, options, "certificate"),
                                .private_key = file_of(services, options, "private_key"),
                                .timeout = options.duration("timeout")};
    MUSUBI_ASSIGN(auto hub, CentralHub::open(settings));
    return std::unique_ptr<plugin::Sink>(std::make_unique<HubSink>(std::move(hub), options.text("name")));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::sink,
    .name = "hub",
    .version = "1.0.0",
    .summary_japanese = "ほかの Musubi へ HTTPS で渡す（都道府県のハブから中央のハブへ）",
    .summary_english = "Hands records to another Musubi over HTTPS (a prefecture's hub to the central one)",
    .options = kOptions.data(),
    .option_count = kOptions.size(),
};

}  // namespace

MUSUBI_SINK_ADAPTER(kManifest, make_sink)

}  // namespace musubi::hub_sink
