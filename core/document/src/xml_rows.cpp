// open_xml_rows: the elements of one name as rows.
#include <algorithm>
#include <map>
#include <optional>

#include "tree_columns.h"
#include "without_exceptions.h"
#include "xml_flatten.h"
#include "xml_input.h"
#include "xml_lists.h"
#include "xml_push.h"
#include "xml_row_queue.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

bool is_named(const XmlTag& tag, std::string_view wanted) {
  if (tag.local == wanted) return true;
  return !tag.prefix.empty() && wanted.size() == tag.prefix.size() + 1 + tag.local.size() &&
         wanted.starts_with(tag.prefix) && wanted[tag.prefix.size()] == ':' && wanted.ends_with(tag.local);
}

/// Handler that passes what lies in the items on to a flattening; the sink is told where items begin and end.
template <class Sink>
class XmlItems {
 public:
  XmlItems(std::string wanted, std::uint32_t longest_item, Sink& sink)
      : wanted_(std::move(wanted)), sink_(sink), flatten_(sink, longest_item) {}

  void start(XmlPush& push, const XmlTag& tag) {
    if (item_depth_ == 0) {
      sink_.outside(push, tag);
      if (!is_named(tag, wanted_)) return;
      item_depth_ = push.depth();
      sink_.begin_item(push);
    }
    flatten_.start(push, tag);
  }
  void text(XmlPush&, std::string_view text) {
    if (item_depth_ != 0) flatten_.text(text);
  }
  void end(XmlPush& push) {
    if (item_depth_ == 0) return;
    flatten_.end(push);
    if (push.depth() != item_depth_) return;
    item_depth_ = 0;
    sink_.end_item(push);
  }

 private:
  std::string wanted_;
  Sink& sink_;
  XmlFlatten<Sink> flatten_;
  std::uint32_t item_depth_ = 0;  ///< of the open item; 0: none
};

/// Collects the columns, and the names of elements to suggest where there are no items.
class XmlColumnScan {
 public:
  explicit XmlColumnScan(const TableOptions& options) : limits_(options.limits), lists_(options.lists) {}

  void outside(XmlPush&, const XmlTag& tag) {
    constexpr std::size_t kMostNames = 1000;
    if (names_.size() < kMostNames) ++names_[std::string(tag.local)];
  }
  void begin_item(XmlPush& push) {
    ++items;
    push_ = &push;
  }
  void end_item(XmlPush&) {}
  void too_long() {}  // told with its row
  void open_element(std::string_view path, std::uint64_t) {
    if (const auto list = lists_.outermost(path)) add(*list);
  }
  void close_element(std::string_view, std::uint64_t) {}
  void cell(std::string_view path, std::string_view, std::uint64_t, std::uint64_t) {
    add(lists_.outermost(path).value_or(path));
  }
  /// Names of elements that occur several times.
  std::string repeated_names() const {
    std::string joined;
    for (const auto& [name, count] : names_) {
      if (count > 1) joined += (joined.empty() ? "" : ", ") + name;
    }
    return joined;
  }

  ColumnList columns;
  std::uint64_t items = 0;

 private:
  void add(std::string_view column) {
    columns.add(column);
    if (columns.size() <= limits_.columns) return;
    push_->stop(
        Error(ErrorKind::limit_exceeded, "document.too_many_columns",
              {{"columns", std::to_string(columns.size())}, {"limit", std::to_string(limits_.columns)}}));
  }

  Limits limits_;
  XmlLists lists_;
  XmlPush* push_ = nullptr;
  std::map<std::string, std::uint64_t> names_;
};

/// Puts items into a queue. The texts of an element that comes again are joined with ";", those of lists are
/// the objects of an array.
class XmlRowSink {
 public:
  XmlRowSink(ColumnList columns, const TableOptions& options)
      : columns_(std::move(columns)),
        limits_(options.limits),
        lists_(options.lists),
        drafts_(columns_.size()) {}

