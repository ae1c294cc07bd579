// Tokyo: the patient list and the counts per municipality that the metropolis publishes as CSV.
#include "file_names.h"
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "musubi/plugin/table_settings.h"

namespace musubi::tokyo {
namespace {

class TokyoSource final : public plugin::Source {
 public:
  explicit TokyoSource(const plugin::TableSettings& settings) : settings_(settings) {}

  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& submission, std::span<const plugin::Layout> layouts) noexcept override {
    return plugin::guarded([&] { return look_at(submission, layouts); });
  }

  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    return plugin::open_table(submission, part);
  }

 private:
  base::Result<std::vector<plugin::Part>> look_at(const plugin::Submission& submission,
                                                  std::span<const plugin::Layout> layouts) const {
    if (const auto code = code_of_other_prefecture(submission.name); !code.empty()) {
      return base::Error(base::ErrorKind::bad_input, "adapter.other_prefecture", {{"code", code}})
          .at({.file = submission.bytes->name()});
    }
    return plugin::recognise_tables(submission, plugin::with_encoding(layouts, settings_.encoding),
                                    settings_.limits);
  }

  plugin::TableSettings settings_;
};

std::unique_ptr<plugin::Source> make_source(plugin::HostServices& /*services*/,
                                            const plugin::Options& options, base::Status& status) noexcept {
  return plugin::make_safely<plugin::Source>(status, [&]() -> base::Result<std::unique_ptr<plugin::Source>> {
    return std::make_unique<TokyoSource>(plugin::table_settings(options));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::source,
    .name = "tokyo",
    .version = "1.0.0",
    .summary_japanese = "東京都が公表する陽性者一覧と市区町村別の陽性者数（CSV）",
    .summary_english = "Case list and counts per municipality published by Tokyo (CSV)",
    .options = plugin::kTableOptions.data(),
    .option_count = plugin::kTableOptions.size(),
};

}  // namespace

MUSUBI_SOURCE_ADAPTER(kManifest, make_source)

}  // namespace musubi::tokyo
