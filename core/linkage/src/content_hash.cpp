// Two 64-bit lanes of multiply-and-fold (as wyhash does it), with different constants. Fields are hashed each
// for itself under the hash of their id and added up, so that their order does not matter; items of a list
// are hashed one after the other.
#include <bit>
#include <cstring>
#include <memory>

#include "musubi/linkage/linkage.h"

namespace musubi::linkage {
namespace {

using model::Value;
using model::ValueKind;

struct Lanes {
  std::uint64_t high = 0, low = 0;
};

// wyhash's constants: odd, half of their bits set.
constexpr std::uint64_t kFirst = 0xA0761D6478BD642F, kSecond = 0xE7037ED1A0B428DB,
                        kThird = 0x8EBC6AF09C88C6E3, kFourth = 0x589965CC75374CC3;

std::uint64_t fold(std::uint64_t left, std::uint64_t right) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(left) * right;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

Lanes absorb(Lanes lanes, std::uint64_t word) {
  return {fold(lanes.high ^ word ^ kFirst, lanes.low ^ kSecond),
          fold(lanes.low ^ word ^ kThird, lanes.high ^ kFourth)};
}

/// Little-endian, whatever the machine.
std::uint64_t word_at(const char* bytes, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

Lanes absorb(Lanes lanes, std::string_view text) {
  lanes = absorb(lanes, text.size());
  for (; text.size() > 8; text.remove_prefix(8)) lanes = absorb(lanes, word_at(text.data(), 8));
  return text.empty() ? lanes : absorb(lanes, word_at(text.data(), text.size()));
}

/// The values of a group's item, or of a record.
Lanes sum_of_fields(std::span<const std::uint64_t> ids, std::span<const Value> values);

Lanes absorb(Lanes lanes, const Value& value, std::span<const std::uint64_t> members);

Lanes absorb_list(Lanes lanes, std::span<const Value> items, std::span<const std::uint64_t> members) {
  lanes = absorb(lanes, items.size());
  for (const auto& item : items) {
    if (!members.empty() && item.kind() == ValueKind::list) {
      const auto sum = sum_of_fields(members, item.as_list());
      lanes = absorb(absorb(lanes, sum.high), sum.low);
    } else {
      lanes = absorb(lanes, item, {});
    }
  }
  return lanes;
}

/// What tells values of one kind apart beside their number or text.
std::uint64_t detail_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::absent:
      return static_cast<std::uint64_t>(value.absent_reason());
    case ValueKind::decimal:
      return value.as_decimal().scale;
    case ValueKind::age:
      return value.as_age().months ? 1 : 0;
    case ValueKind::moment:
      return static_cast<std::uint16_t>(value.as_moment().offset_minutes);
    default:
      return 0;
  }
}

Lanes absorb(Lanes lanes, const Value& value, std::span<const std::uint64_t> members) {
  lanes = absorb(lanes, static_cast<std::uint64_t>(value.kind()) << 32 | detail_of(value));
  switch (value.kind()) {
    case ValueKind::silent:
    case ValueKind::absent:
      return lanes;
    case ValueKind::text:
    case ValueKind::code:
      return absorb(lanes, value.as_text());
    case ValueKind::list:
      return absorb_list(lanes, value.as_list(), members);
    default:
      return absorb(lanes, static_cast<std::uint64_t>(value.as_integer()));
  }
}

Lanes hash_of_field(std::uint64_t id, const Value& value, std::span<const std::uint64_t> members) {
  return absorb(absorb(Lanes{id, ~id}, value, members), kFirst);
}

Lanes sum_of_fields(std::span<const std::uint64_t> ids, std::span<const Value> values) {
  Lanes sum;
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (values[index].silent()) continue;
    const auto each = hash_of_field(index < ids.size() ? ids[index] : index, values[index], {});
    sum.high += each.high;
    sum.low += each.low;
  }
  return sum;
}

/// The hashes of the catalogue's fields, worked out once per thread and catalogue. Holding the catalogue
/// keeps its address from being used for another.
const std::vector<FieldHash>& hashes_of(const std::shared_ptr<const model::Catalogue>& catalogue) {
  thread_local std::shared_ptr<const model::Catalogue> known;
  thread_local std::vector<FieldHash> hashes;
  if (known != catalogue) {
    hashes = field_hashes(*catalogue);
    known = catalogue;
  }
  return hashes;
}

}  // namespace

std::uint64_t hash_of_id(std::string_view field_id) noexcept {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char each : field_id) hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001B3;
  return hash;
}

std::vector<FieldHash> field_hashes(const model::Catalogue& catalogue) {
  std::vector<FieldHash> hashes;
  for (const auto& field : catalogue.fields()) {
    auto& hash = hashes.emplace_back(FieldHash{hash_of_id(field.id)});
    if (field.type != model::FieldType::group) continue;
    for (const auto member : catalogue.members_of(field.number)) {
      hash.members.push_back(hash_of_id(catalogue.at(member).id));
    }
  }
  return hashes;
}

base::ContentHash content_hash(std::span<const FieldHash> fields, std::span<const model::FieldNumber> slots,
                               std::span<const Value> values) noexcept {
  Lanes sum;
  for (std::size_t slot = 0; slot < values.size(); ++slot) {
    if (values[slot].silent()) continue;
    const auto& field = fields[slots[slot]];
    const auto each = hash_of_field(field.id, values[slot], field.members);
    sum.high += each.high;
    sum.low += each.low;
  }
  return {sum.high, sum.low};
}

base::ContentHash content_hash(const model::RecordLayout& layout, std::span<const Value> values) noexcept {
  return content_hash(hashes_of(layout.catalogue), layout.slots, values);
}

}  // namespace musubi::linkage