  void outside(XmlPush&, const XmlTag&) {}
  void begin_item(XmlPush& push) { queue.begin(push.line(), push.tag_begin()); }
  void end_item(XmlPush& push) {
    for (const auto column : used_) give(column);
    used_.clear();
    auto& row = queue.open();
    const auto length = push.position() - row.byte;
    row.length = static_cast<std::uint32_t>(length);
    if (length > limits_.row_bytes) queue.fault("xml.item_too_long", row.byte);
    queue.finish();
  }
  void open_element(std::string_view path, std::uint64_t begin) {
    const bool outermost = !lists_.inside();
    if (lists_.open(path) && outermost) list_begin_ = begin;
  }
  void close_element(std::string_view path, std::uint64_t end) {
    if (const auto object = lists_.close(path)) append(path, *object, {list_begin_, end}, "[", ",");
  }
  void cell(std::string_view path, std::string_view text, std::uint64_t begin, std::uint64_t end) {
    if (lists_.inside() && lists_.held() > limits_.cell_bytes)
      queue.fault("xml.value_too_long", begin);
    else if (lists_.inside())
      lists_.value(path, text);
    else
      append(path, text, {begin, end}, "", ";");
  }
  void too_long() { queue.fault("xml.item_too_long", queue.open().byte); }

  RowQueue queue;

 private:
  struct Span {
    std::uint64_t begin, end;
  };

  struct Draft {
    std::string text;
    std::uint64_t begin = 0, end = 0;
    bool used = false, list = false;
  };

  void append(std::string_view path, std::string_view text, Span span, std::string_view before_first,
              std::string_view between) {
    const auto column = columns_.find(path);
    auto& draft = drafts_[column];
    if (!draft.used) {
      used_.push_back(static_cast<std::uint32_t>(column));
      draft.begin = span.begin;
      draft.list = before_first == "[";
    }
    draft.text += draft.used ? between : before_first;
    draft.used = true;
    draft.end = span.end;
    // One byte too many is enough to know.
    if (draft.text.size() <= limits_.cell_bytes) draft.text += text;
  }

  void give(std::uint32_t column) {
    auto& draft = drafts_[column];
    if (draft.list) draft.text += ']';
    if (draft.text.size() > limits_.cell_bytes) {
      queue.fault("xml.value_too_long", draft.begin);
    } else {
      const auto kept = queue.texts().copy(draft.text);
      queue.add(column, {.data = kept.data(),
                         .size = static_cast<std::uint32_t>(kept.size()),
                         .source_length = static_cast<std::uint32_t>(draft.end - draft.begin),
                         .source_byte = draft.begin,
                         .kind = CellKind::text});
    }
    draft.text.clear();
    draft.used = false;
  }

  ColumnList columns_;
  Limits limits_;
  XmlLists lists_;
  std::uint64_t list_begin_ = 0;     ///< of the outermost open object
  std::vector<Draft> drafts_;        ///< by column, of the open item
  std::vector<std::uint32_t> used_;  ///< its columns, in the order they came
};

Error in_source(const Error& error, const XmlInput& input) {
  auto place = error.place();
  place.file = input.name();
  if (place.byte != base::Place::kNone) place.byte = input.source_offset(place.byte);
  return error.at(std::move(place));
}

/// Feeds one more piece; true: there was none.
base::Result<bool> feed_piece(XmlInput& input, XmlPush& push) {
  MUSUBI_ASSIGN(const std::string_view piece, input.next());
  const auto fed = piece.empty() ? push.finish() : push.feed(piece);
  if (fed.has_error()) return in_source(fed.error(), input);
  return piece.empty();
}

class XmlReader final : public RowReader {
 public:
  XmlReader(XmlInput input, ColumnList columns, const TableOptions& options)
      : input_(std::move(input)),
        names_(columns.names()),
        sink_(std::move(columns), options),
        items_(options.items, options.limits.row_bytes, sink_),
        push_(items_, options.limits.depth) {}

