#include "layouts.h"

namespace musubi::sqlite_sink {
namespace {

base::Status insert(const StoredLayout& layout, const Database& database) {
  MUSUBI_ASSIGN(
      auto statement,
      database.prepare("INSERT INTO record_layout (layout, kind, mapping, mapping_version, mapping_digest, "
                       "fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  statement.bind(1, layout.number);
  int parameter = 2;
  for (const auto* text :
       {&layout.kind, &layout.mapping, &layout.mapping_version, &layout.mapping_digest, &layout.fields})
    statement.bind(parameter++, std::string_view(*text));
  return statement.run();
}

}  // namespace

base::Result<Layouts> Layouts::load(const Database& database) {
  MUSUBI_ASSIGN(auto row,
                database.prepare("SELECT layout, kind, mapping, mapping_version, mapping_digest, fields "
                                 "FROM record_layout ORDER BY layout"));
  Layouts layouts;
  for (;;) {
    MUSUBI_ASSIGN(const bool more, row.next());
    if (!more) return layouts;
    layouts.layouts_.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                                std::string(row.text(3)), std::string(row.text(4)),
                                std::string(row.text(5))});
  }
}

base::Result<std::int64_t> Layouts::number_of(const model::RecordLayout& layout, const Database& database) {
  auto wanted = sinks::described(layout);
  for (const auto& each : layouts_)
    if (sinks::alike(each, wanted)) return each.number;
  wanted.number = layouts_.empty() ? 1 : layouts_.back().number + 1;
  MUSUBI_TRY(insert(wanted, database));
  layouts_.push_back(std::move(wanted));
  return layouts_.back().number;
}

const StoredLayout* Layouts::find(std::int64_t number) const noexcept {
  return sinks::find_layout(layouts_, number);
}

}  // namespace musubi::sqlite_sink
