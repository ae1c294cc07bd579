#include <algorithm>
#include <array>
#include <charconv>

#include "mapping_spec.h"
#include "musubi/base/codes.h"
#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

constexpr auto kHeadKeys = std::to_array<std::string_view>(
    {"mapping",    "version", "reads",      "record",          "columns",  "optional",
     "required",   "sheet",   "items",      "header_rows",     "encoding", "jurisdiction",
     "local_id",   "as_of",   "event_date", "skip_rows_where", "ignored",  "ignore",
     "when",       "hold",    "reject",     "for_each",        "fields",   "extends",
     "value_sets", "takes",   "resource",   "where",           "constants"});
constexpr auto kShapes =
    std::to_array<document::Shape>({document::Shape::csv, document::Shape::xlsx, document::Shape::json,
                                    document::Shape::xml, document::Shape::fhir});
constexpr auto kRecords = std::to_array<model::RecordKind>(
    {model::RecordKind::case_report, model::RecordKind::health_observation,
     model::RecordKind::facility_report, model::RecordKind::published_count});
constexpr auto kEncodings =
    std::to_array<document::Encoding>({document::Encoding::detect, document::Encoding::utf8,
                                       document::Encoding::cp932, document::Encoding::iso2022jp});
/// Of a mapping that writes.
constexpr auto kOutwardKeys = std::to_array<std::string_view>(
    {"mapping", "version", "extends", "writes", "record", "when", "columns", "template"});
constexpr auto kWrites = std::to_array<Writes>({Writes::csv, Writes::json});
enum class Takes : std::uint8_t { canonical };
std::string_view name_of(Takes) { return "canonical"; }
constexpr auto kTakes = std::to_array<Takes>({Takes::canonical});
constexpr auto kSkipKeys = std::to_array<std::string_view>({"column", "is", "because"});
constexpr std::uint32_t kMostHeaderRows = 10;

template <class Choice, std::size_t Size>
void read_choice(const YamlMap& root, std::string_view key, const std::array<Choice, Size>& choices,
                 bool required, Choice& into) {
  const auto word = required ? root.required_text(key) : root.text(key);
  if (!word) return;
  if (const auto chosen = base::choose(*word, key, choices, root.problems())) into = *chosen;
}

void read_identity(const YamlMap& root, Head& head) {
  if (const auto id = root.required_text("mapping")) {
    head.id = id->text;
    const auto slash = head.id.find('/');
    if (slash == 0 || slash == head.id.npos || slash + 1 == head.id.size())
      root.problems().error(id->mark, "mapping.id_without_source", {{"id", head.id}});
  }
  if (const auto version = root.required_text("version")) {
    head.version = version->text;
    if (!base::parse_iso_date(head.version))
      root.problems().error(version->mark, "mapping.version_not_date", {{"word", version->text}});
  }
}

void read_header_rows(const YamlMap& root, Head& head) {
  const auto word = root.text("header_rows");
  if (!word) return;
  std::uint32_t rows = 0;
  const auto* end = word->text.data() + word->text.size();
  const auto [stop, failure] = std::from_chars(word->text.data(), end, rows);
  if (failure == std::errc{} && stop == end && rows >= 1 && rows <= kMostHeaderRows)
    head.header_rows = rows;
  else
    root.problems().error(word->mark, "mapping.header_rows_wrong", {{"word", word->text}});
}

void read_jurisdiction(const YamlMap& root, Head& head) {
  const auto word = root.text("jurisdiction");
  if (!word) return;
  const auto code = base::repair_municipality_code(word->text);
  if (code.valid())
    head.jurisdiction = code.text();
  else
    root.problems().error(word->mark, "mapping.jurisdiction_wrong", {{"word", word->text}});
}

void read_format(const YamlMap& root, MappingSpec& spec) {
  Head& head = spec.head;
  read_choice(root, "reads", kShapes, true, head.reads);
  read_choice(root, "record", kRecords, head.ignored_because.empty(), head.record);
  read_choice(root, "encoding", kEncodings, false, head.encoding);
  if (const auto sheet = root.text("sheet")) head.sheet = sheet->text;
  if (const auto items = root.text("items")) head.items = items->text;
  read_header_rows(root, head);
}

/// Keys that only resources have.
void refuse_view_keys(const YamlMap& root) {
  for (const auto* key : {"resource", "where", "constants"})
    if (root.has(key)) root.problem(key, "mapping.view_needs_fhir");
}

void read_columns(const YamlMap& root, MappingSpec& spec) {
  if (spec.head.reads != document::Shape::fhir) refuse_view_keys(root);
  if (spec.head.reads == document::Shape::fhir)
    read_view(root, spec);
  else
    spec.columns = root.texts("columns");
  spec.optional_columns = root.texts("optional");
  spec.required_columns = root.texts("required");
  if (spec.columns.empty()) root.problem("columns", "yaml.missing_key");
  spec.head.columns = base::plain(spec.columns);
  spec.head.optional_columns = base::plain(spec.optional_columns);
  spec.head.required_columns = base::plain(spec.required_columns);
}

