// Records as lines of a file: options path, format, records, bom.
#include <array>

#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"
#include "record_file.h"

namespace musubi::file_sink {
namespace {

constexpr std::array kOptions{
    plugin::Option{
        .name = "path",
        .type = plugin::OptionType::path,
        .default_value = "",
        .help_japanese = "書き出すファイル。省けばデータ用フォルダーの records.ndjson か records.csv",
        .help_english = "File to write; records.ndjson or records.csv in the data folder when left out"},
    plugin::Option{.name = "format",
                   .type = plugin::OptionType::text,
                   .default_value = "ndjson",
                   .help_japanese = "書式。ndjson（1 行に 1 件の JSON）か csv",
                   .help_english = "ndjson (a JSON object a line) or csv",
                   .choices = "ndjson|csv"},
    plugin::Option{.name = "records",
                   .type = plugin::OptionType::text,
                   .default_value = "case",
                   .help_japanese = "csv に書く記録の種類",
                   .help_english = "The kind of record a csv file holds",
                   .choices = "case|health_observation|facility_report|published_count"},
    plugin::Option{
        .name = "bom",
        .type = plugin::OptionType::boolean,
        .default_value = "true",
        .help_japanese = "csv の先頭に BOM を付ける（Excel が UTF-8 と分かる）",
        .help_english = "Begin a csv file with a byte order mark, so that Excel knows it is UTF-8"}};

class FileSink final : public plugin::Sink {
 public:
  explicit FileSink(std::unique_ptr<RecordFile> file) : file_(std::move(file)) {}

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) noexcept override {
    return plugin::guarded([&] { return file_->deliver(disclosure); });
  }
  base::Status read(const plugin::ReadRequest& /*request*/,
                    const plugin::RecordVisitor& /*visit*/) noexcept override {
    return plugin::guarded(
        []() -> base::Status { return base::Error(base::ErrorKind::usage, "adapter.not_readable"); });
  }
  base::Status close() noexcept override {
    file_->close();
    return {};
  }

 private:
  std::unique_ptr<RecordFile> file_;
};

std::unique_ptr<Format> format_of(plugin::HostServices& services, const plugin::Options& options) {
  if (options.text("format") == "ndjson") return ndjson_format();
  const auto kind =
      model::record_kind_named(options.text("records")).value_or(model::RecordKind::case_report);
  return csv_format(services.catalogue(), kind, options.boolean("bom"));
}

std::filesystem::path path_of(plugin::HostServices& services, const plugin::Options& options) {
  const auto& path = options.text("path");
  return services.data_folder() / (path.empty() ? "records." + options.text("format") : path);
}

std::unique_ptr<plugin::Sink> make_sink(plugin::HostServices& services, const plugin::Options& options,
                                        base::Status& status) noexcept {
  return plugin::make_safely<plugin::Sink>(status, [&]() -> base::Result<std::unique_ptr<plugin::Sink>> {
    const auto path = path_of(services, options);
    std::error_code ignored;
    if (services.only_reading() && !std::filesystem::exists(path, ignored))
      return base::Error(base::ErrorKind::environment, "adapter.store_missing").at({.file = path.string()});
    MUSUBI_ASSIGN(auto file, RecordFile::open(path, format_of(services, options)));
    return std::unique_ptr<plugin::Sink>(std::make_unique<FileSink>(std::move(file)));
  });
}

constexpr plugin::Manifest kManifest{
    .kind = plugin::AdapterKind::sink,
    .name = "file",
    .version = "1.0.0",
    .summary_japanese = "記録をファイルに書き足す（NDJSON、CSV）",
    .summary_english = "Appends records to a file (NDJSON, CSV)",
    .options = kOptions.data(),
    .option_count = kOptions.size(),
};

}  // namespace

MUSUBI_SINK_ADAPTER(kManifest, make_sink)

}  // namespace musubi::file_sink
