#include "workshop.h"

#include <algorithm>
#include <iostream>
#include <iterator>

#include "candidates.h"

namespace musubi::app {

namespace {

constexpr const char* kProgram = "musubi";  ///< who took the baseline

}  // namespace

/// Lends the hub to adapters; their log goes to standard error, one line a message.
class Workshop::Services final : public plugin::HostServices {
 public:
  Services(const Workshop& workshop, mapping::Context context, bool only_reading)
      : workshop_(workshop),
        context_(std::move(context)),
        folder_(workshop.options().home),
        only_reading_(only_reading) {}

  const base::Clock& clock() const noexcept override { return workshop_.clock(); }
  std::shared_ptr<const model::Catalogue> catalogue() const noexcept override { return context_.catalogue; }
  std::shared_ptr<const model::ValueSets> value_sets() const noexcept override { return context_.value_sets; }
  const std::filesystem::path& data_folder() const noexcept override { return folder_; }
  bool only_reading() const noexcept override { return only_reading_; }
  void log(plugin::LogLevel level, std::string_view message) noexcept override {
    if (level == plugin::LogLevel::debug) return;
    std::cerr << "musubi: " << base::say(workshop_.options().language, message) << '\n';
  }

 private:
  const Workshop& workshop_;
  mapping::Context context_;
  std::filesystem::path folder_;
  bool only_reading_;
};

Workshop::Workshop(CommonOptions options) : options_(std::move(options)) {}
Workshop::~Workshop() = default;

base::Result<const Settings*> Workshop::settings() {
  if (!settings_) {
    MUSUBI_ASSIGN(const auto file, find_settings(options_.config));
    MUSUBI_ASSIGN(auto read, read_settings(file, options_.home));
    settings_ = std::make_unique<Settings>(std::move(read));
  }
  return settings_.get();
}

base::Result<std::shared_ptr<const model::Catalogue>> Workshop::catalogue() {
  if (!catalogue_) {
    MUSUBI_ASSIGN(const auto* settings, this->settings());
    MUSUBI_ASSIGN(catalogue_, model::Catalogue::load(settings->catalogue, settings->overlays));
  }
  return catalogue_;
}

base::Result<mapping::Context> Workshop::folder_context() {
  if (folder_context_.catalogue) return folder_context_;
  MUSUBI_ASSIGN(const auto* settings, this->settings());
  mapping::Context context;
  MUSUBI_ASSIGN(context.catalogue, catalogue());
  MUSUBI_ASSIGN(context.value_sets, model::ValueSets::load(settings->value_sets));
  MUSUBI_TRY(model::check_value_sets(*context.catalogue, *context.value_sets));
  folder_context_ = context;
  return context;
}

base::Result<std::shared_ptr<const mapping::MappingSet>> Workshop::folder_mappings() {
  if (!folder_mappings_) {
    MUSUBI_ASSIGN(const auto* settings, this->settings());
    MUSUBI_ASSIGN(const auto context, folder_context());
    MUSUBI_ASSIGN(folder_mappings_, mapping::MappingSet::load(settings->mappings, context));
  }
  return folder_mappings_;
}

/// Reading needs no home: nullptr where there is no ledger yet.
base::Result<const ledger::Ledger*> Workshop::ledger_if_any() {
  auto opened = ledger_to_read();
  if (!opened.has_error()) return static_cast<const ledger::Ledger*>(*opened);
  if (opened.error().code() == "ledger.nothing_here") return static_cast<const ledger::Ledger*>(nullptr);
  return opened.error();
}

base::Result<pipeline::ActiveMappings*> Workshop::active() {
  if (active_) return active_.get();
  MUSUBI_ASSIGN(const auto* ledger, ledger_if_any());
  MUSUBI_ASSIGN(auto catalogue, this->catalogue());
  pipeline::InForce otherwise;
  if (ledger == nullptr || ledger->newest_activation() == 0) {
    MUSUBI_ASSIGN(otherwise.mappings, folder_mappings());
    MUSUBI_ASSIGN(const auto context, folder_context());
    otherwise.value_sets = context.value_sets;
  }
  active_ = std::make_unique<pipeline::ActiveMappings>(ledger, std::move(catalogue), std::move(otherwise));
  return active_.get();
}

base::Result<std::shared_ptr<const pipeline::InForce>> Workshop::in_force() {
  MUSUBI_ASSIGN(auto* active, this->active());
  return active->now();
}

base::Result<mapping::Context> Workshop::context_in_force() {
  MUSUBI_ASSIGN(auto catalogue, this->catalogue());
  MUSUBI_ASSIGN(const auto in_force, this->in_force());
  return mapping::Context{std::move(catalogue), in_force->value_sets};
}

base::Status Workshop::record_baseline() {
  MUSUBI_ASSIGN(const auto* settings, this->settings());
  const auto& ledger = ledger_;
  if (ledger->newest_activation() != 0) return ledger->health();
  MUSUBI_TRY(folder_mappings());
  MUSUBI_ASSIGN(const auto context, folder_context());
  MUSUBI_ASSIGN(const auto candidates, read_candidates(settings->mappings, context));
  std::vector<ledger::ConfigurationText> texts;
  std::vector<ledger::Activation> activations;
  for (const auto& candidate : candidates) {
    if (!candidate.mapping) return *candidate.problem;
    std::ranges::move(pipeline::texts_of(*candidate.mapping), std::back_inserter(texts));
    activations.push_back(activation_of(candidate, ledger::ActivationAction::baseline, kProgram, {}));
  }
  return ledger->activate(texts, activations, 0);
}

base::Result<std::shared_ptr<const quality::Checks>> Workshop::checks_with(
    std::shared_ptr<const model::ValueSets> value_sets) {
  MUSUBI_ASSIGN(const auto* settings, this->settings());
  MUSUBI_ASSIGN(const auto catalogue, this->catalogue());
  return quality::Checks::load(settings->checks, catalogue, std::move(value_sets));
}

base::Result<std::shared_ptr<const quality::Checks>> Workshop::checks() {
  if (!checks_) {
    MUSUBI_ASSIGN(const auto in_force, this->in_force());
    MUSUBI_ASSIGN(checks_, checks_with(in_force->value_sets));
  }
  return checks_;
}

base::Result<std::shared_ptr<const privacy::Policies>> Workshop::policies() {
  if (!policies_) {
    MUSUBI_ASSIGN(const auto* settings, this->settings());
    MUSUBI_ASSIGN(const auto catalogue, this->catalogue());
    MUSUBI_ASSIGN(policies_, privacy::Policies::load(settings->policies, settings->jurisdictions, catalogue));
  }
  return policies_;
}

base::Result<std::shared_ptr<const privacy::Routes>> Workshop::routes() {
  if (!routes_) {
    MUSUBI_ASSIGN(const auto* settings, this->settings());
    MUSUBI_ASSIGN(routes_, privacy::Routes::load(settings->routes));
  }
  return routes_;
}

base::Result<Workshop::Services*> Workshop::services(Purpose purpose) {
  auto& made = services_[purpose];
  if (!made) {
    MUSUBI_ASSIGN(auto context, context_in_force());
    made = std::make_unique<Services>(*this, std::move(context), purpose == Purpose::reading);
  }
  return made.get();
}

base::Result<plugin_host::PluginHost*> Workshop::plugins() {
  if (!plugins_) {
    MUSUBI_ASSIGN(const auto* settings, this->settings());
    auto host = std::make_unique<plugin_host::PluginHost>();
    MUSUBI_TRY(host->load(settings->plugins));
    plugins_ = std::move(host);
  }
  return plugins_.get();
}

base::Result<ledger::Ledger*> Workshop::ledger() {
  if (!ledger_) {
    MUSUBI_ASSIGN(ledger_, ledger::Ledger::open(options_.home, clock_));
  }
  return ledger_.get();
}

base::Result<ledger::Ledger*> Workshop::ledger_beside() {
  if (!ledger_) {
    MUSUBI_ASSIGN(ledger_, ledger::Ledger::open_beside(options_.home, clock_));
  }
  return ledger_.get();
}

base::Result<ledger::Ledger*> Workshop::ledger_to_read() {
  if (ledger_) return ledger_.get();
  if (!reading_ledger_) {
    MUSUBI_ASSIGN(reading_ledger_, ledger::Ledger::open_to_read(options_.home, clock_));
  }
  return reading_ledger_.get();
}

base::Result<plugin::Sink*> Workshop::sink(const std::string& name) {
  return sink_for(name, Purpose::writing);
}

base::Result<plugin::Sink*> Workshop::sink_to_read(const std::string& name) {
  return sink_for(name, Purpose::reading);
}

base::Result<plugin::Sink*> Workshop::sink_for(const std::string& name, Purpose purpose) {
  auto& made = sinks_[{name, purpose}];
  if (!made) {
    MUSUBI_ASSIGN(const auto* settings, this->settings());
    MUSUBI_ASSIGN(auto* host, plugins());
    MUSUBI_ASSIGN(auto* services, this->services(purpose));
    const auto use = settings->sinks.find(name);
    if (use == settings->sinks.end()) {
      return base::Error(base::ErrorKind::usage, "app.sink_unknown", {{"sink", name}});
    }
    MUSUBI_ASSIGN(made, host->make_sink(use->second.adapter, *services, use->second.options));
  }
  return made.get();
}

base::Result<plugin::Source*> Workshop::source(const std::string& name) {
  auto& made = sources_[name];
  if (!made) {
    MUSUBI_ASSIGN(const auto* settings, this->settings());
    MUSUBI_ASSIGN(auto* host, plugins());
    MUSUBI_ASSIGN(auto* services, this->services());
    const auto use = settings->sources.find(name);
    if (use == settings->sources.end()) {
      return base::Error(base::ErrorKind::usage, "pipeline.source_unknown", {{"source", name}});
    }
    MUSUBI_ASSIGN(made, host->make_source(use->second.adapter, *services, use->second.options));
  }
  return made.get();
}

base::Result<pipeline::Equipment> Workshop::equipment_without_sources(bool write) {
  pipeline::Equipment equipment;
  MUSUBI_ASSIGN(const auto* settings, this->settings());
  MUSUBI_ASSIGN(equipment.ledger, write ? ledger() : ledger_to_read());
  MUSUBI_ASSIGN(equipment.catalogue, catalogue());
  MUSUBI_ASSIGN(equipment.active, active());
  MUSUBI_ASSIGN(equipment.in_force, in_force());
  MUSUBI_ASSIGN(equipment.checks, checks());
  equipment.checks_with = [this](auto value_sets) { return checks_with(std::move(value_sets)); };
  MUSUBI_ASSIGN(equipment.policies, policies());
  MUSUBI_ASSIGN(equipment.routes, routes());
  equipment.clock = &clock_;
  if (write) {
    for (const auto& [name, use] : settings->sinks) {
      MUSUBI_ASSIGN(equipment.sinks[name], sink(name));
    }
  }
  return equipment;
}

base::Result<pipeline::Equipment> Workshop::equipment(bool write) {
  MUSUBI_ASSIGN(auto equipment, equipment_without_sources(write));
  for (const auto& [name, use] : settings_->sources) {
    MUSUBI_ASSIGN(equipment.sources[name], source(name));
  }
  return equipment;
}

base::Result<pipeline::Equipment> Workshop::equipment_to_serve() {
  MUSUBI_ASSIGN(auto equipment, equipment_without_sources(true));
  MUSUBI_TRY(make_sources(equipment, *settings_));
  return equipment;
}

base::Result<Settings> Workshop::fresh_settings() {
  MUSUBI_ASSIGN(const auto* settings, this->settings());
  return read_settings(settings->file, options_.home);
}

base::Result<pipeline::Equipment> Workshop::read_again(const Settings& fresh) {
  MUSUBI_ASSIGN(auto equipment, equipment_without_sources(true));
  MUSUBI_TRY(make_sources(equipment, fresh));
  MUSUBI_ASSIGN(equipment.policies,
                privacy::Policies::load(fresh.policies, fresh.jurisdictions, equipment.catalogue));
  MUSUBI_ASSIGN(equipment.routes, privacy::Routes::load(fresh.routes));
  MUSUBI_ASSIGN(equipment.in_force, in_force());
  MUSUBI_ASSIGN(equipment.checks,
                quality::Checks::load(fresh.checks, equipment.catalogue, equipment.in_force->value_sets));
  return equipment;
}

/// Those that there were from the start; a new name needs a new start.
base::Status Workshop::make_sources(pipeline::Equipment& equipment, const Settings& fresh) {
  MUSUBI_ASSIGN(auto* host, plugins());
  MUSUBI_ASSIGN(auto* services, this->services());
  auto all = std::make_shared<std::vector<std::unique_ptr<plugin::Source>>>();
  for (const auto& [name, at_first] : settings_->sources) {
    const auto found = fresh.sources.find(name);
    const auto& use = found == fresh.sources.end() ? at_first : found->second;
    for (auto* sources : {&equipment.sources, &equipment.trial_sources}) {
      MUSUBI_ASSIGN(auto made, host->make_source(use.adapter, *services, use.options));
      (*sources)[name] = all->emplace_back(std::move(made)).get();
    }
  }
  equipment.keeps = std::move(all);
  return {};
}

base::Result<pipeline::Road> Workshop::road() {
  MUSUBI_TRY(ledger());
  MUSUBI_TRY(record_baseline());
  MUSUBI_ASSIGN(auto equipment, this->equipment(true));
  pipeline::Tuning tuning;
  tuning.batch_rows = settings_->batch_rows;
  tuning.most_attempts = settings_->serve.hub.tuning.most_attempts;
  pipeline::blame_adapters_for_crashes();
  return pipeline::Road(std::move(equipment), tuning);
}

}  // namespace musubi::app
