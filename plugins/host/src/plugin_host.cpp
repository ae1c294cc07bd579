#include "musubi/plugin_host/plugin_host.h"

#include <algorithm>

#include "contained_adapter.h"
#include "loaded_library.h"
#include "musubi/plugin/guard.h"

namespace musubi::plugin_host {

using base::Error;
using base::ErrorKind;
using base::Result;
using base::Status;
using plugin::AdapterKind;

struct PluginHost::Loaded : LoadedLibrary {};

namespace {

Error appended(const Error& error, const Error& tail) {
  return error.cause() == nullptr ? error.because(tail) : error.because(appended(*error.cause(), tail));
}

Error chained(const std::vector<Error>& refusals) {
  Error chain = refusals.back();
  for (auto each = refusals.rbegin() + 1; each != refusals.rend(); ++each) chain = appended(*each, chain);
  return chain;
}

Error name_taken(const PluginInfo& fresh, const PluginInfo& other) {
  return {ErrorKind::bad_configuration,
          "plugin.name_taken",
          {{"adapter", fresh.name}, {"library", fresh.library.string()}, {"other", other.library.string()}}};
}

template <class Loaded>
const Loaded* find(const std::vector<std::unique_ptr<Loaded>>& among, AdapterKind kind,
                   const std::string& name) {
  const auto found = std::ranges::find_if(
      among, [&](const auto& each) { return each->info.kind == kind && each->info.name == name; });
  return found == among.end() ? nullptr : found->get();
}

Error not_loaded(AdapterKind kind, const std::string& name, const std::vector<PluginInfo>& known) {
  std::string names;
  for (const auto& each : known) {
    if (each.kind == kind) names += (names.empty() ? "" : ", ") + each.name;
  }
  return {ErrorKind::bad_configuration,
          "plugin.not_loaded",
          {{"adapter", name}, {"known", names.empty() ? "-" : names}}};
}

template <class Interface, class Call>
Result<std::unique_ptr<Interface>> make(const PluginInfo& info, Call* call, plugin::HostServices& services,
                                        const std::map<std::string, std::string>& given) {
  const auto options = plugin::Options::read(info.options, given);
  if (options.has_error()) return options.error().in_adapter(info.name);
  Status status;
  auto made = plugin::guarded(
      [&]() -> Result<std::unique_ptr<Interface>> { return call(services, *options, status); });
  if (status.has_error()) return status.error().in_adapter(info.name);
  if (made.has_error()) return made.error().in_adapter(info.name);
  if (*made == nullptr) return Error(ErrorKind::defect, "plugin.made_nothing").in_adapter(info.name);
  return contained(std::move(*made), info.name);
}

}  // namespace

PluginHost::PluginHost() = default;
PluginHost::~PluginHost() = default;

Status PluginHost::load(const std::vector<std::filesystem::path>& libraries) {
  std::vector<std::unique_ptr<Loaded>> fresh;
  std::vector<Error> refusals;
  for (const auto& library : libraries) {
    auto opened = load_library(library);
    if (opened.has_error()) {
      refusals.push_back(opened.error());
      continue;
    }
    const auto& info = opened->info;
    const auto* taken = find(loaded_, info.kind, info.name);
    if (taken == nullptr) taken = find(fresh, info.kind, info.name);
    if (taken != nullptr) {
      refusals.push_back(name_taken(info, taken->info));
    } else {
      fresh.push_back(std::make_unique<Loaded>(Loaded{std::move(*opened)}));
    }
  }
  if (!refusals.empty()) return chained(refusals);
  std::ranges::move(fresh, std::back_inserter(loaded_));
  return {};
}

std::vector<PluginInfo> PluginHost::plugins() const {
  std::vector<PluginInfo> infos;
  for (const auto& each : loaded_) infos.push_back(each->info);
  return infos;
}

Result<std::unique_ptr<plugin::Source>> PluginHost::make_source(
    const std::string& name, plugin::HostServices& services,
    const std::map<std::string, std::string>& options) {
  const auto* found = find(loaded_, AdapterKind::source, name);
  if (found == nullptr) return not_loaded(AdapterKind::source, name, plugins());
  return make<plugin::Source>(found->info, found->make_source, services, options);
}

Result<std::unique_ptr<plugin::Sink>> PluginHost::make_sink(
    const std::string& name, plugin::HostServices& services,
    const std::map<std::string, std::string>& options) {
  const auto* found = find(loaded_, AdapterKind::sink, name);
  if (found == nullptr) return not_loaded(AdapterKind::sink, name, plugins());
  return make<plugin::Sink>(found->info, found->make_sink, services, options);
}

Result<PluginInfo> inspect(const std::filesystem::path& library) {
  MUSUBI_ASSIGN(auto loaded, load_library(library));
  return std::move(loaded.info);
}

std::string library_file_name(AdapterKind kind, const std::string& name) {
  return (kind == AdapterKind::source ? "musubi_source_" : "musubi_sink_") + name + ".so";
}

}  // namespace musubi::plugin_host
