#include "fates.h"

#include <algorithm>
#include <numeric>

namespace musubi::postgres_sink {
namespace {

using model::DisclosureKey;
using Current = std::unordered_map<std::int64_t, CurrentRow>;

bool is_late(const DisclosureKey& key) { return key.position == model::Position::historical; }

bool ascending(const model::Disclosure& disclosure) {
  for (std::size_t index = 1; index < disclosure.size(); ++index)
    if (disclosure.key(index).record <= disclosure.key(index - 1).record) return false;
  return true;
}

/// Decides the words of one round.
class Decision {
 public:
  Decision(const model::Disclosure& disclosure, const Layouts& layouts, const sinks::StoredLayout& layout)
      : disclosure_(disclosure), layouts_(layouts), layout_(layout) {}

  Fates fates;
  Words open;  ///< whether they are there already, history must say

  void decide(std::uint32_t index, const Current& current) {
    const auto& key = disclosure_.key(index);
    const auto found = current.find(key.record);
    if (found == current.end()) {
      fates.first.push_back(index);
      note_late(key);
    } else if (key.version == found->second.version) {
      ++fates.already_there;
    } else if (!is_late(key) && key.version > std::max(found->second.version, found->second.newest_late)) {
      fates.superseding.push_back({index, found->second});
    } else {
      open.push_back(index);
    }
  }

  void insert_among(std::uint32_t index, const CurrentRow& head) {
    const auto& key = disclosure_.key(index);
    fates.among.push_back(index);
    note_late(key);
    if (!says_nothing_more(key, head))
      fates.to_rebuild[head.layout].add(key.record, head.version, head.absent);
  }

 private:
  void note_late(const DisclosureKey& key) {
    if (is_late(key)) fates.late.add(key.record, key.version);
  }

  /// Whether a late word cannot change the current row: the newest word, which stays so, speaks of all its
  /// fields.
  bool says_nothing_more(const DisclosureKey& key, const CurrentRow& head) const {
    if (!is_late(key) || head.late) return false;
    if (head.layout == layout_.number) return true;
    const auto* of_head = layouts_.find(head.layout);
    return of_head != nullptr && std::ranges::all_of(layout_.field_ids(), [of_head](const auto& id) {
             return of_head->speaks_of(id);
           });
  }

  const model::Disclosure& disclosure_;
  const Layouts& layouts_;
  const sinks::StoredLayout& layout_;
};

std::vector<std::int64_t> records_of(const model::Disclosure& disclosure, const Words& words,
                                     std::int64_t up_to) {
  std::vector<std::int64_t> records;
  for (const auto index : words)
    if (disclosure.key(index).record <= up_to) records.push_back(disclosure.key(index).record);
  return records;
}

}  // namespace

std::vector<Words> rounds_of(const model::Disclosure& disclosure) {
  std::vector<Words> rounds(1);
  if (ascending(disclosure)) {
    rounds.front().resize(disclosure.size());
    std::iota(rounds.front().begin(), rounds.front().end(), 0U);
    return rounds;
  }
  std::unordered_map<std::int64_t, std::size_t> words_of_case;
  for (std::uint32_t index = 0; index < disclosure.size(); ++index) {
    const auto round = words_of_case[disclosure.key(index).record]++;
    if (rounds.size() <= round) rounds.resize(round + 1);
    rounds[round].push_back(index);
  }
  return rounds;
}

base::Result<Fates> decide(Connection& connection, const CaseBook& book, const Layouts& layouts,
                           const model::Disclosure& disclosure, const Words& round,
                           const sinks::StoredLayout& layout, std::int64_t highest) {
  MUSUBI_ASSIGN(const auto current, book.current_of(connection, records_of(disclosure, round, highest)));
  Decision decision(disclosure, layouts, layout);
  for (const auto index : round) decision.decide(index, current);
  const auto asked = records_of(disclosure, decision.open, highest);
  MUSUBI_ASSIGN(const auto history, book.history_of(connection, asked));
  for (const auto index : decision.open) {
    const auto& key = disclosure.key(index);
    const auto known = history.find(key.record);
    const bool there =
        known != history.end() && std::ranges::any_of(known->second, [&](const HistoryRow& row) {
          return row.known.version == key.version;
        });
    if (there)
      ++decision.fates.already_there;
    else
      decision.insert_among(index, current.at(key.record));
  }
  return std::move(decision.fates);
}

}  // namespace musubi::postgres_sink
