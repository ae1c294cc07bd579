#include "layouts.h"

namespace musubi::postgres_sink {
namespace {

using sinks::StoredLayout;

base::Status insert(const StoredLayout& layout, Connection& connection) {
  Parameters parameters;
  parameters.add(layout.number);
  for (const auto* text :
       {&layout.kind, &layout.mapping, &layout.mapping_version, &layout.mapping_digest, &layout.fields})
    parameters.add(std::string_view(*text));
  MUSUBI_TRY(connection.ask(
      "INSERT INTO record_layout (layout, kind, mapping, mapping_version, mapping_digest, fields) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      parameters));
  return {};
}

}  // namespace

base::Status Layouts::load(Connection& connection) {
  MUSUBI_ASSIGN(const auto rows,
                connection.ask("SELECT layout, kind, mapping, mapping_version, mapping_digest, fields "
                               "FROM record_layout ORDER BY layout"));
  layouts_.clear();
  for (int row = 0; row < rows.size(); ++row)
    layouts_.push_back({rows.integer(row, 0), std::string(rows.text(row, 1)), std::string(rows.text(row, 2)),
                        std::string(rows.text(row, 3)), std::string(rows.text(row, 4)),
                        std::string(rows.text(row, 5))});
  return {};
}

/// 0: none.
std::int64_t Layouts::known(const StoredLayout& wanted) const noexcept {
  for (const auto& each : layouts_)
    if (sinks::alike(each, wanted)) return each.number;
  return 0;
}

base::Result<std::int64_t> Layouts::number_of(const model::RecordLayout& layout, Connection& connection) {
  auto wanted = sinks::described(layout);
  if (const auto number = known(wanted); number != 0) return number;
  MUSUBI_TRY(load(connection));
  if (const auto number = known(wanted); number != 0) return number;
  wanted.number = layouts_.empty() ? 1 : layouts_.back().number + 1;
  MUSUBI_TRY(insert(wanted, connection));
  layouts_.push_back(std::move(wanted));
  return layouts_.back().number;
}

}  // namespace musubi::postgres_sink
