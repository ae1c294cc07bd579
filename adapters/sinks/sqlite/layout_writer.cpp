#include "layout_writer.h"

#include "absences.h"
#include "statements.h"

namespace musubi::sqlite_sink {
namespace {

using model::Value;

ValueBinder binder_for(const KindTables& tables, const StoredLayout& layout) {
  auto placed = sinks::columns_of(tables, layout);
  return {std::move(placed.columns), std::move(placed.places)};
}

std::vector<GroupWriter> groups_for(const Database& database, const KindTables& tables,
                                    const StoredLayout& layout) {
  std::vector<GroupWriter> groups;
  for (const auto& [table, slot] : sinks::groups_of(tables, layout))
    groups.emplace_back(database, *table, slot);
  return groups;
}

}  // namespace

LayoutWriter::LayoutWriter(const Database& database, const KindTables& tables, StoredLayout layout)
    : database_(&database),
      tables_(&tables),
      layout_(std::move(layout)),
      binder_(binder_for(tables, layout_)),
      groups_(groups_for(database, tables, layout_)),
      day_text_(day_text(day_)) {}

base::Status LayoutWriter::insert(const DeliveryFrame& frame, const model::DisclosureKey& key,
                                  std::span<const Value> values) {
  if (!insert_) {
    MUSUBI_ASSIGN(insert_, database_->prepare(insert_sql(tables_->current, binder_.columns())));
  }
  return write(*insert_, frame, key, values, {});
}

base::Status LayoutWriter::insert_history(const DeliveryFrame& frame, const model::DisclosureKey& key,
                                          std::span<const Value> values) {
  if (!insert_history_) {
    MUSUBI_ASSIGN(insert_history_, database_->prepare(insert_sql(tables_->history, binder_.columns())));
  }
  return write(*insert_history_, frame, key, values, {});
}

base::Status LayoutWriter::update(const DeliveryFrame& frame, const model::DisclosureKey& key,
                                  std::span<const Value> values, std::string_view absent_before) {
  if (!update_) {
    MUSUBI_ASSIGN(update_, database_->prepare(update_sql(*tables_, binder_.columns())));
  }
  return write(*update_, frame, key, values, absent_before);
}

base::Status LayoutWriter::write(Statement& statement, const DeliveryFrame& frame,
                                 const model::DisclosureKey& key, std::span<const Value> values,
                                 std::string_view absent_before) {
  absent_.clear();
  MUSUBI_TRY(binder_.bind(statement, kBookColumns + 1, values, absent_));
  for (const auto& group : groups_) group.note_absence(values, absent_);
  if (!absent_before.empty()) absent_ = sinks::overlaid_absences(absent_before, layout_, absent_);
  statement.bind(1, key.record);
  statement.bind(2, std::int64_t{key.version});
  statement.bind(3, std::string_view(text_of_day(key.as_of)));
  statement.bind(4, frame.submission);
  statement.bind(5, std::string_view(frame.source));
  statement.bind(6, layout_.number);
  statement.bind(7, std::string_view(frame.received_at));
  statement.bind(8, std::string_view(absent_));
  MUSUBI_TRY(statement.run());
  for (auto& group : groups_) MUSUBI_TRY(group.write(key, values));
  return {};
}

const std::string& LayoutWriter::text_of_day(std::int32_t day) {
  if (day != day_) {
    day_ = day;
    day_text_ = day_text(day);
  }
  return day_text_;
}

base::Status LayoutWriter::archive(std::int64_t record, std::string_view absent) {
  if (!archive_) {
    MUSUBI_ASSIGN(archive_, database_->prepare(archive_sql(*tables_, binder_.columns())));
  }
  archive_->bind(1, record);
  archive_->bind(2, absent);
  return archive_->run();
}

base::Status LayoutWriter::restart(std::int64_t record, std::uint32_t version, std::string_view absent) {
  if (!restart_) {
    MUSUBI_ASSIGN(restart_, database_->prepare(restart_sql(*tables_, binder_.columns())));
  }
  restart_->bind(1, record);
  restart_->bind(2, std::int64_t{version});
  restart_->bind(3, absent);
  return restart_->run();
}

base::Status LayoutWriter::overlay(std::int64_t record, std::uint32_t version, std::string_view absent) {
  if (!overlay_) {
    MUSUBI_ASSIGN(overlay_, database_->prepare(overlay_sql(*tables_, binder_.columns())));
  }
  overlay_->bind(1, record);
  overlay_->bind(2, std::int64_t{version});
  overlay_->bind(3, absent);
  return overlay_->run();
}

}  // namespace musubi::sqlite_sink
