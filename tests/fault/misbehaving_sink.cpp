// A sink that takes everything, until it is handed the record named by an option.
#include <array>

#include "misbehave.h"
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"

namespace musubi::misbehaving {
namespace {

constexpr std::array kOptions{plugin::Option{.name = "record",
                                             .type = plugin::OptionType::integer,
                                             .default_value = "0",
                                             .help_japanese = "この番号の記録で",
                                             .help_english = "At the record of this number"},
                              plugin::Option{.name = "how",
                                             .type = plugin::OptionType::text,
                                             .default_value = "",
                                             .help_japanese = "こう振る舞う",
                                             .help_english = "It does this"}};

class MisbehavingSink final : public plugin::Sink {
 public:
  MisbehavingSink(std::int64_t record, std::string how) : record_(record), how_(std::move(how)) {}

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) override {
    for (std::size_t index = 0; index < disclosure.size(); ++index)
      if (disclosure.key(index).record == record_) testing::misbehave(how_);
    return plugin::Receipt{"taken", disclosure.size(), 0};
  }
  base::Status read(const plugin::ReadRequest& /*request*/, const plugin::RecordVisitor& /*visit*/) override {
    return base::Error(base::ErrorKind::usage, "adapter.not_readable");
  }
  base::Status close() override { return {}; }

 private:
  std::int64_t record_;
  std::string how_;
};

std::unique_ptr<plugin::Sink> make_sink(plugin::HostServices& /*services*/, const plugin::Options& options,
                                        base::Status& status) noexcept {
  return plugin::make_safely<plugin::Sink>(status, [&]() -> base::Result<std::unique_ptr<plugin::Sink>> {
    return std::unique_ptr<plugin::Sink>(
        std::make_unique<MisbehavingSink>(options.integer("record"), options.text("how")));
  });
}

constexpr plugin::Manifest kManifest{.kind = plugin::AdapterKind::sink,
                                     .name = "misbehaving",
                                     .version = "1",
                                     .summary_japanese = "試験",
                                     .summary_english = "Test",
                                     .options = kOptions.data(),
                                     .option_count = kOptions.size()};

}  // namespace

MUSUBI_SINK_ADAPTER(kManifest, make_sink)

}  // namespace musubi::misbehaving
