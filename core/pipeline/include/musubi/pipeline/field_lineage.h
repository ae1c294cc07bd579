// From a field of a stored record back to the rule and the bytes it came from, and forward to every recipient
// with the policy rule that let it. Nothing of this is stored per field: the row is read again from the kept
// bytes with the mapping it was pinned to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/ledger/ledger.h"
#include "musubi/pipeline/road.h"

namespace musubi::pipeline {

struct FieldRecipient {
  std::string recipient, route, receipt, at;  ///< receipt empty: still in flight
  std::string treatment;                      ///< release, generalise, mask, withhold
  std::string rule;                           ///< of the policy
};

struct FieldLineage {
  std::string field;
  std::uint32_t version = 0;  ///< of the record: the newest one whose source spoke of the field
  std::string mapping, mapping_version, mapping_digest;  ///< what the record was read with
  model::RuleOrigin rule;
  std::string file, part, digest;
  std::uint64_t row = 0, line = 0;
  std::uint64_t byte =
      0;  ///< of the cell in the kept bytes; of the row where the value comes from no single cell
  std::uint32_t length = 0;
  std::optional<ledger::Correction> corrected;  ///< by hand: the newest of this field; `fields` is left out
  std::vector<FieldRecipient> recipients;
};

/// Errors: pipeline.field_unknown, pipeline.field_silent (no version of the record speaks of it), and
/// whatever reading the kept bytes again says.
base::Result<FieldLineage> field_lineage(const Equipment& equipment, const ledger::Lineage& record,
                                         const std::string& field);

}  // namespace musubi::pipeline
