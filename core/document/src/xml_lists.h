// Elements that repeat, with parts of their own, as one cell of a row: a JSON array of objects.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::document {

/// The lists of one item while it is read. Paths are those of XmlFlatten; names in an object are the rest of
/// the path, "text()" for the element's own text. What comes again in one object is joined with ";".
class XmlLists {
 public:
  explicit XmlLists(std::vector<std::string> paths) : paths_(std::move(paths)) {}

  /// The outermost list that holds `path`, or nothing.
  std::optional<std::string_view> outermost(std::string_view path) const noexcept;

  bool inside() const noexcept { return !open_.empty(); }
  /// Bytes that the open objects hold, about.
  std::size_t held() const noexcept { return held_; }
  /// An object begins where `path` is a list; false: it is none.
  bool open(std::string_view path);
  /// A value of the innermost open object.
  void value(std::string_view path, std::string_view text);
  /// The element of `path` ends. An outermost object that ends with it, as JSON.
  std::optional<std::string> close(std::string_view path);

 private:
  struct Object {
    std::string path;
    std::map<std::string, std::string, std::less<>> values{};  ///< texts
    std::map<std::string, std::string, std::less<>> lists{};   ///< JSON of objects, divided by commas
  };

  static std::string json_of(const Object& object);

  std::vector<std::string> paths_;
  std::vector<Object> open_;
  std::size_t held_ = 0;
};

}  // namespace musubi::document
