#include "yaml_file.h"

#include <algorithm>
#include <system_error>

#include "musubi/base/file.h"
#include "musubi/base/text.h"

namespace musubi::model {
namespace {

constexpr std::uint64_t kLargestFile = 16u << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

base::Error malformed(const YamlFile& file, const YAML::Exception& exception) {
  return base::Error(base::ErrorKind::bad_configuration, "yaml.malformed", {{"detail", exception.msg}})
      .at(file.place(exception.mark));
}

base::Error not_utf8(const std::filesystem::path& path, std::size_t byte) {
  base::Place place{.file = path.string()};
  place.byte = byte;
  return base::Error(base::ErrorKind::bad_configuration, "yaml.not_utf8").at(std::move(place));
}

}  // namespace

base::Result<YamlFile> YamlFile::read(const std::filesystem::path& path) {
  MUSUBI_ASSIGN(auto bytes, base::read_file(path, kLargestFile));
  return parse(std::move(bytes), path);
}

base::Result<YamlFile> YamlFile::parse(std::string bytes, const std::filesystem::path& path) {
  YamlFile file;
  file.name_ = path.string();
  file.bytes_ = std::move(bytes);
  if (file.bytes_.starts_with(kByteOrderMark)) file.bytes_.erase(0, kByteOrderMark.size());
  if (const auto byte = base::malformed_utf8_at(file.bytes_)) return not_utf8(path, *byte);
  try {
    file.root_ = YAML::Load(file.bytes_);
  } catch (const YAML::Exception& exception) {
    return malformed(file, exception);
  }
  return file;
}

base::Place YamlFile::place(const YAML::Node& node) const { return place(node.Mark()); }

base::Place YamlFile::place(const YAML::Mark& mark) const {
  base::Place place{.file = name_};
  if (mark.is_null()) return place;
  const auto position = std::min<std::size_t>(static_cast<std::size_t>(mark.pos), bytes_.size());
  const auto before = std::string_view(bytes_).substr(0, position);
  const auto line_end = before.rfind('\n');
  const auto in_line = line_end == std::string_view::npos ? before : before.substr(line_end + 1);
  place.line = static_cast<std::uint64_t>(mark.line) + 1;
  place.column = base::characters(in_line) + 1;
  return place;
}

std::optional<std::string> scalar(const YAML::Node& node) {
  if (!node.IsDefined() || !node.IsScalar()) return std::nullopt;
  return node.Scalar();
}

YamlMap::YamlMap(const YamlFile& file, YAML::Node node, Problems& problems)
    : file_(&file), node_(std::move(node)), problems_(&problems) {}

bool YamlMap::allow_any() {
  if (!node_.IsMap()) {
    problems_->add(base::Error(base::ErrorKind::bad_configuration, "yaml.not_a_map").at(place()));
    return false;
  }
  std::vector<std::string> seen;
  for (const auto& entry : node_) {
    const auto key = entry.first.Scalar();
    if (std::ranges::find(seen, key) != seen.end())
      problems_->add(base::Error(base::ErrorKind::bad_configuration, "yaml.repeated_key", {{"key", key}})
                         .at(file_->place(entry.first)));
    seen.push_back(key);
  }
  return true;
}

bool YamlMap::allow(std::initializer_list<std::string_view> keys) {
  if (!allow_any()) return false;
  const std::vector<std::string_view> known(keys);
  for (const auto& entry : node_) {
    const auto key = entry.first.Scalar();
    if (std::ranges::find(known, key) != known.end()) continue;
    problems_->add(base::Error(base::ErrorKind::bad_configuration, "yaml.unknown_key",
                               {{"key", key}, {"suggestion", nearest_or_all(key, known)}})
                       .at(file_->place(entry.first)));
  }
  return true;
}

YAML::Node YamlMap::node(std::string_view key) const {
  for (const auto& entry : node_)
    if (entry.first.Scalar() == key) return entry.second;
  return YAML::Node(YAML::NodeType::Undefined);
}

bool YamlMap::has(std::string_view key) const { return node(key).IsDefined(); }

base::Place YamlMap::place(std::string_view key) const {
  const auto found = node(key);
  return found.IsDefined() ? file_->place(found) : place();
}

std::string YamlMap::text(std::string_view key) {
  if (!has(key)) return {};
  if (auto text = scalar(node(key))) return *std::move(text);
  problems_->add(
      base::Error(base::ErrorKind::bad_configuration, "yaml.not_a_text", {{"key", std::string(key)}})
          .at(place(key)));
  return {};
}

std::string YamlMap::required_text(std::string_view key) {
  const auto found = node(key);
  const bool missing = !found.IsDefined() || found.IsNull() || (found.IsScalar() && found.Scalar().empty());
  if (!missing) return text(key);
  problems_->add(
      base::Error(base::ErrorKind::bad_configuration, "yaml.missing_key", {{"key", std::string(key)}})
          .at(place(key)));
  return {};
}

bool YamlMap::yes(std::string_view key) {
  const auto written = text(key);
  if (written == "true" || written == "yes") return true;
  if (!written.empty() && written != "false" && written != "no")
    problems_->add(
        base::Error(base::ErrorKind::bad_configuration, "yaml.not_yes_or_no", {{"key", std::string(key)}})
            .at(place(key)));
  return false;
}

std::vector<std::string> YamlMap::texts(std::string_view key) {
  const auto found = node(key);
  if (!found.IsDefined()) return {};
  std::vector<std::string> all;
  bool good = found.IsSequence();
  if (found.IsSequence())
    for (const auto& item : found) {
      auto text = scalar(item);
      good = good && text.has_value();
      if (text) all.push_back(*std::move(text));
    }
  else if (auto text = scalar(found))
    return {*std::move(text)};
  if (!good)
    problems_->add(
        base::Error(base::ErrorKind::bad_configuration, "yaml.not_a_list", {{"key", std::string(key)}})
            .at(place(key)));
  return all;
}

Label YamlMap::label() {
  auto japanese = required_text("ja");
  return {std::move(japanese), required_text("en")};
}

base::Result<std::vector<std::filesystem::path>> files_of(const std::filesystem::path& folder,
                                                          std::string_view extension) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (entry->path().extension() == extension && entry->is_regular_file(failure))
      files.push_back(entry->path());
  if (failure)
    return base::Error(base::ErrorKind::bad_configuration, "yaml.no_folder").at({.file = folder.string()});
  std::ranges::sort(files);
  return files;
}

}  // namespace musubi::model
