// The adapters as the road calls them: each call says whose errand it is on, and sources, which
// are called one at a time, wait for each other.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "in_hand.h"
#include "musubi/pipeline/road.h"
#include "musubi/plugin/sink.h"
#include "musubi/plugin/source.h"

namespace musubi::pipeline {

/// Threads: one at a time, as every reader; not only the one that opened it.
class WatchedRows final : public document::RowReader {
 public:
  WatchedRows(std::unique_ptr<document::RowReader> rows, Hand* hand) : rows_(std::move(rows)), hand_(hand) {}
  std::span<const std::string> columns() const noexcept override { return rows_->columns(); }
  std::span<const std::string> titles() const noexcept override { return rows_->titles(); }
  document::Encoding encoding() const noexcept override { return rows_->encoding(); }
  base::Result<std::size_t> read(document::RowBatch& into, std::size_t rows) override {
    const InsideAdapter inside(hand_);
    return rows_->read(into, rows);
  }
  std::uint64_t consumed() const noexcept override { return rows_->consumed(); }

 private:
  std::unique_ptr<document::RowReader> rows_;
  Hand* hand_;
};

/// Threads: any. The source is borrowed.
class WatchedSource final : public plugin::Source {
 public:
  explicit WatchedSource(plugin::Source& source) : source_(source) {}
  base::Result<std::vector<plugin::Part>> recognise(const plugin::Submission& submission,
                                                    std::span<const plugin::Layout> layouts) override {
    const std::lock_guard lock(mutex_);
    const InsideAdapter inside(Hand::of_this_thread());
    return source_.recognise(submission, layouts);
  }
  document::RowReaderResult open(const plugin::Submission& submission, const plugin::Part& part) override {
    MUSUBI_ASSIGN(auto rows, open_inside(submission, part));
    return std::unique_ptr<document::RowReader>(
        std::make_unique<WatchedRows>(std::move(rows), Hand::of_this_thread()));
  }

 private:
  document::RowReaderResult open_inside(const plugin::Submission& submission, const plugin::Part& part) {
    const std::lock_guard lock(mutex_);
    const InsideAdapter inside(Hand::of_this_thread());
    return source_.open(submission, part);
  }

  std::mutex mutex_;
  plugin::Source& source_;
};

/// Threads: as the sink's. It is borrowed.
class WatchedSink final : public plugin::Sink {
 public:
  explicit WatchedSink(plugin::Sink& sink) : sink_(sink) {}
  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) override {
    const InsideAdapter inside(Hand::of_this_thread());
    return sink_.deliver(disclosure);
  }
  base::Result<std::vector<plugin::Receipt>> deliver_together(
      std::span<const model::Disclosure> disclosures) override {
    const InsideAdapter inside(Hand::of_this_thread());
    return sink_.deliver_together(disclosures);
  }
  base::Status read(const plugin::ReadRequest& request, const plugin::RecordVisitor& visit) override {
    return sink_.read(request, visit);
  }
  base::Status verify() override { return sink_.verify(); }
  base::Status close() override { return sink_.close(); }

 private:
  plugin::Sink& sink_;
};

/// Stands before the sources of an equipment. Outlives whoever uses that equipment.
class WatchedSources {
 public:
  /// From now on `equipment` names the watched ones.
  explicit WatchedSources(Equipment& equipment) : keeps_(equipment.keeps) {
    for (auto* sources : {&equipment.sources, &equipment.trial_sources})
      for (auto& [name, source] : *sources)
        source = sources_.emplace_back(std::make_unique<WatchedSource>(*source)).get();
  }

 private:
  std::shared_ptr<const void> keeps_;
  std::vector<std::unique_ptr<WatchedSource>> sources_;
};

/// Stands before the sinks of an equipment. Outlives whoever uses that equipment.
class WatchedSinks {
 public:
  /// From now on `equipment` names the watched ones.
  explicit WatchedSinks(Equipment& equipment) {
    for (auto& [name, sink] : equipment.sinks)
      sink = sinks_.emplace_back(std::make_unique<WatchedSink>(*sink)).get();
  }

 private:
  std::vector<std::unique_ptr<WatchedSink>> sinks_;
};

/// From now on `equipment` names watched sources, which end with whoever keeps its `keeps`.
inline void watch_sources(Equipment& equipment) {
  equipment.keeps = std::make_shared<const WatchedSources>(equipment);
}

}  // namespace musubi::pipeline
