// Brings together what a command needs: configuration, catalogue, mappings, adapters, ledger. Each is made
// when it is first asked for, so that `musubi lint` needs no ledger and `musubi ledger` no adapters.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "musubi/base/clock.h"
#include "musubi/base/messages.h"
#include "musubi/base/result.h"
#include "musubi/pipeline/road.h"
#include "musubi/plugin_host/plugin_host.h"
#include "settings.h"

namespace musubi::app {

/// What every command is told.
struct CommonOptions {
  std::string config;
  std::filesystem::path home = "var";
  base::Language language = base::Language::english;
  bool json = false;
};

/// Threads: one.
class Workshop {
 public:
  explicit Workshop(CommonOptions options);
  ~Workshop();

  const CommonOptions& options() const noexcept { return options_; }
  const base::Clock& clock() const noexcept { return clock_; }

  base::Result<const Settings*> settings();
  base::Result<std::shared_ptr<const model::Catalogue>> catalogue();
  /// Catalogue and value sets as the files say it now: for candidates.
  base::Result<mapping::Context> folder_context();
  base::Result<std::shared_ptr<const mapping::MappingSet>> folder_mappings();
  /// What is in force in the home; as long as nothing is recorded there, what the files say.
  base::Result<pipeline::ActiveMappings*> active();
  base::Result<std::shared_ptr<const pipeline::InForce>> in_force();
  /// For what reads stored records: with the value sets in force.
  base::Result<mapping::Context> context_in_force();
  /// Records the files as they are as the first thing in force, where nothing is recorded yet. The ledger is
  /// open to write.
  base::Status record_baseline();
  base::Result<std::shared_ptr<const quality::Checks>> checks();  ///< with the value sets in force
  base::Result<std::shared_ptr<const quality::Checks>> checks_with(
      std::shared_ptr<const model::ValueSets> value_sets);
  base::Result<std::shared_ptr<const privacy::Policies>> policies();
  base::Result<std::shared_ptr<const privacy::Routes>> routes();
  base::Result<plugin_host::PluginHost*> plugins();
  base::Result<ledger::Ledger*> ledger();         ///< to write; takes the lock of the home
  base::Result<ledger::Ledger*> ledger_beside();  ///< to record activations; others may be writing
  base::Result<ledger::Ledger*> ledger_to_read();
  base::Result<plugin::Sink*> sink(const std::string& name);
  /// The same, made to read only. Error where nothing is stored yet: adapter.store_missing.
  base::Result<plugin::Sink*> sink_to_read(const std::string& name);
  base::Result<plugin::Source*> source(const std::string& name);
  /// Everything the road needs, with all configured sources and sinks. `write`: with the ledger to write.
  base::Result<pipeline::Equipment> equipment(bool write);
  /// The same, to write, with sources of its own, also for trials. It keeps them alive.
  base::Result<pipeline::Equipment> equipment_to_serve();
  /// The configuration as its file says it now.
  base::Result<Settings> fresh_settings();
  /// That equipment with policies, routes, checks and the options of its sources as these settings and
  /// their files say it now; nothing changes where one of them is wrong.
  base::Result<pipeline::Equipment> read_again(const Settings& fresh);
  /// The road with that equipment, tuned as configured.
  base::Result<pipeline::Road> road();

 private:
  class Services;
  enum class Purpose : bool { writing, reading };
  base::Result<Services*> services(Purpose purpose = Purpose::writing);
  base::Result<plugin::Sink*> sink_for(const std::string& name, Purpose purpose);
  base::Result<const ledger::Ledger*> ledger_if_any();
  base::Result<pipeline::Equipment> equipment_without_sources(bool write);
  base::Status make_sources(pipeline::Equipment& equipment, const Settings& fresh);

  CommonOptions options_;
  base::SystemClock clock_;
  std::unique_ptr<Settings> settings_;
  std::shared_ptr<const model::Catalogue> catalogue_;
  mapping::Context folder_context_;
  std::shared_ptr<const mapping::MappingSet> folder_mappings_;
  std::shared_ptr<const quality::Checks> checks_;
  std::shared_ptr<const privacy::Policies> policies_;
  std::shared_ptr<const privacy::Routes> routes_;
  std::map<Purpose, std::unique_ptr<Services>> services_;
  std::unique_ptr<plugin_host::PluginHost> plugins_;
  std::unique_ptr<ledger::Ledger> ledger_, reading_ledger_;
  std::unique_ptr<pipeline::ActiveMappings> active_;
  std::map<std::pair<std::string, Purpose>, std::unique_ptr<plugin::Sink>> sinks_;
  std::map<std::string, std::unique_ptr<plugin::Source>> sources_;
};

}  // namespace musubi::app
