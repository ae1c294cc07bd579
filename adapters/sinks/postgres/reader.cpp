#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "absences.h"
#include "case_book.h"
#include "group_reader.h"
#include "layouts.h"
#include "stored_values.h"

namespace musubi::postgres_sink {
namespace {

using model::Value;

// record, version, as_of, source, layout, absent, and whether the row is the current one, before the fields.
constexpr int kFirstField = 7;
constexpr int kPageRows = 500;

std::string select_sql(const sinks::KindTables& tables, std::span<const sinks::FieldColumn> columns,
                       const plugin::ReadRequest& request) {
  const auto where = request.record ? fmt::format(" WHERE record = {}", *request.record) : std::string();
  const auto from = [&](const std::string& table, bool current) {
    return fmt::format("SELECT record, version, as_of, source, layout, absent, {}{} FROM {}{}", current,
                       sinks::column_names(columns), sinks::identifier(table), where);
  };
  auto sql = from(tables.current, true);
  if (request.history) sql += " UNION ALL " + from(tables.history, false);
  return sql + " ORDER BY record, version";
}

model::DisclosureKey key_in(const Rows& rows, int row) {
  return {rows.integer(row, 0), static_cast<std::uint32_t>(rows.integer(row, 1)),
          rows.boolean(row, 6) ? model::Position::current : model::Position::historical,
          sinks::day_in(rows.text(row, 2))};
}

class RecordReader {
 public:
  RecordReader(Connection& connection, sinks::KindTables tables,
               const std::shared_ptr<const model::RecordLayout>& layout);
  base::Status open(const plugin::ReadRequest& request);
  base::Status read(const plugin::RecordVisitor& visit);

 private:
  base::Result<bool> next_page();
  base::Status load_groups();
  base::Status find_speakers();
  void read_fields(int row);
  void read_groups(int row);
  bool speaks(std::int64_t layout, const sinks::GroupTable& group) const;
  std::uint32_t version_speaking_of(const sinks::GroupTable& group, int row) const;

