#include "loaded_library.h"

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cstring>
#include <mutex>

#include "adapter_name.h"
#include "library_file.h"

namespace musubi::plugin_host {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using base::Status;
using boost::dll::shared_library;
using plugin::AdapterKind;
using plugin::Manifest;
using std::filesystem::path;

constexpr std::uint32_t kMostOptions = 1000;

/// Never destroyed: code, texts and deleters of adapters are in use until the process ends.
shared_library& kept(shared_library library) {
  static std::mutex guard;
  static auto* const kLibraries = new std::vector<std::unique_ptr<shared_library>>();
  const std::lock_guard lock(guard);
  return *kLibraries->emplace_back(std::make_unique<shared_library>(std::move(library)));
}

/// The loader's own words out of Boost's sentence.
std::string reason_in(std::string_view sentence) {
  constexpr std::string_view kBefore = "dlerror system message: ";
  const auto start = sentence.find(kBefore);
  if (start == std::string_view::npos) return "the loader refuses it";
  sentence.remove_prefix(start + kBefore.size());
  return std::string(sentence.substr(0, sentence.rfind(')')));
}

Result<shared_library*> open(const path& library) {
  try {
    using namespace boost::dll::load_mode;
    return &kept(shared_library(std::filesystem::absolute(library), rtld_now | rtld_local));
  } catch (const std::exception& error) {
    return broken_library(library, reason_in(error.what()));
  }
}

/// What the alias points to; nullptr where there is none.
const void* target_of(const shared_library& library, const char* alias) {
  return library.has(alias) ? library.get<const void*>(alias) : nullptr;
}

Error bad_manifest(const path& library, const char* field) {
  return {
      ErrorKind::bad_configuration, "plugin.bad_manifest", {{"library", library.string()}, {"field", field}}};
}

Status check_stamp(const Manifest& manifest, const path& library) {
  std::uint32_t size = 0;
  std::memcpy(&size, &manifest, sizeof(size));
  if (size != sizeof(Manifest)) return bad_manifest(library, "size");
  if (manifest.build_stamp == nullptr) return bad_manifest(library, "build_stamp");
  if (std::strcmp(manifest.build_stamp, plugin::kBuildStamp) == 0) return {};
  return Error(
      ErrorKind::bad_configuration, "plugin.wrong_stamp",
      {{"library", library.string()}, {"found", manifest.build_stamp}, {"expected", plugin::kBuildStamp}});
}

bool is_empty(const char* text) { return text == nullptr || *text == '\0'; }

bool options_are_well_formed(std::span<const plugin::Option> options) {
  return std::ranges::all_of(options, [](const auto& option) { return is_adapter_name(option.name); });
}

Status check_contents(const Manifest& manifest, const path& library) {
  if (manifest.kind != AdapterKind::source && manifest.kind != AdapterKind::sink) {
    return bad_manifest(library, "kind");
  }
  if (is_empty(manifest.name) || !is_adapter_name(manifest.name)) return bad_manifest(library, "name");
  if (is_empty(manifest.version)) return bad_manifest(library, "version");
  if (is_empty(manifest.summary_japanese)) return bad_manifest(library, "summary_japanese");
  if (is_empty(manifest.summary_english)) return bad_manifest(library, "summary_english");
  const bool listed = manifest.option_count == 0 || manifest.options != nullptr;
  if (!listed || manifest.option_count > kMostOptions ||
      !options_are_well_formed({manifest.options, manifest.option_count})) {
    return bad_manifest(library, "options");
  }
  return {};
}

PluginInfo info_of(const Manifest& manifest, const path& library) {
  return {library,
          manifest.kind,
          manifest.name,
          manifest.version,
          manifest.build_stamp,
          manifest.summary_japanese,
          manifest.summary_english,
          {manifest.options, manifest.options + manifest.option_count}};
}

template <class Function>
Function* function_at(const void* address) {
  return reinterpret_cast<Function*>(reinterpret_cast<std::uintptr_t>(address));
}

Result<LoadedLibrary> with_maker(const shared_library& opened, PluginInfo info) {
  const bool source = info.kind == AdapterKind::source;
  const char* alias = source ? plugin::kSourceAlias : plugin::kSinkAlias;
  const void* maker = target_of(opened, alias);
  if (maker == nullptr) {
    return Error(ErrorKind::bad_configuration, "plugin.alias_missing",
                 {{"library", info.library.string()}, {"alias", alias}});
  }
  LoadedLibrary loaded{.info = std::move(info), .make_source = nullptr, .make_sink = nullptr};
  if (source) {
    loaded.make_source = function_at<CallSource>(maker);
  } else {
    loaded.make_sink = function_at<CallSink>(maker);
  }
  return loaded;
}

}  // namespace

Result<LoadedLibrary> load_library(const path& library) {
  MUSUBI_TRY(check_shared_object(library));
  MUSUBI_ASSIGN(const auto aliases, aliases_of(library));
  MUSUBI_TRY(check_aliases(library, aliases));
  MUSUBI_ASSIGN(const auto* opened, open(library));
  const auto* manifest = static_cast<const Manifest*>(target_of(*opened, plugin::kManifestAlias));
  if (manifest == nullptr) return bad_manifest(library, "address");
  MUSUBI_TRY(check_stamp(*manifest, library));
  MUSUBI_TRY(check_contents(*manifest, library));
  return with_maker(*opened, info_of(*manifest, library));
}

}  // namespace musubi::plugin_host
