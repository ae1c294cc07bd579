#include "yaml_text.h"

#include <algorithm>

#include "musubi/base/file.h"
#include "musubi/base/text.h"

namespace musubi::quality {
namespace {

constexpr std::uint64_t kLargestFile = 4U << 20;
constexpr std::size_t kMostProblems = 50;
constexpr std::size_t kNear = 3;

std::string joined(const std::vector<std::string_view>& names) {
  std::string all;
  for (const auto name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

}  // namespace

void Problems::add(base::Error problem) {
  if (found_.size() < kMostProblems) found_.push_back(std::move(problem));
}

base::Error Problems::chained() const {
  base::Error all = found_.back();
  for (auto each = found_.rbegin() + 1; each != found_.rend(); ++each) all = each->because(all);
  return all;
}

base::Result<YamlText> YamlText::read(const std::filesystem::path& path) {
  YamlText file;
  file.name_ = path.string();
  MUSUBI_ASSIGN(file.bytes_, base::read_file(path, kLargestFile));
  if (const auto byte = base::malformed_utf8_at(file.bytes_)) {
    return base::Error(base::ErrorKind::bad_configuration, "yaml.not_utf8")
        .at({.file = file.name_, .byte = *byte});
  }
  try {
    file.root_ = YAML::Load(file.bytes_);
  } catch (const YAML::Exception& exception) {
    return base::Error(base::ErrorKind::bad_configuration, "yaml.malformed", {{"detail", exception.msg}})
        .at(file.place(exception.mark));
  }
  return file;
}

base::Error YamlText::problem(const YAML::Node& node, std::string_view code,
                              std::initializer_list<base::MessageArgument> arguments) const {
  return base::Error(base::ErrorKind::bad_configuration, code, arguments).at(place(node));
}

base::Place YamlText::place(const YAML::Mark& mark) const {
  if (mark.is_null()) return {.file = name_};
  const auto end = std::min(static_cast<std::size_t>(mark.pos), bytes_.size());
  const auto before = std::string_view(bytes_).substr(0, end);
  const auto in_line = before.substr(before.rfind('\n') + 1);
  return {.file = name_,
          .line = static_cast<std::uint64_t>(mark.line) + 1,
          .column = base::characters(in_line) + 1};
}

std::optional<std::string> scalar(const YAML::Node& node) {
  if (!node.IsDefined() || !node.IsScalar()) return {};
  return node.Scalar();
}

YAML::Node child(const YAML::Node& node, std::string_view key) {
  if (node.IsDefined() && node.IsMap()) {
    for (const auto& entry : node) {
      if (scalar(entry.first) == key) return entry.second;
    }
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

std::string suggest(std::string_view given, const std::vector<std::string_view>& known) {
  std::size_t least = kNear + 1;
  std::string_view best;
  for (const auto name : known) {
    const std::size_t distance = base::edit_distance(given, name, kNear);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best.empty() ? joined(known) : std::string(best);
}

bool check_keys(const YamlText& file, const YAML::Node& node, const std::vector<std::string_view>& known,
                Problems& problems) {
  if (!node.IsDefined() || !node.IsMap()) {
    problems.add(file.problem(node, "yaml.not_a_map"));
    return false;
  }
  std::vector<std::string> seen;
  for (const auto& entry : node) {
    const std::string key = scalar(entry.first).value_or("");
    if (std::ranges::find(seen, key) != seen.end())
      problems.add(file.problem(entry.first, "yaml.repeated_key", {{"key", key}}));
    if (std::ranges::find(known, key) == known.end()) {
      problems.add(
          file.problem(entry.first, "yaml.unknown_key", {{"key", key}, {"suggestion", suggest(key, known)}}));
    }
    seen.push_back(key);
  }
  return true;
}

}  // namespace musubi::quality
