#include "mapping_changes.h"

#include <boost/json.hpp>

namespace musubi::app {
namespace {

using base::say;
using mapping::Change;
using mapping::ChangeKind;

constexpr std::string_view kMunicipality = "municipality";

/// What a change is about: "rule of patient.sex", "patient.sex: on_error", "code male of sex".
std::string where(const FileChanges& file, const Change& change, base::Language language) {
  const auto key = [&change](std::size_t from) {
    std::string text;
    for (std::size_t index = from; index < change.path.size(); ++index)
      text += (text.empty() ? "" : ".") + change.path[index];
    return text;
  };
  const auto& path = change.path;
  if (file.value_set == kMunicipality) return say(language, "app.mapping.where.place", {{"code", key(0)}});
  if (!file.value_set.empty() && path.size() >= 2 && path[0] == "codes") {
    return say(language, path.size() == 2 ? "app.mapping.where.code" : "app.mapping.where.code_key",
               {{"value_set", file.value_set}, {"code", path[1]}, {"key", key(2)}});
  }
  if (!file.value_set.empty())
    return say(language, "app.mapping.where.value_set", {{"value_set", file.value_set}, {"key", key(0)}});
  if (path.size() >= 2 && path[0] == "fields")
    return say(language, path.size() == 2 ? "app.mapping.where.rule" : "app.mapping.where.rule_key",
               {{"field", path[1]}, {"key", key(2)}});
  return say(language, "app.mapping.where.head", {{"key", key(0)}});
}

/// "line 8", "line 8 of base/list@2020-03-01".
std::string place(const Change& change, base::Language language) {
  const bool removed = change.kind == ChangeKind::removed;
  const auto& mapping = removed ? change.mapping_before : change.mapping_after;
  return say(
      language, mapping.empty() ? "app.mapping.line" : "app.mapping.line_of",
      {{"line", std::to_string(removed ? change.line_before : change.line_after)}, {"mapping", mapping}});
}

std::string in_words(const FileChanges& file, const Change& change, base::Language language) {
  return say(language, "app.mapping.change." + std::string(mapping::name_of(change.kind)),
             {{"where", where(file, change, language)},
              {"before", change.before},
              {"after", change.after},
              {"line", place(change, language)}});
}

FileChanges compared(std::string value_set, std::string file, std::string_view before,
                     std::string_view after) {
  const bool table = file.ends_with(".csv");
  FileChanges changes{std::move(value_set), std::move(file), false, {}};
  changes.changes = table ? mapping::table_differences(before, after) : mapping::differences(before, after);
  changes.only_comments = changes.changes.empty();
  return changes;
}

std::string_view text_of(const model::ValueSetFile* file) {
  return file == nullptr ? std::string_view() : std::string_view(file->text);
}

boost::json::object to_json(const Change& change) {
  boost::json::array path;
  for (const auto& key : change.path) path.emplace_back(key);
  boost::json::object object{{"kind", mapping::name_of(change.kind)}, {"path", std::move(path)}};
  if (change.kind != ChangeKind::added) object["before"] = change.before;
  if (change.kind != ChangeKind::removed) object["after"] = change.after;
  if (change.line_before != 0) object["line_before"] = change.line_before;
  if (change.line_after != 0) object["line_after"] = change.line_after;
  if (!change.mapping_before.empty()) object["mapping_before"] = change.mapping_before;
  if (!change.mapping_after.empty()) object["mapping_after"] = change.mapping_after;
  return object;
}

}  // namespace

std::vector<FileChanges> changes_of(const Proposal& proposal) {
  const auto& [line, candidate] = proposal;
  std::vector<FileChanges> files;
  if (!line.active) {
    files.push_back(compared({}, candidate.file, {}, candidate.mapping->text()));
    return files;
  }
  if (line.active->digest() != candidate.mapping->digest())
    files.push_back(compared({}, candidate.file, line.active->text(), candidate.mapping->text()));
  for (const auto& id : changed_value_sets(*line.active, *candidate.mapping)) {
    const auto* before = line.active->context().value_sets->file_of(id);
    const auto* after = candidate.mapping->context().value_sets->file_of(id);
    const auto* named = after == nullptr ? before : after;
    files.push_back(compared(id, shown_file(*named), text_of(before), text_of(after)));
  }
  return files;
}

std::string in_words(const std::vector<FileChanges>& files, base::Language language) {
  std::string text;
  for (const auto& file : files) {
    text += file.file + '\n';
    if (file.only_comments) text += "  " + say(language, "app.mapping.only_comments") + '\n';
    for (const auto& change : file.changes) text += "  " + in_words(file, change, language) + '\n';
  }
  return text;
}

boost::json::array to_json(const std::vector<FileChanges>& files) {
  boost::json::array list;
  for (const auto& file : files) {
    boost::json::array changes;
    for (const auto& change : file.changes) changes.push_back(to_json(change));
    boost::json::object object{{"file", file.file}, {"changes", std::move(changes)}};
    if (!file.value_set.empty()) object["value_set"] = file.value_set;
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace musubi::app
