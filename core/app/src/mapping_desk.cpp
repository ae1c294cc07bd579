#include "mapping_desk.h"

#include <algorithm>

namespace musubi::app {
namespace {

base::Result<mapping::Context> context_for(Workshop& workshop, MappingDesk& desk) {
  auto context = workshop.folder_context();
  if (!context.has_error()) return context;
  desk.folder_problem = context.error();
  MUSUBI_ASSIGN(auto catalogue, workshop.catalogue());
  return mapping::Context{std::move(catalogue), desk.in_force->value_sets};
}

/// The line of the mapping and version that a named file says it is.
MappingLine line_of(const MappingDesk& desk, const Candidate& candidate) {
  const auto& head = candidate.mapping->head();
  const auto found = std::ranges::find_if(desk.lines, [&head](const MappingLine& line) {
    return line.id == head.id && line.version == head.version;
  });
  MappingLine line;
  line.id = head.id;
  line.version = head.version;
  line.standing = Standing::not_active;
  return found == desk.lines.end() ? line : *found;
}

base::Result<Proposal> proposal_of_file(Workshop& workshop, const MappingDesk& desk, const std::string& name,
                                        const std::string& file) {
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  MUSUBI_ASSIGN(const auto context, workshop.folder_context());
  MUSUBI_ASSIGN(auto candidate, read_candidate(file, settings->mappings, context));
  if (!candidate.mapping) return *candidate.problem;
  const auto& head = candidate.mapping->head();
  if (name != head.id && name != head.id + "@" + head.version)
    return base::Error(base::ErrorKind::usage, "app.mapping.other_id",
                       {{"mapping", name}, {"found", head.id + "@" + head.version}})
        .at({.file = file});
  auto line = line_of(desk, candidate);
  return Proposal{std::move(line), std::move(candidate)};
}

}  // namespace

base::Result<MappingDesk> open_desk(Workshop& workshop) {
  MappingDesk desk;
  MUSUBI_ASSIGN(const auto* settings, workshop.settings());
  MUSUBI_ASSIGN(desk.in_force, workshop.in_force());
  MUSUBI_ASSIGN(const auto context, context_for(workshop, desk));
  MUSUBI_ASSIGN(auto candidates, read_candidates(settings->mappings, context));
  desk.lines = mapping_lines(*desk.in_force, std::move(candidates));
  return desk;
}

base::Result<Proposal> proposal_for(Workshop& workshop, const MappingDesk& desk, const std::string& name,
                                    const std::string& instead_of_the_file) {
  if (desk.folder_problem) return *desk.folder_problem;
  if (!instead_of_the_file.empty()) return proposal_of_file(workshop, desk, name, instead_of_the_file);
  MUSUBI_ASSIGN(auto line, line_named(desk.lines, name, waits));
  if (!line.candidate)
    return base::Error(base::ErrorKind::not_found, "app.mapping.no_candidate",
                       {{"mapping", line.id}, {"version", line.version}, {"file", line.activation->file}});
  if (line.candidate->problem) return *line.candidate->problem;
  auto candidate = *line.candidate;
  return Proposal{std::move(line), std::move(candidate)};
}

bool differs(const Proposal& proposal) {
  const auto& [line, candidate] = proposal;
  if (!line.active) return true;
  return line.active->digest() != candidate.mapping->digest() ||
         !changed_value_sets(*line.active, *candidate.mapping).empty();
}

}  // namespace musubi::app
