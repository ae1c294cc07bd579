// The places of every token of a JSON text, found by simdjson's first stage, which also proves the text to be
// UTF-8 without control characters in strings.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/export.h"
#include "musubi/base/result.h"

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace musubi::document {

struct JsonFault {
  std::string_view code;  ///< message id
  std::uint64_t byte = 0;
};

/// Views the text it was read from. Not for several threads.
class MUSUBI_SDK_API JsonIndex {
 public:
  JsonIndex();
  ~JsonIndex();
  JsonIndex(const JsonIndex&) = delete;
  JsonIndex& operator=(const JsonIndex&) = delete;

  /// Indexes another text, reusing its memory. Faults: text.malformed_bytes, json.string_not_closed,
  /// json.control_character, document.limit (4 GiB), document.empty.
  std::optional<JsonFault> read(std::string_view text);

  std::uint32_t size() const noexcept { return size_; }
  /// First character of a token; '\0' behind the last.
  char kind(std::uint32_t token) const noexcept { return token < size_ ? text_[starts_[token]] : '\0'; }
  std::uint32_t byte(std::uint32_t token) const noexcept { return starts_[token]; }
  /// A scalar with its quotes, without the blanks behind it.
  std::string_view scalar(std::uint32_t token) const noexcept {
    const auto begin = starts_[token];
    auto end = starts_[token + 1];
    // Other control characters are no blanks: they make the scalar wrong.
    while (end > begin && is_blank(text_[end - 1])) --end;
    return text_.substr(begin, end - begin);
  }
  /// The same of a word or number, which has no blanks inside.
  std::string_view bare_scalar(std::uint32_t token) const noexcept {
    const auto begin = starts_[token];
    auto end = begin;
    while (end < starts_[token + 1] && !is_blank(text_[end])) ++end;
    return text_.substr(begin, end - begin);
  }
  /// Offset behind a token.
  std::uint32_t end_of(std::uint32_t token) const noexcept {
    return starts_[token] + static_cast<std::uint32_t>(is_scalar(kind(token)) ? scalar(token).size() : 1);
  }
  std::string_view text() const noexcept { return text_; }
  /// Where the tokens start, size() of them, and one more: the length of the text.
  const std::uint32_t* starts() const noexcept { return starts_; }
  /// The first backslash from `at` on; end of the text: none.
  const char* backslash_from(const char* at) noexcept {
    if (at < backslash_asked_ || at > backslash_) find_backslash(at);
    return backslash_;
  }
  /// The bytes of text that the memory kept for the next reading is made for.
  std::size_t capacity() const noexcept;

 private:
  static bool is_scalar(char kind) noexcept {
    return kind != '{' && kind != '}' && kind != '[' && kind != ']' && kind != ':' && kind != ',';
  }
  static bool is_blank(char letter) noexcept {
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
  }
  JsonFault explain(int error) const;
  void find_backslash(const char* from) noexcept;

  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
  std::string_view text_;
  const std::uint32_t* starts_ = nullptr;  ///< size_ of them and one more: the length of the text
  std::uint32_t size_ = 0;
  const char* backslash_ = nullptr;        ///< the first from there on
  const char* backslash_asked_ = nullptr;  ///< from where
};

/// As an Error with line, column and byte; `begin` is the offset of `text` in the source, `line` its first
/// line.
MUSUBI_SDK_API base::Error json_error(const JsonFault& fault, std::string_view text,
                                      const std::string& shown_name, std::uint64_t begin = 0,
                                      std::uint64_t line = 1);

}  // namespace musubi::document
