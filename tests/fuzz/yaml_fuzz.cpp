// Any bytes as a configuration file: a tree with places inside the file, or problems that a person can read.
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "musubi/base/messages.h"
#include "musubi/base/yaml_map.h"

namespace {

using namespace musubi::base;

void require(bool holds) {
  if (!holds) std::abort();
}

void walk(const YamlNode& node, std::size_t lines, std::size_t depth) {
  require(depth <= YamlLimits{}.depth && node.mark.line <= lines);
  for (const auto& item : node.items) walk(item, lines, depth + 1);
  for (const auto& [key, value] : node.entries) {
    require(node.find(key.text) == &value && key.mark.line <= lines);
    walk(value, lines, depth + 1);
  }
}

void read_keys(const YamlNode& root, Problems& problems) {
  const YamlMap map(root, {"a", "record", "fields"}, problems);
  for (const auto& [key, value] : root.entries) {
    map.words(key.text);
    map.items(key.text);
    map.label(key.text);
    map.day(key.text);
    map.number(key.text);
    map.yes(key.text);
    pairs_of(value, key.text, problems);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view yaml(reinterpret_cast<const char*>(data), size);
  Problems problems;
  const auto root = read_yaml(yaml, "fuzz.yaml", problems);
  require(root.has_value() || problems.has_errors());
  if (root) {
    walk(*root, static_cast<std::size_t>(std::count(yaml.begin(), yaml.end(), '\n')) + 1, 0);
    read_keys(*root, problems);
  }
  for (const auto& [error, severity] : problems.sorted()) require(find_message(error.code()) != nullptr);
  if (problems.has_errors()) require(!describe(Language::japanese, problems.as_error()).empty());
  return 0;
}
