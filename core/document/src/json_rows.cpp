// open_json_rows: an array of objects in a document, or NDJSON.
#include <algorithm>

#include "json_items.h"
#include "json_lines.h"
#include "json_row_filler.h"
#include "without_exceptions.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

/// What both kinds of reader are alike in.
class JsonReader : public RowReader {
 public:
  JsonReader(ColumnList columns, const Limits& limits, std::string shown_name)
      : filler_(std::move(columns), limits),
        limits_(limits),
        shown_name_(std::move(shown_name)),
        names_(filler_.columns().names()) {}

  std::span<const std::string> columns() const noexcept override { return names_; }
  std::span<const std::string> titles() const noexcept override { return {}; }
  Encoding encoding() const noexcept override { return Encoding::utf8; }

 protected:
  JsonRowFiller filler_;
  Limits limits_;
  std::string shown_name_;
  std::uint64_t rows_ = 0;

 private:
  std::vector<std::string> names_;
};

/// Items of a document that is in memory.
class JsonArrayReader final : public JsonReader {
 public:
  JsonArrayReader(std::shared_ptr<const std::string> text, std::vector<std::uint32_t> items,
                  ColumnList columns, const Limits& limits, std::string shown_name)
      : JsonReader(std::move(columns), limits, std::move(shown_name)),
        text_(std::move(text)),
        items_(std::move(items)) {
    filler_.index().read(*text_);
  }

  base::Result<std::size_t> read(RowBatch& into, std::size_t rows) noexcept override {
    return without_exceptions(shown_name_, [&]() -> base::Result<std::size_t> {
      filler_.start(into);
      into.hold(text_);
      while (into.size() < rows && rows_ < items_.size()) add(into, items_[rows_]);
      return into.size();
    });
  }
  std::uint64_t consumed() const noexcept override {
    return rows_ == items_.size() ? text_->size() : counted_to_;
  }

 private:
  void add(RowBatch& into, std::uint32_t token) {
    const auto byte = filler_.index().byte(token);
    const auto passed = std::string_view(*text_).substr(counted_to_, byte - counted_to_);
    line_ += static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
    counted_to_ = byte;
    filler_.fill(into, {.row = ++rows_, .line = line_, .byte = byte, .length = 0}, token, 0);
  }

  std::shared_ptr<const std::string> text_;
  std::vector<std::uint32_t> items_;  ///< tokens
  std::uint64_t line_ = 1;
  std::uint32_t counted_to_ = 0;
};

/// Items that are lines of a source.
class JsonLinesReader final : public JsonReader {
 public:
  JsonLinesReader(std::shared_ptr<const ByteSource> source, ColumnList columns, const Limits& limits)
      : JsonReader(std::move(columns), limits, source->name()), lines_(std::move(source), limits.row_bytes) {}

  base::Result<std::size_t> read(RowBatch& into, std::size_t rows) noexcept override {
    return without_exceptions(shown_name_, [&]() -> base::Result<std::size_t> {
      filler_.start(into);
      while (into.size() < rows) {
        MUSUBI_ASSIGN(const std::optional<JsonLine> line, lines_.next());
        if (!line) break;
        hold_block(into);
        add(into, *line);
      }
      return into.size();
    });
  }
  std::uint64_t consumed() const noexcept override { return lines_.consumed(); }

 private:
  void hold_block(RowBatch& into) {
    if (into.size() > 0 && lines_.block() == held_) return;
    held_ = lines_.block();
    into.hold(held_);
  }

  void add(RowBatch& into, const JsonLine& line) {
    const RowOrigin origin{.row = ++rows_,
                           .line = line.number,
                           .byte = line.byte,
                           .length = static_cast<std::uint32_t>(line.length)};
    if (line.too_long) return filler_.add_damaged(into, origin, "json.item_too_long", line.byte);
    const auto fault = filler_.index().read(line.text);
    if (fault) return filler_.add_damaged(into, origin, fault->code, line.byte + fault->byte);
    filler_.fill(into, origin, 0, line.byte);
  }

  JsonLines lines_;
  std::shared_ptr<const void> held_;
};

base::Status check_width(const ColumnList& columns, const Limits& limits, const std::string& shown_name) {
  if (columns.size() <= limits.columns) return {};
  return Error(ErrorKind::limit_exceeded, "document.too_many_columns",
               {{"columns", std::to_string(columns.size())}, {"limit", std::to_string(limits.columns)}})
      .at({.file = shown_name});
}

