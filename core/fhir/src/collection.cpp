#include "musubi/fhir/collection.h"

#include <algorithm>

#include "musubi/fhir/r4_types.h"
#include "ordered_children.h"
#include "reference_text.h"
#include "written_length.h"

namespace musubi::fhir {

using fhirpath::kNoType;
using fhirpath::Resource;
using fhirpath::ResourceNode;
using fhirpath::TypeKind;

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(std::string_view text) { return text.find_first_not_of(kBlanks) == text.npos; }

bool is_resource(const ResourceNode& node, const fhirpath::TypeTable& types) {
  return node.type != kNoType && types.type(node.type).kind == TypeKind::resource;
}

}  // namespace

bool looks_like_lines(std::string_view text) noexcept {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  const auto end = text.find('\n');
  if (!text.starts_with('{') || end == text.npos || is_blank(text.substr(end))) return false;
  const auto last = text.substr(0, end).find_last_not_of(kBlanks);
  return last != text.npos && text[last] == '}';
}

base::Result<std::shared_ptr<const Collection>> Collection::read(const document::ByteSource& source,
                                                                 const document::Limits& limits) {
  MUSUBI_ASSIGN(auto bytes, document::read_all(source, limits.bytes));
  return of_text(std::move(bytes), source.name(), limits);
}

base::Result<std::shared_ptr<const Collection>> Collection::of_text(std::string bytes,
                                                                    const std::string& shown_name,
                                                                    const document::Limits& limits) {
  auto made = std::make_shared<Collection>();
  made->bytes_ = std::move(bytes);
  made->name_ = shown_name;
  std::string_view text = made->bytes_;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const auto first = text.find_first_not_of(kBlanks);
  if (first == text.npos)
    return base::Error(base::ErrorKind::bad_input, "fhir.empty").at({.file = shown_name});
  const char sign = text[first];
  if (sign != '{' && sign != '[' && sign != '<')
    return base::Error(base::ErrorKind::bad_input, "fhir.neither_json_nor_xml").at({.file = shown_name});
  made->is_lines_ = looks_like_lines(text);
  if (made->is_lines_)
    made->read_lines(shown_name, limits);
  else
    MUSUBI_TRY(made->read_document(sign == '<' ? Format::xml : Format::json, shown_name, limits));
  made->index();
  return std::shared_ptr<const Collection>(std::move(made));
}

base::Status Collection::read_document(Format format, const std::string& shown_name,
                                       const document::Limits& limits) {
  const auto size = bytes_.size();
  MUSUBI_ASSIGN(auto resource, read_resource(std::move(bytes_), shown_name, format, limits));
  documents_.push_back({std::move(resource), 0, 1, size});
  return {};
}

void Collection::read_lines(const std::string& shown_name, const document::Limits& limits) {
  std::uint64_t number = 1;
  for (std::size_t begin = 0; begin < bytes_.size(); ++number) {
    const auto end = std::min(bytes_.find('\n', begin), bytes_.size());
    auto line = std::string_view(bytes_).substr(begin, end - begin);
    if (begin == 0 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    const std::uint64_t at = end - line.size();
    begin = end + 1;
    if (is_blank(line)) continue;
    auto resource = read_resource(std::string(line), shown_name, Format::json, limits);
    if (resource.has_error())
      broken_.push_back({resource.error(), at, number, line.size()});
    else
      documents_.push_back({std::move(*resource), at, number, line.size()});
  }
}

void Collection::index() {
  for (std::size_t each = 0; each < documents_.size(); ++each)
    add_members(documents_[each].resource.root(), nullptr, each);
  if (!is_lines_) return;
  for (const auto& member : members_) {
    const auto& resource = documents_[member.document].resource;
    const auto* id = resource.child(*member.node, "id");
    if (id == nullptr || member.node != &resource.root()) continue;
    by_reference_.emplace(std::string(resource.type_name()) + "/" + std::string(id->text), member.document);
  }
}

void Collection::add_members(const ResourceNode& node, const ResourceNode* bundle, std::size_t document) {
  const auto& resource = documents_[document].resource;
  const auto& type = r4_types().type(node.type).name;
  if (type != "Bundle" && type != "Parameters") {
    members_.push_back({&node, bundle, document});
    return;
  }
  if (type == "Bundle") bundle = &node;
  for (const auto& part : resource.children(node)) {
    if (part.name != "entry" && part.name != "parameter") continue;
    for (const auto& inner : resource.children(part))
      if (inner.name == "resource" && is_resource(inner, r4_types())) add_members(inner, bundle, document);
  }
}

std::string_view Collection::text_of(const Document& document, const ResourceNode& node) const {
  const auto whole = text_of(document);
  return whole.substr(node.source_byte, written_length(document.resource, node, whole));
}

std::map<std::uint64_t, std::string> Collection::paths_at(const std::set<std::uint64_t>& bytes) const {
  std::map<std::uint64_t, std::string> found;
  for (const auto& document : documents_) {
    const auto first = bytes.lower_bound(document.byte);
    if (first == bytes.end() || *first - document.byte >= document.length) continue;
    const auto& resource = document.resource;
    Paths paths(resource);
    for (std::uint32_t node = 0; node < resource.size(); ++node) {
      const auto byte = document.byte + resource[node].source_byte;
      const bool is_attribute = (resource[node].shape & fhirpath::kWrittenAsAttribute) != 0;
      if (!is_attribute && bytes.contains(byte)) found.try_emplace(byte, paths.of(resource[node]));
    }
  }
  return found;
}

const Resource* Collection::find(std::string_view reference) const noexcept {
  const auto found = by_reference_.find(relative_reference(reference));
  return found == by_reference_.end() ? nullptr : &documents_[found->second].resource;
}

}  // namespace musubi::fhir
