// A hub with one small mapping, a source of CSV, and a sink in memory that can be away, slow, or choosy.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "musubi/base/messages.h"
#include "musubi/pipeline/hub.h"
#include "temporary_folder.h"

namespace musubi::pipeline {

template <class T>
T taken(base::Result<T> result) {
  if (result.has_error()) throw std::runtime_error(base::describe(base::Language::english, result.error()));
  return std::move(*result);
}

class TableSource final : public plugin::Source {
 public:
  base::Result<std::vector<plugin::Part>> recognise(
      const plugin::Submission& submission, std::span<const plugin::Layout> layouts) noexcept override {
    return plugin::recognise_tables(submission, layouts, {});
  }
  document::RowReaderResult open(const plugin::Submission& submission,
                                 const plugin::Part& part) noexcept override {
    return plugin::open_table(submission, part);
  }
};

/// Remembers every (record, version) it was given, and how often.
class MemorySink final : public plugin::Sink {
 public:
  using Key = std::pair<std::int64_t, std::uint32_t>;

  base::Result<plugin::Receipt> deliver(const model::Disclosure& disclosure) noexcept override {
    ++attempts;
    if (away) return base::Error(base::ErrorKind::unavailable, "test.away");
    const std::lock_guard lock(mutex_);
    for (std::size_t index = 0; index < disclosure.size(); ++index) {
      if (refuses && refuses(disclosure.key(index).record)) return base::Error(refuse_as, "test.refused");
    }
    plugin::Receipt receipt{"receipt " + std::to_string(attempts), 0, 0};
    for (std::size_t index = 0; index < disclosure.size(); ++index) {
      const auto& key = disclosure.key(index);
      ++given_[{key.record, key.version}];
      said_[{key.record, key.version}] = model::to_json(disclosure.layout(), disclosure.values(index));
      const bool fresh = stored_.insert({key.record, key.version}).second;
      ++(fresh ? receipt.stored : receipt.already_there);
    }
    if (loses_answer && --loses_answer == 0) return base::Error(base::ErrorKind::unavailable, "test.cut");
    return receipt;
  }
  /// All or nothing.
  base::Result<std::vector<plugin::Receipt>> deliver_together(
      std::span<const model::Disclosure> disclosures) override {
    ++groups;
    most_together = std::max(most_together.load(), disclosures.size());
    for (const auto& disclosure : disclosures)
      for (std::size_t index = 0; index < disclosure.size(); ++index)
        if (refuses && refuses(disclosure.key(index).record)) return base::Error(refuse_as, "test.refused");
    std::vector<plugin::Receipt> receipts;
    for (const auto& each : disclosures) {
      MUSUBI_ASSIGN(auto receipt, deliver(each));
      receipts.push_back(std::move(receipt));
    }
    return receipts;
  }
  base::Status read(const plugin::ReadRequest&, const plugin::RecordVisitor&) noexcept override { return {}; }
  base::Status close() noexcept override { return {}; }

  std::set<Key> stored() const {
    const std::lock_guard lock(mutex_);
    return stored_;
  }

  /// The newest word on a record, as JSON.
  std::string said(std::int64_t record) const {
    const std::lock_guard lock(mutex_);
    std::string newest;
    for (const auto& [key, text] : said_)
      if (key.first == record) newest = text;
    return newest;
  }

  std::atomic<bool> away = false;
  std::atomic<int> groups = 0;
  std::atomic<std::size_t> most_together = 0;
  std::atomic<int> attempts = 0, loses_answer = 0;  ///< loses_answer: the nth answer from now is lost
  std::function<bool(std::int64_t)> refuses;        ///< set before it is used
  base::ErrorKind refuse_as = base::ErrorKind::refused;

