// Mapping files of the folder beside the mappings in force. A file that was edited is a candidate: intake
// goes on with what is in force until it is activated.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/mapping/mapping.h"
#include "musubi/pipeline/active_mappings.h"
#include "settings.h"

namespace musubi::app {

/// A mapping file: of the folder, or one that was named on the command line.
struct Candidate {
  std::filesystem::path path;
  std::string file;                                 ///< below the folder of mappings; else the path
  std::string text;                                 ///< as read
  std::shared_ptr<const mapping::Mapping> mapping;  ///< nullptr: it does not load
  std::optional<base::Error> problem;               ///< why
};

/// One file with the value sets of `context`; what it extends is in `folder`. Errors: file.*.
base::Result<Candidate> read_candidate(const std::filesystem::path& path, const std::filesystem::path& folder,
                                       const mapping::Context& context);

/// What is to be recorded of a candidate that loads.
ledger::Activation activation_of(const Candidate& candidate, ledger::ActivationAction action, std::string by,
                                 std::string why);

/// Every file of the folder, those that do not load as well.
base::Result<std::vector<Candidate>> read_candidates(const std::filesystem::path& folder,
                                                     const mapping::Context& context);

enum class Standing : std::uint8_t {
  active,      ///< in force, and the file says the same
  changed,     ///< in force; the file, or a value set it uses, says something else
  unreadable,  ///< in force; the file does not load
  file_gone,   ///< in force; there is no such file any more
  not_active   ///< a file that nobody has activated
};
std::string_view name_of(Standing standing) noexcept;

/// How one mapping stands.
struct MappingLine {
  std::string id, version;  ///< empty: a file that does not load and was never in force
  Standing standing = Standing::active;
  std::optional<ledger::Activation> activation;    ///< that holds
  std::shared_ptr<const mapping::Mapping> active;  ///< nullptr: not in force
  std::optional<Candidate> candidate;
  bool text_changed = false;
  std::vector<std::string> value_sets_changed;  ///< ids of those either side uses, as value_sets() has them
};

/// A file of value sets below the folder of mappings, as it is shown: "valuesets/sex.yaml".
std::string shown_file(const model::ValueSetFile& file);

/// Value sets and concept maps that either mapping uses and whose files differ.
std::vector<std::string> changed_value_sets(const mapping::Mapping& active,
                                            const mapping::Mapping& candidate);

/// In order of id and version, files that do not load last.
std::vector<MappingLine> mapping_lines(const pipeline::InForce& in_force, std::vector<Candidate> candidates);

/// Whether there is something to activate.
bool waits(const MappingLine& line) noexcept;
/// Whether somebody changed what the folder held at first.
bool was_activated(const MappingLine& line) noexcept;

/// The line that `name` means: "tokyo/positive-cases", with "@2020-04-01" where there are several versions.
/// Without it, the one of which `meant` is true, where it is the only one. Errors: app.mapping.unknown,
/// app.mapping.several_versions.
base::Result<MappingLine> line_named(const std::vector<MappingLine>& lines, const std::string& name,
                                     bool (*meant)(const MappingLine&) noexcept);

/// Files that differ from what is in force for a source, told by their digests alone (a mapping's with what
/// it extends): nothing is compiled, so that a file that is being edited never disturbs an intake.
struct Waiting {
  std::string file;     ///< of a mapping, or of a value set it uses
  std::string mapping;  ///< id; empty: not in force yet
};
std::vector<Waiting> waiting_for_activation(const pipeline::InForce& in_force, const Settings& settings,
                                            const std::string& source);

}  // namespace musubi::app
