// Which mappings are in force, as the ledger records it. What an operator edits in the folder is a candidate
// and changes nothing until it is activated; then it takes effect for the next submission, without a restart
// and in every process that uses the home.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/mapping/mapping.h"
#include "musubi/plugin/source.h"

namespace musubi::pipeline {

/// The mappings of a source, and the layouts its adapter chooses from: layout i is that of mapping i.
struct SourceLayouts {
  std::vector<std::shared_ptr<const mapping::Mapping>> mappings;
  std::vector<plugin::Layout> layouts;
};
SourceLayouts layouts_of(std::vector<std::shared_ptr<const mapping::Mapping>> mappings);

/// Those of each source, made when they are first asked for. Threads: any.
class LayoutsBySource {
 public:
  std::shared_ptr<const SourceLayouts> of(const std::string& source, const mapping::MappingSet& mappings);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const SourceLayouts>> known_;
};

/// What is in force at one moment. Immutable.
struct InForce {
  std::shared_ptr<const SourceLayouts> layouts_of(const std::string& source) const {
    return layouts->of(source, *mappings);
  }

  std::int64_t generation = 0;  ///< the newest activation; 0: nothing is recorded yet
  std::shared_ptr<const mapping::MappingSet> mappings;
  /// Of the newest activation: what checks and adapters see. Each mapping has those it was activated with.
  std::shared_ptr<const model::ValueSets> value_sets;
  std::vector<ledger::Activation> activations;  ///< the one that holds, per mapping and version
  std::shared_ptr<LayoutsBySource> layouts = std::make_shared<LayoutsBySource>();
};

/// Threads: any. A snapshot stays as it is however long it is held.
class ActiveMappings {
 public:
  /// `otherwise` holds as long as the ledger records no activation; without a ledger, always. The ledger is
  /// borrowed.
  ActiveMappings(const ledger::Ledger* ledger, std::shared_ptr<const model::Catalogue> catalogue,
                 InForce otherwise);

  /// Asks the ledger whether something was activated since, and compiles only then. Errors: those of
  /// Mapping::parse(), ledger.configuration_unknown.
  base::Result<std::shared_ptr<const InForce>> now();
  /// The mapping that a part or a record is pinned to, compiled with the value sets of then.
  base::Result<std::shared_ptr<const mapping::Mapping>> pinned(const ledger::Pin& pin);
  /// The same of an activation; nullptr when it took the mapping out of force.
  base::Result<std::shared_ptr<const mapping::Mapping>> mapping_of(const ledger::Activation& activation);

 private:
  using Digests = std::pair<std::string, std::string>;
  base::Result<std::shared_ptr<const InForce>> build(std::int64_t generation);
  base::Result<std::shared_ptr<const mapping::Mapping>> compiled(const ledger::Pin& pin);
  base::Result<std::shared_ptr<const model::ValueSets>> value_sets(const std::string& digest);

  const ledger::Ledger* ledger_;
  std::shared_ptr<const model::Catalogue> catalogue_;
  std::atomic<std::shared_ptr<const InForce>> current_;
  std::mutex compiling_;  ///< of what follows
  std::map<Digests, std::shared_ptr<const mapping::Mapping>> mappings_;
  std::map<std::string, std::shared_ptr<const model::ValueSets>> value_sets_;
};

/// What a record that is read with `mapping` is pinned to.
ledger::Pin pin_of(const mapping::Mapping& mapping, const std::string& policy_digest);

/// The texts that an activation of `mapping` keeps: itself, the files of its value sets and their manifest.
/// They are borrowed from the mapping.
std::vector<ledger::ConfigurationText> texts_of(const mapping::Mapping& mapping);

/// The activation that a rollback of this mapping and version goes back to; empty: there is none, and the
/// mapping would be out of force. `history` is oldest first. Error: pipeline.nothing_to_roll_back.
base::Result<ledger::Activation> before_the_last(const std::vector<ledger::Activation>& history,
                                                 const std::string& mapping, const std::string& version);

}  // namespace musubi::pipeline
