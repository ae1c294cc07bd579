// From mappings/catalogue/*.yaml to the tables of a Catalogue. Strict: what is not understood is an error.
#include <algorithm>
#include <array>
#include <map>

#include "catalogue_tables.h"
#include "musubi/base/digest.h"
#include "sql_names.h"
#include "yaml_file.h"

namespace musubi::model {
namespace {

using base::ErrorKind;

/// A field as read, with what can be checked only when all are known.
struct Draft {
  Field field;
  std::string group;
  base::Place place, group_place;
  bool from_overlay = false;
};

/// What a file says once for all its fields.
struct Defaults {
  std::string tab, retention;
  std::vector<std::string> articles, purposes;
};

std::vector<std::string_view> names_of(const std::vector<Term>& terms) {
  std::vector<std::string_view> names;
  for (const Term& term : terms) names.push_back(term.name);
  return names;
}

class Reader {
 public:
  base::Status read(const std::filesystem::path& path, bool overlay);
  base::Result<std::unique_ptr<const Catalogue::Tables>> finish();

 private:
  void read_terms(const YamlFile& file, YamlMap& root, std::string_view key, std::vector<Term>& terms);
  void read_fields(const YamlFile& file, YamlMap& root);
  std::optional<RecordKind> read_kind(YamlMap& root);
  Defaults read_defaults(const YamlFile& file, YamlMap& root);
  Draft read_field(YamlMap& map, const std::string& id, const base::Place& place, const Defaults& defaults);
  void read_protection(YamlMap& map, Draft& draft, const Defaults& defaults);
  void read_type(YamlMap& map, Draft& draft);

  void check_ids();
  void check_columns();
  void check_words();
  void resolve_groups();
  void resolve_group(Draft& draft);
  std::unique_ptr<Catalogue::Tables> tables();

  void problem(const Draft& draft, std::string_view code,
               std::initializer_list<base::MessageArgument> arguments = {},
               const base::Place* place = nullptr);
  template <class Wanted>
  Wanted named(YamlMap& map, std::string_view key, std::optional<Wanted> (*find)(std::string_view) noexcept,
               std::vector<std::string_view> (*names)(), Wanted otherwise);

