#include "kind_writer.h"

#include "statements.h"

namespace musubi::postgres_sink {
namespace {

/// The words on cases that are there, by the layout of their current rows, to go to history.
WordsByLayout overwritten(const model::Disclosure& disclosure, std::span<const Superseding> words) {
  WordsByLayout by_layout;
  for (const auto& [index, before] : words)
    by_layout[before.layout].add(disclosure.key(index).record, before.version, before.absent);
  return by_layout;
}

Words all_stored(const Fates& fates) {
  Words words = fates.first;
  for (const auto& each : fates.superseding) words.push_back(each.index);
  words.insert(words.end(), fates.among.begin(), fates.among.end());
  return words;
}

}  // namespace

KindWriter::KindWriter(Connection& connection, Layouts& layouts, sinks::KindTables tables)
    : connection_(&connection),
      layouts_(&layouts),
      tables_(std::move(tables)),
      book_(tables_),
      plans_(tables_, layouts) {}

base::Status KindWriter::store(const model::Disclosure& disclosure, std::int64_t layout,
                               const DeliveryFrame& frame, plugin::Receipt& receipt) {
  MUSUBI_ASSIGN(auto* const plan, plans_.of(layout, *connection_));
  const Delivery delivery{disclosure, frame, *plan};
  for (const auto& round : rounds_of(disclosure)) {
    MUSUBI_ASSIGN(const auto highest, book_.highest_record(*connection_));
    MUSUBI_ASSIGN(const auto fates,
                  decide(*connection_, book_, *layouts_, disclosure, round, plan->layout(), highest));
    MUSUBI_TRY(write(delivery, fates));
    receipt.already_there += fates.already_there;
    receipt.stored += round.size() - fates.already_there;
  }
  return {};
}

base::Status KindWriter::write(const Delivery& delivery, const Fates& fates) {
  MUSUBI_TRY(copy(delivery, fates.first, delivery.plan.to_current()));
  MUSUBI_TRY(supersede(delivery, fates.superseding));
  MUSUBI_TRY(copy(delivery, fates.among, delivery.plan.to_history()));
  MUSUBI_TRY(book_.note_late(*connection_, fates.late));
  MUSUBI_TRY(copy_groups(delivery, all_stored(fates)));
  return fates.to_rebuild.empty() ? base::Status{} : rebuild(*connection_, book_, plans_, fates.to_rebuild);
}

base::Status KindWriter::copy(const Delivery& delivery, const Words& words, const std::string& sql) {
  if (words.empty()) return {};
  CopyStream stream(*connection_);
  MUSUBI_TRY(stream.begin(sql));
  const auto& disclosure = delivery.disclosure;
  for (const auto index : words) {
    MUSUBI_TRY(delivery.plan.encode(delivery.frame, disclosure.key(index), disclosure.values(index), {},
                                    stream.rows()));
    MUSUBI_TRY(stream.row_done());
  }
  return stream.finish();
}

base::Status KindWriter::supersede(const Delivery& delivery, std::span<const Superseding> words) {
  if (words.empty()) return {};
  MUSUBI_TRY(archive(*connection_, plans_, overwritten(delivery.disclosure, words)));
  MUSUBI_TRY(stage(delivery, words));
  MUSUBI_TRY(delivery.plan.overwrite_with_staged(*connection_));
  return connection_->run("DELETE FROM " + staging_table(tables_));
}

base::Status KindWriter::stage(const Delivery& delivery, std::span<const Superseding> words) {
  if (!has_staging_) MUSUBI_TRY(connection_->run(create_staging_sql(tables_)));
  has_staging_ = true;
  CopyStream stream(*connection_);
  MUSUBI_TRY(stream.begin(delivery.plan.to_staging()));
  for (const auto& [index, before] : words) {
    MUSUBI_TRY(delivery.plan.encode(delivery.frame, delivery.disclosure.key(index),
                                    delivery.disclosure.values(index), before.absent, stream.rows()));
    MUSUBI_TRY(stream.row_done());
  }
  return stream.finish();
}

base::Status KindWriter::copy_groups(const Delivery& delivery, const Words& words) {
  for (auto& group : delivery.plan.groups()) MUSUBI_TRY(copy_group(delivery, words, group));
  return {};
}

base::Status KindWriter::copy_group(const Delivery& delivery, const Words& words, GroupPlan& group) {
  CopyStream stream(*connection_);
  for (const auto index : words) {
    const auto& items = group.of(delivery.disclosure.values(index));
    if (items.kind() != model::ValueKind::list || items.as_list().empty()) continue;
    if (!stream.begun()) MUSUBI_TRY(stream.begin(copy_items_sql(group.table())));
    std::int64_t number = 0;
    for (const auto& item : items.as_list()) {
      MUSUBI_TRY(group.encode(delivery.disclosure.key(index), number++, item, stream.rows()));
      MUSUBI_TRY(stream.row_done());
    }
  }
  return stream.finish();
}

}  // namespace musubi::postgres_sink
