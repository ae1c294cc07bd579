#include "contained_adapter.h"

#include <optional>
#include <type_traits>
#include <utility>

#include "musubi/plugin/guard.h"

namespace musubi::plugin_host {
namespace {

template <class Call>
std::invoke_result_t<Call> through(const std::string& adapter, const Call& call) noexcept {
  try {
    return call();
  } catch (...) {
    return plugin::error_of_exception().in_adapter(adapter);
  }
}

base::Error nothing_of(const std::string& adapter) {
  return base::Error(base::ErrorKind::defect, "plugin.made_nothing").in_adapter(adapter);
}

class ContainedRows final : public document::RowReader {
 public:
  ContainedRows(std::unique_ptr<document::RowReader> rows, std::string adapter)
      : rows_(std::move(rows)), adapter_(std::move(adapter)) {}
  std::span<const std::string> columns() const noexcept override { return rows_->columns(); }
  std::span<const std::string> titles() const noexcept override { return rows_->titles(); }
  document::Encoding encoding() const noexcept override { return rows_->encoding(); }
  base::Result<std::size_t> read(document::RowBatch& into, std::size_t rows) noexcept override {
    thrown_at_ = rows_->consumed();
    return through(adapter_, [&] {
      auto got = rows_->read(into, rows);
      thrown_at_.reset();
      return got;
    });
  }
  std::uint64_t consumed() const noexcept override { return thrown_at_.value_or(rows_->consumed()); }

 private:
  std::unique_ptr<document::RowReader> rows_;
  std::string adapter_;
  std::optional<std::uint64_t> thrown_at_;  ///< where a call began whose rows nobody was given
};

class ContainedSource final : public plugin::Source {
 public:
  ContainedSource(std::unique_ptr<plugin::Source> source, std::string adapter)
      : source_(std::move(source)), adapter_(std::move(adapter)) {}
  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& submission, std::span<const plugin::Layout> layouts) noexcept override {
    return through(adapter_, [&] { return source_->recognise(submission, layouts); });
  }
  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    return through(adapter_, [&]() -> document::RowReaderResult {
      MUSUBI_ASSIGN(auto rows, source_->open(submission, part));
      if (rows == nullptr) return nothing_of(adapter_);
      return std::unique_ptr<document::RowReader>(std::make_unique<ContainedRows>(std::move(rows), adapter_));
    });
  }

 private:
  std::unique_ptr<plugin::Source> source_;
  std::string adapter_;
};

class ContainedSink final : public plugin::Sink {
 public:
  ContainedSink(std::unique_ptr<plugin::Sink> sink, std::string adapter)
      : sink_(std::move(sink)), adapter_(std::move(adapter)) {}
  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) noexcept override {
    return through(adapter_, [&] { return sink_->deliver(disclosure); });
  }
  base::Result<std::vector<plugin::Receipt>> deliver_together(
      std::span<const model::Disclosure> disclosures) noexcept override {
    return through(adapter_, [&] { return sink_->deliver_together(disclosures); });
  }
  base::Status read(const plugin::ReadRequest& request,
                    const plugin::RecordVisitor& visit) noexcept override {
    return through(adapter_, [&] { return sink_->read(request, visit); });
  }
  base::Status verify() noexcept override {
    return through(adapter_, [&] { return sink_->verify(); });
  }
  base::Status close() noexcept override {
    return through(adapter_, [&] { return sink_->close(); });
  }

 private:
  std::unique_ptr<plugin::Sink> sink_;
  std::string adapter_;
};

}  // namespace

std::unique_ptr<plugin::Source> contained(std::unique_ptr<plugin::Source> source,
                                          const std::string& adapter) {
  return std::make_unique<ContainedSource>(std::move(source), adapter);
}

std::unique_ptr<plugin::Sink> contained(std::unique_ptr<plugin::Sink> sink, const std::string& adapter) {
  return std::make_unique<ContainedSink>(std::move(sink), adapter);
}

}  // namespace musubi::plugin_host
