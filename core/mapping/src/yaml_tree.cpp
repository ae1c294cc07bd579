#include "yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

/// Ends reading; the reason is in the problems already.
struct StopReading {};

/// yaml-cpp counts columns in bytes from 0; people count characters from 1.
class MarkConverter {
 public:
  explicit MarkConverter(std::string_view text) {
    lines_.push_back(text);
    for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n')) {
      text.remove_prefix(end + 1);
      lines_.push_back(text);
    }
  }
  /// A tab in the indentation of the line of `mark` or of the one before, which yaml-cpp takes for something
  /// else.
  bool tab_near(const YAML::Mark& mark) const {
    for (int line = std::max(mark.line - 1, 0); line <= mark.line; ++line) {
      if (static_cast<std::size_t>(line) >= lines_.size()) return false;
      const auto text = lines_[static_cast<std::size_t>(line)];
      if (text.substr(0, text.find_first_not_of(" \t")).find('\t') != text.npos) return true;
    }
    return false;
  }
  Mark operator()(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= lines_.size()) return {};
    const auto line = static_cast<std::size_t>(mark.line);
    const auto bytes = static_cast<std::size_t>(std::max(mark.column, 0));
    const auto characters = base::characters(lines_[line].substr(0, bytes));
    return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(characters + 1)};
  }

 private:
  std::vector<std::string_view> lines_;  ///< from the start of each line to the end of the text
};

std::size_t nodes_in(const YamlNode& node) {
  std::size_t count = 1;
  for (const auto& item : node.items) count += nodes_in(item);
  for (const auto& [key, value] : node.entries) count += nodes_in(value);
  return count;
}

class TreeMaker final : public YAML::EventHandler {
 public:
  TreeMaker(const MarkConverter& marks, Problems& problems) : marks_(marks), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    place({.kind = YamlKind::null, .mark = marks_(mark)}, anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string& text) override {
    place({.kind = YamlKind::scalar, .mark = marks_(mark), .text = text}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open({.kind = YamlKind::list, .mark = marks_(mark)}, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open({.kind = YamlKind::map, .mark = marks_(mark)}, anchor);
  }
  void OnMapEnd() override { close(); }

  YamlNode take() { return std::move(root_); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<Located> key;      ///< of a map: the key whose value comes next
    bool value_is_repeated = false;  ///< the key was there before: its value is read and dropped
  };

  [[noreturn]] void stop(Mark mark, std::string_view code) {
    problems_.error(mark, code);
    throw StopReading{};
  }
  void count(Mark mark, std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ > kYamlNodes) stop(mark, "mapping.yaml_too_many_nodes");
  }
  void open(YamlNode node, YAML::anchor_t anchor) {
    if (open_.size() >= kYamlDepth) stop(node.mark, "mapping.yaml_too_deep");
    if (expects_key()) stop(node.mark, "mapping.yaml_key_not_text");
    count(node.mark, 1);
    open_.push_back({std::move(node), anchor, std::nullopt, false});
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
    if (expects_key()) return take_key(node);
    attach(std::move(node));
  }
  void take_key(const YamlNode& node);
  void attach(YamlNode node);

  const MarkConverter& marks_;
  Problems& problems_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t nodes_ = 0;
};

void TreeMaker::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) stop(marks_(mark), "mapping.yaml_cycle");
  if (expects_key()) stop(marks_(mark), "mapping.yaml_key_not_text");
  YamlNode copy = found->second;
  count(marks_(mark), nodes_in(copy));
  copy.mark = marks_(mark);
  attach(std::move(copy));
}

void TreeMaker::take_key(const YamlNode& node) {
  Open& map = open_.back();
  if (node.kind != YamlKind::scalar) stop(node.mark, "mapping.yaml_key_not_text");
  const auto earlier =
      std::ranges::find(map.node.entries, node.text, [](const auto& entry) { return entry.first.text; });
  map.value_is_repeated = earlier != map.node.entries.end();
  if (map.value_is_repeated) {
    problems_.error(node.mark, "mapping.duplicate_key",
                    {{"key", node.text}, {"first_line", std::to_string(earlier->first.mark.line)}});
  }
  map.key = Located{node.text, node.mark};
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
  if (!parent.value_is_repeated) parent.node.entries.emplace_back(std::move(*parent.key), std::move(node));
  parent.key.reset();
}

