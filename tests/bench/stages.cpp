// read, read + map, check, protect: each on its own.
#include <fmt/format.h>

#include <chrono>
#include <numeric>
#include <stdexcept>

#include "hand_written.h"
#include "machine_limits.h"
#include "sections.h"
#include "stopwatch.h"
#include "twenty_columns.h"

namespace musubi::bench {

constexpr std::size_t kReadRows = 1'000;
constexpr std::size_t kBatchRows = 10'000;

/// A failed result ends the benchmark.
template <class T>
T take(base::Result<T> result) {
  if (result.has_error()) throw std::runtime_error(base::describe(base::Language::english, result.error()));
  return std::move(*result);
}

struct Table {
  std::shared_ptr<const mapping::Mapping> mapping;
  std::shared_ptr<const document::ByteSource> bytes;
};

std::unique_ptr<document::RowReader> open(const Table& table) {
  document::TableOptions options;
  options.header.columns = table.mapping->head().columns;
  return take(document::open_csv(table.bytes, options));
}

std::uint64_t read_only(const Table& table) {
  const auto reader = open(table);
  document::RowBatch rows;
  std::uint64_t count = 0;
  while (const auto got = take(reader->read(rows, kReadRows))) count += got;
  return count;
}

/// Batches of 10,000 records, as the road makes them; `each` sees every batch. Not inlined: callgrind counts
/// it by its name.
template <class Each>
[[gnu::noinline]] std::uint64_t read_and_map(const Table& table, const Each& each) {
  const auto reader = open(table);
  const auto bound = take(table.mapping->bind(reader->columns()));
  document::RowBatch rows;
  std::uint64_t count = 0;
  auto records = std::make_shared<model::RecordBatch>(bound.layout());
  records->reserve(kBatchRows);
  while (const auto got = take(reader->read(rows, kReadRows))) {
    bound.apply(rows, *records);
    count += got;
    if (records->size() >= kBatchRows) {
      each(records);
      records->clear();
    }
  }
  if (records->size() > 0) each(records);
  return count;
}

Table twenty_columns(const Setting& setting, const std::string& mapping = twenty_column_mapping()) {
  const auto context = take(setting.workshop->folder_context());
  return {take(mapping::Mapping::parse(mapping, "twenty-columns.yaml", context)),
          document::ByteSource::of_text(twenty_column_csv(setting.rows, 1), "twenty-columns.csv")};
}

/// Read + map through the mapping, and by hand in C++.
void beside_the_hand(const std::string& name, const Table& table, std::string_view csv, std::uint64_t rows) {
  std::uint64_t errors = 0;
  const auto mapped = alternate([&] { read_and_map(table, [](const auto&) {}); },
                                [&] {
                                  HandTable hand;
                                  if (hand_written(csv, hand) != rows) throw std::runtime_error("rows lost");
                                  errors = hand.errors;
                                });
  const auto count = static_cast<double>(rows);
  print_line(name, count, "rows/s", mapped.ours,
             fmt::format("{:.2f} of C++ by hand ({:.0f} rows/s, {} misread)", mapped.ratio,
                         count / mapped.limit, errors));
}

std::vector<std::string> records_of(const Table& table) {
  std::vector<std::string> records;
  read_and_map(table, [&records](const std::shared_ptr<model::RecordBatch>& batch) {
    for (std::uint32_t record = 0; record < batch->size(); ++record)
      records.push_back(model::to_json(batch->layout(), batch->values(record)));
  });
  return records;
}

void expect_the_same_records(const Table& one, const Table& other) {
  if (records_of(one) != records_of(other))
    throw std::runtime_error("the two mappings do not make the same records");
}

void reading_and_mapping(const Setting& setting) {
  const auto table = twenty_columns(setting);
  const auto csv = take(document::read_all(*table.bytes, UINT64_MAX));
  const auto rows = static_cast<double>(setting.rows);
  const auto megabytes = static_cast<double>(csv.size()) * 1e-6;

  const auto read = alternate([&] { read_only(table); },
                              [&] {
                                if (scan(csv) == 0) throw std::runtime_error("empty");
                              });
  print_line("read (20 columns)", rows, "rows/s", read.ours,
             fmt::format("{:.0f} MB/s, {:.3f} of a memory scan ({:.0f} MB/s)", megabytes / read.ours,
                         read.ratio, megabytes / read.limit));

  beside_the_hand("read + map (20 columns)", table, csv, setting.rows);
  const auto with_expressions = twenty_columns(setting, twenty_column_mapping_with_expressions());
  expect_the_same_records(table, with_expressions);
  beside_the_hand("read + map, 7 rules by FHIRPath", with_expressions, csv, setting.rows);
}

void instructions(const Setting& setting, bool with_expressions) {
  const auto table = twenty_columns(
      setting, with_expressions ? twenty_column_mapping_with_expressions() : twenty_column_mapping());
  fmt::print("{} rows mapped; divide callgrind's total by it\n", read_and_map(table, [](const auto&) {}));
}

void stages(const Setting& setting) {
  const auto table = twenty_columns(setting);
  const auto checks = take(setting.workshop->checks());
  const auto policies = take(setting.workshop->policies());
  const auto context = take(setting.workshop->folder_context());
  const auto today = base::day_in_japan(setting.workshop->clock().now());
  privacy::Protector protector(policies, {"130001", "感染症法12条", "surveillance", "central-store"},
                               "central-store");
  const auto event_date = context.catalogue->number_of("report.published_on");

  double checking = 0, protecting = 0;
  std::uint64_t released = 0;
  std::vector<std::uint32_t> chosen(kBatchRows);
  std::iota(chosen.begin(), chosen.end(), 0U);
  std::vector<model::DisclosureKey> keys(kBatchRows);
  read_and_map(table, [&](const std::shared_ptr<model::RecordBatch>& records) {
    checking += seconds([&] { checks->run(*records, today); });
    protecting += seconds([&] {
      const auto count = records->size();
      for (const auto& disclosure :
           protector.protect(records, std::span(chosen).first(count), std::span(keys).first(count), "bench",
                             1, event_date, today)) {
        released += disclosure.size();
      }
    });
  });
  const auto rows = static_cast<double>(setting.rows);
  print_line("check", rows, "rows/s", checking, fmt::format("{:.2f} us a row", checking / rows * 1e6));
  print_line("protect", rows, "rows/s", protecting,
             fmt::format("{:.2f} us a row, {} records disclosed", protecting / rows * 1e6, released));
}

}  // namespace musubi::bench
