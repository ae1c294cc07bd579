// The adapter of an imaginary city that publishes its positive cases as CSV.
#include <array>

#include "file_names.h"
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "musubi/plugin/table_settings.h"

namespace mihon {
namespace {

namespace plugin = musubi::plugin;
namespace document = musubi::document;
namespace base = musubi::base;

/// Encoding and limits, which every source of tables has, and one option of our own. This table is also the
/// documentation, and what unknown or wrong options are refused by.
constexpr auto kOptions = plugin::with_table_options(std::array{
    plugin::Option{.name = "accept_drafts",
                   .type = plugin::OptionType::boolean,
                   .default_value = "false",
                   .help_japanese = "公表前の下書きファイルも受け付ける",
                   .help_english = "Take drafts, too, which the city sends before it publishes"},
});

class MihonSource final : public plugin::Source {
 public:
  explicit MihonSource(const plugin::Options& options)
      : settings_(plugin::table_settings(options)), accept_drafts_(options.boolean("accept_drafts")) {}

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
    if (is_draft(submission.name) && !accept_drafts_) {
      return base::Error(base::ErrorKind::bad_input, "adapter.refused",
                         {{"reason_ja", "公表前の下書きです"},
                          {"reason_en", "it is a draft that is not yet published"}})
          .at({.file = submission.bytes->name()});
    }
    return plugin::recognise_tables(submission, plugin::with_encoding(layouts, settings_.encoding),
                                    settings_.limits);
  }

  plugin::TableSettings settings_;
  bool accept_drafts_;
};

std::unique_ptr<plugin::Source> make_source(plugin::HostServices& /*services*/,
                                            const plugin::Options& options, base::Status& status) noexcept {
  return plugin::make_safely<plugin::Source>(status, [&]() -> base::Result<std::unique_ptr<plugin::Source>> {
    return std::make_unique<MihonSource>(options);
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::source,
    .name = "mihon",
    .version = "1.0.0",
    .summary_japanese = "架空の市が公表する陽性者一覧（CSV）",
    .summary_english = "Positive cases published by an imaginary city (CSV)",
    .options = kOptions.data(),
    .option_count = kOptions.size(),
};

}  // namespace

MUSUBI_SOURCE_ADAPTER(kManifest, make_source)

}  // namespace mihon
