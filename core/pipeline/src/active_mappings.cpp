#include "musubi/pipeline/active_mappings.h"

#include <algorithm>

namespace musubi::pipeline {
namespace {

using ledger::Activation;

/// The newest of each mapping and version, without those that took one out of force.
std::vector<Activation> that_hold(const std::vector<Activation>& history) {
  std::map<std::pair<std::string, std::string>, Activation> newest;
  for (const auto& each : history) newest[{each.mapping, each.version}] = each;
  std::vector<Activation> holding;
  for (auto& [name, each] : newest)
    if (!each.mapping_digest.empty()) holding.push_back(std::move(each));
  return holding;
}

ledger::Pin pin_of(const Activation& activation) {
  return {
      activation.mapping, activation.version, activation.mapping_digest, activation.value_sets_digest, {}};
}

/// Digests and names of a manifest: "digest  name" per line.
std::vector<std::pair<std::string, std::string>> entries_of(std::string_view manifest) {
  constexpr std::string_view kBetween = "  ";
  std::vector<std::pair<std::string, std::string>> entries;
  while (!manifest.empty()) {
    const auto line = manifest.substr(0, manifest.find('\n'));
    manifest.remove_prefix(std::min(manifest.size(), line.size() + 1));
    const auto between = line.find(kBetween);
    if (between == line.npos) continue;
    entries.emplace_back(line.substr(0, between), line.substr(between + kBetween.size()));
  }
  return entries;
}

}  // namespace

SourceLayouts layouts_of(std::vector<std::shared_ptr<const mapping::Mapping>> mappings) {
  SourceLayouts made{std::move(mappings), {}};
  for (const auto& mapping : made.mappings) {
    const auto& head = mapping->head();
    auto& layout = made.layouts.emplace_back();
    layout.mapping = head.id;
    layout.version = head.version;
    layout.shape = head.reads;
    layout.columns = head.columns;
    layout.required_columns = head.required_columns;
    layout.sheet = head.sheet;
    layout.items = head.items;
    layout.lists = head.lists;
    layout.view = {mapping, &head.view};
    layout.header_rows = head.header_rows;
    layout.encoding = head.encoding;
    layout.ignored_because = head.ignored_because;
  }
  return made;
}

std::shared_ptr<const SourceLayouts> LayoutsBySource::of(const std::string& source,
                                                         const mapping::MappingSet& mappings) {
  const std::lock_guard lock(mutex_);
  auto& known = known_[source];
  if (!known) known = std::make_shared<const SourceLayouts>(layouts_of(mappings.of_source(source)));
  return known;
}

ActiveMappings::ActiveMappings(const ledger::Ledger* ledger,
                               std::shared_ptr<const model::Catalogue> catalogue, InForce otherwise)
    : ledger_(ledger),
      catalogue_(std::move(catalogue)),
      current_(std::make_shared<const InForce>(std::move(otherwise))) {}

base::Result<std::shared_ptr<const InForce>> ActiveMappings::now() {
  auto current = current_.load();
  if (ledger_ == nullptr) return current;
  const auto generation = ledger_->newest_activation();
  MUSUBI_TRY(ledger_->health());
  if (generation == current->generation) return current;
  const std::lock_guard lock(compiling_);
  MUSUBI_ASSIGN(auto built, build(generation));
  current_.store(built);
  return built;
}

base::Result<std::shared_ptr<const InForce>> ActiveMappings::build(std::int64_t generation) {
  auto history = ledger_->activations();
  std::erase_if(history, [generation](const Activation& each) { return each.id > generation; });
  auto next = std::make_shared<InForce>();
  next->generation = generation;
  next->activations = that_hold(history);
  std::vector<std::shared_ptr<const mapping::Mapping>> mappings;
  for (const auto& each : next->activations) {
    MUSUBI_ASSIGN(auto mapping, compiled(pin_of(each)));
    mappings.push_back(std::move(mapping));
  }
  next->mappings = std::make_shared<const mapping::MappingSet>(std::move(mappings));
  const auto newest = std::find_if(history.rbegin(), history.rend(),
                                   [](const Activation& each) { return !each.value_sets_digest.empty(); });
  if (newest != history.rend()) {
    MUSUBI_ASSIGN(next->value_sets, value_sets(newest->value_sets_digest));
  }
  return std::shared_ptr<const InForce>(std::move(next));
}

base::Result<std::shared_ptr<const mapping::Mapping>> ActiveMappings::pinned(const ledger::Pin& pin) {
  MUSUBI_ASSIGN(const auto current, now());
  const auto active = current->mappings->find(pin.mapping, pin.mapping_version);
  const bool same_value_sets = active && (pin.value_sets_digest.empty() ||
                                          pin.value_sets_digest == active->context().value_sets->digest());
  if (same_value_sets && active->digest() == pin.mapping_digest) return active;
  const std::lock_guard lock(compiling_);
  return compiled(pin);
}

base::Result<std::shared_ptr<const mapping::Mapping>> ActiveMappings::mapping_of(
    const Activation& activation) {
  if (activation.mapping_digest.empty()) return std::shared_ptr<const mapping::Mapping>();
  return pinned(pin_of(activation));
}

base::Result<std::shared_ptr<const mapping::Mapping>> ActiveMappings::compiled(const ledger::Pin& pin) {
  auto& known = mappings_[{pin.mapping_digest, pin.value_sets_digest}];
  if (known) return known;
  if (ledger_ == nullptr)
    return base::Error(base::ErrorKind::not_found, "ledger.configuration_unknown",
                       {{"digest", pin.mapping_digest}});
  MUSUBI_ASSIGN(const auto text, ledger_->configuration(pin.mapping_digest));
  mapping::Context context{catalogue_, nullptr};
  MUSUBI_ASSIGN(context.value_sets, value_sets(pin.value_sets_digest));
  MUSUBI_ASSIGN(known, mapping::Mapping::parse(text, pin.mapping + "@" + pin.mapping_version, context));
  return known;
}

/// Those of a part that was read before value sets were pinned: of now.
base::Result<std::shared_ptr<const model::ValueSets>> ActiveMappings::value_sets(const std::string& digest) {
  if (digest.empty()) return current_.load()->value_sets;
  auto& known = value_sets_[digest];
  if (known) return known;
  MUSUBI_ASSIGN(const auto manifest, ledger_->configuration(digest));
  std::vector<model::ValueSetFile> files;
  for (auto& [file_digest, name] : entries_of(manifest)) {
    MUSUBI_ASSIGN(auto text, ledger_->configuration(file_digest));
    files.push_back({std::move(name), std::move(text), std::move(file_digest)});
  }
  MUSUBI_ASSIGN(known, model::ValueSets::parse(std::move(files), "valuesets@" + digest.substr(0, 8)));
  return known;
}

ledger::Pin pin_of(const mapping::Mapping& mapping, const std::string& policy_digest) {
  const auto& head = mapping.head();
  return {head.id, head.version, mapping.digest(), mapping.context().value_sets->digest(), policy_digest};
}

std::vector<ledger::ConfigurationText> texts_of(const mapping::Mapping& mapping) {
  const auto& sets = *mapping.context().value_sets;
  std::vector<ledger::ConfigurationText> texts;
  for (const auto& file : sets.files()) texts.push_back({file.digest, "value_set", file.name, file.text});
  texts.push_back({sets.digest(), "value_sets", "", sets.manifest()});
  texts.push_back({mapping.digest(), "mapping", mapping.head().id, mapping.text()});
  return texts;
}

base::Result<Activation> before_the_last(const std::vector<Activation>& history, const std::string& mapping,
                                         const std::string& version) {
  std::vector<Activation> stack;
  for (const auto& each : history) {
    if (each.mapping != mapping || each.version != version) continue;
    if (each.action != ledger::ActivationAction::rollback)
      stack.push_back(each);
    else if (!stack.empty())
      stack.pop_back();
  }
  const bool found_in_folder = !stack.empty() && stack.back().action == ledger::ActivationAction::baseline;
  if (stack.empty() || found_in_folder)
    return base::Error(base::ErrorKind::refused, "pipeline.nothing_to_roll_back",
                       {{"mapping", mapping}, {"version", version}});
  stack.pop_back();
  if (!stack.empty()) return stack.back();
  Activation nothing;
  nothing.mapping = mapping;
  nothing.version = version;
  return nothing;
}

}  // namespace musubi::pipeline