  std::span<const std::string> columns() const noexcept override { return names_; }
  std::span<const std::string> titles() const noexcept override { return {}; }
  Encoding encoding() const noexcept override { return input_.encoding(); }
  std::uint64_t consumed() const noexcept override { return input_.consumed(); }

  base::Result<std::size_t> read(RowBatch& into, std::size_t rows) noexcept override {
    return without_exceptions(input_.name(), [&]() -> base::Result<std::size_t> {
      into.start(names_.size());
      MUSUBI_TRY(fill(rows));
      auto& queue = sink_.queue;
      queue.hold_texts(into);
      const auto count = std::min(rows, queue.waiting());
      for (std::size_t index = 0; index < count; ++index) add(into, queue.peek(index));
      queue.drop(count);
      return count;
    });
  }

 private:
  base::Status fill(std::size_t rows) {
    if (sink_.queue.waiting() >= rows || ended_) return {};
    sink_.queue.forget_dropped();
    while (sink_.queue.waiting() < rows && !ended_) {
      MUSUBI_ASSIGN(ended_, feed_piece(input_, push_));
    }
    return {};
  }

  void add(RowBatch& into, const QueuedRow& row) {
    const auto [byte, length] = in_source_bytes(row.byte, row.length);
    const auto cells = into.add_row({.row = ++row_count_, .line = row.line, .byte = byte, .length = length});
    for (const auto& [column, cell] : sink_.queue.cells_of(row)) {
      cells[column] = cell;
      const auto source = in_source_bytes(cell.source_byte, cell.source_length);
      cells[column].source_byte = source.byte;
      cells[column].source_length = source.length;
    }
    if (row.fault.empty()) return;
    into.add_fault({.row_index = static_cast<std::uint32_t>(into.size() - 1),
                    .code = row.fault,
                    .byte = input_.source_offset(row.fault_byte)});
  }

  struct Bytes {
    std::uint64_t byte;
    std::uint32_t length;
  };
  Bytes in_source_bytes(std::uint64_t byte, std::uint32_t length) const {
    const auto begin = input_.source_offset(byte);
    return {.byte = begin, .length = static_cast<std::uint32_t>(input_.source_offset(byte + length) - begin)};
  }

  XmlInput input_;
  std::vector<std::string> names_;
  XmlRowSink sink_;
  XmlItems<XmlRowSink> items_;
  XmlPush push_;
  std::uint64_t row_count_ = 0;
  bool ended_ = false;
};

Error no_items(const XmlColumnScan& scan, const TableOptions& options, const XmlInput& input) {
  const auto code = options.items.empty() ? "xml.items_needed" : "xml.items_not_found";
  return Error(ErrorKind::bad_input, code, {{"element", options.items}, {"elements", scan.repeated_names()}})
      .at({.file = input.name()});
}

RowReaderResult open(std::shared_ptr<const ByteSource> source, const TableOptions& options) {
  MUSUBI_ASSIGN(XmlInput input, XmlInput::open(std::move(source), options.encoding, options.limits));
  XmlColumnScan scan(options);
  XmlItems<XmlColumnScan> items(options.items, options.limits.row_bytes, scan);
  XmlPush push(items, options.limits.depth);
  for (bool ended = false; !ended;) {
    MUSUBI_ASSIGN(ended, feed_piece(input, push));
  }
  if (scan.items == 0) return no_items(scan, options, input);
  input.rewind();
  return std::make_unique<XmlReader>(std::move(input), std::move(scan.columns), options);
}

}  // namespace

RowReaderResult open_xml_rows(std::shared_ptr<const ByteSource> source,
                              const TableOptions& options) noexcept {
  const auto shown_name = source->name();
  return without_exceptions(shown_name, [&] { return open(std::move(source), options); });
}

}  // namespace musubi::document
