// read_json: one value into a Tree.
#include <algorithm>
#include <limits>
#include <optional>

#include "musubi/document/json_walk.h"
#include "tree_builder.h"
#include "without_exceptions.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

/// Adds what the walk meets. The first fault refuses the whole value.
class JsonTreeReading {
 public:
  JsonTreeReading(TreeBuilder& builder, const JsonIndex& index) : builder_(builder), index_(index) {}

  void key(std::string_view name, std::uint64_t) { name_ = name; }
  void begin_object(std::uint32_t token) { begin(NodeKind::object, token); }
  void begin_array(std::uint32_t token) { begin(NodeKind::array, token); }
  void end_object(std::uint32_t token) { end(token); }
  void end_array(std::uint32_t token) { end(token); }

  void leaf(JsonKind kind, std::string_view text, std::uint32_t token) {
    auto& node = add(node_kind(kind), token);
    node.value = text;
    node.source_length = static_cast<std::uint32_t>(index_.scalar(token).size());
  }

  void fault(const JsonFault& fault) {
    if (!fault_) fault_ = fault;
  }
  const std::optional<JsonFault>& first_fault() const noexcept { return fault_; }

 private:
  static NodeKind node_kind(JsonKind kind) {
    constexpr NodeKind kKinds[] = {NodeKind::text, NodeKind::number, NodeKind::boolean, NodeKind::null};
    return kKinds[static_cast<std::size_t>(kind)];
  }

  Node& add(NodeKind kind, std::uint32_t token) {
    return builder_.add(kind, std::exchange(name_, {}), index_.byte(token));
  }
  void begin(NodeKind kind, std::uint32_t token) {
    add(kind, token);
    builder_.open();
  }
  void end(std::uint32_t token) {
    auto& node = builder_.close();
    node.source_length = index_.byte(token) + 1 - node.source_byte;
  }

  TreeBuilder& builder_;
  const JsonIndex& index_;
  std::string_view name_;
  std::optional<JsonFault> fault_;
};

base::Result<Tree> read(std::string bytes, const std::string& shown_name, const Limits& limits) {
  const auto limit = std::min<std::uint64_t>(limits.bytes, std::numeric_limits<std::uint32_t>::max() - 1);
  if (bytes.size() > limit) {
    return Error(ErrorKind::limit_exceeded, "file.too_large", {{"limit", std::to_string(limit)}})
        .at({.file = shown_name});
  }
  TreeBuilder builder(std::move(bytes));
  auto& text = builder.bytes();
  if (text.starts_with("\xEF\xBB\xBF")) text.replace(0, 3, "   ");
  JsonIndex index;
  if (const auto fault = index.read(text)) return json_error(*fault, text, shown_name);
  JsonTreeReading reading(builder, index);
  JsonWalk walk(index, builder.texts(), limits.depth, reading);
  if (!walk.whole_text()) return json_error(walk.broken(), text, shown_name);
  if (const auto& fault = reading.first_fault()) return json_error(*fault, text, shown_name);
  return builder.take();
}

}  // namespace

base::Result<Tree> read_json(std::string bytes, const std::string& shown_name,
                             const Limits& limits) noexcept {
  return without_exceptions(shown_name, [&] { return read(std::move(bytes), shown_name, limits); });
}

}  // namespace musubi::document
