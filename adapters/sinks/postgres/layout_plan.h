// How records of one layout are written: its columns, its groups, and the SQL that names them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "case_book.h"
#include "copy_stream.h"
#include "field_encoder.h"
#include "musubi/model/disclosure.h"

namespace musubi::postgres_sink {

/// What is the same for every record of a disclosure.
struct DeliveryFrame {
  std::int64_t submission = 0;
  std::string source, received_at;
};

/// The items of one group, in all records of a layout.
class GroupPlan {
 public:
  /// `slot`: where the group stands in the records' values. The table outlives the plan.
  GroupPlan(const sinks::GroupTable& table, std::size_t slot)
      : table_(&table), slot_(slot), encoder_({table.columns, table.places}) {}

  const sinks::GroupTable& table() const noexcept { return *table_; }
  const model::Value& of(std::span<const model::Value> record) const noexcept { return record[slot_]; }
  /// One item. Members that the catalogue has come to know since are silent.
  base::Status encode(const model::DisclosureKey& key, std::int64_t number, const model::Value& item,
                      CopyRows& rows);

 private:
  const sinks::GroupTable* table_;
  std::size_t slot_;
  FieldEncoder encoder_;
  std::vector<model::Value> members_;
  std::string absent_;
};

class LayoutPlan {
 public:
  /// The tables outlive the plan. Fields that the catalogue no longer has are passed over.
  LayoutPlan(const sinks::KindTables& tables, sinks::StoredLayout layout);

  const sinks::StoredLayout& layout() const noexcept { return layout_; }
  std::vector<GroupPlan>& groups() noexcept { return groups_; }

  // Where new words go.
  const std::string& to_current() const noexcept { return to_current_; }
  const std::string& to_history() const noexcept { return to_history_; }
  const std::string& to_staging() const noexcept { return to_staging_; }
  /// Encodes one new word. `absent_before`: what is absent so far in the row it will overwrite.
  base::Status encode(const DeliveryFrame& frame, const model::DisclosureKey& key,
                      std::span<const model::Value> values, std::string_view absent_before, CopyRows& rows);

  // What becomes of words that are stored, see statements.h.
  base::Status overwrite_with_staged(Connection& connection) const;
  base::Status archive(Connection& connection, const WordList& words) const;
  base::Status restart(Connection& connection, const WordList& words) const;
  base::Status overlay(Connection& connection, const WordList& words) const;

 private:
  std::string_view text_of_day(std::int32_t day);

  sinks::StoredLayout layout_;
  FieldEncoder encoder_;
  std::vector<GroupPlan> groups_;
  std::string to_current_, to_history_, to_staging_, update_, archive_, restart_, overlay_;
  std::int32_t day_ = 0;
  std::string day_text_, absent_;
};

}  // namespace musubi::postgres_sink
