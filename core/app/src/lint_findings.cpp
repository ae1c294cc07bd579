#include "lint_findings.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <set>
#include <tuple>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/yaml.h"

namespace musubi::app {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using Paths = std::vector<fs::path>;

constexpr std::uint64_t kLargestFile = 1 << 20;
constexpr std::uint64_t kLargestTable = 16U << 20U;  ///< of a value set

/// A file is of the first kind all of whose keys it has.
struct Signature {
  FileKind kind;
  std::array<std::string_view, 2> keys;
};
constexpr std::array kSignatures{Signature{FileKind::settings, {"catalogue", "mappings"}},
                                 Signature{FileKind::mapping, {"reads", "columns"}},
                                 Signature{FileKind::mapping, {"mapping", "reads"}},
                                 Signature{FileKind::mapping, {"mapping", "fields"}},
                                 Signature{FileKind::mapping, {"mapping", "extends"}},
                                 Signature{FileKind::policy, {"policy", ""}},
                                 Signature{FileKind::route, {"source", "routes"}},
                                 Signature{FileKind::value_set, {"valueset", ""}},
                                 Signature{FileKind::concept_map, {"conceptmap", ""}},
                                 Signature{FileKind::checks, {"record", "rules"}},
                                 Signature{FileKind::catalogue, {"record", "fields"}},
                                 Signature{FileKind::catalogue, {"purposes", "tabs"}},
                                 Signature{FileKind::jurisdiction, {"jurisdiction", ""}},
                                 Signature{FileKind::mapping, {"mapping", ""}}};

/// The first cell of a value set that is a table.
constexpr std::string_view kTableHead = "valueset,";
const fs::path kConceptMaps = "conceptmaps";

bool is_value_set_table(const fs::path& path) {
  if (path.extension() != ".csv") return false;
  const auto text = base::read_file(path, kLargestFile);
  return text.has_value() && text->find(kTableHead) <= 3;  // after a byte order mark
}

/// Of the files of a folder: the others may be data.
bool is_configuration(const fs::path& path) {
  if (path.extension() == ".yaml") return !path.filename().string().ends_with(".test.yaml");
  return is_value_set_table(path);
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
    drop_repeated();
    for (auto& each : report_.findings) each.error = each.error.at(seen_from_here(each.error.place()));
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

  /// Files below the working folder are named from there, as a person there names them.
  static base::Place seen_from_here(base::Place place) {
    std::error_code failure;
    const auto near = fs::proximate(place.file, failure);
    if (!failure && !near.empty() && *near.begin() != "..") place.file = near.string();
    return place;
  }

  /// What two mappings that extend the same one, or the settings and a file, both tell.
  void drop_repeated() {
    std::set<std::tuple<std::string, std::string, std::uint64_t, std::uint64_t, std::string>> told;
    std::erase_if(report_.findings, [&](const base::Problem& each) {
      const auto& place = each.error.place();
      const auto text = base::sentence(base::Language::english, each.error);
      return !told.emplace(each.error.code(), place.file, place.line, place.column, text).second;
    });
  }

  /// What the catalogue and the value sets have wrong keeps everything that rests on them from being read.
  void look_at_models(const std::map<FileKind, Paths>& by_kind) {
    for (const auto& folder : folders_of(by_kind, FileKind::catalogue)) look_at_catalogue(folder);
    const auto context = context_with(by_kind);
    if (context) look_at_what_rests_on(*context, by_kind);
    look_at_versions(files_of(by_kind, FileKind::mapping));
    if (const auto routes = files_of(by_kind, FileKind::route); !routes.empty()) look_at_routes(routes);
  }

  void look_at_what_rests_on(const mapping::Context& context, const std::map<FileKind, Paths>& by_kind) {
    for (const auto& file : files_of(by_kind, FileKind::mapping))
      for (auto& problem : mapping::lint(file, context)) report_.findings.push_back(std::move(problem));
    for (const auto& folder : folders_of(by_kind, FileKind::checks))
      expect(quality::Checks::load(folder, context.catalogue, context.value_sets));
    look_for_unused(by_kind, context);
    look_at_policies(by_kind, context);
  }

  std::optional<mapping::Context> context_with(const std::map<FileKind, Paths>& by_kind) {
    const auto catalogue = workshop_.catalogue();
    expect(catalogue);
    const auto value_sets = value_sets_with(by_kind);
    if (catalogue.has_error() || value_sets == nullptr) return std::nullopt;
    const auto fitting = model::check_value_sets(**catalogue, *value_sets);
    expect(fitting);
    if (fitting.has_error()) return std::nullopt;
    return mapping::Context{*catalogue, value_sets};
  }

  /// The configured value sets and concept maps, with the given files in their places; nullptr: they cannot
  /// be read, and the report says why.
  std::shared_ptr<const model::ValueSets> value_sets_with(const std::map<FileKind, Paths>& by_kind) {
    auto files = model::ValueSets::read(settings_.value_sets);
    if (files.has_error()) return add(files.error()), nullptr;
    std::map<std::string, fs::path> given;  // by what messages call the file
    for (const auto& file : files_of(by_kind, FileKind::value_set))
      if (take_the_place(file, file.filename(), *files)) given[settings_.value_sets / file.filename()] = file;
    for (const auto& file : files_of(by_kind, FileKind::concept_map))
      if (take_the_place(file, kConceptMaps / file.filename(), *files))
        given[settings_.value_sets.parent_path() / kConceptMaps / file.filename()] = file;
    auto parsed = model::ValueSets::parse(std::move(*files), settings_.value_sets);
    if (!parsed.has_error()) return *parsed;
    const Error first = parsed.error();
    for (const Error* link = &first; link != nullptr; link = link->cause())
      add(as_given(alone(*link), given));
    return nullptr;
  }

  /// False: it cannot be read, and the report says so.
  bool take_the_place(const fs::path& file, const fs::path& name, std::vector<model::ValueSetFile>& files) {
    auto text = base::read_file(file, kLargestTable);
    if (text.has_error()) return add(text.error()), false;
    model::ValueSetFile read{name.string(), std::move(*text), {}};
    read.digest = base::to_hex(base::sha256(read.text));
    const auto same = std::ranges::find(files, read.name, &model::ValueSetFile::name);
    if (same == files.end())
      files.push_back(std::move(read));
    else
      *same = std::move(read);
    return true;
  }

  static Error as_given(const Error& error, const std::map<std::string, fs::path>& given) {
    auto place = error.place();
    const auto found = given.find(place.file);
    if (found == given.end()) return error;
    place.file = found->second.string();
    return error.at(place);
  }

  /// Two files that are the same version of one mapping.
  void look_at_versions(const Paths& mappings) {
    std::map<std::pair<std::string, std::string>, fs::path> known;
    for (const auto& file : mappings) {
      base::Problems problems;
      const auto root = base::read_yaml_file(file, problems);
      const auto* id = root ? root->find("mapping") : nullptr;
      const auto* version = root ? root->find("version") : nullptr;
      if (id == nullptr || version == nullptr) continue;
      const auto [first, is_new] = known.try_emplace({id->text, version->text}, file);
      if (is_new) continue;
      add(Error(ErrorKind::bad_configuration, "mapping.duplicate_version",
                {{"mapping", id->text}, {"version", version->text}, {"first", first->second.string()}})
              .at(problems.place(version->mark)));
    }
  }

  void look_at_catalogue(const fs::path& folder) {
    const bool overlay = std::ranges::any_of(
        settings_.overlays, [&](const fs::path& file) { return is_same(file.parent_path(), folder); });
    if (overlay || is_same(folder, settings_.catalogue)) return;
    expect(has_vocabulary(folder) ? model::Catalogue::load(folder)
                                  : model::Catalogue::load(settings_.catalogue, yaml_in(folder)));
  }

  /// What the given files define and nothing refers to. A mapping that does not load may refer to anything.
  void look_for_unused(const std::map<FileKind, Paths>& by_kind, const mapping::Context& context) {
    const auto mappings = workshop_.folder_mappings();
    if (mappings.has_error()) return;
    std::set<std::string> used{"absent"};
    for (const auto& field : context.catalogue->fields()) used.insert(field.value_set);
    for (const auto& mapping : (*mappings)->all())
      for (auto& id : mapping->value_sets()) used.insert(std::move(id));
    for (const auto& file : files_of(by_kind, FileKind::value_set))
      if (is_same(file.parent_path(), settings_.value_sets))
        expect_used(file, "valueset", {}, used, "app.lint.value_set_unused");
    for (const auto& file : files_of(by_kind, FileKind::concept_map))
      if (is_same(file.parent_path(), settings_.value_sets.parent_path() / kConceptMaps))
        expect_used(file, "conceptmap", kConceptMaps.string() + '/', used, "app.lint.concept_map_unused");
  }

  void expect_used(const fs::path& file, std::string_view key, const std::string& prefix,
                   const std::set<std::string>& used, std::string_view code) {
    base::Problems problems;
    const auto root = base::read_yaml_file(file, problems);
    const auto* id = root ? root->find(key) : nullptr;
    if (id == nullptr || used.contains(prefix + id->text)) return;
    problems.warning(id->mark, code, {{"value_set", id->text}});
    for (auto& problem : problems.sorted()) report_.findings.push_back(std::move(problem));
  }

  static Paths yaml_in(const fs::path& folder) {
    const auto files = base::files_in(folder, ".yaml");
    return files.has_error() ? Paths{} : *files;
  }

  /// Whether it is a whole catalogue; else its files add to the configured one.
  static bool has_vocabulary(const fs::path& folder) {
    return std::ranges::any_of(yaml_in(folder), [](const fs::path& file) {
      base::Problems ignored;
      const auto root = base::read_yaml_file(file, ignored);
      return root && root->find("purposes") != nullptr && root->find("tabs") != nullptr;
    });
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
    for (const auto& file : files_of(by_kind, kind))
      folders.insert(file.has_parent_path() ? file.parent_path() : fs::path("."));
    return folders;
  }

  Workshop& workshop_;
  const Settings& settings_;
  LintReport report_;
};

}  // namespace

std::string_view name_of(FileKind kind) noexcept {
  constexpr std::array<std::string_view, 10> kNames{"mapping",  "policy",    "jurisdiction", "route",
                                                    "checks",   "value_set", "concept_map",  "catalogue",
                                                    "settings", "unknown"};
  return kNames[static_cast<std::size_t>(kind)];
}

FileKind kind_of(const fs::path& file) {
  if (file.extension() == ".csv") return FileKind::value_set;
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
