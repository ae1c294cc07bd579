// A source that reads tables as others do, until a cell says "misbehave:HOW", or the head of a file
// "misbehave-at-once:HOW". A file named mended in the home mends it.
#include <filesystem>

#include "misbehave.h"
#include "musubi/plugin/guard.h"
#include "musubi/plugin/manifest.h"

namespace musubi::misbehaving {
namespace {

constexpr std::string_view kInCell = "misbehave:", kAtOnce = "misbehave-at-once:";

/// The word after `mark`; empty where there is none.
std::string_view word_after(std::string_view mark, std::string_view text) {
  const auto at = text.find(mark);
  if (at == text.npos) return {};
  text.remove_prefix(at + mark.size());
  return text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"));
}

class MisbehavingRows final : public document::RowReader {
 public:
  explicit MisbehavingRows(std::unique_ptr<document::RowReader> rows) : rows_(std::move(rows)) {}
  std::span<const std::string> columns() const noexcept override { return rows_->columns(); }
  std::span<const std::string> titles() const noexcept override { return rows_->titles(); }
  document::Encoding encoding() const noexcept override { return rows_->encoding(); }
  std::uint64_t consumed() const noexcept override { return rows_->consumed(); }
  base::Result<std::size_t> read(document::RowBatch& into, std::size_t rows) override {
    MUSUBI_ASSIGN(const auto got, rows_->read(into, rows));
    for (std::size_t row = 0; row < into.size(); ++row)
      for (const auto& cell : into.row(row)) misbehave_at(word_after(kInCell, cell.text()));
    return got;
  }

 private:
  /// What was read before has the time to get onto the books.
  static void misbehave_at(std::string_view how) {
    if (how.empty()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    testing::misbehave(how);
  }

  std::unique_ptr<document::RowReader> rows_;
};

class MisbehavingSource final : public plugin::Source {
 public:
  explicit MisbehavingSource(std::filesystem::path mended) : mended_(std::move(mended)) {}

  base::Result<std::vector<plugin::Part>> recognise(const plugin::Submission& submission,
                                                    std::span<const plugin::Layout> layouts) override {
    std::string head(4'096, '\0');
    MUSUBI_ASSIGN(const auto got, submission.bytes->read_at(0, head.data(), head.size()));
    head.resize(got);
    if (!is_mended()) testing::misbehave(word_after(kAtOnce, head));
    return plugin::recognise_tables(submission, layouts, {});
  }

  document::RowReaderResult open(const plugin::Submission& submission, const plugin::Part& part) override {
    MUSUBI_ASSIGN(auto rows, plugin::open_table(submission, part));
    if (is_mended()) return rows;
    return std::unique_ptr<document::RowReader>(std::make_unique<MisbehavingRows>(std::move(rows)));
  }

 private:
  bool is_mended() const { return std::filesystem::exists(mended_); }
  std::filesystem::path mended_;
};

std::unique_ptr<plugin::Source> make_source(plugin::HostServices& services,
                                            const plugin::Options& /*options*/,
                                            base::Status& status) noexcept {
  return plugin::make_safely<plugin::Source>(status, [&]() -> base::Result<std::unique_ptr<plugin::Source>> {
    return std::unique_ptr<plugin::Source>(
        std::make_unique<MisbehavingSource>(services.data_folder() / "mended"));
  });
}

constexpr plugin::Manifest kManifest{.kind = plugin::AdapterKind::source,
                                     .name = "misbehaving",
                                     .version = "1",
                                     .summary_japanese = "試験",
                                     .summary_english = "Test",
                                     .options = nullptr,
                                     .option_count = 0};

}  // namespace

MUSUBI_SOURCE_ADAPTER(kManifest, make_source)

}  // namespace musubi::misbehaving
