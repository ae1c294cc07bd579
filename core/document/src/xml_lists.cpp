#include "xml_lists.h"

#include <algorithm>

#include "musubi/base/json_text.h"

namespace musubi::document {
namespace {

/// Whether `path` is `list` or lies in it.
bool holds(std::string_view list, std::string_view path) noexcept {
  return path.starts_with(list) && (path.size() == list.size() || path[list.size()] == '/');
}

std::string_view within(std::string_view list, std::string_view path) noexcept {
  return path.size() <= list.size() ? "text()" : path.substr(list.size() + 1);
}

void append_member(std::string& json, std::string_view name) {
  if (json.size() > 1) json += ',';
  base::append_json_string(json, name);
  json += ':';
}

}  // namespace

std::optional<std::string_view> XmlLists::outermost(std::string_view path) const noexcept {
  const std::string* shortest = nullptr;
  for (const auto& list : paths_)
    if (holds(list, path) && (shortest == nullptr || list.size() < shortest->size())) shortest = &list;
  return shortest == nullptr ? std::nullopt : std::optional<std::string_view>(*shortest);
}

bool XmlLists::open(std::string_view path) {
  if (std::ranges::find(paths_, path) == paths_.end()) return false;
  open_.push_back({.path = std::string(path)});
  return true;
}

void XmlLists::value(std::string_view path, std::string_view text) {
  constexpr std::size_t kMarks = 6;  // of a member in JSON
  held_ += path.size() + text.size() + kMarks;
  auto& object = open_.back();
  const auto name = within(object.path, path);
  const auto found = object.values.find(name);
  if (found == object.values.end())
    object.values.emplace(name, text);
  else
    found->second.append(";").append(text);
}

std::optional<std::string> XmlLists::close(std::string_view path) {
  if (open_.empty() || open_.back().path != path) return std::nullopt;
  auto json = json_of(open_.back());
  open_.pop_back();
  if (open_.empty()) {
    held_ = 0;
    return json;
  }
  auto& around = open_.back();
  auto& list = around.lists[std::string(within(around.path, path))];
  list += (list.empty() ? "" : ",") + json;
  return std::nullopt;
}

std::string XmlLists::json_of(const Object& object) {
  std::string json = "{";
  for (const auto& [name, text] : object.values) {
    append_member(json, name);
    base::append_json_string(json, text);
  }
  for (const auto& [name, objects] : object.lists) {
    append_member(json, name);
    json += "[" + objects + "]";
  }
  return json + "}";
}

}  // namespace musubi::document
