#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "mapping_spec.h"
#include "musubi/base/codes.h"
#include "musubi/base/japanese_date.h"
#include "musubi/base/text.h"
#include "nearest.h"
#include "yaml_fields.h"

namespace musubi::mapping {
namespace {

constexpr auto kHeadKeys = std::to_array<std::string_view>(
    {"mapping", "version", "reads", "record", "columns", "optional", "required", "sheet", "items",
     "header_rows", "encoding", "jurisdiction", "local_id", "as_of", "event_date", "skip_rows_where",
     "ignored", "ignore", "fields"});
constexpr auto kShapes = std::to_array<document::Shape>(
    {document::Shape::csv, document::Shape::xlsx, document::Shape::json, document::Shape::xml});
constexpr auto kRecords = std::to_array<model::RecordKind>(
    {model::RecordKind::case_report, model::RecordKind::health_observation,
     model::RecordKind::facility_report, model::RecordKind::published_count});
constexpr auto kEncodings =
    std::to_array<document::Encoding>({document::Encoding::detect, document::Encoding::utf8,
                                       document::Encoding::cp932, document::Encoding::iso2022jp});
constexpr auto kSkipKeys = std::to_array<std::string_view>({"column", "is", "because"});
constexpr std::uint32_t kMostHeaderRows = 10;

/// UTF-8 and utf-8 are one.
bool same_word(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](unsigned char one, unsigned char other) {
    return std::tolower(one) == std::tolower(other);
  });
}

/// One of several named things, or a problem that lists them.
template <class Choice, std::size_t Size>
std::optional<Choice> choose(const Located& word, std::string_view key,
                             const std::array<Choice, Size>& choices, Problems& problems) {
  std::vector<std::string_view> names;
  for (const Choice choice : choices) {
    names.push_back(name_of(choice));
    if (same_word(names.back(), word.text)) return choice;
  }
  problems.error_near(word.mark, "mapping.choice_unknown", nearest(word.text, names),
                      {{"key", std::string(key)}, {"word", word.text}, {"known", joined(names)}});
  return std::nullopt;
}

template <class Choice, std::size_t Size>
void read_choice(const YamlNode& root, std::string_view key, const std::array<Choice, Size>& choices,
                 bool required, Choice& into, Problems& problems) {
  const auto word = required ? required_text_at(root, key, problems) : text_at(root, key, problems);
  if (!word) return;
  if (const auto chosen = choose(*word, key, choices, problems)) into = *chosen;
}

void read_identity(const YamlNode& root, Head& head, Problems& problems) {
  if (const auto id = required_text_at(root, "mapping", problems)) {
    head.id = id->text;
    const auto slash = head.id.find('/');
    if (slash == 0 || slash == head.id.npos || slash + 1 == head.id.size())
      problems.error(id->mark, "mapping.id_without_source", {{"id", head.id}});
  }
  if (const auto version = required_text_at(root, "version", problems)) {
    head.version = version->text;
    if (!base::parse_iso_date(head.version))
      problems.error(version->mark, "mapping.version_not_date", {{"word", version->text}});
  }
}

void read_header_rows(const YamlNode& root, Head& head, Problems& problems) {
  const auto word = text_at(root, "header_rows", problems);
  if (!word) return;
  std::uint32_t rows = 0;
  const auto* end = word->text.data() + word->text.size();
  const auto [stop, failure] = std::from_chars(word->text.data(), end, rows);
  if (failure == std::errc{} && stop == end && rows >= 1 && rows <= kMostHeaderRows)
    head.header_rows = rows;
  else
    problems.error(word->mark, "mapping.header_rows_wrong", {{"word", word->text}});
}

void read_jurisdiction(const YamlNode& root, Head& head, Problems& problems) {
  const auto word = text_at(root, "jurisdiction", problems);
  if (!word) return;
  const auto code = base::repair_municipality_code(word->text);
  if (code.valid())
    head.jurisdiction = code.text();
  else
    problems.error(word->mark, "mapping.jurisdiction_wrong", {{"word", word->text}});
}

