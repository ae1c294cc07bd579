// What becomes of each word of a disclosure, by what the store knows of its case.
#pragma once

#include <vector>

#include "case_book.h"
#include "layouts.h"
#include "musubi/model/disclosure.h"
#include "plans.h"

namespace musubi::postgres_sink {

/// Indices into a disclosure.
using Words = std::vector<std::uint32_t>;

struct Superseding {
  std::uint32_t index = 0;
  CurrentRow before;
};

struct Fates {
  Words first;                           ///< on cases that are not there yet
  std::vector<Superseding> superseding;  ///< the usual change: newer than all that are known
  Words among;                           ///< between others, or before them
  WordList late;                         ///< which of all these are to be noted as late
  WordsByLayout to_rebuild;              ///< current rows that one of `among` may change
  std::uint64_t already_there = 0;
};

/// The words of a disclosure so that no case is twice in a round and the words of a case keep their order.
std::vector<Words> rounds_of(const model::Disclosure& disclosure);

/// The store is locked, and stays as it is meanwhile. `layout`: of the disclosure. A case whose number is
/// above `highest`, the highest that is there, is new without looking: cases are numbered upwards.
base::Result<Fates> decide(Connection& connection, const CaseBook& book, const Layouts& layouts,
                           const model::Disclosure& disclosure, const Words& round,
                           const sinks::StoredLayout& layout, std::int64_t highest);

}  // namespace musubi::postgres_sink
