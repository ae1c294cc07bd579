// What texts and results of expressions mean to a rule: words of absence, conversions, lists.
#pragma once

#include <span>
#include <vector>

#include "musubi/fhirpath/value.h"
#include "musubi/model/record_batch.h"
#include "rule.h"
#include "text_memory.h"

namespace musubi::mapping {

/// Not for several threads. Values it makes live as long as the batch.
class RuleValues {
 public:
  explicit RuleValues(model::RecordBatch& into);

  /// `text` is trimmed. Silent and understood: it is empty.
  Converted of_text(const Rule& rule, std::string_view text, document::CellKind kind);
  /// A word of absence, or silent.
  model::Value absence(const Rule& rule, std::string_view text);
  /// What an expression yielded: at least one item.
  Converted of_results(const Rule& rule, std::span<const fhirpath::Value> results);
  std::string& buffer() noexcept { return keeper_.buffer; }

 private:
  Converted of_one_text(const Rule& rule, std::string_view text, document::CellKind kind);
  Converted of_list(const Rule& rule, std::string_view text, document::CellKind kind);
  void append_items(const Rule& rule, std::string_view text, document::CellKind kind, Converted& list);
  Converted list_of_items(Converted list);
  Converted of_result(const Rule& rule, const fhirpath::Value& result);
  std::string_view text_of(const Rule& rule, const fhirpath::Value& result);

  model::RecordBatch& into_;
  TextKeeper keeper_;
  std::vector<model::Value> items_;
  std::string text_;
};

}  // namespace musubi::mapping
