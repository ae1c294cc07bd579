// Osaka: the case list and the daily counts, as CSV in CP932 and as the workbook behind the press release.
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "musubi/plugin/table_settings.h"

namespace musubi::osaka {
namespace {

using Parts = base::Result<std::vector<plugin::Part>>;

class OsakaSource final : public plugin::Source {
 public:
  explicit OsakaSource(const plugin::TableSettings& settings) : settings_(settings) {}

  Parts recognise(const plugin::Submission& submission,
                  std::span<const plugin::Layout> layouts) noexcept override {
    return plugin::guarded([&] { return look_at(submission, layouts); });
  }

  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    return plugin::open_table(submission, part);
  }

 private:
  /// Osaka writes CP932. Where nothing else is configured, a file that cannot be that is read as what it is.
  Parts look_at(const plugin::Submission& submission, std::span<const plugin::Layout> layouts) const {
    if (settings_.encoding != document::Encoding::detect) {
      return look_as(settings_.encoding, submission, layouts);
    }
    auto parts = look_as(document::Encoding::cp932, submission, layouts);
    const bool other_encoding = parts.has_error() && parts.error().code() == "text.wrong_encoding";
    return other_encoding ? look_as(document::Encoding::detect, submission, layouts) : parts;
  }

  Parts look_as(document::Encoding encoding, const plugin::Submission& submission,
                std::span<const plugin::Layout> layouts) const {
    return plugin::recognise_tables(submission, plugin::with_encoding(layouts, encoding), settings_.limits);
  }

  plugin::TableSettings settings_;
};

std::unique_ptr<plugin::Source> make_source(plugin::HostServices& /*services*/,
                                            const plugin::Options& options, base::Status& status) noexcept {
  return plugin::make_safely<plugin::Source>(status, [&]() -> base::Result<std::unique_ptr<plugin::Source>> {
    return std::make_unique<OsakaSource>(plugin::table_settings(options));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::source,
    .name = "osaka",
    .version = "1.0.0",
    .summary_japanese = "大阪府が公表する陽性者一覧と日別の件数（CP932 の CSV、Excel ブック）",
    .summary_english = "Case list and daily counts published by Osaka (CSV in CP932, workbook)",
    .options = plugin::kTableOptions.data(),
    .option_count = plugin::kTableOptions.size(),
};

}  // namespace

MUSUBI_SOURCE_ADAPTER(kManifest, make_source)

}  // namespace musubi::osaka
