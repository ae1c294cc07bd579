// Rows and whole files for mappings that read.
#include <algorithm>
#include <array>
#include <optional>

#include "../column_names.h"
#include "../plan.h"
#include "hand_rows.h"
#include "test_inputs.h"

namespace musubi::mapping {
namespace {

using document::CellKind;

constexpr std::size_t kRowsAtATime = 1000;
constexpr auto kKinds = std::to_array<std::pair<std::string_view, CellKind>>(
    {{"number", CellKind::number}, {"date", CellKind::date_serial}, {"boolean", CellKind::boolean}});

std::vector<Came> refused(const base::Error& error) {
  return {{.kind = CameKind::refused, .because = error.code()}};
}

CameFinding came_of(const model::Finding& finding, const model::RecordLayout& layout) {
  auto ending = Ending::noted;
  if (finding.severity == model::Severity::error) ending = finding.rejects ? Ending::rejected : Ending::held;
  return {ending, finding.field == model::kNoField ? std::string() : layout.catalogue->at(finding.field).id,
          std::string(finding.code)};
}

Came came_of(const model::RecordBatch& records, std::size_t record) {
  Came came;
  came.leaves = leaves_of(records.layout(), records.values(record));
  for (const auto& finding : records.findings())
    if (finding.record == record) came.findings.push_back(came_of(finding, records.layout()));
  std::ranges::sort(came.findings);
  return came;
}

/// What became of the rows of one batch, row by row.
void append(const BoundMapping& bound, const document::RowBatch& rows, std::vector<Came>& into) {
  model::RecordBatch records(bound.layout());
  const auto applied = bound.apply(rows, records);
  std::size_t record = 0;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const auto fault = std::ranges::find(rows.faults(), row, &document::RowFault::row_index);
    const auto skipped = std::ranges::find(applied.skipped, row, &SkippedRow::row_index);
    if (fault != rows.faults().end())
      into.push_back({.kind = CameKind::fault, .because = std::string(fault->code)});
    else if (skipped != applied.skipped.end())
      into.push_back({.kind = CameKind::skipped, .because = bound.skip_reasons()[skipped->reason].because});
    else
      into.push_back(came_of(records, record++));
  }
}

std::vector<Came> run(const Mapping& mapping, std::unique_ptr<document::RowReader> table) {
  const auto reader = mapping.items_of(std::move(table));
  const auto bound = mapping.bind(reader->columns());
  if (bound.has_error()) return refused(bound.error());
  std::vector<Came> all;
  document::RowBatch rows;
  for (;;) {
    const auto got = reader->read(rows, kRowsAtATime);
    if (got.has_error()) return refused(got.error());
    if (*got == 0) return all;
    append(*bound, rows, all);
  }
}

/// Everything that a table of this mapping may have, and lists of items.
std::vector<std::string> known_columns(const Mapping::Parts& parts) {
  auto columns = declared_columns(parts.spec);
  const auto add = [&](const std::string& list) {
    if (!list.empty() && std::ranges::find(columns, list) == columns.end()) columns.push_back(list);
  };
  if (parts.compiled.items) add(parts.compiled.items->list);
  for (const auto& group : parts.compiled.groups) add(group.items.list);
  return columns;
}

const Rule* rule_named(const std::vector<Rule>& rules, const std::string& field) {
  const auto found = std::ranges::find(rules, field, &Rule::field_id);
  return found == rules.end() ? nullptr : &*found;
}

/// The column of the table behind a name that a rule reads; nullopt: it is in no single one.
std::optional<std::string> column_behind(const std::string& name, const Scope& scope,
                                         const std::optional<ItemLayout>& items) {
  const auto* column = scope.find(name);
  if (column == nullptr) return std::nullopt;
  if (!items) return column->column;
  const auto item = std::ranges::find(items->names, name);
  if (item == items->names.end()) return column->column;
  if (!items->list.empty()) return std::nullopt;
  return items->sets.front()[static_cast<std::size_t>(item - items->names.begin())];
}

/// Where a word is put that a field's rule is to read: the first column it reads.
std::optional<std::string> column_of(const std::string& field, const CompiledRules& compiled) {
  const auto first_of = [&](const Rule& rule, const Scope& scope) -> std::optional<std::string> {
    const bool single = rule.source == RuleSource::columns ||
                        (rule.source == RuleSource::expression && rule.from.size() == 1);
    return single ? column_behind(rule.from.front(), scope, compiled.items) : std::nullopt;
  };
  if (const auto* rule = rule_named(compiled.rules, field)) return first_of(*rule, compiled.scope);
  for (const auto& group : compiled.groups)
    if (const auto* rule = rule_named(group.rules, field); rule != nullptr && group.items.list.empty())
      return first_of(*rule, group.scope);
  return std::nullopt;
}

struct CaseTable {
  std::shared_ptr<const HandTable> table{};
  std::shared_ptr<const document::ByteSource> bytes{};  ///< of a whole text or file
};

class TableInputs final : public TestInputs {
 public:
  TableInputs(std::vector<CaseTable> cases, std::shared_ptr<const HandTable> words)
      : cases_(std::move(cases)), words_(std::move(words)) {}

  std::vector<Came> run_case(const MappingPointer& mapping, std::size_t index) const override {
    const auto& [table, bytes] = cases_[index];
    if (table) return run(*mapping, std::make_unique<HandRows>(table));
    auto reader = open_rows(mapping->head(), bytes);
    return reader.has_error() ? refused(reader.error()) : run(*mapping, std::move(*reader));
  }

