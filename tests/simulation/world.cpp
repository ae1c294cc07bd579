#include "world.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace musubi::simulation {
namespace {

using pipeline::taken;

pipeline::HubSettings settings_of(std::uint64_t seed) {
  pipeline::HubSettings settings;
  settings.tuning.batch_rows = 4;
  settings.pacing.retry = {.attempts = 3,
                           .first_wait = std::chrono::milliseconds(100),
                           .longest_wait = std::chrono::milliseconds(5'000)};
  settings.seed = seed;
  return settings;
}

class Deaf final : public pipeline::HubObserver {};

/// Leaves what was accepted in the ledger, as after a restart; the couriers find it there.
class LeftToTheLedger final : public pipeline::Handoffs {
 public:
  base::Result<std::unique_ptr<pipeline::Handoff>> begin(const pipeline::Equipment&,
                                                         std::span<const privacy::Route>,
                                                         const pipeline::DeliveryTerms&) override {
    class Nothing final : public pipeline::Handoff {
      bool take(pipeline::Outgoing) override { return true; }
      bool goes_on() const override { return true; }
      std::vector<ledger::Delivered> receipts() override { return {}; }
      std::optional<base::Error> finish() override { return {}; }
    };
    return std::unique_ptr<pipeline::Handoff>(std::make_unique<Nothing>());
  }
};

/// Those of the small mapping, and a few places: a hub reads its own again at every start.
std::shared_ptr<const model::ValueSets> few_value_sets(const std::filesystem::path& all) {
  constexpr int kPlaces = 20;
  const testing::TemporaryFolder folder;
  for (const auto* name : {"sex.yaml", "absent.yaml"})
    std::filesystem::copy(all / name, folder.path() / name);
  std::ifstream places(all / "municipality.csv");
  std::string line, some;
  for (int left = kPlaces; left > 0 && std::getline(places, line); --left) some += line + "\n";
  folder.write("municipality.csv", some);
  return taken(model::ValueSets::load(folder.path()));
}

bool has_stopped(const base::Error& error) {
  for (const auto* each = &error; each != nullptr; each = each->cause())
    if (each->code() == "ledger.stopped") return true;
  return false;
}

}  // namespace

base::Result<plugin::Receipt> Recipient::deliver(const model::Disclosure& disclosure) noexcept {
  const auto mood = behaves ? 9 : random_() % 10;
  if (mood < 2) return base::Error(base::ErrorKind::unavailable, "test.away");
  if (mood == 2) return base::Error(base::ErrorKind::refused, "test.refused");
  plugin::Receipt receipt{"receipt", 0, 0};
  for (std::size_t index = 0; index < disclosure.size(); ++index) {
    const auto& key = disclosure.key(index);
    const auto record = model::to_json(disclosure.layout(), disclosure.values(index));
    const auto [place, is_new] = stored_.try_emplace({key.record, key.version}, record);
    if (!is_new && place->second != record) saw_a_contradiction = true;
    ++(is_new ? receipt.stored : receipt.already_there);
  }
  if (mood == 3) return base::Error(base::ErrorKind::unavailable, "test.answer_lost");
  return receipt;
}

Configuration::Configuration() {
  const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
  catalogue = taken(model::Catalogue::load(project / "mappings/catalogue"));
  const auto all_sets = taken(model::ValueSets::load(project / "mappings/valuesets"));
  checks = taken(quality::Checks::load(project / "config/checks", catalogue, all_sets));
  value_sets = few_value_sets(project / "mappings/valuesets");
  policies = taken(
      privacy::Policies::load(project / "config/policies", project / "config/jurisdictions", catalogue));
  const std::vector<privacy::ConfigurationFile> files{
      {"test.yaml",
       "source: test\nroutes:\n  - {id: test-to-central, records: [case], sink: central, recipient: "
       "central-store,"
       " purpose: surveillance, basis: 感染症法12条}\n"}};
  routes = taken(privacy::Routes::parse(files));
}

/// What dies with the process.
struct World::Hub {
  std::unique_ptr<ledger::Ledger> ledger;
  std::unique_ptr<pipeline::ActiveMappings> active;
  std::shared_ptr<pipeline::Equipment> equipment;
  Deaf observer;
  std::shared_ptr<pipeline::Couriers> couriers;
  pipeline::Courier& courier() const { return *couriers->of_sink("central"); }
};

World::World(const Configuration& configuration, std::uint64_t seed)
    : configuration_(configuration),
      random_(seed),
      disk_(seed),
      reviewed_(seed % 4 == 1 || seed % 4 == 2),
      recipient_(random_) {
  if (!open()) throw std::runtime_error("a new hub does not open");
}

World::~World() { close(); }

namespace {

base::Status activate(ledger::Ledger& ledger, const Configuration& configuration) {
  const mapping::Context context{configuration.catalogue, configuration.value_sets};
  MUSUBI_ASSIGN(const auto mapping, mapping::Mapping::parse(pipeline::kSmallMapping, "test.yaml", context));
  ledger::Activation activation;
  activation.mapping = mapping->head().id;
  activation.version = mapping->head().version;
  activation.action = ledger::ActivationAction::baseline;
  activation.mapping_digest = mapping->digest();
  activation.value_sets_digest = configuration.value_sets->digest();
  const std::vector activations{activation};
  return ledger.activate(pipeline::texts_of(*mapping), activations, 0);
}

}  // namespace

bool World::open() {
  auto hub = std::make_unique<Hub>();
  auto opened = ledger::Ledger::open(folder_.path() / "home", clock_);
  if (opened.has_error()) return false;
  hub->ledger = std::move(*opened);
  pipeline::InForce otherwise;
  otherwise.value_sets = configuration_.value_sets;
  otherwise.mappings = std::make_shared<mapping::MappingSet>();
  hub->active =
      std::make_unique<pipeline::ActiveMappings>(hub->ledger.get(), configuration_.catalogue, otherwise);
  if (hub->ledger->newest_activation() == 0 && activate(*hub->ledger, configuration_).has_error())
    return false;
  auto in_force = hub->active->now();
  if (in_force.has_error()) return false;
  auto all = std::make_shared<pipeline::Equipment>();
  all->catalogue = configuration_.catalogue;
  all->active = hub->active.get();
  all->in_force = *in_force;
  all->checks = configuration_.checks;
  all->checks_with = [this](auto) {
    return base::Result<std::shared_ptr<const quality::Checks>>(configuration_.checks);
  };
  all->policies = configuration_.policies;
  all->routes = configuration_.routes;
  all->ledger = hub->ledger.get();
  all->clock = &clock_;
  all->sources = {{"test", &source_}};
  all->sinks = {{"central", &recipient_}};
  hub->equipment = all;
  hub->couriers =
      std::make_shared<pipeline::Couriers>(all, settings_of(7), hub->observer, [](const auto&) {});
  hub_ = std::move(hub);
  return true;
}

void World::close() { hub_.reset(); }

/// As the machine comes up again, until the hub runs: the power may fail while it recovers, too.
void World::recover() {
  close();
  for (int attempt = 0;; ++attempt) {
    if (!disk_.power_is_on()) {
      disk_.power_returns();
      ++happened_.power_failures;
      if (attempt == 0 && draw(4) == 0) disk_.plan({.power_fails_at = disk_.operations() + 1 + draw(20)});
    } else {
      disk_.plan({});
    }
    if (open()) return;
    if (attempt > 3) throw std::runtime_error("the hub does not open any more");
  }
}

bool World::goes_on(const base::Error& error) {
  if (disk_.power_is_on() && !has_stopped(error)) return true;
  ++happened_.stopped;
  return false;
}

/// A list of some of thirty cases, as later lists have them: new, the same, changed, not understood.
std::string World::list_of_cases() {
  constexpr const char* kSexes[] = {"男性", "女性", "不明", "ほげ"};
  std::string csv = "No,sex,day\n";
  std::set<std::uint64_t> cases;
  for (auto left = 1 + draw(12); left > 0; --left) cases.insert(1 + draw(30));
  for (const auto each : cases)
    csv += std::to_string(each) + "," + kSexes[draw(20) == 0 ? 3 : draw(3)] + ",2020-04-01\n";
  return csv;
}

bool World::receive() {
  std::vector<std::string> lists;
  for (auto left = 1 + draw(3); left > 0; --left)
    lists.push_back(!acknowledged_.empty() && draw(5) == 0 ? acknowledged_[draw(acknowledged_.size())]
                                                           : list_of_cases());
  std::vector<ledger::Arrival> arrivals;
  for (const auto& each : lists) arrivals.push_back({.source = "test", .name = "a.csv", .bytes = each});
  const auto kept = hub_->ledger->keep_all(arrivals);
  if (kept.has_error()) return goes_on(kept.error());
  // From here on the senders rely on it.
  for (auto& each : lists) acknowledged_.push_back(std::move(each));
  happened_.acknowledged += static_cast<int>(lists.size());
  return true;
}

std::shared_ptr<pipeline::Handoffs> World::some_handoffs() {
  if (draw(2) == 0 || !hub_->couriers->idle()) return std::make_shared<LeftToTheLedger>();
  return hub_->couriers;
}

bool World::put_right() {
  if (!reviewed_) return true;
  const auto held = hub_->ledger->quarantine();
  if (held.empty()) return true;
  const auto& one = held[draw(held.size())];
  pipeline::Road road(*hub_->equipment, settings_of(7).tuning, some_handoffs());
  const std::string said =
      draw(2) == 0 ? R"({"patient.sex":"male"})" : R"({"patient.sex":{"absent":"unknown"}})";
  const auto fields = road.read_correction(one, said);
  if (fields.has_error()) return goes_on(fields.error());
  const auto report = road.correct(one, {one.id, one.row, *fields, "reviewer", "asked", clock_.now()});
  hub_->courier().owe();
  if (report.has_error()) return goes_on(report.error());
  happened_.put_right += static_cast<int>(report->delivered);
  return true;
}

bool World::carry() {
  const auto unfinished = hub_->ledger->unfinished_submissions();
  if (unfinished.empty()) return true;
  pipeline::Road road(*hub_->equipment, settings_of(7).tuning, some_handoffs());
  const auto report = road.carry(unfinished.front(), [](const auto&) {});
  hub_->courier().owe();
  return !report.has_error() || goes_on(report.error());
}

bool World::step_courier() {
  const auto next = hub_->courier().step(clock_.now());
  return !next.has_error() || goes_on(next.error());
}

bool World::retire() {
  const auto retired = hub_->couriers->retire(*hub_->ledger);
  return !retired.has_error() || goes_on(retired.error());
}

void World::plan_a_mishap() {
  const auto moment = disk_.operations() + 1 + draw(60);
  switch (draw(3)) {
    case 0:
      return disk_.plan({.power_fails_at = moment});
    case 1:
      return disk_.plan({.sync_fails_at = moment});
    default:
      return disk_.plan({.full_from = moment, .full_until = moment + draw(40)});
  }
}

bool World::something_happens() {
  switch (draw(12)) {
    case 0:
    case 1:
      return receive();
    case 2:
    case 3:
    case 4:
      return carry();
    case 5:
    case 6:
    case 7:
      return step_courier();
    case 8:
      return retire();
    case 9:
      clock_.advance(std::chrono::milliseconds(draw(4'000)));
      return true;
    case 10:
      plan_a_mishap();
      return true;
    default:
      if (draw(4) != 0) return put_right();
      ++happened_.restarts;
      return false;
  }
}

void World::live(int steps) {
  for (int step = 0; step < steps; ++step)
    if (!something_happens() || !disk_.power_is_on()) recover();
}

bool World::settle() {
  recipient_.behaves = true;
  if (!disk_.power_is_on()) disk_.power_returns();
  disk_.plan({});
  recover();
  if (hub_->ledger->reopen({}).has_error()) return false;
  hub_->courier().owe();
  for (int round = 0; round < 400; ++round) {
    if (!carry() || !step_courier() || !retire()) return false;
    clock_.advance(std::chrono::seconds(6));
    if (hub_->ledger->unfinished_submissions().empty() && hub_->ledger->balance().in_flight == 0) return true;
    hub_->courier().owe();
  }
  return false;
}

namespace {

/// What a person would make of the lists, in the order in which they were received.
struct Expected {
  std::uint64_t received = 0, held = 0, cases = 0, versions = 0;
};

Expected expected_of(const std::vector<std::string>& lists) {
  Expected expected;
  std::map<std::string, std::string> known;
  for (const auto& list : lists) {
    std::istringstream lines(list);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      ++expected.received;
      const auto number = line.substr(0, line.find(','));
      if (line.find("ほげ") != line.npos) {
        ++expected.held;
        continue;
      }
      const auto [place, is_new] = known.try_emplace(number, line);
      if (is_new || place->second != line) ++expected.versions;
      place->second = line;
    }
  }
  expected.cases = known.size();
  return expected;
}

}  // namespace

std::uint64_t World::once_held() const {
  std::uint64_t held = 0;
  while (hub_->ledger->quarantined(static_cast<std::int64_t>(held) + 1)) ++held;
  return held;
}

std::string World::complaint() const {
  const auto& ledger = *hub_->ledger;
  if (ledger.health().has_error()) return "the books cannot be read";
  // The books have each list once, in order of receipt, and none that nobody was told of... or was: an answer
  // that was lost with the power is a list received all the same.
  std::vector<std::string> lists;
  std::set<std::string> there;
  for (const auto& each : ledger.submissions()) {
    const auto kept = ledger.kept(each);
    if (kept.has_error() || !kept->bytes) return "bytes of a submission are gone";
    if (!there.insert(*kept->bytes).second) return "the same bytes are two submissions";
    lists.push_back(*kept->bytes);
  }
  for (const auto& each : acknowledged_)
    if (!there.contains(each)) return "what was acknowledged is gone";
  const auto expected = expected_of(lists);
  const auto books = ledger.balance();
  if (!books.balanced()) return "the books do not balance";
  if (books.received != expected.received)
    return "received " + std::to_string(books.received) + " of " + std::to_string(expected.received);
  if (once_held() != expected.held || (!reviewed_ && books.in_review != expected.held))
    return "held " + std::to_string(once_held()) + " instead of " + std::to_string(expected.held);
  if (books.dead_letter != 0 || books.in_flight != 0) return "not everything has arrived";
  if (recipient_.saw_a_contradiction) return "the same version was delivered with other values";
  if (reviewed_) return {};  // when a word was put right decides whether it is the newer one
  std::set<std::int64_t> cases;
  for (const auto& [key, record] : recipient_.stored()) cases.insert(key.first);
  if (cases.size() != expected.cases)
    return "cases " + std::to_string(cases.size()) + " instead of " + std::to_string(expected.cases);
  if (recipient_.stored().size() != expected.versions)
    return "versions " + std::to_string(recipient_.stored().size()) + " instead of " +
           std::to_string(expected.versions);
  return {};
}

}  // namespace musubi::simulation
