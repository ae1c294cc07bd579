#include "layouts.h"

#include <algorithm>

namespace musubi::sqlite_sink {
namespace {

StoredLayout described(const model::RecordLayout& layout) {
  StoredLayout stored{0,
                      std::string(model::name_of(layout.kind)),
                      layout.mapping,
                      layout.mapping_version,
                      layout.mapping_digest,
                      {}};
  for (const auto field : layout.slots)
    stored.fields.append(stored.fields.empty() ? "" : ",").append(layout.catalogue->at(field).id);
  return stored;
}

bool alike(const StoredLayout& left, const StoredLayout& right) {
  return left.fields == right.fields && left.mapping_digest == right.mapping_digest &&
         left.kind == right.kind && left.mapping == right.mapping &&
         left.mapping_version == right.mapping_version;
}

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

std::vector<std::string> StoredLayout::field_ids() const {
  std::vector<std::string> ids;
  std::string_view rest = fields;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    ids.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
  }
  return ids;
}

bool StoredLayout::speaks_of(std::string_view field) const {
  std::string_view rest = fields;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (rest.substr(0, comma) == field) return true;
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
  }
  return false;
}

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
  auto wanted = described(layout);
  for (const auto& each : layouts_)
    if (alike(each, wanted)) return each.number;
  wanted.number = layouts_.empty() ? 1 : layouts_.back().number + 1;
  MUSUBI_TRY(insert(wanted, database));
  layouts_.push_back(std::move(wanted));
  return layouts_.back().number;
}

const StoredLayout* Layouts::find(std::int64_t number) const noexcept {
  const auto found = std::ranges::lower_bound(layouts_, number, {}, &StoredLayout::number);
  return found != layouts_.end() && found->number == number ? &*found : nullptr;
}

}  // namespace musubi::sqlite_sink