/// Whether `text` is one JSON object; nothing is kept of it.
bool is_object(std::string_view text, std::uint32_t depth_limit, ColumnList& columns) {
  JsonIndex index;
  TextArena texts;
  JsonColumnSink sink(columns);
  JsonFlatten<JsonColumnSink> flatten(index, sink);
  flatten.restart(texts);
  JsonWalk walk(index, texts, depth_limit, flatten);
  return !index.read(text) && index.kind(0) == '{' && walk.whole_text();
}

/// NDJSON: the first line is a whole object, be it the only one.
base::Result<bool> looks_like_lines(const std::shared_ptr<const ByteSource>& source, const Limits& limits) {
  JsonLines lines(source, limits.row_bytes);
  MUSUBI_ASSIGN(const std::optional<JsonLine> first, lines.next());
  ColumnList columns;
  return first && is_object(first->text, limits.depth, columns);
}

base::Result<ColumnList> columns_of_lines(const std::shared_ptr<const ByteSource>& source,
                                          const Limits& limits) {
  JsonLines lines(source, limits.row_bytes);
  ColumnList columns;
  for (;;) {
    MUSUBI_ASSIGN(const std::optional<JsonLine> line, lines.next());
    if (!line) return columns;
    is_object(line->text, limits.depth, columns);
    MUSUBI_TRY(check_width(columns, limits, source->name()));
  }
}

RowReaderResult open_lines(std::shared_ptr<const ByteSource> source, const Limits& limits) {
  MUSUBI_ASSIGN(ColumnList columns, columns_of_lines(source, limits));
  return std::make_unique<JsonLinesReader>(std::move(source), std::move(columns), limits);
}

Error no_items(const JsonItemSearch& search, const std::string& path, const std::string& shown_name) {
  const auto* code = search.candidates().empty() ? "json.no_items"
                     : path.empty()              ? "json.items_needed"
                                                 : "json.items_not_found";
  return Error(ErrorKind::bad_input, code, {{"path", path}, {"paths", search.candidates()}})
      .at({.file = shown_name});
}

/// The items of a document: those of the array, or the root object itself where it holds no array of objects.
base::Result<std::vector<std::uint32_t>> items_of(JsonIndex& index, const TableOptions& options,
                                                  ColumnList& columns, const std::string& shown_name) {
  TextArena texts;
  JsonItemSearch search(index, texts, options.items, columns);
  JsonWalk walk(index, texts, options.limits.depth, search);
  if (!walk.whole_text()) return json_error(walk.broken(), index.text(), shown_name);
  if (search.first_fault()) return json_error(*search.first_fault(), index.text(), shown_name);
  if (search.found()) return search.take_items();
  if (!options.items.empty() || index.kind(0) != '{' || !search.candidates().empty()) {
    return no_items(search, options.items, shown_name);
  }
  is_object(index.text(), options.limits.depth, columns);
  return std::vector<std::uint32_t>{0};
}

RowReaderResult open_document(const ByteSource& source, const TableOptions& options) {
  MUSUBI_ASSIGN(std::string bytes, read_all(source, options.limits.bytes));
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.replace(0, 3, "   ");
  auto text = std::make_shared<const std::string>(std::move(bytes));
  ColumnList columns;
  std::vector<std::uint32_t> items;
  {
    JsonIndex index;
    if (const auto fault = index.read(*text)) return json_error(*fault, *text, source.name());
    MUSUBI_ASSIGN(items, items_of(index, options, columns, source.name()));
  }
  if (items.empty()) return Error(ErrorKind::bad_input, "document.empty").at({.file = source.name()});
  MUSUBI_TRY(check_width(columns, options.limits, source.name()));
  return std::make_unique<JsonArrayReader>(std::move(text), std::move(items), std::move(columns),
                                           options.limits, source.name());
}

}  // namespace

RowReaderResult open_json_rows(std::shared_ptr<const ByteSource> source,
                               const TableOptions& options) noexcept {
  const auto shown_name = source->name();
  return without_exceptions(shown_name, [&]() -> RowReaderResult {
    if (options.items.empty()) {
      MUSUBI_ASSIGN(const bool lines, looks_like_lines(source, options.limits));
      if (lines) return open_lines(std::move(source), options.limits);
    }
    return open_document(*source, options);
  });
}

}  // namespace musubi::document
