// Finds the array of items in a JSON document and the columns its items have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json_flatten.h"
#include "tree_columns.h"

namespace musubi::document {

/// A sink of JsonFlatten that collects columns.
class JsonColumnSink {
 public:
  explicit JsonColumnSink(ColumnList& columns) : columns_(columns) {}
  void cell(std::string_view path, const JsonCell&) { columns_.add(path); }
  void fault(const JsonFault&) {}  // told with its row when that is read

 private:
  ColumnList& columns_;
};

/// A Visitor of JsonWalk over a whole document.
class JsonItemSearch {
 public:
  /// `path` as in TableOptions::items; empty: the root itself must be the array.
  JsonItemSearch(const JsonIndex& index, TextArena& texts, std::string_view path, ColumnList& columns)
      : index_(index), wanted_(path), sink_(columns), flatten_(index, sink_) {
    flatten_.restart(texts);
  }

  void key(std::string_view name, std::uint64_t);
  void begin_object(std::uint32_t token);
  void end_object(std::uint32_t token);
  void begin_array(std::uint32_t token);
  void end_array(std::uint32_t token);
  void leaf(JsonKind kind, std::string_view text, std::uint32_t token);
  void fault(const JsonFault& fault);

  bool found() const noexcept { return found_; }
  std::vector<std::uint32_t> take_items() noexcept { return std::move(items_); }
  /// Paths of arrays of objects, to suggest.
  std::string candidates() const;
  /// Damage outside the items.
  const std::optional<JsonFault>& first_fault() const noexcept { return fault_; }

 private:
  bool inside() const noexcept { return depth_inside_ > 0; }
  void begin_inside(std::uint32_t token);

  const JsonIndex& index_;
  std::string_view wanted_;
  JsonColumnSink sink_;
  JsonFlatten<JsonColumnSink> flatten_;
  std::vector<std::uint32_t> items_;
  std::vector<std::string> candidates_;
  std::optional<JsonFault> fault_;
  std::string path_;
  std::vector<std::size_t> objects_;  ///< length of the path of each open object
  std::uint32_t arrays_ = 0;          ///< open ones outside the items
  std::uint32_t depth_inside_ = 0;    ///< open objects and arrays from the array of items on
  bool found_ = false;
};

}  // namespace musubi::document
