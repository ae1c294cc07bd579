#include "candidates.h"

#include <algorithm>
#include <array>
#include <set>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"

namespace musubi::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestMapping = std::uint64_t{1} << 20;

std::string below(const fs::path& path, const fs::path& folder) {
  const auto relative = path.lexically_relative(folder);
  const bool inside = !relative.empty() && *relative.begin() != "..";
  return (inside ? relative : path).generic_string();
}

bool same_mapping(const MappingLine& line, const mapping::Head& head) {
  return line.id == head.id && line.version == head.version;
}

MappingLine line_of(const ledger::Activation& activation, const pipeline::InForce& in_force) {
  MappingLine line;
  line.id = activation.mapping;
  line.version = activation.version;
  line.activation = activation;
  line.active = in_force.mappings->find(activation.mapping, activation.version);
  line.standing = Standing::file_gone;
  return line;
}

void meet(MappingLine& line, Candidate candidate) {
  if (candidate.mapping) {
    line.text_changed = candidate.mapping->digest() != line.active->digest();
    line.value_sets_changed = changed_value_sets(*line.active, *candidate.mapping);
  }
  const bool changed = line.text_changed || !line.value_sets_changed.empty();
  line.standing = changed ? Standing::changed : Standing::active;
  if (!candidate.mapping) line.standing = Standing::unreadable;
  line.candidate = std::move(candidate);
}

MappingLine new_line(Candidate candidate) {
  MappingLine line;
  if (candidate.mapping) {
    line.id = candidate.mapping->head().id;
    line.version = candidate.mapping->head().version;
  }
  line.standing = Standing::not_active;
  line.candidate = std::move(candidate);
  return line;
}

/// The line in force that a file is meant for: by what it says, or by its name where it does not load.
std::vector<MappingLine>::iterator find_line(std::vector<MappingLine>& lines, const Candidate& candidate) {
  return std::ranges::find_if(lines, [&candidate](const MappingLine& line) {
    if (!line.active) return false;
    if (candidate.mapping) return same_mapping(line, candidate.mapping->head());
    return line.activation && line.activation->file == candidate.file;
  });
}

base::Error several_versions(const std::string& name, const std::vector<const MappingLine*>& lines) {
  std::string names;
  for (const auto* line : lines) names += (names.empty() ? "" : ", ") + line->id + "@" + line->version;
  return base::Error(base::ErrorKind::usage, "app.mapping.several_versions",
                     {{"mapping", name}, {"names", names}});
}

std::string digest_of(const fs::path& file, const fs::path& folder) {
  const auto text = mapping::pinned_text(file, folder);
  return text.has_error() ? std::string() : base::to_hex(base::sha256(*text));
}

/// Value-set files of the folder by name and digest; what cannot be read has none.
std::vector<model::ValueSetFile> value_set_files(const fs::path& folder) {
  auto files = model::ValueSets::read(folder);
  return files.has_error() ? std::vector<model::ValueSetFile>{} : std::move(*files);
}

void add_waiting_value_sets(const mapping::Mapping& active, const std::vector<model::ValueSetFile>& files,
                            std::vector<Waiting>& waiting) {
  for (const auto& id : active.value_sets()) {
    const auto* used = active.context().value_sets->file_of(id);
    if (used == nullptr) continue;
    const auto now = std::ranges::find(files, used->name, &model::ValueSetFile::name);
    const auto shown = shown_file(*used);
    const bool told = std::ranges::find(waiting, shown, &Waiting::file) != waiting.end();
    const bool differs = now == files.end() || now->digest != used->digest;
    if (differs && !told) waiting.push_back({shown, active.head().id});
  }
}

}  // namespace

std::string_view name_of(Standing standing) noexcept {
  constexpr std::array<std::string_view, 5> kNames{"active", "changed", "unreadable", "file_gone",
                                                   "not_active"};
  return kNames[static_cast<std::size_t>(standing)];
}

base::Result<Candidate> read_candidate(const fs::path& path, const fs::path& folder,
                                       const mapping::Context& context) {
  Candidate candidate;
  candidate.path = path;
  candidate.file = below(path, folder);
  MUSUBI_ASSIGN(candidate.text, base::read_file(path, kLargestMapping));
  mapping::Context here = context;
  here.folder = folder;
  auto mapping = mapping::Mapping::parse(candidate.text, path.string(), here);
  if (mapping.has_error())
    candidate.problem = mapping.error();
  else
    candidate.mapping = std::move(*mapping);
  return candidate;
}

