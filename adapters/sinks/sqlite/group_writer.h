// Writes the items of one group of a record.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "columns.h"
#include "musubi/model/disclosure.h"
#include "tables.h"

namespace musubi::sqlite_sink {

class GroupWriter {
 public:
  /// `slot`: where the group stands in the records' values. Database and table outlive the writer.
  GroupWriter(const Database& database, const GroupTable& table, std::size_t slot);

  /// Appends to `absent` why the record has no such group at all, where it says so.
  void note_absence(std::span<const model::Value> record, std::string& absent) const;
  /// Items without members that the catalogue has come to know since are padded with silence.
  base::Status write(const model::DisclosureKey& key, std::span<const model::Value> record);

 private:
  base::Status write_item(std::int64_t number, std::span<const model::Value> members);

  const Database* database_;
  const GroupTable* table_;
  std::size_t slot_;
  ValueBinder binder_;
  std::optional<Statement> insert_;
  std::vector<model::Value> padded_;
  std::string absent_;
};

}  // namespace musubi::sqlite_sink
