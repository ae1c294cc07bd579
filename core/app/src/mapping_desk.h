// What the `musubi mapping` commands work on: what is in force, and the files beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "candidates.h"
#include "workshop.h"

namespace musubi::app {

struct MappingDesk {
  std::shared_ptr<const pipeline::InForce> in_force;
  std::vector<MappingLine> lines;
  /// The value sets of the folder do not load: the files were compared with those in force.
  std::optional<base::Error> folder_problem;
};

/// Needs no home: as long as nothing is recorded, nothing is in force and every file is a candidate.
base::Result<MappingDesk> open_desk(Workshop& workshop);

/// A mapping as it is in force (or not) and the text that is to take its place.
struct Proposal {
  MappingLine line;
  Candidate candidate;  ///< loads
};

/// The file of the folder that `name` means, or the file that is named instead. Errors: those of
/// line_named(), app.mapping.no_candidate, app.mapping.other_id, and why the candidate does not load.
base::Result<Proposal> proposal_for(Workshop& workshop, const MappingDesk& desk, const std::string& name,
                                    const std::string& instead_of_the_file);

/// Whether the proposal says something else than what is in force.
bool differs(const Proposal& proposal);

}  // namespace musubi::app