ledger::Activation activation_of(const Candidate& candidate, ledger::ActivationAction action, std::string by,
                                 std::string why) {
  const auto& head = candidate.mapping->head();
  ledger::Activation activation;
  activation.mapping = head.id;
  activation.version = head.version;
  activation.file = candidate.file;
  activation.action = action;
  activation.mapping_digest = candidate.mapping->digest();
  activation.value_sets_digest = candidate.mapping->context().value_sets->digest();
  activation.by = std::move(by);
  activation.why = std::move(why);
  return activation;
}

base::Result<std::vector<Candidate>> read_candidates(const fs::path& folder,
                                                     const mapping::Context& context) {
  MUSUBI_ASSIGN(const auto paths, mapping::MappingSet::files(folder));
  std::vector<Candidate> candidates;
  for (const auto& path : paths) {
    MUSUBI_ASSIGN(auto candidate, read_candidate(path, folder, context));
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

std::string shown_file(const model::ValueSetFile& file) {
  const bool beside = file.name.find('/') != file.name.npos;
  return beside ? file.name : "valuesets/" + file.name;
}

std::vector<std::string> changed_value_sets(const mapping::Mapping& active,
                                            const mapping::Mapping& candidate) {
  std::set<std::string> used;
  for (const auto* mapping : {&active, &candidate})
    for (auto& id : mapping->value_sets()) used.insert(std::move(id));
  std::vector<std::string> changed;
  for (const auto& id : used) {
    const auto* before = active.context().value_sets->file_of(id);
    const auto* after = candidate.context().value_sets->file_of(id);
    const bool same = before != nullptr && after != nullptr && before->digest == after->digest;
    if (!same) changed.push_back(id);
  }
  return changed;
}

std::vector<MappingLine> mapping_lines(const pipeline::InForce& in_force, std::vector<Candidate> candidates) {
  std::vector<MappingLine> lines;
  for (const auto& activation : in_force.activations) lines.push_back(line_of(activation, in_force));
  for (auto& candidate : candidates) {
    const auto line = find_line(lines, candidate);
    if (line == lines.end())
      lines.push_back(new_line(std::move(candidate)));
    else
      meet(*line, std::move(candidate));
  }
  std::ranges::stable_sort(
      lines, {}, [](const MappingLine& line) { return std::tuple(line.id.empty(), line.id, line.version); });
  return lines;
}

bool waits(const MappingLine& line) noexcept {
  return line.standing == Standing::changed || line.standing == Standing::not_active ||
         line.standing == Standing::unreadable;
}

bool was_activated(const MappingLine& line) noexcept {
  return line.activation && line.activation->action != ledger::ActivationAction::baseline;
}

base::Result<MappingLine> line_named(const std::vector<MappingLine>& lines, const std::string& name,
                                     bool (*meant)(const MappingLine&) noexcept) {
  std::vector<const MappingLine*> found, chosen;
  for (const auto& line : lines) {
    if (line.id.empty() || (line.id != name && line.id + "@" + line.version != name)) continue;
    found.push_back(&line);
    if (meant(line)) chosen.push_back(&line);
  }
  if (found.empty()) return base::Error(base::ErrorKind::usage, "app.mapping.unknown", {{"mapping", name}});
  if (found.size() == 1) return *found.front();
  if (chosen.size() == 1) return *chosen.front();
  return several_versions(name, found);
}

std::vector<Waiting> waiting_for_activation(const pipeline::InForce& in_force, const Settings& settings,
                                            const std::string& source) {
  std::vector<Waiting> waiting;
  const auto paths = mapping::MappingSet::files(settings.mappings / source);
  for (const auto& path : paths.has_error() ? std::vector<fs::path>{} : *paths) {
    const auto digest = digest_of(path, settings.mappings);
    const auto file = below(path, settings.mappings);
    if (std::ranges::find(in_force.activations, digest, &ledger::Activation::mapping_digest) !=
        in_force.activations.end())
      continue;
    const auto known = std::ranges::find(in_force.activations, file, &ledger::Activation::file);
    waiting.push_back({file, known == in_force.activations.end() ? std::string() : known->mapping});
  }
  const auto files = value_set_files(settings.value_sets);
  for (const auto& mapping : in_force.mappings->of_source(source)) {
    add_waiting_value_sets(*mapping, files, waiting);
  }
  return waiting;
}

}  // namespace musubi::app
