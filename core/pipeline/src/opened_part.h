// Finds again, in kept bytes, the table that a part of a submission was: for the first reading, for going on
// after a restart, for replay and for lineage.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/mapping/mapping.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

struct OpenedPart {
  plugin::Source* source = nullptr;
  plugin::Submission submission;
  plugin::Part part;
  std::shared_ptr<const mapping::Mapping> mapping;  ///< empty for an ignored part
};

using Mappings = std::vector<std::shared_ptr<const mapping::Mapping>>;

/// The kept bytes of a submission, as its source adapter wants them. Errors: pipeline.source_unknown, file.*.
base::Result<OpenedPart> open_submission(const Equipment& equipment, const ledger::SubmissionInfo& info);

/// Whether they still are what was received. Errors: ledger.bytes_unknown (of the machine: the sender is not
/// to blame), file.*.
base::Status check_bytes(const document::ByteSource& bytes, std::string_view digest);

/// Every part the adapter recognises, each with its mapping.
base::Result<std::vector<OpenedPart>> recognise(const OpenedPart& opened, const Mappings& mappings);
base::Result<std::vector<OpenedPart>> recognise(const OpenedPart& opened, const SourceLayouts& known);

/// For what is only looked at: an adapter of its own where there is one, so that what is handed in need not
/// wait for it. nullptr: there is no such source.
plugin::Source* source_for_looking(const Equipment& equipment, const std::string& name);

/// Of `opened`, the part named `name`, read by `mappings`. Error: pipeline.part_missing.
base::Result<OpenedPart> part_named(const OpenedPart& opened, const std::string& name,
                                    const Mappings& mappings);
/// The same of the kept bytes.
base::Result<OpenedPart> reopen(const Equipment& equipment, const ledger::SubmissionInfo& info,
                                const std::string& name, const Mappings& mappings);

}  // namespace musubi::pipeline
