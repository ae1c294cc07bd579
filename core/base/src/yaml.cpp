#include "musubi/base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "musubi/base/file.h"
#include "musubi/base/text.h"
#include "yaml_marks.h"

namespace musubi::base {
namespace {

/// Ends reading; the reason is in the problems already.
struct StopReading {};

std::size_t nodes_in(const YamlNode& node) {
  std::size_t count = 1;
  for (const auto& item : node.items) count += nodes_in(item);
  for (const auto& [key, value] : node.entries) count += nodes_in(value);
  return count;
}

/// Every key after the first of its name is a problem; true for those entries.
std::vector<bool> repeated_keys(const YamlNode& map, Problems& problems) {
  const auto& entries = map.entries;
  std::vector<std::size_t> order(entries.size());
  for (std::size_t index = 0; index < order.size(); ++index) order[index] = index;
  std::ranges::stable_sort(order, {},
                           [&](std::size_t index) { return std::string_view(entries[index].first.text); });
  std::vector<bool> repeated(entries.size());
  std::size_t first = 0;
  for (std::size_t index = 1; index < order.size(); ++index) {
    const auto& key = entries[order[index]].first;
    if (key.text != entries[order[first]].first.text) {
      first = index;
      continue;
    }
    repeated[order[index]] = true;
    problems.error(
        key.mark, "yaml.repeated_key",
        {{"key", key.text}, {"first_line", std::to_string(entries[order[first]].first.mark.line)}});
  }
  return repeated;
}

void drop_repeated_keys(YamlNode& map, Problems& problems) {
  if (map.entries.size() < 2) return;
  const auto repeated = repeated_keys(map, problems);
  std::size_t index = 0;
  std::erase_if(map.entries, [&](const auto&) { return repeated[index++]; });
}

class TreeMaker final : public YAML::EventHandler {
 public:
  TreeMaker(YamlMarks& marks, const YamlLimits& limits, Problems& problems)
      : marks_(marks), limits_(limits), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    place({.kind = YamlKind::null, .mark = marks_.at(mark)}, anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string& text) override {
    place({.kind = YamlKind::scalar, .mark = marks_.of_text(mark, text), .text = text}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlKind::list, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlKind::map, mark, anchor);
  }
  void OnMapEnd() override {
    drop_repeated_keys(open_.back().node, problems_);
    close();
  }

  YamlNode take() { return std::move(root_); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<Located> key{};  ///< of a map: the key whose value comes next
  };

  [[noreturn]] void stop(Mark mark, std::string_view code) {
    problems_.error(mark, code);
    throw StopReading{};
  }
  void count(Mark mark, std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ > limits_.nodes) stop(mark, "yaml.too_many_nodes");
  }
  void open(YamlKind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    const Mark here = marks_.at(mark);
    if (open_.size() >= limits_.depth) stop(here, "yaml.too_deep");
    if (expects_key())
      stop(here, marks_.open_bracket_at(mark) ? "yaml.bracket_not_closed" : "yaml.key_not_text");
    count(here, 1);
    open_.push_back({{.kind = kind, .mark = here}, anchor});
  }
  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    --nodes_;  // place() counts it again
    place(std::move(done.node), done.anchor);
  }
  bool expects_key() const {
    return !open_.empty() && open_.back().node.kind == YamlKind::map && !open_.back().key;
  }
  void place(YamlNode node, YAML::anchor_t anchor) {
    count(node.mark, 1);
    if (anchor != 0) anchors_[anchor] = node;
    if (expects_key()) return take_key(std::move(node));
    attach(std::move(node));
  }
  void take_key(YamlNode node) {
    if (node.kind != YamlKind::scalar) stop(node.mark, "yaml.key_not_text");
    open_.back().key = Located{std::move(node.text), node.mark};
  }
  void attach(YamlNode node);

  YamlMarks& marks_;
  const YamlLimits& limits_;
  Problems& problems_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t nodes_ = 0;
};

void TreeMaker::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto here = marks_.at(mark);
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) stop(here, "yaml.cycle");
  if (expects_key()) stop(here, "yaml.key_not_text");
  count(here, nodes_in(found->second));
  YamlNode copy = found->second;
  copy.mark = here;
  attach(std::move(copy));
}

void TreeMaker::attach(YamlNode node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  if (parent.node.kind == YamlKind::list) {
    parent.node.items.push_back(std::move(node));
    return;
  }
  // Of a value that is not there yaml-cpp says where the next thing begins.
  if (node.kind == YamlKind::null && node.mark.line != parent.key->mark.line) node.mark = parent.key->mark;
  parent.node.entries.emplace_back(std::move(*parent.key), std::move(node));
  parent.key.reset();
}