  /// Each word by itself where a row may become several records.
  std::vector<Came> run_words(const MappingPointer& mapping) const override {
    if (!mapping->parts().compiled.items) return together(mapping);
    std::vector<Came> all;
    for (const auto& row : words_->rows) {
      const HandTable one{words_->columns, {row}};
      auto came = run(*mapping, std::make_unique<HandRows>(std::make_shared<const HandTable>(one)));
      all.push_back(came.empty() ? Came{.kind = CameKind::refused} : std::move(came.front()));
    }
    return all;
  }

  std::string given(std::size_t index, std::size_t row, const std::string& name) const override {
    const auto& table = index < cases_.size() ? cases_[index].table : words_;
    if (!table || row >= table->rows.size()) return {};
    const auto column = Header(table->columns).find(name);
    return column ? table->rows[row][static_cast<std::size_t>(*column)].text : std::string();
  }

 private:
  /// A table that is refused is so for every word.
  std::vector<Came> together(const MappingPointer& mapping) const {
    if (words_->rows.empty()) return {};
    auto all = run(*mapping, std::make_unique<HandRows>(words_));
    if (all.size() != words_->rows.size())
      all.assign(words_->rows.size(), all.empty() ? Came{.kind = CameKind::refused} : all.front());
    return all;
  }

  std::vector<CaseTable> cases_;
  std::shared_ptr<const HandTable> words_;
};

/// Makes the tables of one test file.
class TableMaker {
 public:
  TableMaker(const TestFile& file, const Mapping::Parts& parts, const std::filesystem::path& folder,
             Problems& problems)
      : file_(file), parts_(parts), folder_(folder), problems_(problems) {}

  CaseTable case_of(const TestCase& each) {
    if (each.text) return {nullptr, document::ByteSource::of_text(each.text->text, each.name.text)};
    if (each.file) return {nullptr, bytes_of(*each.file)};
    auto table = table_of(each.columns);
    for (const auto& given : each.given) {
      auto& row = table->rows.emplace_back(table->columns.size());
      if (each.from_base) put(file_.base_input, *table, row, false);
      put(given, *table, row, true);
    }
    return {std::move(table), nullptr};
  }

  std::shared_ptr<const HandTable> words() {
    auto table = table_of({});
    for (const auto& checks : file_.words) add_words(checks, *table);
    return table;
  }

 private:
  std::shared_ptr<HandTable> table_of(const std::vector<Located>& columns) const {
    auto table = std::make_shared<HandTable>();
    table->columns = columns.empty() ? known_columns(parts_) : base::plain(columns);
    return table;
  }

  std::shared_ptr<const document::ByteSource> bytes_of(const Located& file) {
    auto bytes = document::ByteSource::open_file(folder_ / file.text, file.text);
    if (!bytes.has_error()) return std::move(*bytes);
    problems_.add(bytes.error().at(problems_.place(file.mark)));
    return nullptr;
  }

  /// Cells of the base that a case's own columns do not have are left out.
  void put(const Entries& cells, const HandTable& table, std::vector<HandCell>& row, bool told) {
    const Header header(table.columns);
    for (const auto& [name, node] : cells.entries) {
      const auto column = header.find(name.text);
      if (column)
        row[static_cast<std::size_t>(*column)] = cell_of(name, node);
      else if (told)
        problems_.error_near(name.mark, "mapping.test_column_unknown",
                             nearest_column(name.text, table.columns), {{"name", name.text}});
    }
  }

  /// A text, or {number: 43922} for what a sheet or JSON has as such.
  HandCell cell_of(const Located& name, const YamlNode& node) {
    if (node.kind == YamlKind::map && node.entries.size() == 1)
      for (const auto& [word, kind] : kKinds)
        if (const auto* text = node.find(word); text != nullptr && text->kind == YamlKind::scalar)
          return {text->text, kind};
    if (node.kind == YamlKind::null) return {};
    const auto text = base::text_of(node, name.text, problems_);
    return text ? HandCell{text->text, CellKind::text} : HandCell{};
  }

  void add_words(const WordChecks& checks, HandTable& table) {
    const auto column = column_of(checks.target.text, parts_.compiled);
    const auto at = column ? Header(table.columns).find(*column) : std::nullopt;
    if (!at) {
      problems_.error(checks.target.mark, "mapping.test_words_need_column", {{"rule", checks.target.text}});
      return;
    }
    for (const auto& check : checks.words) {
      auto& row = table.rows.emplace_back(table.columns.size());
      put(file_.base_input, table, row, true);
      row[static_cast<std::size_t>(*at)] = {check.word.text, CellKind::text};
    }
  }

  const TestFile& file_;
  const Mapping::Parts& parts_;
  const std::filesystem::path& folder_;
  Problems& problems_;
};

}  // namespace

std::unique_ptr<const TestInputs> table_inputs(const TestFile& file, const Mapping& mapping,
                                               const std::filesystem::path& folder, Problems& problems) {
  TableMaker maker(file, mapping.parts(), folder, problems);
  std::vector<CaseTable> cases;
  for (const auto& each : file.cases) cases.push_back(maker.case_of(each));
  return std::make_unique<TableInputs>(std::move(cases), maker.words());
}

}  // namespace musubi::mapping