void read_format(const YamlNode& root, MappingSpec& spec, Problems& problems) {
  Head& head = spec.head;
  read_choice(root, "reads", kShapes, true, head.reads, problems);
  read_choice(root, "record", kRecords, head.ignored_because.empty(), head.record, problems);
  read_choice(root, "encoding", kEncodings, false, head.encoding, problems);
  if (const auto sheet = text_at(root, "sheet", problems)) head.sheet = sheet->text;
  if (const auto items = text_at(root, "items", problems)) head.items = items->text;
  read_header_rows(root, head, problems);
}

void read_columns(const YamlNode& root, MappingSpec& spec, Problems& problems) {
  spec.columns = texts_at(root, "columns", problems);
  spec.optional_columns = texts_at(root, "optional", problems);
  spec.required_columns = texts_at(root, "required", problems);
  if (spec.columns.empty()) problems.error(spec.mark, "mapping.key_missing", {{"key", "columns"}});
  spec.head.columns = plain(spec.columns);
  spec.head.optional_columns = plain(spec.optional_columns);
  spec.head.required_columns = plain(spec.required_columns);
}

void read_references(const YamlNode& root, MappingSpec& spec, Problems& problems) {
  spec.as_of = text_at(root, "as_of", problems);
  spec.local_id = text_at(root, "local_id", problems);
  spec.event_date = text_at(root, "event_date", problems);
  if (spec.as_of) spec.head.as_of_column = spec.as_of->text;
  if (spec.local_id) spec.head.local_id_field = spec.local_id->text;
  if (spec.event_date) spec.head.event_date_field = spec.event_date->text;
}

void read_skip(const YamlNode& node, MappingSpec& spec, Problems& problems) {
  if (node.kind != YamlKind::map) {
    problems.error(node.mark, "mapping.skip_not_map");
    return;
  }
  refuse_unknown_keys(node, kSkipKeys, problems);
  const auto column = required_text_at(node, "column", problems);
  const auto because = required_text_at(node, "because", problems);
  auto words = texts_at(node, "is", problems);
  if (node.find("is") == nullptr) problems.error(node.mark, "mapping.key_missing", {{"key", "is"}});
  if (column && because && !words.empty()) spec.skips.push_back({*column, std::move(words), because->text});
}

void read_skips(const YamlNode& root, MappingSpec& spec, Problems& problems) {
  const YamlNode* node = root.find("skip_rows_where");
  if (node == nullptr) return;
  if (node->kind != YamlKind::list) return read_skip(*node, spec, problems);
  for (const YamlNode& item : node->items) read_skip(item, spec, problems);
}

void read_rules(const YamlNode& root, MappingSpec& spec, Problems& problems) {
  const YamlNode* fields = root.find("fields");
  if (fields == nullptr) return problems.error(spec.mark, "mapping.key_missing", {{"key", "fields"}});
  if (fields->kind != YamlKind::map || fields->entries.empty())
    return problems.error(fields->mark, "mapping.fields_not_map");
  for (const auto& [field, node] : fields->entries) {
    spec.fields.push_back(field.text);
    if (auto rule = read_rule(field, node, problems)) spec.rules.push_back(std::move(*rule));
  }
}

/// A part of a submission that is deliberately not read has a head and nothing else.
void refuse_fields_of_ignored(const YamlNode& root, Problems& problems) {
  for (const auto& [key, value] : root.entries)
    if (key.text == "fields") problems.error(key.mark, "mapping.ignored_has_fields");
}

}  // namespace

MappingSpec read_spec(const YamlNode& root, Problems& problems) {
  MappingSpec spec;
  spec.mark = root.mark;
  refuse_unknown_keys(root, kHeadKeys, problems);
  if (const auto ignore = text_at(root, "ignore", problems)) spec.head.ignored_because = ignore->text;
  read_identity(root, spec.head, problems);
  read_format(root, spec, problems);
  read_columns(root, spec, problems);
  if (!spec.head.ignored_because.empty()) {
    refuse_fields_of_ignored(root, problems);
    return spec;
  }
  read_jurisdiction(root, spec.head, problems);
  read_references(root, spec, problems);
  if (const YamlNode* ignored = root.find("ignored")) spec.ignored = pairs_of(*ignored, "ignored", problems);
  read_skips(root, spec, problems);
  read_rules(root, spec, problems);
  return spec;
}

}  // namespace musubi::mapping