  std::vector<Draft> drafts_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::vector<Term> purposes_, tabs_;
  Problems problems_;
  base::Sha256 digest_;
  bool overlay_ = false;
};

void Reader::problem(const Draft& draft, std::string_view code,
                     std::initializer_list<base::MessageArgument> arguments, const base::Place* place) {
  problems_.add(base::Error(ErrorKind::bad_configuration, code, arguments)
                    .at(place ? *place : draft.place)
                    .on_path(draft.field.id)
                    .with("id", draft.field.id));
}

template <class Wanted>
Wanted Reader::named(YamlMap& map, std::string_view key,
                     std::optional<Wanted> (*find)(std::string_view) noexcept,
                     std::vector<std::string_view> (*names)(), Wanted otherwise) {
  const auto given = map.text(key);
  if (const auto found = find(given)) return *found;
  problems_.add(
      base::Error(
          ErrorKind::bad_configuration, "catalogue.unknown_word",
          {{"key", std::string(key)}, {"given", given}, {"suggestion", nearest_or_all(given, names())}})
          .at(map.place(key)));
  return otherwise;
}

base::Status Reader::read(const std::filesystem::path& path, bool overlay) {
  MUSUBI_ASSIGN(const auto file, YamlFile::read(path));
  overlay_ = overlay;
  digest_.add(path.filename().string());
  digest_.add(std::string_view("\0", 1));
  digest_.add(file.bytes());
  YamlMap root(file, file.root(), problems_);
  if (!root.allow({"purposes", "tabs", "record", "defaults", "fields"})) return {};
  read_terms(file, root, "purposes", purposes_);
  read_terms(file, root, "tabs", tabs_);
  if (root.has("record") || root.has("fields")) read_fields(file, root);
  return {};
}

void Reader::read_terms(const YamlFile& file, YamlMap& root, std::string_view key, std::vector<Term>& terms) {
  if (!root.has(key)) return;
  YamlMap words(file, root.node(key), problems_);
  if (!words.allow_any()) return;
  for (const auto& entry : root.node(key)) {
    YamlMap word(file, entry.second, problems_);
    if (word.allow({"ja", "en"})) terms.push_back({entry.first.Scalar(), word.label()});
  }
}

std::optional<RecordKind> Reader::read_kind(YamlMap& root) {
  if (root.required_text("record").empty()) return std::nullopt;
  return named<RecordKind>(root, "record", record_kind_named, record_kind_names, RecordKind::case_report);
}

Defaults Reader::read_defaults(const YamlFile& file, YamlMap& root) {
  if (!root.has("defaults")) return {};
  YamlMap map(file, root.node("defaults"), problems_);
  if (!map.allow({"tab", "articles", "purposes", "retention"})) return {};
  return {map.text("tab"), map.text("retention"), map.texts("articles"), map.texts("purposes")};
}

void Reader::read_fields(const YamlFile& file, YamlMap& root) {
  const auto kind = read_kind(root);
  const auto defaults = read_defaults(file, root);
  YamlMap fields(file, root.node("fields"), problems_);
  if (!kind || !root.has("fields") || !fields.allow_any()) return;
  for (const auto& entry : root.node("fields")) {
    YamlMap map(file, entry.second, problems_);
    if (!map.allow({"ja", "en", "type", "values", "required", "repeats", "group", "unit", "tab", "articles",
                    "class", "purposes", "retention", "source"}))
      continue;
    auto draft = read_field(map, entry.first.Scalar(), file.place(entry.first), defaults);
    draft.field.kind = *kind;
    drafts_.push_back(std::move(draft));
  }
}

Draft Reader::read_field(YamlMap& map, const std::string& id, const base::Place& place,
                         const Defaults& defaults) {
  Draft draft;
  draft.place = place;
  draft.from_overlay = overlay_;
  draft.field.id = id;
  draft.field.label = map.label();
  draft.field.required = map.yes("required");
  draft.field.repeats = map.yes("repeats");
  draft.field.tab = map.has("tab") ? map.text("tab") : defaults.tab;
  draft.field.legal_articles = map.has("articles") ? map.texts("articles") : defaults.articles;
  draft.field.source = map.text("source");
  draft.group = map.text("group");
  draft.group_place = map.place("group");
  read_type(map, draft);
  read_protection(map, draft, defaults);
  return draft;
}

void Reader::read_type(YamlMap& map, Draft& draft) {
  Field& field = draft.field;
  field.type = named<FieldType>(map, "type", field_type_named, field_type_names, FieldType::text);
  field.value_set = map.text("values");
  field.unit = map.text("unit");
  if (field.type == FieldType::group) field.repeats = true;
  if ((field.type == FieldType::code) == field.value_set.empty())
    problem(draft, field.value_set.empty() ? "catalogue.no_values" : "catalogue.needless_values");
  if (field.type == FieldType::quantity && field.unit.empty()) problem(draft, "catalogue.no_unit");
}

void Reader::read_protection(YamlMap& map, Draft& draft, const Defaults& defaults) {
  Field& field = draft.field;
  field.purposes = map.has("purposes") ? map.texts("purposes") : defaults.purposes;
  field.retention = map.has("retention") ? map.text("retention") : defaults.retention;
  if (!map.has("class"))
    problem(draft, "catalogue.unprotected", {{"missing", "class"}});
  else
    field.personal_class = named<PersonalClass>(map, "class", personal_class_named, personal_class_names,
                                                PersonalClass::direct_identifier);
  if (field.purposes.empty()) problem(draft, "catalogue.unprotected", {{"missing", "purposes"}});
  if (field.retention.empty())
    problem(draft, "catalogue.unprotected", {{"missing", "retention"}});
  else if (!is_iso_duration(field.retention))
    problem(draft, "catalogue.bad_retention");
}

void Reader::check_ids() {
  for (std::size_t index = 0; index < drafts_.size(); ++index) {
    const Draft& draft = drafts_[index];
    if (!is_field_id(draft.field.id)) problem(draft, "catalogue.bad_id");
    const auto [first, added] = by_id_.try_emplace(draft.field.id, index);
    if (added) continue;
    const base::Place& there = drafts_[first->second].place;
    problem(draft, draft.from_overlay ? "catalogue.overlay_changes" : "catalogue.twice",
            {{"first", there.file + ":" + std::to_string(there.line)}});
  }
}

/// Names of columns must differ within a record and fit the smallest limit of the stores.
void Reader::check_columns() {
  std::map<std::pair<RecordKind, std::string>, const Draft*> columns;
  for (const Draft& draft : drafts_) {
    if (by_id_.find(draft.field.id)->second != static_cast<std::size_t>(&draft - drafts_.data())) continue;
    if (draft.field.type == FieldType::group && is_taken_table(draft.field.id))
      problem(draft, "catalogue.bad_column", {{"column", draft.field.id}});
    for (const auto& column : column_names(draft.field)) {
      if (column.size() > kLongestSqlName || is_book_column(column))
        problem(draft, "catalogue.bad_column", {{"column", column}});
      const auto [other, added] = columns.try_emplace({draft.field.kind, column}, &draft);
      if (!added) problem(draft, "catalogue.same_column", {{"other", other->second->field.id}});
    }
  }
}

void Reader::check_words() {
  const auto purposes = names_of(purposes_);
  const auto tabs = names_of(tabs_);
  const auto check = [&](const Draft& draft, std::string_view key, const std::string& word,
                         const std::vector<std::string_view>& known) {
    if (std::ranges::find(known, word) == known.end())
      problem(draft, "catalogue.unknown_word",
              {{"key", std::string(key)}, {"given", word}, {"suggestion", nearest_or_all(word, known)}});
  };
  for (const Draft& draft : drafts_) {
    for (const auto& purpose : draft.field.purposes) check(draft, "purposes", purpose, purposes);
    if (!draft.field.tab.empty()) check(draft, "tab", draft.field.tab, tabs);
  }
}

void Reader::resolve_group(Draft& draft) {
  const auto found = by_id_.find(draft.group);
  if (found == by_id_.end()) {
    std::vector<std::string_view> groups;
    for (const Draft& other : drafts_)
      if (other.field.type == FieldType::group) groups.push_back(other.field.id);
    return problem(draft, "catalogue.unknown_group",
                   {{"given", draft.group}, {"suggestion", nearest_or_all(draft.group, groups)}},
                   &draft.group_place);
  }
  const Field& group = drafts_[found->second].field;
  if (group.type != FieldType::group || group.kind != draft.field.kind ||
      draft.field.type == FieldType::group)
    return problem(draft, "catalogue.bad_group", {{"given", draft.group}}, &draft.group_place);
  draft.field.group = static_cast<FieldNumber>(found->second);
}

void Reader::resolve_groups() {
  for (Draft& draft : drafts_)
    if (!draft.group.empty()) resolve_group(draft);
}

std::unique_ptr<Catalogue::Tables> Reader::tables() {
  auto tables = std::make_unique<Catalogue::Tables>();
  for (Draft& draft : drafts_) {
    draft.field.number = static_cast<FieldNumber>(tables->fields.size());
    tables->fields.push_back(std::move(draft.field));
  }
  tables->members.resize(tables->fields.size());
  for (const Field& field : tables->fields) {
    tables->by_id.emplace(field.id, field.number);
    if (field.group != kNoField) tables->members[field.group].push_back(field.number);
  }
  tables->purposes = std::move(purposes_);
  tables->tabs = std::move(tabs_);
  tables->version = base::to_hex(digest_.finish());
  return tables;
}

base::Result<std::unique_ptr<const Catalogue::Tables>> Reader::finish() {
  check_ids();
  check_columns();
  check_words();
  resolve_groups();
  if (drafts_.size() >= 0x7FFF)
    problems_.add(base::Error(ErrorKind::bad_configuration, "catalogue.too_many_fields"));
  if (!problems_.none()) return problems_.chained();
  return std::unique_ptr<const Catalogue::Tables>(tables());
}

}  // namespace

base::Result<std::unique_ptr<const Catalogue::Tables>> read_catalogue(
    const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays) {
  MUSUBI_ASSIGN(const auto files, files_of(folder, ".yaml"));
  if (files.empty())
    return base::Error(ErrorKind::bad_configuration, "catalogue.no_files").at({.file = folder.string()});
  Reader reader;
  for (const auto& file : files) MUSUBI_TRY(reader.read(file, false));
  for (const auto& overlay : overlays) MUSUBI_TRY(reader.read(overlay, true));
  return reader.finish();
}

}  // namespace musubi::model
