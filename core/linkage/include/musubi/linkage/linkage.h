// Is this a case we know? By id: source and local id name a case. Content and the day the source speaks of
// decide whether it is new, changed, unchanged, late, or a contradiction.
// Pure functions; threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "musubi/base/digest.h"
#include "musubi/model/record_batch.h"

namespace musubi::linkage {

/// What the ledger knows of a case.
struct KnownCase {
  base::ContentHash content{};  ///< of its current version, as the source said it
  std::int32_t as_of = 0;       ///< newest day on which the source said so
  std::int64_t submission = 0;  ///< the newest that said so on that day; later ones have higher numbers
  std::uint32_t version = 0;    ///< number of the newest version
};

struct Incoming {
  base::ContentHash content{};
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

/// Code of the finding that holds a contradiction.
inline constexpr std::string_view kContradiction = "linkage.contradiction";

/// Equal content is unchanged, whatever the day. Of different contents, the newer word changes the case and
/// the older one is late: by the day it speaks of, then by arrival (a submission held for review and replayed
/// later is still the older word). The same submission that speaks of the same day contradicts itself; sheets
/// of one workbook that speak of different days do not.
Outcome decide(const std::optional<KnownCase>& known, const Incoming& incoming) noexcept;

/// 128-bit hash over the values of a record, absent reasons included, silence and provenance not. It is
/// stored: the same on every machine and in every version of the catalogue that names the fields alike,
/// whatever their numbers and order. The layout has a catalogue.
base::ContentHash content_hash(const model::RecordLayout& layout,
                               std::span<const model::Value> values) noexcept;

// --- what content_hash is made of

/// What stands for a field in the hash.
struct FieldHash {
  std::uint64_t id = 0;                  ///< of its id's text
  std::vector<std::uint64_t> members{};  ///< of a group, in the order of Catalogue::members_of
};
/// FNV-1a, 64 bit.
std::uint64_t hash_of_id(std::string_view field_id) noexcept;
std::vector<FieldHash> field_hashes(const model::Catalogue& catalogue);
/// `fields[n]` belongs to the field of number n, `slots[i]` is the field number of `values[i]`.
base::ContentHash content_hash(std::span<const FieldHash> fields, std::span<const model::FieldNumber> slots,
                               std::span<const model::Value> values) noexcept;

}  // namespace musubi::linkage
