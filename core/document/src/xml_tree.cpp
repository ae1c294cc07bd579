// read_xml: one document into a Tree.
#include <algorithm>
#include <limits>

#include "musubi/base/text.h"
#include "simple_xml.h"
#include "tree_builder.h"
#include "without_exceptions.h"
#include "xml_input.h"
#include "xml_push.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

/// Builds while the parser calls. Byte offsets are those of the UTF-8 text until the end.
class XmlTreeReading {
 public:
  explicit XmlTreeReading(TreeBuilder& builder) : builder_(builder) {}

  void start(XmlPush& push, const XmlTag& tag) {
    if (builder_.full()) return push.stop(Error(ErrorKind::limit_exceeded, "document.limit"));
    auto& node = builder_.add(NodeKind::element, name_of(tag.prefix, tag.local), push.tag_begin());
    node.line = push.line();
    builder_.open();
    for (std::size_t index = 0; index < tag.namespace_count; ++index) add_namespace(push, tag, index);
    for (std::size_t index = 0; index < tag.attributes.size(); ++index) add_attribute(push, tag, index);
    texts_.emplace_back();
    ++elements_begun_;
    begun_.push_back(elements_begun_);
  }

  void text(XmlPush&, std::string_view text) { texts_.back() += text; }

  void end(XmlPush& push) {
    auto& node = builder_.close();
    node.source_length = static_cast<std::uint32_t>(push.position() - node.source_byte);
    const bool has_elements = begun_.back() != elements_begun_;
    if (!has_elements || !is_blank(texts_.back())) node.value = builder_.texts().copy(texts_.back());
    texts_.pop_back();
    begun_.pop_back();
  }

 private:
  std::string_view name_of(std::string_view prefix, std::string_view local) {
    if (prefix.empty()) return builder_.texts().copy(local);
    return builder_.texts().copy(std::string(prefix) + ":" + std::string(local));
  }

  void add_namespace(XmlPush& push, const XmlTag& tag, std::size_t index) {
    const auto prefix = XmlAttributes::text(tag.namespaces[2 * index]);
    const auto name = prefix.empty() ? std::string_view("xmlns") : name_of("xmlns", prefix);
    auto& node = builder_.add(NodeKind::attribute, name, push.tag_begin());
    node.value = builder_.texts().copy(XmlAttributes::text(tag.namespaces[2 * index + 1]));
    node.line = push.line();
  }

  void add_attribute(XmlPush& push, const XmlTag& tag, std::size_t index) {
    const auto name = name_of(tag.attributes.prefix(index), tag.attributes.local(index));
    auto& node = builder_.add(NodeKind::attribute, name, push.tag_begin());
    node.value = builder_.texts().copy(tag.attributes.value(index));
    node.line = push.line();
  }

  TreeBuilder& builder_;
  std::vector<std::string> texts_;    ///< of the open elements
  std::vector<std::uint64_t> begun_;  ///< how many elements had begun when each open one did
  std::uint64_t elements_begun_ = 0;
};

Error in_file(const Error& error, const std::string& shown_name) {
  auto place = error.place();
  place.file = shown_name;
  return error.at(std::move(place));
}

base::Status parse(std::string_view text, TreeBuilder& builder, const std::string& shown_name,
                   const Limits& limits) {
  XmlTreeReading reading(builder);
  XmlPush push(reading, limits.depth);
  auto done = push.feed(text);
  if (!done.has_error()) done = push.finish();
  if (done.has_error()) return in_file(done.error(), shown_name);
  return {};
}

/// Offsets in the decoded text become those in the source.
void place_in_source(TreeBuilder& builder, const XmlDecoded& decoded, std::string_view source) {
  for (auto& node : builder.nodes()) {
    const auto begin = decoded.source_offset(node.source_byte, source);
    const auto end = decoded.source_offset(std::uint64_t{node.source_byte} + node.source_length, source);
    node.source_byte = static_cast<std::uint32_t>(begin);
    node.source_length = static_cast<std::uint32_t>(end - begin);
  }
}

base::Result<Tree> read_cp932(std::string_view bytes, const std::string& shown_name, const Limits& limits) {
  MUSUBI_ASSIGN(const XmlDecoded decoded, XmlDecoded::of_cp932(bytes, shown_name));
  TreeBuilder builder({});
  const auto parsed = parse(decoded.text(), builder, shown_name, limits);
  if (parsed.has_error()) {
    auto place = parsed.error().place();
    place.byte = decoded.source_offset(place.byte, bytes);
    return parsed.error().at(std::move(place));
  }
  place_in_source(builder, decoded, bytes);
  return builder.take();
}

base::Result<Tree> read(std::string bytes, const std::string& shown_name, const Limits& limits) {
  if (bytes.empty()) return Error(ErrorKind::bad_input, "document.empty").at({.file = shown_name});
  const auto limit = std::min<std::uint64_t>(limits.bytes, std::numeric_limits<std::uint32_t>::max());
  if (bytes.size() > limit) {
    return Error(ErrorKind::limit_exceeded, "file.too_large", {{"limit", std::to_string(limit)}})
        .at({.file = shown_name});
  }
  MUSUBI_ASSIGN(const Encoding encoding, xml_encoding(bytes, Encoding::detect, shown_name));
  if (encoding == Encoding::cp932) return read_cp932(bytes, shown_name, limits);
  TreeBuilder simple(std::move(bytes));
  if (read_simple_xml(simple, limits.depth)) return simple.take();
  TreeBuilder builder({});
  MUSUBI_TRY(parse(simple.bytes(), builder, shown_name, limits));
  return builder.take();
}

}  // namespace

base::Result<Tree> read_xml(std::string bytes, const std::string& shown_name, const Limits& limits) noexcept {
  return without_exceptions(shown_name, [&] { return read(std::move(bytes), shown_name, limits); });
}

}  // namespace musubi::document