void read_references(const YamlMap& root, MappingSpec& spec) {
  spec.as_of = root.text("as_of");
  spec.local_id = root.text("local_id");
  spec.event_date = root.text("event_date");
  if (spec.as_of) spec.head.as_of_column = spec.as_of->text;
  if (spec.local_id) spec.head.local_id_field = spec.local_id->text;
  if (spec.event_date) spec.head.event_date_field = spec.event_date->text;
}

void read_skip(const YamlNode& node, MappingSpec& spec, Problems& problems) {
  if (node.kind != YamlKind::map) {
    problems.error(node.mark, "mapping.skip_not_map");
    return;
  }
  const YamlMap map(node, kSkipKeys, problems);
  const auto column = map.required_text("column");
  const auto because = map.required_text("because");
  auto words = map.required("is") ? map.texts("is") : std::vector<Located>{};
  if (column && because && !words.empty()) spec.skips.push_back({*column, std::move(words), because->text});
}

void read_skips(const YamlMap& root, MappingSpec& spec) {
  const YamlNode* node = root.find("skip_rows_where");
  if (node == nullptr) return;
  if (node->kind != YamlKind::list) return read_skip(*node, spec, root.problems());
  for (const YamlNode& item : node->items) read_skip(item, spec, root.problems());
}

/// Words of one value set: code → words.
void read_set_words(const Located& set, const YamlNode& node, MappingSpec& spec, Problems& problems) {
  const YamlMap codes(node, problems);
  if (!codes) return;
  auto& words = spec.words.emplace_back();
  words.value_set = set;
  for (const auto& [code, list] : codes.entries())
    words.codes.emplace_back(code, base::texts_of(list, code.text, problems));
}

void read_words(const YamlMap& root, MappingSpec& spec) {
  const YamlNode* sets = root.find("value_sets");
  if (sets == nullptr) return;
  const YamlMap map(*sets, root.problems());
  if (!map) return;
  for (const auto& [set, node] : map.entries()) read_set_words(set, node, spec, root.problems());
}

/// takes: canonical. Only JSON has a form for every value.
void read_takes(const YamlMap& root, MappingSpec& spec) {
  const auto word = root.text("takes");
  if (!word || !base::choose(*word, "takes", kTakes, root.problems())) return;
  spec.takes_canonical = word->mark;
  if (spec.head.reads != document::Shape::json) root.problems().error(word->mark, "mapping.takes_needs_json");
}

void read_rules(const YamlMap& root, MappingSpec& spec) {
  const YamlNode* fields = spec.takes_canonical ? root.find("fields") : root.required("fields");
  if (fields == nullptr) return;
  if (fields->kind != YamlKind::map || fields->entries.empty())
    return root.problems().error(fields->mark, "mapping.fields_not_map");
  for (const auto& [field, node] : fields->entries) {
    spec.fields.push_back(field.text);
    if (node.find("fields") != nullptr) {
      if (auto group = read_group(field, node, root.problems())) spec.groups.push_back(std::move(*group));
    } else if (auto rule = read_rule(field, node, root.problems())) {
      spec.rules.push_back(std::move(*rule));
    }
  }
}

/// A part of a submission that is deliberately not read has a head and nothing else.
void refuse_fields_of_ignored(const YamlMap& root) {
  for (const auto& [key, value] : root.entries())
    if (key.text == "fields") root.problems().error(key.mark, "mapping.ignored_has_fields");
}

std::vector<std::string> lists_of(const MappingSpec& spec) {
  std::vector<std::string> lists;
  if (spec.for_each && spec.for_each->path) lists.push_back(spec.for_each->path->text);
  for (const auto& group : spec.groups)
    if (group.items.path) lists.push_back(group.items.path->text);
  return lists;
}

}  // namespace

MappingSpec read_spec(const YamlNode& node, Problems& problems) {
  const bool writes = node.find("writes") != nullptr;
  const YamlMap root(node, writes ? base::Names(kOutwardKeys) : base::Names(kHeadKeys), problems);
  MappingSpec spec;
  spec.mark = root.mark();
  if (writes) {
    read_identity(root, spec.head);
    read_choice(root, "writes", kWrites, true, spec.head.writes);
    read_choice(root, "record", kRecords, true, spec.head.record);
    return spec;
  }
  if (const auto ignore = root.text("ignore")) spec.head.ignored_because = ignore->text;
  read_identity(root, spec.head);
  read_format(root, spec);
  read_columns(root, spec);
  if (!spec.head.ignored_because.empty()) {
    refuse_fields_of_ignored(root);
    return spec;
  }
  read_jurisdiction(root, spec.head);
  read_references(root, spec);
  if (const YamlNode* ignored = root.find("ignored"))
    spec.ignored = base::pairs_of(*ignored, "ignored", problems);
  read_skips(root, spec);
  read_conditions(root, spec);
  read_words(root, spec);
  if (const YamlNode* items = root.find("for_each")) spec.for_each = read_items(*items, problems);
  if (spec.for_each) spec.head.for_each = shown(*spec.for_each);
  read_takes(root, spec);
  read_rules(root, spec);
  spec.head.lists = lists_of(spec);
  return spec;
}

}  // namespace musubi::mapping
