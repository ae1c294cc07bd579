#include "lint_findings.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

#include "musubi/base/file.h"
#include "musubi/base/yaml.h"

namespace musubi::app {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using Paths = std::vector<fs::path>;

constexpr std::uint64_t kLargestFile = 1 << 20;

/// A file is of the first kind all of whose keys it has.
struct Signature {
  FileKind kind;
  std::array<std::string_view, 2> keys;
};
constexpr std::array kSignatures{Signature{FileKind::settings, {"catalogue", "mappings"}},
                                 Signature{FileKind::mapping, {"mapping", "reads"}},
                                 Signature{FileKind::mapping, {"mapping", "fields"}},
                                 Signature{FileKind::policy, {"policy", ""}},
                                 Signature{FileKind::route, {"source", "routes"}},
                                 Signature{FileKind::value_set, {"valueset", ""}},
                                 Signature{FileKind::checks, {"record", "rules"}},
                                 Signature{FileKind::catalogue, {"record", "fields"}},
                                 Signature{FileKind::catalogue, {"purposes", "tabs"}},
                                 Signature{FileKind::jurisdiction, {"jurisdiction", ""}},
                                 Signature{FileKind::mapping, {"mapping", ""}}};

bool is_configuration(const fs::path& path) {
  return path.extension() == ".yaml" && !path.filename().string().ends_with(".test.yaml");
}

base::Status collect(const fs::path& path, Paths& files) {
  std::error_code failure;
  const auto status = fs::status(path, failure);
  if (!fs::exists(status)) return base::file_error(ENOENT, path);
  if (!fs::is_directory(status)) {
    files.push_back(path);
    return {};
  }
  for (fs::recursive_directory_iterator entry(path, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (entry->is_regular_file(failure) && is_configuration(entry->path())) files.push_back(entry->path());
  if (failure) return base::file_error(failure.value(), path);
  return {};
}

Paths all_of(const Settings& settings) {
  Paths paths{settings.file,   settings.catalogue, settings.value_sets,    settings.mappings,
              settings.checks, settings.policies,  settings.jurisdictions, settings.routes};
  paths.insert(paths.end(), settings.overlays.begin(), settings.overlays.end());
  std::set<fs::path> outer;
  for (const auto& path : paths) outer.insert(path);
  return {outer.begin(), outer.end()};
}

/// One link of a chain of causes.
Error alone(const Error& link) {
  Error single(link.kind(), link.code());
  for (const auto& [name, value] : link.arguments()) single = single.with(name, value);
  return single.at(link.place()).on_path(link.path());
}

class Lint {
 public:
  Lint(Workshop& workshop, const Settings& settings) : workshop_(workshop), settings_(settings) {}

  LintReport run(const Paths& files) {
    std::map<FileKind, Paths> by_kind;
    for (const auto& file : files) by_kind[kind_of(file)].push_back(file);
    for (const auto& [kind, some] : by_kind) report_.files[kind] = some.size();
    for (const auto& file : by_kind[FileKind::unknown]) look_at_unknown(file);
    for (const auto& file : by_kind[FileKind::settings]) expect(read_settings(file));
    look_at_models(by_kind);
    return std::move(report_);
  }

 private:
  void add(const Error& error) { report_.findings.push_back({error, base::Severity::error}); }

  /// A configuration that does not load says everything that is wrong with it.
  template <class T>
  void expect(const base::Result<T>& result) {
    if (!result.has_error()) return;
    const Error first = result.error();
    for (const Error* link = &first; link != nullptr; link = link->cause())
      if (link->code() != "mapping.not_loaded") add(alone(*link));
  }

  void look_at_unknown(const fs::path& file) {
    base::Problems problems;
    const auto root = base::read_yaml_file(file, problems);
    for (auto& problem : problems.sorted()) report_.findings.push_back(std::move(problem));
    if (root && !problems.has_errors())
      add(Error(ErrorKind::bad_configuration, "app.lint.kind_unknown").at({.file = file.string()}));
  }

  /// What the catalogue and the value sets have wrong keeps everything that rests on them from being read.
  void look_at_models(const std::map<FileKind, Paths>& by_kind) {
    for (const auto& folder : folders_of(by_kind, FileKind::catalogue)) look_at_catalogue(folder);
    for (const auto& folder : folders_of(by_kind, FileKind::value_set))
      if (!is_same(folder, settings_.value_sets)) expect(model::ValueSets::load(folder));
    const auto context = workshop_.folder_context();
    if (context.has_error()) return expect(context);
    for (const auto& file : files_of(by_kind, FileKind::mapping))
      for (auto& problem : mapping::lint(file, *context)) report_.findings.push_back(std::move(problem));
    for (const auto& folder : folders_of(by_kind, FileKind::checks))
      expect(quality::Checks::load(folder, context->catalogue, context->value_sets));
    look_at_policies(by_kind, *context);
    if (const auto routes = files_of(by_kind, FileKind::route); !routes.empty()) look_at_routes(routes);
  }

  void look_at_catalogue(const fs::path& folder) {
    const bool overlay = std::ranges::any_of(
        settings_.overlays, [&](const fs::path& file) { return is_same(file.parent_path(), folder); });
    if (!overlay && !is_same(folder, settings_.catalogue)) expect(model::Catalogue::load(folder));
  }

  void look_at_policies(const std::map<FileKind, Paths>& by_kind, const mapping::Context& context) {
    const auto packs = files_of(by_kind, FileKind::policy);
    const auto jurisdictions = files_of(by_kind, FileKind::jurisdiction);
    if (packs.empty() && jurisdictions.empty()) return;
    const auto all_packs = with_configured(packs, settings_.policies);
    const auto all_jurisdictions = with_configured(jurisdictions, settings_.jurisdictions);
    expect(privacy::Policies::parse(all_packs, all_jurisdictions, context.catalogue));
  }

  void look_at_routes(const Paths& routes) {
    expect(privacy::Routes::parse(with_configured(routes, settings_.routes)));
  }

  /// The given files, and those of the configured folder that none of them takes the place of.
  std::vector<privacy::ConfigurationFile> with_configured(const Paths& given, const fs::path& folder) {
    std::vector<privacy::ConfigurationFile> files;
    std::set<fs::path> names;
    for (const auto& file : given) {
      names.insert(file.filename());
      read(file, files);
    }
    const auto configured = base::files_in(folder, ".yaml");
    if (configured.has_error()) {
      add(configured.error());
      return files;
    }
    for (const auto& file : *configured)
      if (!names.contains(file.filename())) read(file, files);
    return files;
  }

  void read(const fs::path& file, std::vector<privacy::ConfigurationFile>& into) {
    auto text = base::read_file(file, kLargestFile);
    if (text.has_error()) return add(text.error());
    into.push_back({file.string(), std::move(*text)});
  }

  static bool is_same(const fs::path& left, const fs::path& right) {
    std::error_code ignored;
    return fs::equivalent(left, right, ignored);
  }

  static Paths files_of(const std::map<FileKind, Paths>& by_kind, FileKind kind) {
    const auto found = by_kind.find(kind);
    return found == by_kind.end() ? Paths{} : found->second;
  }

  static std::set<fs::path> folders_of(const std::map<FileKind, Paths>& by_kind, FileKind kind) {
    std::set<fs::path> folders;
    for (const auto& file : files_of(by_kind, kind)) folders.insert(fs::absolute(file).parent_path());
    return folders;
  }

  Workshop& workshop_;
  const Settings& settings_;
  LintReport report_;
};

}  // namespace

std::string_view name_of(FileKind kind) noexcept {
  constexpr std::array<std::string_view, 9> kNames{"mapping",   "policy",   "jurisdiction",
                                                   "route",     "checks",   "value_set",
                                                   "catalogue", "settings", "unknown"};
  return kNames[static_cast<std::size_t>(kind)];
}

FileKind kind_of(const fs::path& file) {
  base::Problems problems;
  const auto root = base::read_yaml_file(file, problems);
  if (!root) return FileKind::unknown;
  const auto found = std::ranges::find_if(kSignatures, [&](const Signature& signature) {
    return std::ranges::all_of(
        signature.keys, [&](std::string_view key) { return key.empty() || root->find(key) != nullptr; });
  });
  return found == kSignatures.end() ? FileKind::unknown : found->kind;
}

base::Result<LintReport> collect_findings(Workshop& workshop, const Paths& paths) {
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  Paths files;
  for (const auto& path : paths.empty() ? all_of(*settings) : paths) MUSUBI_TRY(collect(path, files));
  std::ranges::sort(files);
  files.erase(std::ranges::unique(files).begin(), files.end());
  return Lint(workshop, *settings).run(files);
}

}  // namespace musubi::app
