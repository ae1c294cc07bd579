// What another Musubi hands in (adapters/sinks/hub): a JSON object a line.
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "musubi/plugin/table_settings.h"

namespace musubi::hub_source {
namespace {

class HubSource final : public plugin::Source {
 public:
  explicit HubSource(const plugin::TableSettings& settings) : settings_(settings) {}

  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& submission, std::span<const plugin::Layout> layouts) noexcept override {
    return plugin::guarded([&] {
      return plugin::recognise_tables(submission, plugin::with_encoding(layouts, settings_.encoding),
                                      settings_.limits);
    });
  }
  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    return plugin::open_table(submission, part);
  }

 private:
  plugin::TableSettings settings_;
};

std::unique_ptr<plugin::Source> make_source(plugin::HostServices& /*services*/,
                                            const plugin::Options& options, base::Status& status) noexcept {
  return plugin::make_safely<plugin::Source>(status, [&]() -> base::Result<std::unique_ptr<plugin::Source>> {
    return std::make_unique<HubSource>(plugin::table_settings(options));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::source,
    .name = "hub",
    .version = "1.0.0",
    .summary_japanese = "ほかの Musubi から届く記録（NDJSON）",
    .summary_english = "Records that another Musubi hands in (NDJSON)",
    .options = plugin::kTableOptions.data(),
    .option_count = plugin::kTableOptions.size(),
};

}  // namespace

MUSUBI_SOURCE_ADAPTER(kManifest, make_source)

}  // namespace musubi::hub_source
