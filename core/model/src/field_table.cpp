// docs/fields.md: every field, for people.
#include <fmt/format.h>

#include <array>

#include "musubi/model/schema.h"

namespace musubi::model {
namespace {

constexpr std::string_view kHeading =
    "<!-- Generated from mappings/catalogue by musubi_generate; do not edit. -->\n"
    "# Canonical fields ・ 共通項目\n\n"
    "One record is made of these fields. The catalogue (`mappings/catalogue/*.yaml`) defines each once; "
    "layouts in "
    "memory, tables, JSON Schemas and this page come from it.\n"
    "一つの記録はこれらの項目からなります。定義は `mappings/catalogue/*.yaml` "
    "にあり、この表はそこから作られます。\n\n";

constexpr std::string_view kColumns =
    "| id | 名称 | name | type | values | tab | 条 | class | purposes | retention | source |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";

struct Chapter {
  RecordKind kind;
  std::string_view title;
};
constexpr std::array<Chapter, 4> kChapters{{
    {RecordKind::case_report, "case ・ 症例"},
    {RecordKind::health_observation, "health_observation ・ 健康観察"},
    {RecordKind::facility_report, "facility_report ・ 医療機関の報告"},
    {RecordKind::published_count, "published_count ・ 公表値"},
}};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// A bar would end the cell.
std::string cell(std::string text) {
  for (auto bar = text.find('|'); bar != std::string::npos; bar = text.find('|', bar + 2))
    text.replace(bar, 1, "\\|");
  return text;
}

std::string type_cell(const Field& field) {
  std::string text(name_of(field.type));
  if (field.repeats && field.type != FieldType::group) text += " ×n";
  if (field.required) text += ", required";
  return text;
}

std::string row(const Field& field) {
  return fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", field.id,
                     cell(field.label.japanese), cell(field.label.english), type_cell(field),
                     field.value_set.empty() ? field.unit : field.value_set, field.tab,
                     joined(field.legal_articles), name_of(field.personal_class), joined(field.purposes),
                     field.retention, cell(field.source));
}

std::string terms(std::string_view title, std::span<const Term> terms) {
  auto text = fmt::format("## {}\n\n", title);
  for (const Term& term : terms)
    text += fmt::format("- `{}`: {} / {}\n", term.name, term.label.japanese, term.label.english);
  return text + "\n";
}

}  // namespace

std::string field_table_markdown(const Catalogue& catalogue) {
  std::string page(kHeading);
  for (const Chapter& chapter : kChapters) {
    const auto fields = catalogue.fields_of(chapter.kind);
    page += fmt::format("## {} ({})\n\n{}", chapter.title, fields.size(), kColumns);
    for (const auto number : fields) page += row(catalogue.at(number));
    page += '\n';
  }
  page += terms("purposes ・ 利用目的", catalogue.purposes());
  page += terms("tabs ・ 画面", catalogue.tabs());
  page.pop_back();
  return page;
}

}  // namespace musubi::model
