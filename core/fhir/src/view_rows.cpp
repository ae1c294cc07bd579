// The rows of a view.
#include <algorithm>
#include <cstring>
#include <functional>
#include <memory_resource>

#include "line_count.h"
#include "musubi/base/json_text.h"
#include "musubi/document/row_batch.h"
#include "view_plan.h"

namespace musubi::fhir {

using document::Cell;
using document::CellKind;
using document::RowBatch;
using document::RowOrigin;
using fhirpath::LeafKind;
using fhirpath::Value;
using fhirpath::ValueKind;

namespace {

constexpr char kBetweenValues = ';';

/// Texts of one batch.
class Texts {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    auto* const room = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::memcpy(room, text.data(), text.size());
    return {room, text.size()};
  }

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

bool is_leaf(const Value& value) { return value.is(ValueKind::node) && value.node().has_value(); }

/// Nothing for an element of which only extensions are known.
std::string text_of(const Value& value) {
  if (is_leaf(value)) return std::string(value.node().text);
  if (value.is(ValueKind::node) && value.node().child_count == 0) return {};
  return fhirpath::to_text(value);
}

std::string joined(std::span<const Value> values) {
  std::string all;
  for (const auto& each : values) {
    const auto text = text_of(each);
    if (!all.empty() && !text.empty()) all += kBetweenValues;
    all += text;
  }
  return all;
}

CellKind kind_of(const Value& value) {
  if (!is_leaf(value)) return CellKind::text;
  if (value.node().leaf == LeafKind::number) return CellKind::number;
  return value.node().leaf == LeafKind::boolean ? CellKind::boolean : CellKind::text;
}

bool lies_in(const fhirpath::Resource& resource, const fhirpath::ResourceNode& node,
             const fhirpath::ResourceNode& outer) {
  const auto* at = &node;
  while (at != &outer && at->parent != fhirpath::kNoNode) at = &resource[at->parent];
  return at == &outer;
}

/// The innermost element that all of them are in, of one resource with them; nullptr: there is none.
const fhirpath::ResourceNode* around(std::span<const Value> values) {
  const auto is_of_first = [&](const Value& each) {
    return each.is(ValueKind::node) && &each.resource() == &values.front().resource();
  };
  if (!values.front().is(ValueKind::node) || !std::ranges::all_of(values, is_of_first)) return nullptr;
  const auto& resource = values.front().resource();
  const auto& outermost = resource.resource_of(values.front().node());
  const auto* node = &values.front().node();
  for (const auto& each : values) {
    while (!lies_in(resource, each.node(), *node)) {
      if (node == &outermost) return nullptr;
      node = &resource[node->parent];
    }
  }
  return node;
}

class ViewRows final : public document::RowReader {
 public:
  ViewRows(std::shared_ptr<const Collection> collection, std::shared_ptr<const View> view,
           RowSelection selection)
      : collection_(std::move(collection)),
        view_(std::move(view)),
        selection_(std::move(selection)),
        surroundings_(*collection_, *view_, view_->plan().columns_ask_same_subject) {
    for (const auto& column : view_->plan().columns) columns_.push_back(column.name);
    if (!selection_.broken_lines) next_broken_ = collection_->broken().size();
  }

  std::span<const std::string> columns() const noexcept override { return columns_; }
  std::span<const std::string> titles() const noexcept override { return {}; }
  document::Encoding encoding() const noexcept override { return document::Encoding::utf8; }
  std::uint64_t consumed() const noexcept override { return consumed_; }

  base::Result<std::size_t> read(RowBatch& into, std::size_t rows) override {
    texts_ = std::make_shared<Texts>();
    into.start(columns_.size());
    into.hold(texts_);
    into.hold(collection_);
    while (into.size() < rows && next_ < selection_.members.size()) add_next(into);
    while (into.size() < rows && next_broken_ < collection_->broken().size()) add_broken(into);
    if (next_ == selection_.members.size()) consumed_ = collection_->bytes().size();
    return into.size();
  }

 private:
  void fault(RowBatch& batch, std::string_view code) {
    const auto row = static_cast<std::uint32_t>(batch.size() - 1);
    if (!batch.faults().empty() && batch.faults().back().row_index == row) return;
    batch.add_fault({.row_index = row, .code = code, .byte = batch.origin(row).byte});
  }

  void add_broken(RowBatch& batch) {
    const auto& line = collection_->broken()[next_broken_++];
    batch.add_row({.row = ++row_,
                   .line = line.line,
                   .byte = line.byte,
                   .length = static_cast<std::uint32_t>(line.length)});
    fault(batch, "fhir.line_not_read");
  }

  void add_next(RowBatch& batch) {
    const auto place = next_++;
    const auto& member = collection_->members()[selection_.members[place]];
    const auto origin = origin_of(member);
    const auto cells = batch.add_row(origin);
    const auto& columns = view_->plan().columns;
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const bool done = columns[column].members.empty()
                            ? fill(cells[column], columns[column].path, member, origin)
                            : fill_list(cells[column], columns[column], member, origin);
      if (!done) fault(batch, "fhir.view_failed");
    }
    if (!selection_.held.empty() && selection_.held[place]) fault(batch, "fhir.entry_invalid");
    consumed_ = origin.byte + origin.length;
  }

