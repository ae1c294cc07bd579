#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "absences.h"
#include "case_book.h"
#include "group_reader.h"
#include "layouts.h"

namespace musubi::sqlite_sink {
namespace {

using model::Value;

// record, version, as_of, source, layout, absent, and whether the row is the current one, before the fields.
constexpr int kFirstField = 7;

std::string select_sql(const KindTables& tables, std::span<const FieldColumn> columns,
                       const plugin::ReadRequest& request) {
  const auto from = [&](const std::string& table, int current) {
    return fmt::format("SELECT record, version, as_of, source, layout, absent, {}{} FROM {}{}", current,
                       column_names(columns), identifier(table), request.record ? " WHERE record = ?1" : "");
  };
  auto sql = from(tables.current, 1);
  if (request.history) sql += " UNION ALL " + from(tables.history, 0);
  return sql + " ORDER BY record, version";
}

class RecordReader {
 public:
  static base::Result<RecordReader> open(Database& database,
                                         const std::shared_ptr<const model::Catalogue>& catalogue,
                                         const plugin::ReadRequest& request);
  base::Status read(const plugin::RecordVisitor& visit);

 private:
  RecordReader(KindTables tables, const std::shared_ptr<const model::RecordLayout>& layout)
      : tables_(std::make_unique<const KindTables>(std::move(tables))),
        batch_(layout),
        values_(layout->slots.size()) {}
  base::Status open_statements(const Database& database, const plugin::ReadRequest& request);
  void read_fields();
  base::Status read_groups(const model::DisclosureKey& key);
  base::Result<std::uint32_t> version_speaking_of(const GroupTable& group, const model::DisclosureKey& key);

  std::unique_ptr<const KindTables> tables_;
  model::RecordBatch batch_;  ///< its arena holds the lists of one record
  std::vector<Value> values_;
  std::vector<FieldColumn> columns_;
  std::unordered_map<std::string_view, std::size_t> slot_of_id_;
  std::vector<GroupReader> groups_;
  Layouts layouts_;
  CaseBook book_;
  Statement row_;
};

base::Result<RecordReader> RecordReader::open(Database& database,
                                              const std::shared_ptr<const model::Catalogue>& catalogue,
                                              const plugin::ReadRequest& request) {
  auto layout = model::make_layout(catalogue, request.kind, sinks::wanted_fields(*catalogue, request));
  RecordReader reader(kind_tables(*catalogue, request.kind),
                      std::make_shared<const model::RecordLayout>(std::move(layout)));
  MUSUBI_TRY(reader.open_statements(database, request));
  return reader;
}

base::Status RecordReader::open_statements(const Database& database, const plugin::ReadRequest& request) {
  const auto& layout = batch_.layout();
  for (const auto& column : tables_->columns)
    if (layout.slot(column.field) >= 0) columns_.push_back(column);
  for (const auto& table : tables_->groups) {
    if (layout.slot(table.field) < 0) continue;
    MUSUBI_ASSIGN(auto group, GroupReader::open(database, table));
    if (!group.empty()) groups_.push_back(std::move(group));
  }
  for (std::size_t slot = 0; slot < layout.slots.size(); ++slot)
    slot_of_id_.emplace(layout.catalogue->at(layout.slots[slot]).id, slot);
  MUSUBI_ASSIGN(layouts_, Layouts::load(database));
  MUSUBI_ASSIGN(book_, CaseBook::open(database, *tables_));
  MUSUBI_ASSIGN(row_, database.prepare(select_sql(*tables_, columns_, request)));
  if (request.record) row_.bind(1, *request.record);
  return {};
}

base::Status RecordReader::read(const plugin::RecordVisitor& visit) {
  for (;;) {
    MUSUBI_ASSIGN(const bool more, row_.next());
    if (!more) return {};
    model::DisclosureKey key{row_.integer(0), static_cast<std::uint32_t>(row_.integer(1)),
                             row_.integer(6) != 0 ? model::Position::current : model::Position::historical,
                             day_in(row_.text(2))};
    read_fields();
    if (!groups_.empty()) MUSUBI_TRY(read_groups(key));
    const plugin::StoredRecord record{key, std::string(row_.text(3)), values_};
    if (!visit(batch_.layout(), record)) break;
  }
  row_.reset();
  return {};
}

void RecordReader::read_fields() {
  batch_.clear();
  std::ranges::fill(values_, Value{});
  int column = kFirstField;
  for (const auto& field : columns_) {
    values_[static_cast<std::size_t>(batch_.layout().slot(field.field))] =
        value_in(row_, column, field, batch_);
    column += field.width();
  }
  sinks::set_absences(row_.text(5), [this](std::string_view id) -> Value* {
    const auto found = slot_of_id_.find(id);
    return found == slot_of_id_.end() ? nullptr : &values_[found->second];
  });
}

base::Status RecordReader::read_groups(const model::DisclosureKey& key) {
  for (auto& group : groups_) {
    Value& value = values_[static_cast<std::size_t>(batch_.layout().slot(group.table().field))];
    if (value.is_absent()) continue;
    MUSUBI_ASSIGN(const auto version, version_speaking_of(group.table(), key));
    MUSUBI_ASSIGN(value, group.items(key.record, version, batch_));
  }
  return {};
}

/// Which version's items a row shows: its own, or, for a current row whose own layout says nothing of the
/// group, those of the newest version that does.
base::Result<std::uint32_t> RecordReader::version_speaking_of(const GroupTable& group,
                                                              const model::DisclosureKey& key) {
  const auto own_layout = row_.integer(4);
  const auto speaks = [&](std::int64_t layout) {
    const auto* stored = layouts_.find(layout);
    return stored != nullptr && stored->speaks_of(group.id);
  };
  if (key.position == model::Position::historical || speaks(own_layout)) return key.version;
  MUSUBI_ASSIGN(auto versions, book_.history_of(key.record));
  MUSUBI_ASSIGN(const bool late, book_.came_late(key.record, key.version));
  versions.push_back({key.version, key.as_of, late, own_layout});
  versions = in_order(std::move(versions));
  const auto newest = std::find_if(versions.rbegin(), versions.rend(),
                                   [&](const KnownVersion& each) { return speaks(each.layout); });
  return newest == versions.rend() ? key.version : newest->version;
}

}  // namespace

base::Status read_records(Database& database, const std::shared_ptr<const model::Catalogue>& catalogue,
                          const plugin::ReadRequest& request, const plugin::RecordVisitor& visit) {
  MUSUBI_ASSIGN(const auto snapshot, Transaction::begin_reading(database));
  MUSUBI_ASSIGN(auto reader, RecordReader::open(database, catalogue, request));
  return reader.read(visit);
}

}  // namespace musubi::sqlite_sink
