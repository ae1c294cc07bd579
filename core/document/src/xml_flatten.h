// An XML element as cells of a row: <p id="1"><name>x</name><test kind="PCR"><result>+</result></test></p>
// has the cells "@id", "name", "test/@kind" and "test/result"; its own text is "text()".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "xml_push.h"

namespace musubi::document {

/// Told of an item element and all in it. The Sink has
///   void open_element(std::string_view path, std::uint64_t begin), void close_element(path, end)
///   void cell(std::string_view path, std::string_view text, std::uint64_t begin, std::uint64_t end)
///   void too_long()   where open elements hold more text than `longest`; some of it is left out then
/// An element gives a cell where it has text, or has neither attributes nor elements.
template <class Sink>
class XmlFlatten {
 public:
  XmlFlatten(Sink& sink, std::uint32_t longest) : sink_(sink), longest_(longest) {}

  void start(XmlPush& push, const XmlTag& tag) {
    if (!open_.empty()) enter(tag);
    const auto begin = push.tag_begin();
    if (!open_.empty()) sink_.open_element(path_, begin);
    open_.push_back(
        {.path = path_.size(), .text = text_.size(), .begin = begin, .bare = tag.attributes.size() == 0});
    for (std::size_t index = 0; index < tag.attributes.size(); ++index) {
      const auto length = path_.size();
      append_step("@", tag.attributes.prefix(index), tag.attributes.local(index));
      sink_.cell(path_, tag.attributes.value(index), begin, push.position());
      path_.resize(length);
    }
  }

  void text(std::string_view text) {
    if (text_.size() + text.size() > longest_) return sink_.too_long();
    text_ += text;
  }

  void end(XmlPush& push) {
    const auto element = open_.back();
    const auto own = std::string_view(text_).substr(element.text);
    const bool blank = own.find_first_not_of(" \t\r\n") == own.npos;
    if (!blank || element.bare) {
      sink_.cell(path_.empty() ? "text()" : std::string_view(path_), blank ? std::string_view() : own,
                 element.begin, push.position());
    }
    text_.resize(element.text);
    open_.pop_back();
    if (!open_.empty()) sink_.close_element(path_, push.position());
    path_.resize(open_.empty() ? 0 : open_.back().path);
  }

 private:
  struct Open {
    std::size_t path;  ///< its length with this element
    std::size_t text;  ///< where its own text begins
    std::uint64_t begin;
    bool bare;  ///< neither attributes nor elements
  };

  void enter(const XmlTag& tag) {
    open_.back().bare = false;
    append_step("", tag.prefix, tag.local);
  }

  void append_step(std::string_view mark, std::string_view prefix, std::string_view local) {
    if (!path_.empty()) path_ += '/';
    path_ += mark;
    path_ += prefix;
    if (!prefix.empty()) path_ += ':';
    path_ += local;
  }

  Sink& sink_;
  std::uint32_t longest_;
  std::vector<Open> open_;
  std::string path_;
  std::string text_;  ///< of all open elements, the innermost one's last
};

}  // namespace musubi::document