/// What yaml-cpp says in English, as one of our messages.
std::string_view code_of(const std::string& message) {
  static const std::pair<std::string_view, std::string_view> kCodes[] = {
      {YAML::ErrorMsg::TAB_IN_INDENTATION, "mapping.yaml_tab"},
      {YAML::ErrorMsg::END_OF_MAP_FLOW, "mapping.yaml_bracket_not_closed"},
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, "mapping.yaml_bracket_not_closed"},
      {YAML::ErrorMsg::FLOW_END, "mapping.yaml_bracket_not_closed"},
      {YAML::ErrorMsg::END_OF_MAP, "mapping.yaml_indentation"},
      {YAML::ErrorMsg::END_OF_SEQ, "mapping.yaml_indentation"},
      {YAML::ErrorMsg::BLOCK_ENTRY, "mapping.yaml_indentation"},
      {YAML::ErrorMsg::MAP_KEY, "mapping.yaml_indentation"},
      {YAML::ErrorMsg::MAP_VALUE, "mapping.yaml_indentation"},
      {YAML::ErrorMsg::EOF_IN_SCALAR, "mapping.yaml_quote_not_closed"},
      {YAML::ErrorMsg::DOC_IN_SCALAR, "mapping.yaml_quote_not_closed"},
      {YAML::ErrorMsg::UNKNOWN_ANCHOR, "mapping.yaml_anchor_unknown"},
      {YAML::ErrorMsg::UNKNOWN_TOKEN, "mapping.yaml_needs_quotes"},
  };
  for (const auto& [text, code] : kCodes)
    if (message.find(text) != message.npos) return code;
  return "mapping.yaml_syntax";
}

bool may_be_read(std::string_view yaml, Problems& problems) {
  if (yaml.size() > kYamlBytes) {
    problems.error({}, "mapping.yaml_too_large", {{"limit", std::to_string(kYamlBytes)}});
    return false;
  }
  const auto bad = base::malformed_utf8_at(yaml);
  const auto zero = yaml.find('\0');
  if (!bad && zero == yaml.npos) return true;
  problems.error({}, "mapping.yaml_not_utf8", {{"offset", std::to_string(bad ? *bad : zero)}});
  return false;
}

/// False: nothing usable was read, and `problems` says why.
bool parse_into(TreeMaker& maker, std::string_view yaml, const MarkConverter& marks, Problems& problems) {
  try {
    std::istringstream stream{std::string(yaml)};
    YAML::Parser parser(stream);
    parser.HandleNextDocument(maker);
    TreeMaker rest(marks, problems);
    if (parser.HandleNextDocument(rest)) problems.error({1, 1}, "mapping.yaml_two_documents");
    return true;
  } catch (const StopReading&) {
  } catch (const YAML::Exception& failure) {
    const auto code = marks.tab_near(failure.mark) ? "mapping.yaml_tab" : code_of(failure.msg);
    problems.error(marks(failure.mark), code);
  }
  return false;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const noexcept {
  for (const auto& [name, value] : entries)
    if (name.text == key) return &value;
  return nullptr;
}

std::optional<YamlNode> read_yaml(std::string_view yaml, Problems& problems) {
  if (!may_be_read(yaml, problems)) return std::nullopt;
  if (yaml.starts_with("\xEF\xBB\xBF")) yaml.remove_prefix(3);
  const MarkConverter marks(yaml);
  TreeMaker maker(marks, problems);
  if (!parse_into(maker, yaml, marks, problems)) return std::nullopt;
  YamlNode root = maker.take();
  if (root.kind == YamlKind::map) return root;
  problems.error({1, 1}, "mapping.yaml_not_a_map");
  return std::nullopt;
}

}  // namespace musubi::mapping
