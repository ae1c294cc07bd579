#include "layout_plan.h"

#include <algorithm>

#include "absences.h"
#include "statements.h"

namespace musubi::postgres_sink {
namespace {

std::vector<GroupPlan> group_plans(const sinks::KindTables& tables, const sinks::StoredLayout& layout) {
  std::vector<GroupPlan> plans;
  for (const auto& [table, slot] : sinks::groups_of(tables, layout)) plans.emplace_back(*table, slot);
  return plans;
}

}  // namespace

base::Status GroupPlan::encode(const model::DisclosureKey& key, std::int64_t number, const model::Value& item,
                               CopyRows& rows) {
  if (item.kind() != model::ValueKind::list)
    return base::Error(base::ErrorKind::defect, "adapter.value_kind", {{"field", table_->id}})
        .on_path(table_->id);
  members_.assign(item.as_list().begin(), item.as_list().end());
  members_.resize(std::max(members_.size(), table_->members));
  absent_.clear();
  rows.row(kItemBookColumns + encoder_.width());
  rows.integer(key.record);
  rows.integer(key.version);
  rows.integer(number);
  MUSUBI_TRY(encoder_.encode(members_, rows, absent_));
  rows.text(absent_);
  return {};
}

LayoutPlan::LayoutPlan(const sinks::KindTables& tables, sinks::StoredLayout layout)
    : layout_(std::move(layout)),
      encoder_(sinks::columns_of(tables, layout_)),
      groups_(group_plans(tables, layout_)),
      to_current_(copy_sql(sinks::identifier(tables.current), encoder_.columns())),
      to_history_(copy_sql(sinks::identifier(tables.history), encoder_.columns())),
      to_staging_(copy_sql(staging_table(tables), encoder_.columns())),
      update_(update_sql(tables, encoder_.columns())),
      archive_(archive_sql(tables, encoder_.columns())),
      restart_(restart_sql(tables, encoder_.columns())),
      overlay_(overlay_sql(tables, encoder_.columns())),
      day_text_(sinks::day_text(day_)) {}

base::Status LayoutPlan::encode(const DeliveryFrame& frame, const model::DisclosureKey& key,
                                std::span<const model::Value> values, std::string_view absent_before,
                                CopyRows& rows) {
  absent_.clear();
  rows.row(kCopiedBookColumns + encoder_.width());
  rows.integer(key.record);
  rows.integer(key.version);
  rows.text(text_of_day(key.as_of));
  rows.integer(frame.submission);
  rows.text(frame.source);
  rows.integer(layout_.number);
  rows.text(frame.received_at);
  MUSUBI_TRY(encoder_.encode(values, rows, absent_));
  for (const auto& group : groups_)
    if (group.of(values).is_absent()) sinks::append_absence(absent_, group.table().id, group.of(values));
  if (!absent_before.empty()) absent_ = sinks::overlaid_absences(absent_before, layout_, absent_);
  rows.text(absent_);
  return {};
}

std::string_view LayoutPlan::text_of_day(std::int32_t day) {
  if (day != day_) {
    day_ = day;
    day_text_ = sinks::day_text(day);
  }
  return day_text_;
}

base::Status LayoutPlan::overwrite_with_staged(Connection& connection) const {
  return connection.run(update_);
}

base::Status LayoutPlan::archive(Connection& connection, const WordList& words) const {
  MUSUBI_TRY(connection.ask(archive_, Parameters().add(words.records).add(words.absent)));
  return {};
}

base::Status LayoutPlan::restart(Connection& connection, const WordList& words) const {
  MUSUBI_TRY(connection.ask(restart_, Parameters().add(words.records).add(words.versions).add(words.absent)));
  return {};
}

base::Status LayoutPlan::overlay(Connection& connection, const WordList& words) const {
  MUSUBI_TRY(connection.ask(overlay_, Parameters().add(words.records).add(words.versions).add(words.absent)));
  return {};
}

}  // namespace musubi::postgres_sink
