// Runs the steps of a plan over the rows of one batch.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "musubi/fhirpath/evaluation.h"
#include "plan.h"
#include "rule_values.h"

namespace musubi::mapping {

/// What a condition says of a row.
enum class Answer : std::uint8_t { no, yes, unclear };

/// Not for several threads; for one batch of rows and one of records.
class RecordMaker {
 public:
  /// `rows`: of the batch.
  RecordMaker(const BoundMapping::Plan& plan, model::RecordBatch& into, std::size_t rows);

  /// Adds the record of a row.
  void make(std::span<const document::Cell> row, const document::RowOrigin& origin);
  Answer ask(const ConditionTest& test, std::span<const document::Cell> row);
  /// About the record made last, as a whole.
  void report(std::string_view code, bool rejects);
  std::string& buffer() noexcept { return values_.buffer(); }

 private:
  using Row = std::span<const document::Cell>;
  /// The steps of the record or of one group, and what they remember.
  struct Scratch {
    std::vector<TextMemory> memories;
  };

  void run_all(const std::vector<Step>& steps, Scratch& scratch, Row row, std::span<model::Value> values);
  void run(const Step& step, TextMemory& memory, Row row, std::span<model::Value> values);
  void run_columns(const Step& step, TextMemory& memory, Row row, model::Value& into);
  void run_expression(const Step& step, TextMemory& memory, Row row, model::Value& into);
  Converted evaluate(const Step& step, Row row, bool& all_blank);
  Converted evaluate_cell(const Step& step, TextMemory& memory, const document::Cell& cell, Row row);
  Converted evaluate_text(const Step& step, const document::Cell& cell, Row row);
  std::span<const std::string_view> inputs(std::span<const ExpressionInput> inputs, Row row, bool& all_blank);
  Converted read_cell(const Step& step, TextMemory& memory, const document::Cell& cell);
  void take(const Step& step, std::uint16_t origin, const Converted& converted, model::Value& into);
  bool take_reason(const Step& step, Row row, model::Value& into);
  void leave_blank(const Step& step, std::uint16_t origin, model::Value& into);
  void join(const Step& step, Row row, std::span<model::Value> values);
  bool append_part(const JoinPart& part, Row row, std::span<const model::Value> values);
  void check_dates(std::span<const model::Value> values);
  void run_group(const GroupStep& step, Scratch& scratch, Row row, model::Value& into);
  void add_list_items(const GroupStep& step, Scratch& scratch, Row row);
  void add_set_items(const GroupStep& step, Scratch& scratch, Row row);
  void add_item(const GroupStep& step, Scratch& scratch, Row row, Row item);
  void report(std::string_view code, model::Severity severity, const Rule& rule, std::uint16_t origin);

  const BoundMapping::Plan& plan_;
  const model::RecordLayout& layout_;
  model::RecordBatch& into_;
  RuleValues values_;
  std::optional<fhirpath::Evaluation> evaluation_;  ///< where the plan has expressions
  Scratch record_;
  std::vector<Scratch> groups_;
  std::vector<std::string_view> names_;     ///< cells by the numbers that expressions know them by
  std::vector<document::Cell> item_row_;    ///< the record's cells with those of an item behind them
  std::vector<document::Cell> item_cells_;  ///< of an item in columns side by side
  std::vector<model::Value> group_items_;
  std::string joined_;
};

}  // namespace musubi::mapping
