// store and the whole road, beside SQLite's bare inserts of the same stored rows.
#include <fmt/format.h>
#include <sys/resource.h>

#include <fstream>
#include <stdexcept>

#include "machine_limits.h"
#include "musubi/linkage/linkage.h"
#include "sample/sample.h"
#include "sections.h"
#include "stopwatch.h"

namespace musubi::bench {
namespace {

namespace fs = std::filesystem;

template <class T>
T take(base::Result<T> result) {
  if (result.has_error()) throw std::runtime_error(base::describe(base::Language::english, result.error()));
  return std::move(*result);
}

void write_sample_file(const fs::path& path, std::uint64_t rows) {
  app::sample::SampleRequest request;
  request.source = "tokyo";
  request.rows = rows;
  std::ofstream file(path, std::ios::binary);
  take(app::sample::write_sample(request, file));
}

app::CommonOptions options_for(const Setting& setting, const fs::path& home) {
  auto options = setting.workshop->options();
  options.home = home;
  return options;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

/// One import into a fresh home, adapters and configuration already at hand.
double import_once(const Setting& setting, const fs::path& file, const fs::path& home, double& cpu) {
  fs::remove_all(home);
  app::Workshop workshop(options_for(setting, home));
  pipeline::Road road(take(workshop.equipment(true)));
  const auto before = cpu_seconds();
  const auto spent = seconds([&] { take(road.import({"tokyo", file, std::nullopt}, [](const auto&) {})); });
  cpu = cpu_seconds() - before;
  return spent;
}

/// CPU seconds of the ledger alone: one case, one record row, one outbox row a batch.
double ledger_once(const Setting& setting, const fs::path& file, std::uint64_t rows) {
  const auto home = setting.folder / "ledger-home";
  fs::remove_all(home);
  const auto ledger = take(ledger::Ledger::open(home, setting.workshop->clock()));
  const auto info = take(ledger->keep("tokyo", file, "sample.csv", {}));
  ledger::PartInfo wanted;
  wanted.submission = info.id;
  const auto part = take(ledger->begin_part(wanted));
  const auto before = cpu_seconds();
  const auto work = [&] {
    for (std::uint64_t first = 1; first <= rows; first += 10'000) {
      const auto last = std::min(first + 9'999, rows);
      if (ledger->begin_batch(part.id).has_error()) throw std::runtime_error("begin_batch");
      for (auto row = first; row <= last; ++row) {
        const auto id = std::to_string(row);
        ledger->find_case("tokyo", id);
        ledger::KnownCase now;
        now.content = {row, row};
        now.version = 1;
        ledger::RecordRow record;
        record.row = row;
        record.line = row + 1;
        record.byte = row * 70;
        record.length = 70;
        record.disposition = ledger::Disposition::deliver;
        record.case_number = ledger->put_case("tokyo", id, now);
        record.version = 1;
        ledger->add_record(record);
      }
      const auto outbox = ledger->open_outbox("central-store", "tokyo", first, last);
      if (ledger->commit_batch(last).has_error()) throw std::runtime_error("commit_batch");
      if (ledger->retire_now(outbox, "1").has_error()) throw std::runtime_error("retire");
    }
  };
  work();
  return cpu_seconds() - before;
}

}  // namespace

void whole_road(const Setting& setting) {
  const auto file = setting.folder / "130001_tokyo_covid19_patients_2020-04-20.csv";
  const auto home = setting.folder / "home";
  write_sample_file(file, setting.rows);
  double cpu = 0;
  import_once(setting, file, home, cpu);
  const auto stored = read_store(home / "store.sqlite");

  std::vector<double> road, bare, ratios, cpus;
  for (int index = 0; index < 5; ++index) {
    road.push_back(import_once(setting, file, home, cpu));
    cpus.push_back(cpu);
    const auto database = setting.folder / "bare.sqlite";
    for (const auto* suffix : {"", "-wal", "-shm"}) fs::remove(database.string() + suffix);
    bare.push_back(seconds([&] { insert_bare(stored, database); }));
    ratios.push_back(bare.back() / road.back() * static_cast<double>(setting.rows) /
                     static_cast<double>(stored.rows.size()));
  }
  const auto rows = static_cast<double>(setting.rows);
  print_line("SQLite bare insert", static_cast<double>(stored.rows.size()), "rows/s", median(bare),
             fmt::format("{} columns, FULL, 10,000 a transaction; fdatasync {:.0f} us", stored.columns.size(),
                         fsync_microseconds(setting.folder)));
  print_line("whole road into SQLite", rows, "rows/s", median(road),
             fmt::format("{:.2f} of the bare insert of the same {} rows; {:.2f} CPU-us a row", median(ratios),
                         stored.rows.size(), median(cpus) / rows * 1e6));
  const auto ledger = ledger_once(setting, file, setting.rows);
  print_line("ledger and lineage rows", rows, "rows/s", ledger,
             fmt::format("{:.2f} CPU-us a row, {:.0f} % of the road's CPU time", ledger / rows * 1e6,
                         ledger / median(cpus) * 100));
}

}  // namespace musubi::bench
