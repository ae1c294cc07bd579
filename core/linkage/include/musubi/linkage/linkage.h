// Is this a case we know? By id: source and local id name a case. Content and the day the source speaks of
// decide whether it is new, changed, unchanged, late, or a contradiction.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "musubi/base/digest.h"
#include "musubi/model/record_batch.h"

namespace musubi::linkage {

/// What the ledger knows of a case.
struct KnownCase {
  base::ContentHash content;    ///< of its current version, as the source said it
  std::int32_t as_of = 0;       ///< newest day on which the source said so
  std::int64_t submission = 0;  ///< that said it last
  std::uint32_t version = 0;    ///< number of the newest version
};

struct Incoming {
  base::ContentHash content;
  std::int32_t as_of = 0;
  std::int64_t submission = 0;
};

enum class Outcome : std::uint8_t {
  new_case,
  changed,       ///< a newer word: becomes the current version
  unchanged,     ///< the same again: counted, not stored twice
  late,          ///< an older word than the one we have: history only
  contradiction  ///< the same submission says two different things of one case: review
};

Outcome decide(const std::optional<KnownCase>& known, const Incoming& incoming) noexcept;

/// 128-bit hash over the values of a record in slot order, absent reasons included, provenance not.
base::ContentHash content_hash(const model::RecordLayout& layout,
                               std::span<const model::Value> values) noexcept;

}  // namespace musubi::linkage
