// Writes records of one layout: its statements, prepared when first used.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "columns.h"
#include "group_writer.h"
#include "layouts.h"
#include "musubi/model/disclosure.h"
#include "tables.h"

namespace musubi::sqlite_sink {

/// What is the same for every record of a disclosure.
struct DeliveryFrame {
  std::int64_t submission = 0;
  std::string source, received_at;
};

class LayoutWriter {
 public:
  /// Database and tables outlive the writer. Fields that the catalogue no longer has are passed over.
  LayoutWriter(const Database& database, const KindTables& tables, StoredLayout layout);

  const StoredLayout& layout() const noexcept { return layout_; }

  // A new word; `values` in the order of the layout's fields.
  base::Status insert(const DeliveryFrame& frame, const model::DisclosureKey& key,
                      std::span<const model::Value> values);
  base::Status insert_history(const DeliveryFrame& frame, const model::DisclosureKey& key,
                              std::span<const model::Value> values);
  /// `absent_before`: what is absent in the current row so far.
  base::Status update(const DeliveryFrame& frame, const model::DisclosureKey& key,
                      std::span<const model::Value> values, std::string_view absent_before);

  // A word that is stored already, see statements.h. `absent`: what the written row shall say.
  base::Status archive(std::int64_t record, std::string_view absent);
  base::Status restart(std::int64_t record, std::uint32_t version, std::string_view absent);
  base::Status overlay(std::int64_t record, std::uint32_t version, std::string_view absent);

 private:
  base::Status write(Statement& statement, const DeliveryFrame& frame, const model::DisclosureKey& key,
                     std::span<const model::Value> values, std::string_view absent_before);
  const std::string& text_of_day(std::int32_t day);

  const Database* database_;
  const KindTables* tables_;
  StoredLayout layout_;
  ValueBinder binder_;
  std::vector<GroupWriter> groups_;
  std::int32_t day_ = 0;
  std::string day_text_, absent_;
  std::optional<Statement> insert_, insert_history_, update_, archive_, restart_, overlay_;
};

}  // namespace musubi::sqlite_sink