/// What yaml-cpp says in English, as one of our messages.
std::string_view code_of(const std::string& message) {
  static const std::pair<std::string_view, std::string_view> kCodes[] = {
      {YAML::ErrorMsg::TAB_IN_INDENTATION, "yaml.tab"},
      {YAML::ErrorMsg::END_OF_MAP_FLOW, "yaml.bracket_not_closed"},
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, "yaml.bracket_not_closed"},
      {YAML::ErrorMsg::FLOW_END, "yaml.bracket_not_closed"},
      {YAML::ErrorMsg::END_OF_MAP, "yaml.indentation"},
      {YAML::ErrorMsg::END_OF_SEQ, "yaml.indentation"},
      {YAML::ErrorMsg::BLOCK_ENTRY, "yaml.indentation"},
      {YAML::ErrorMsg::MAP_KEY, "yaml.indentation"},
      {YAML::ErrorMsg::MAP_VALUE, "yaml.indentation"},
      {YAML::ErrorMsg::EOF_IN_SCALAR, "yaml.quote_not_closed"},
      {YAML::ErrorMsg::DOC_IN_SCALAR, "yaml.quote_not_closed"},
      {YAML::ErrorMsg::UNKNOWN_ANCHOR, "yaml.anchor_unknown"},
      {YAML::ErrorMsg::UNKNOWN_TOKEN, "yaml.needs_quotes"},
  };
  for (const auto& [text, code] : kCodes)
    if (message.find(text) != message.npos) return code;
  return "yaml.malformed";
}

/// Where the bytes stop being text.
Place place_of_byte(std::string_view yaml, std::size_t byte, Mark file, const Problems& problems) {
  const auto before = yaml.substr(0, byte);
  const auto line = before.substr(before.rfind('\n') + 1);
  Place place = problems.place(file);
  place.line = static_cast<std::uint64_t>(std::ranges::count(before, '\n')) + 1;
  place.column = characters(line) + 1;
  place.byte = byte;
  return place;
}

bool may_be_read(std::string_view yaml, Mark file, const YamlLimits& limits, Problems& problems) {
  if (yaml.size() > limits.bytes) {
    problems.error(file, "yaml.too_large", {{"limit", std::to_string(limits.bytes)}});
    return false;
  }
  const auto bad = std::min(malformed_utf8_at(yaml).value_or(yaml.npos), yaml.find('\0'));
  if (bad == yaml.npos) return true;
  problems.add(Error(ErrorKind::bad_configuration, "yaml.not_utf8", {{"offset", std::to_string(bad)}})
                   .at(place_of_byte(yaml, bad, file, problems)));
  return false;
}

/// Nullopt: nothing usable was read, and `problems` says why.
std::optional<YamlNode> parse(std::string_view yaml, YamlMarks marks, const YamlLimits& limits,
                              Problems& problems) {
  try {
    std::istringstream stream{std::string(yaml)};
    YAML::Parser parser(stream);
    TreeMaker maker(marks, limits, problems), rest(marks, limits, problems);
    parser.HandleNextDocument(maker);
    if (parser.HandleNextDocument(rest)) problems.error(marks.at(YAML::Mark()), "yaml.two_documents");
    return maker.take();
  } catch (const StopReading&) {
  } catch (const YAML::Exception& failure) {
    problems.error(marks.at(failure.mark), marks.tab_near(failure.mark) ? "yaml.tab" : code_of(failure.msg));
  }
  return std::nullopt;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const noexcept {
  for (const auto& [name, value] : entries)
    if (name.text == key) return &value;
  return nullptr;
}

std::optional<YamlNode> read_yaml(std::string_view yaml, std::string name, Problems& problems,
                                  const YamlLimits& limits) {
  const Mark file{.file = problems.add_file(std::move(name))};
  if (!may_be_read(yaml, file, limits, problems)) return std::nullopt;
  if (yaml.starts_with("\xEF\xBB\xBF")) yaml.remove_prefix(3);
  auto root = parse(yaml, YamlMarks(yaml, file.file), limits, problems);
  if (!root || root->kind == YamlKind::map) return root;
  problems.error({.file = file.file, .line = 1, .column = 1},
                 root->kind == YamlKind::null ? "yaml.empty_file" : "yaml.not_a_map");
  return std::nullopt;
}

std::optional<YamlNode> read_yaml_file(const std::filesystem::path& path, Problems& problems,
                                       const YamlLimits& limits) {
  const auto text = read_file(path, limits.bytes);
  if (text.has_value()) return read_yaml(*text, path.string(), problems, limits);
  problems.add_file(path.string());
  problems.add(text.error());
  return std::nullopt;
}

}  // namespace musubi::base
