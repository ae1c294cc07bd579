// A JSON object as cells of a row: {"a": {"b": 1}, "c": ["x", "y"]} has the cells "a.b" and "c" ("x;y").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/document/json_walk.h"
#include "musubi/document/row_batch.h"

namespace musubi::document {

struct JsonCell {
  CellKind kind = CellKind::missing;  ///< missing: null
  std::string_view text;
  std::uint32_t byte = 0;
  std::uint32_t length = 0;
};

/// `text` without blanks between its tokens.
std::string_view compact_json(std::string_view text, TextArena& texts);

/// A Visitor of JsonWalk over one item. The Sink has
///   void cell(std::string_view path, const JsonCell&)   and   void fault(const JsonFault&)
/// Arrays of plain values are joined with ";", deeper ones are compact JSON.
template <class Sink>
class JsonFlatten {
 public:
  JsonFlatten(const JsonIndex& index, Sink& sink) : index_(index), sink_(sink) {}

  /// Before an item, also where the last one broke off. Texts made up go to `texts`.
  void restart(TextArena& texts) {
    texts_ = &texts;
    objects_.clear();
    arrays_ = 0;
  }

  void key(std::string_view name, std::uint64_t) {
    if (arrays_ > 0) return;
    path_.resize(objects_.back());
    if (!path_.empty()) path_ += '.';
    path_ += name;
  }

  void begin_object(std::uint32_t) {
    if (arrays_ > 0) {
      deep_ = true;
      return;
    }
    if (objects_.empty()) path_.clear();
    objects_.push_back(path_.size());
  }
  void end_object(std::uint32_t) {
    if (arrays_ > 0) return;
    path_.resize(objects_.back());
    objects_.pop_back();
  }

  void begin_array(std::uint32_t token) {
    if (arrays_++ > 0) {
      deep_ = true;
      return;
    }
    array_begin_ = index_.byte(token);
    deep_ = false;
    joined_.clear();
    items_ = 0;
  }
  void end_array(std::uint32_t token) {
    if (--arrays_ > 0) return;
    const auto length = index_.byte(token) + 1 - array_begin_;
    const auto text =
        deep_ ? compact_json(index_.text().substr(array_begin_, length), *texts_) : texts_->copy(joined_);
    give({.kind = CellKind::text, .text = text, .byte = array_begin_, .length = length});
  }

  void leaf(JsonKind kind, std::string_view text, std::uint32_t token) {
    if (arrays_ > 0) return join(text);
    give({.kind = cell_kind(kind),
          .text = kind == JsonKind::null ? std::string_view() : text,
          .byte = index_.byte(token),
          .length = static_cast<std::uint32_t>(index_.scalar(token).size())});
  }

  void fault(const JsonFault& fault) { sink_.fault(fault); }

 private:
  static CellKind cell_kind(JsonKind kind) {
    constexpr CellKind kKinds[] = {CellKind::text, CellKind::number, CellKind::boolean, CellKind::missing};
    return kKinds[static_cast<std::size_t>(kind)];
  }

  void join(std::string_view text) {
    if (items_++ > 0) joined_ += ';';
    joined_ += text;
  }

  void give(const JsonCell& cell) {
    if (objects_.empty()) return sink_.fault({.code = "json.item_not_object", .byte = cell.byte});
    sink_.cell(path_, cell);
  }

  const JsonIndex& index_;
  TextArena* texts_ = nullptr;
  Sink& sink_;
  std::string path_;
  std::vector<std::size_t> objects_;  ///< length of the path of each open object
  std::uint32_t arrays_ = 0;          ///< open ones
  std::uint32_t array_begin_ = 0;
  std::size_t items_ = 0;
  bool deep_ = false;
  std::string joined_;
};

}  // namespace musubi::document