  Connection* connection_;
  std::unique_ptr<const sinks::KindTables> tables_;
  CaseBook book_;
  model::RecordBatch batch_;  ///< its arena holds the lists of one record
  std::vector<Value> values_;
  std::vector<sinks::FieldColumn> columns_;
  std::unordered_map<std::string_view, std::size_t> slot_of_id_;
  std::vector<GroupReader> groups_;
  Layouts layouts_;
  Rows page_;
  std::unordered_map<std::int64_t, std::vector<sinks::KnownVersion>> in_order_;  ///< see find_speakers()
};

RecordReader::RecordReader(Connection& connection, sinks::KindTables tables,
                           const std::shared_ptr<const model::RecordLayout>& layout)
    : connection_(&connection),
      tables_(std::make_unique<const sinks::KindTables>(std::move(tables))),
      book_(*tables_),
      batch_(layout),
      values_(layout->slots.size()) {
  for (const auto& column : tables_->columns)
    if (layout->slot(column.field) >= 0) columns_.push_back(column);
  for (const auto& table : tables_->groups)
    if (layout->slot(table.field) >= 0) groups_.emplace_back(table);
  for (std::size_t slot = 0; slot < layout->slots.size(); ++slot)
    slot_of_id_.emplace(layout->catalogue->at(layout->slots[slot]).id, slot);
}

base::Status RecordReader::open(const plugin::ReadRequest& request) {
  MUSUBI_TRY(layouts_.load(*connection_));
  return connection_->run("DECLARE stored NO SCROLL CURSOR FOR " + select_sql(*tables_, columns_, request));
}

base::Status RecordReader::read(const plugin::RecordVisitor& visit) {
  for (;;) {
    MUSUBI_ASSIGN(const bool more, next_page());
    if (!more) return {};
    for (int row = 0; row < page_.size(); ++row) {
      read_fields(row);
      read_groups(row);
      const plugin::StoredRecord record{key_in(page_, row), std::string(page_.text(row, 3)), values_};
      if (!visit(batch_.layout(), record)) return {};
    }
  }
}

base::Result<bool> RecordReader::next_page() {
  static const auto kFetch = fmt::format("FETCH FORWARD {} FROM stored", kPageRows);
  MUSUBI_ASSIGN(page_, connection_->ask(kFetch));
  if (page_.size() == 0) return false;
  if (!groups_.empty()) MUSUBI_TRY(load_groups());
  return true;
}

base::Status RecordReader::load_groups() {
  std::vector<std::int64_t> records;
  for (int row = 0; row < page_.size(); ++row) records.push_back(page_.integer(row, 0));
  records.erase(std::unique(records.begin(), records.end()), records.end());
  for (auto& group : groups_) MUSUBI_TRY(group.load(*connection_, records));
  return find_speakers();
}

/// The words, in order, of those cases on the page whose current row's own layout does not speak of every
/// group.
base::Status RecordReader::find_speakers() {
  std::vector<std::int64_t> records;
  std::vector<sinks::KnownVersion> heads;
  for (int row = 0; row < page_.size(); ++row) {
    const auto silent = [&](const GroupReader& group) {
      return !speaks(page_.integer(row, 4), group.table());
    };
    if (!page_.boolean(row, 6) || std::ranges::none_of(groups_, silent)) continue;
    const auto key = key_in(page_, row);
    records.push_back(key.record);
    heads.push_back({key.version, key.as_of, false, page_.integer(row, 4)});
  }
  in_order_.clear();
  MUSUBI_ASSIGN(const auto history, book_.history_of(*connection_, records));
  MUSUBI_ASSIGN(const auto current, book_.current_of(*connection_, records));
  for (std::size_t index = 0; index < records.size(); ++index) {
    auto& versions = in_order_[records[index]];
    const auto row = current.find(records[index]);
    heads[index].late = row != current.end() && row->second.late;
    versions.push_back(heads[index]);
    if (const auto words = history.find(records[index]); words != history.end())
      for (const auto& word : words->second) versions.push_back(word.known);
    versions = sinks::in_order(std::move(versions));
  }
  return {};
}

void RecordReader::read_fields(int row) {
  batch_.clear();
  std::ranges::fill(values_, Value{});
  int column = kFirstField;
  for (const auto& field : columns_) {
    values_[static_cast<std::size_t>(batch_.layout().slot(field.field))] =
        value_in(page_, row, column, field, batch_);
    column += field.width();
  }
  sinks::set_absences(page_.text(row, 5), [this](std::string_view id) -> Value* {
    const auto found = slot_of_id_.find(id);
    return found == slot_of_id_.end() ? nullptr : &values_[found->second];
  });
}

void RecordReader::read_groups(int row) {
  for (const auto& group : groups_) {
    Value& value = values_[static_cast<std::size_t>(batch_.layout().slot(group.table().field))];
    if (value.is_absent()) continue;
    value = group.items({page_.integer(row, 0), version_speaking_of(group.table(), row)}, batch_);
  }
}

bool RecordReader::speaks(std::int64_t layout, const sinks::GroupTable& group) const {
  const auto* stored = layouts_.find(layout);
  return stored != nullptr && stored->speaks_of(group.id);
}

/// Which version's items a row shows: its own, or, for a current row whose own layout says nothing of the
/// group, those of the newest version that does.
std::uint32_t RecordReader::version_speaking_of(const sinks::GroupTable& group, int row) const {
  const auto key = key_in(page_, row);
  const auto words = in_order_.find(key.record);
  if (key.position == model::Position::historical || speaks(page_.integer(row, 4), group) ||
      words == in_order_.end())
    return key.version;
  const auto newest =
      std::find_if(words->second.rbegin(), words->second.rend(),
                   [&](const sinks::KnownVersion& each) { return speaks(each.layout, group); });
  return newest == words->second.rend() ? key.version : newest->version;
}

}  // namespace

base::Status read_records(Connection& connection, const std::shared_ptr<const model::Catalogue>& catalogue,
                          const plugin::ReadRequest& request, const plugin::RecordVisitor& visit) {
  MUSUBI_ASSIGN(const auto snapshot, Transaction::begin_reading(connection));
  auto layout = model::make_layout(catalogue, request.kind, sinks::wanted_fields(*catalogue, request));
  RecordReader reader(connection, sinks::kind_tables(*catalogue, request.kind, model::SqlDialect::postgresql),
                      std::make_shared<const model::RecordLayout>(std::move(layout)));
  MUSUBI_TRY(reader.open(request));
  return reader.read(visit);
}

}  // namespace musubi::postgres_sink
