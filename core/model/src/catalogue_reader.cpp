// From mappings/catalogue/*.yaml to the tables of a Catalogue. Strict: what is not understood is an error.
#include <algorithm>
#include <array>
#include <map>

#include "catalogue_tables.h"
#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/yaml_map.h"
#include "sql_names.h"

namespace musubi::model {
namespace {

using base::ErrorKind;
using base::Located;
using base::Mark;
using base::YamlMap;

constexpr base::YamlLimits kLimits{.bytes = std::size_t{16} << 20, .nodes = 1'000'000};

/// A field as read, with what can be checked only when all are known.
struct Draft {
  Field field;
  std::string group;
  Mark mark, group_mark;
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
  void read_terms(const YamlMap& root, std::string_view key, std::vector<Term>& terms);
  void read_fields(const YamlMap& root);
  Defaults read_defaults(const YamlMap& root);
  Draft read_field(const YamlMap& map, const Located& id, const Defaults& defaults);
  void read_protection(const YamlMap& map, Draft& draft, const Defaults& defaults);
  void read_type(const YamlMap& map, Draft& draft);

  void check_ids();
  void check_columns();
  void check_words();
  void resolve_groups();
  void resolve_group(Draft& draft);
  std::unique_ptr<Catalogue::Tables> tables();

  void problem(const Draft& draft, std::string_view code, base::Problems::Arguments arguments = {},
               std::optional<Mark> mark = {});

  std::vector<Draft> drafts_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::vector<Term> purposes_, tabs_;
  base::Problems problems_;
  base::Sha256 digest_;
  bool overlay_ = false;
};

/// What a key says, one of `names`; `otherwise` and a problem where it says something else or nothing.
template <class Wanted>
Wanted named(const YamlMap& map, std::string_view key, const std::vector<std::string_view>& names,
             std::optional<Wanted> (*find)(std::string_view) noexcept, Wanted otherwise) {
  const auto word = map.required_text(key);
  const auto chosen = word ? base::choose(*word, key, names, map.problems()) : std::nullopt;
  return chosen ? find(names[*chosen]).value_or(otherwise) : otherwise;
}

void Reader::problem(const Draft& draft, std::string_view code, base::Problems::Arguments arguments,
                     std::optional<Mark> mark) {
  problems_.add(base::Error(ErrorKind::bad_configuration, code, arguments)
                    .at(problems_.place(mark.value_or(draft.mark)))
                    .on_path(draft.field.id)
                    .with("id", draft.field.id));
}

base::Status Reader::read(const std::filesystem::path& path, bool overlay) {
  MUSUBI_ASSIGN(const auto bytes, base::read_file(path, kLimits.bytes));
  overlay_ = overlay;
  digest_.add(path.filename().string());
  digest_.add(std::string_view("\0", 1));
  digest_.add(bytes);
  const auto file = base::read_yaml(bytes, path.string(), problems_, kLimits);
  if (!file) return {};
  const YamlMap root(*file, {"purposes", "tabs", "record", "defaults", "fields"}, problems_);
  read_terms(root, "purposes", purposes_);
  read_terms(root, "tabs", tabs_);
  if (root.has("record") || root.has("fields")) read_fields(root);
  return {};
}

void Reader::read_terms(const YamlMap& root, std::string_view key, std::vector<Term>& terms) {
  if (!root.has(key)) return;
  for (const auto& [name, node] : YamlMap(*root.find(key), problems_).entries())
    if (const YamlMap word(node, {"ja", "en"}, problems_); word) terms.push_back({name.text, word.label()});
}

Defaults Reader::read_defaults(const YamlMap& root) {
  if (!root.has("defaults")) return {};
  const YamlMap map(*root.find("defaults"), {"tab", "articles", "purposes", "retention"}, problems_);
  return {map.word("tab"), map.word("retention"), map.words("articles"), map.words("purposes")};
}

void Reader::read_fields(const YamlMap& root) {
  const auto kind = named(root, "record", record_kind_names(), record_kind_named, RecordKind::case_report);
  const auto defaults = read_defaults(root);
  if (!root.has("record") || !root.has("fields")) return;
  for (const auto& [id, node] : YamlMap(*root.find("fields"), problems_).entries()) {
    const YamlMap map(node,
                      {"ja", "en", "type", "values", "required", "repeats", "group", "unit", "tab",
                       "articles", "class", "purposes", "retention", "source"},
                      problems_);
    if (!map) continue;
    auto draft = read_field(map, id, defaults);
    draft.field.kind = kind;
    drafts_.push_back(std::move(draft));
  }
}

Draft Reader::read_field(const YamlMap& map, const Located& id, const Defaults& defaults) {
  Draft draft;
  draft.mark = id.mark;
  draft.from_overlay = overlay_;
  draft.field.id = id.text;
  draft.field.label = map.label();
  draft.field.required = map.yes("required");
  draft.field.repeats = map.yes("repeats");
  draft.field.tab = map.word("tab", defaults.tab);
  draft.field.legal_articles = map.has("articles") ? map.words("articles") : defaults.articles;
  draft.field.source = map.word("source");
  draft.group = map.word("group");
  draft.group_mark = map.mark("group");
  read_type(map, draft);
  read_protection(map, draft, defaults);
  return draft;
}

void Reader::read_type(const YamlMap& map, Draft& draft) {
  Field& field = draft.field;
  field.type = named(map, "type", field_type_names(), field_type_named, FieldType::text);
  field.value_set = map.word("values");
  field.unit = map.word("unit");
  if (field.type == FieldType::group) field.repeats = true;
  if ((field.type == FieldType::code) == field.value_set.empty())
    problem(draft, field.value_set.empty() ? "catalogue.no_values" : "catalogue.needless_values");
  if (field.type == FieldType::quantity && field.unit.empty()) problem(draft, "catalogue.no_unit");
}

void Reader::read_protection(const YamlMap& map, Draft& draft, const Defaults& defaults) {
  Field& field = draft.field;
  field.purposes = map.has("purposes") ? map.words("purposes") : defaults.purposes;
  field.retention = map.word("retention", defaults.retention);
  if (!map.has("class"))
    problem(draft, "catalogue.unprotected", {{"missing", "class"}});
  else
    field.personal_class =
        named(map, "class", personal_class_names(), personal_class_named, PersonalClass::direct_identifier);
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
    const auto there = problems_.place(drafts_[first->second].mark);
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
      base::refuse_word({word, draft.mark}, key, known, problems_);
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
                   {{"given", draft.group}, {"suggestion", base::nearest_or_all(draft.group, groups)}},
                   draft.group_mark);
  }
  const Field& group = drafts_[found->second].field;
  if (group.type != FieldType::group || group.kind != draft.field.kind ||
      draft.field.type == FieldType::group)
    return problem(draft, "catalogue.bad_group", {{"given", draft.group}}, draft.group_mark);
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
  if (problems_.has_errors()) return problems_.as_error();
  return std::unique_ptr<const Catalogue::Tables>(tables());
}

}  // namespace

base::Result<std::unique_ptr<const Catalogue::Tables>> read_catalogue(
    const std::filesystem::path& folder, std::span<const std::filesystem::path> overlays) {
  MUSUBI_ASSIGN(const auto files, base::files_in(folder, ".yaml"));
  if (files.empty())
    return base::Error(ErrorKind::bad_configuration, "catalogue.no_files").at({.file = folder.string()});
  Reader reader;
  for (const auto& file : files) MUSUBI_TRY(reader.read(file, false));
  for (const auto& overlay : overlays) MUSUBI_TRY(reader.read(overlay, true));
  return reader.finish();
}

}  // namespace musubi::model