 private:
  mutable std::mutex mutex_;
  std::set<Key> stored_;
  std::map<Key, int> given_;
  std::map<Key, std::string> said_;
};

constexpr const char* kSmallMapping =
    "mapping: test/cases\nversion: 2020-01-01\nreads: csv\nrecord: case\ncolumns: [No, sex, day]\n"
    "jurisdiction: '130001'\nlocal_id: report.local_id\nfields:\n  report.local_id: { from: No }\n"
    "  patient.sex: { from: sex, lookup: sex, on_error: review }\n"
    "  report.published_on: { from: day, as: date, on_error: review }\n";

class HubTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
    catalogue = taken(model::Catalogue::load(project / "mappings/catalogue"));
    value_sets = taken(model::ValueSets::load(project / "mappings/valuesets"));
    open();
  }
  void TearDown() override {
    if (hub) hub->stop();
  }

  void open() {
    ledger = taken(ledger::Ledger::open(folder.path() / "home", clock));
    const mapping::Context context{catalogue, value_sets};
    auto mappings = std::make_shared<mapping::MappingSet>();
    InForce otherwise;
    otherwise.value_sets = value_sets;
    otherwise.mappings = mappings;
    active = std::make_unique<ActiveMappings>(ledger.get(), catalogue, otherwise);
    if (ledger->newest_activation() == 0) activate(context);
  }

  void activate(const mapping::Context& context) {
    std::vector<ledger::ConfigurationText> texts;
    std::vector<ledger::Activation> activations;
    std::vector<std::shared_ptr<const mapping::Mapping>> mappings;
    for (const auto* name : {"test", "other"}) {
      std::string text = kSmallMapping;
      text.replace(text.find("test/"), 4, name);
      mappings.push_back(taken(mapping::Mapping::parse(text, std::string(name) + ".yaml", context)));
      const auto& mapping = *mappings.back();
      for (const auto& each : texts_of(mapping)) texts.push_back(each);
      ledger::Activation activation;
      activation.mapping = mapping.head().id;
      activation.version = mapping.head().version;
      activation.action = ledger::ActivationAction::baseline;
      activation.mapping_digest = mapping.digest();
      activation.value_sets_digest = value_sets->digest();
      activations.push_back(activation);
    }
    ASSERT_FALSE(ledger->activate(texts, activations, 0).has_error());
  }

  Equipment equipment() {
    const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
    Equipment all;
    all.catalogue = catalogue;
    all.active = active.get();
    all.in_force = taken(active->now());
    all.checks = taken(quality::Checks::load(project / "config/checks", catalogue, value_sets));
    all.checks_with = [this, project](auto sets) {
      return quality::Checks::load(project / "config/checks", catalogue, std::move(sets));
    };
    all.policies = taken(
        privacy::Policies::load(project / "config/policies", project / "config/jurisdictions", catalogue));
    all.routes = taken(privacy::Routes::parse(route_files()));
    all.ledger = ledger.get();
    all.clock = &clock;
    all.sources = {{"test", &source}, {"other", &source}};
    all.sinks = {{"central", &sink}};
    return all;
  }

  std::vector<privacy::ConfigurationFile> route_files() const {
    std::vector<privacy::ConfigurationFile> files;
    for (const auto* name : {"test", "other"})
      files.push_back({std::string(name) + ".yaml",
                       std::string("source: ") + name + "\nroutes:\n  - {id: " + name +
                           "-to-central, records: [case], sink: central, recipient: central-store,"
                           " purpose: surveillance, basis: 感染症法12条}\n"});
    return files;
  }

  static HubSettings quick() {
    HubSettings settings;
    settings.tuning.batch_rows = 10;
    settings.pacing.retry = {.attempts = 3,
                             .first_wait = std::chrono::milliseconds(1),
                             .longest_wait = std::chrono::milliseconds(5)};
    return settings;
  }

  void start(const HubSettings& settings = quick()) {
    hub = taken(Hub::start(equipment(), settings, observer));
  }
  void restart(const HubSettings& settings = quick()) {
    if (hub) hub->stop();
    hub.reset();
    active.reset();
    ledger.reset();
    open();
    start(settings);
  }

  /// Rows first … last, each a case of its own.
  static std::string rows(int first, int last, const std::string& sex = "男性") {
    std::string csv = "No,sex,day\n";
    for (int row = first; row <= last; ++row) csv += std::to_string(row) + "," + sex + ",2020-04-01\n";
    return csv;
  }
  ledger::SubmissionInfo receive(const std::string& csv, const std::string& from = "test") {
    std::promise<base::Result<ledger::SubmissionInfo>> answer;
    hub->receive({from, "a.csv", csv, {}, {}}, [&](auto info) { answer.set_value(std::move(info)); });
    return taken(answer.get_future().get());
  }
  /// Asks the recipient again and again, as time would, until it is so.
  void expect_soon(const std::function<bool()>& is_so) {
    for (int time = 0; time < 2'000; ++time) {
      if (is_so()) return;
      hub->deliver_now();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "not within ten seconds";
  }
  bool all_settled() { return ledger->balance().in_flight == 0; }
  void expect_idle() { ASSERT_TRUE(hub->wait_until_idle(std::chrono::seconds(20))); }
  void expect_books(std::uint64_t received, std::uint64_t delivered, std::uint64_t dead = 0) {
    const auto books = ledger->balance();
    EXPECT_EQ(books.received, received);
    EXPECT_EQ(books.delivered, delivered);
    EXPECT_EQ(books.dead_letter, dead);
    EXPECT_TRUE(books.balanced());
    for (const auto& held : ledger->quarantine()) ADD_FAILURE() << "held: " << held.reason;
    for (const auto& error : ledger->verify())
      ADD_FAILURE() << base::describe(base::Language::english, error);
  }

  base::SystemClock clock;
  musubi::testing::TemporaryFolder folder;
  std::shared_ptr<const model::Catalogue> catalogue;
  std::shared_ptr<const model::ValueSets> value_sets;
  std::unique_ptr<ledger::Ledger> ledger;
  std::unique_ptr<ActiveMappings> active;
  TableSource source;
  MemorySink sink;
  HubObserver observer;
  std::unique_ptr<Hub> hub;
};

}  // namespace musubi::pipeline
