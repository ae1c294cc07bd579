#include "json_output.h"

#include "musubi/base/json_text.h"

namespace musubi::fhir {

using document::NodeIndex;
using document::NodeKind;

void JsonOutput::open(char bracket) {
  begin_value();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonOutput::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  out_ += bracket;
  first_ = false;
}

void JsonOutput::key(std::string_view name) {
  next();
  base::append_json_string(out_, name);
  out_ += indented_ ? ": " : ":";
  after_key_ = true;
}

void JsonOutput::text(std::string_view text) {
  begin_value();
  base::append_json_string(out_, text);
}

void JsonOutput::bare(std::string_view text) {
  begin_value();
  out_ += text;
}

void JsonOutput::tree(const document::Tree& tree, NodeIndex index) {
  const auto& node = tree[index];
  switch (node.kind) {
    case NodeKind::object:
    case NodeKind::array:
      return branches(tree, index, node.kind == NodeKind::object);
    case NodeKind::null:
      return bare("null");
    case NodeKind::number:
    case NodeKind::boolean:
      return bare(node.value);
    default:
      return text(node.value);
  }
}

void JsonOutput::branches(const document::Tree& tree, NodeIndex index, bool named) {
  open(named ? '{' : '[');
  for (auto child = tree[index].first_child; child != document::kNoNode; child = tree[child].next_sibling) {
    if (named) key(tree[child].name);
    this->tree(tree, child);
  }
  close(named ? '}' : ']');
}

void JsonOutput::begin_value() {
  if (!after_key_ && depth_ != 0) next();
  after_key_ = false;
}

void JsonOutput::next() {
  if (!first_) out_ += ',';
  first_ = false;
  new_line();
}

void JsonOutput::new_line() {
  constexpr std::size_t kStep = 2;
  if (indented_) (out_ += '\n').append(depth_ * kStep, ' ');
}

}  // namespace musubi::fhir