  RowOrigin origin_of(const Member& member) {
    const auto& document = collection_->documents()[member.document];
    const auto byte = document.byte + member.node->source_byte;
    const bool in_order = line_document_ == member.document && byte >= line_byte_;
    if (!in_order) {
      line_document_ = member.document;
      line_byte_ = document.byte;
      line_ = document.line;
    }
    line_ += lines_in(std::string_view(collection_->bytes()).substr(line_byte_, byte - line_byte_));
    line_byte_ = byte;
    return {.row = ++row_, .line = line_, .byte = byte, .length = length_of(document, *member.node)};
  }

  std::uint32_t length_of(const Document& document, const fhirpath::ResourceNode& node) const {
    return static_cast<std::uint32_t>(collection_->text_of(document, node).size());
  }

  /// Where the values stand, where they stand anywhere.
  void place(Cell& cell, std::span<const Value> values, const RowOrigin& row) const {
    cell.source_byte = row.byte;
    cell.source_length = row.length;
    const auto* const node = around(values);
    if (node == nullptr) return;
    const auto* const resource = &values.front().resource();
    const auto document = std::ranges::lower_bound(collection_->documents(), resource, std::less<>(),
                                                   [](const Document& each) { return &each.resource; });
    if (document == collection_->documents().end() || &document->resource != resource) return;
    cell.source_byte = document->byte + node->source_byte;
    cell.source_length = length_of(*document, *node);
  }

  bool fill(Cell& cell, const fhirpath::Expression& path, const Member& member, const RowOrigin& origin) {
    const auto found = surroundings_.run(path, member);
    if (found.has_error()) return false;
    if (found->empty()) return true;
    const auto& first = found->front();
    const auto text = found->size() == 1 && is_leaf(first) ? first.node().text : texts_->keep(joined(*found));
    if (text.empty()) return true;
    cell.data = text.data();
    cell.size = static_cast<std::uint32_t>(text.size());
    cell.kind = found->size() == 1 ? kind_of(first) : CellKind::text;
    place(cell, *found, origin);
    return true;
  }

  /// [{"method": "…", "result": "…"}]
  bool fill_list(Cell& cell, const CompiledColumn& column, const Member& member, const RowOrigin& origin) {
    const auto found = surroundings_.run(column.path, member);
    if (found.has_error()) return false;
    const std::vector<Value> items(found->begin(), found->end());
    std::string json;
    for (const auto& item : items)
      if (item.is(ValueKind::node) && !append_item(json, column, item)) return false;
    if (json.empty()) return true;
    const auto text = texts_->keep("[" + json + "]");
    cell.data = text.data();
    cell.size = static_cast<std::uint32_t>(text.size());
    cell.kind = CellKind::text;
    place(cell, items, origin);
    return true;
  }

  bool append_item(std::string& json, const CompiledColumn& column, const Value& item) {
    if (!json.empty()) json += ',';
    json += '{';
    bool first = true;
    for (const auto& member : column.members) {
      const auto found = surroundings_.run(member.path, item.resource(), item.node());
      if (found.has_error()) return false;
      const auto text = joined(*found);
      if (text.empty()) continue;
      if (!std::exchange(first, false)) json += ',';
      base::append_json_string(json, member.name);
      json += ':';
      base::append_json_string(json, text);
    }
    json += '}';
    return true;
  }

  const std::shared_ptr<const Collection> collection_;
  const std::shared_ptr<const View> view_;
  const RowSelection selection_;
  Surroundings surroundings_;
  std::vector<std::string> columns_;
  std::shared_ptr<Texts> texts_;
  std::size_t next_ = 0, next_broken_ = 0;
  std::uint64_t row_ = 0, consumed_ = 0;
  std::size_t line_document_ = 0;
  std::uint64_t line_byte_ = 0, line_ = 1;
};

base::Result<std::unique_ptr<document::RowReader>> open(const document::ByteSource& bytes,
                                                        const document::ResourceView& view) {
  MUSUBI_ASSIGN(auto collection, Collection::read(bytes, document::Limits()));
  MUSUBI_ASSIGN(auto compiled, View::compile(view));
  auto rows = rows_of(*collection, *compiled);
  return open_view(std::move(collection), std::move(compiled), {std::move(rows)});
}

}  // namespace

std::unique_ptr<document::RowReader> open_view(std::shared_ptr<const Collection> collection,
                                               std::shared_ptr<const View> view, RowSelection selection) {
  return std::make_unique<ViewRows>(std::move(collection), std::move(view), std::move(selection));
}

document::RowReaderResult open_view(std::shared_ptr<const document::ByteSource> bytes,
                                    const document::ResourceView& view) noexcept {
  const auto held = std::move(bytes);
  return open(*held, view);
}

}  // namespace musubi::fhir
