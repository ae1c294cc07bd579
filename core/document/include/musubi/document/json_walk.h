// One walk over one JSON value, one interpretation for trees and rows alike.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "musubi/document/json_index.h"
#include "musubi/document/json_scalar.h"
#include "musubi/document/name_hash.h"
#include "musubi/document/text_arena.h"

namespace musubi::document {

/// Names that a visitor may have a place for, in one object.
inline constexpr std::uint8_t kPlacesOfNames = 64;

enum class JsonKind : std::uint8_t { text, number, boolean, null };

/// The Visitor has
///   void key(std::string_view, std::uint64_t hash)  before each member's value; hash_of_name
///   void begin_object(token), end_object(token), begin_array(token), end_array(token)
///   void leaf(JsonKind, std::string_view text, token)
///   void fault(const JsonFault&)                  damage that leaves the structure whole: a double name, a
///   number
///                                                 out of range, a lone surrogate, a NUL; the walk goes on
/// One that knows names may have, too,
///   bool is_expected(const char* name)            instead of key(): the name that begins there, with the
///                                                 quotation mark behind it, is the one expected next
///   std::uint8_t place_of_name()                  after either: of no other name in this object;
///                                                 kPlacesOfNames or more: it has none
template <class Visitor>
class JsonWalk {
 public:
  JsonWalk(JsonIndex& index, TextArena& texts, std::uint32_t depth_limit, Visitor& visitor)
      : index_(index), texts_(texts), depth_limit_(depth_limit), visitor_(visitor) {}

  /// The value that begins at `token`; returns the token behind it, or nullopt where it breaks (see
  /// broken()).
  std::optional<std::uint32_t> value_at(std::uint32_t token) {
    token_ = token;
    keys_.clear();
    text_ = index_.text().data();
    starts_ = index_.starts();
    count_ = index_.size();
    backslash_ = text_;
    if (!value(0)) return std::nullopt;
    return token_;
  }

  /// The whole text is one value and nothing else.
  bool whole_text() {
    const auto behind = value_at(0);
    if (behind && *behind < index_.size()) return breaks("json.junk_behind_end");
    return behind.has_value();
  }

  const JsonFault& broken() const noexcept { return broken_; }

 private:
  struct Key {
    std::string_view name{};
    std::uint32_t byte = 0;
  };
  /// Those of one object.
  struct Keys {
    std::size_t first = 0;   ///< in keys_: those without a place
    std::uint64_t seen = 0;  ///< a bit for each place
    std::uint64_t bits = 0;  ///< of the hashes of those without
    bool doubtful = false;   ///< two of them may be the same
  };
  static constexpr bool kKnowsNames = requires(Visitor& visitor, const char* name) {
    visitor.is_expected(name);
    visitor.place_of_name();
  };

  char kind() const noexcept { return token_ < count_ ? text_[starts_[token_]] : '\0'; }
  std::uint64_t byte_here() const noexcept {
    return token_ < index_.size() ? index_.byte(token_) : index_.text().size();
  }
  [[gnu::noinline]] bool breaks(std::string_view code) {
    broken_ = {.code = token_ < index_.size() ? code : "json.truncated", .byte = byte_here()};
    return false;
  }

  bool value(std::uint32_t depth) {
    switch (kind()) {
      case '{':
        return depth < depth_limit_ ? object(depth + 1) : breaks("json.too_deep");
      case '[':
        return depth < depth_limit_ ? array(depth + 1) : breaks("json.too_deep");
      case '"':
        return string();
      default:
        return word_or_number();
    }
  }

  bool object(std::uint32_t depth) {
    Keys keys{.first = keys_.size()};
    visitor_.begin_object(token_++);
    if (kind() != '}' && !members(depth, keys)) return false;
    if (keys.doubtful) judge_keys(keys.first);
    keys_.resize(keys.first);
    visitor_.end_object(token_++);
    return true;
  }

  bool members(std::uint32_t depth, Keys& keys) {
    constexpr std::uint32_t kName = 0, kColon = 1, kValue = 2, kBehind = 3;
    while (true) {
      if (count_ - token_ <= kBehind) return breaks_in_member(depth, keys);
      const auto* const starts = starts_ + token_;
      if (text_[starts[kName]] != '"') return breaks("json.syntax");
      if (!name_of_member(keys)) return false;
      ++token_;
      if (text_[starts[kColon]] != ':') return breaks("json.syntax");
      ++token_;
      if (!(text_[starts[kValue]] == '"' ? string() : value(depth))) return false;
      const char behind = kind();
      if (behind == '}') return true;
      if (behind != ',') return breaks("json.syntax");
      ++token_;
    }
  }

  /// There are too few tokens for one, and for what closes the object.
  [[gnu::noinline, gnu::cold]] bool breaks_in_member(std::uint32_t depth, Keys& keys) {
    if (kind() != '"') return breaks("json.syntax");
    if (!name_of_member(keys)) return false;
    ++token_;
    if (kind() != ':') return breaks("json.syntax");
    ++token_;
    return value(depth) && breaks("json.syntax");
  }

  bool name_of_member(Keys& keys) {
    if constexpr (kKnowsNames) {
      if (visitor_.is_expected(text_ + starts_[token_] + 1)) {
        note_place(keys, visitor_.place_of_name());
        return true;
      }
    }
    const auto name = text_of_string();
    if (name.data() == nullptr) return false;
    const auto hash = hash_of_name(name);
    visitor_.key(name, hash);
    if constexpr (kKnowsNames) {
      const auto place = visitor_.place_of_name();
      if (place < kPlacesOfNames) {
        note_place(keys, place);
        return true;
      }
    }
    note_key(keys, name, hash);
    return true;
  }

  bool array(std::uint32_t depth) {
    visitor_.begin_array(token_++);
    if (kind() != ']') {
      if (!value(depth)) return false;
      while (kind() == ',') {
        ++token_;
        if (!value(depth)) return false;
      }
    }
    if (kind() != ']') return breaks("json.syntax");
    visitor_.end_array(token_++);
    return true;
  }

  /// Data nullptr: broken. A lone surrogate or a NUL is a fault, and the text empty.
  std::string_view text_of_string() {
    const auto* const begin = text_ + starts_[token_] + 1;
    const auto* const end = last_quotation_mark(text_ + starts_[token_ + 1] - 1, text_);
    if (end > backslash_) {
      backslash_ = index_.backslash_from(begin);
      if (end > backslash_) return text_with_escapes();
    }
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  [[gnu::noinline]] std::string_view text_with_escapes() {
    const auto read = read_json_string(index_.scalar(token_), texts_);
    if (read.fault == JsonStringFault::bad_escape) {
      breaks("json.bad_escape");
      return {};
    }
    if (read.fault == JsonStringFault::lone_surrogate) fault_here("json.lone_surrogate");
    if (read.fault == JsonStringFault::nul) fault_here("text.nul_byte");
    return read.text.data() == nullptr ? std::string_view("") : read.text;
  }

  bool string() {
    const auto text = text_of_string();
    if (text.data() == nullptr) return false;
    visitor_.leaf(JsonKind::text, text, token_++);
    return true;
  }

  bool word_or_number() {
    const auto text = kind() == '\0' ? std::string_view() : index_.bare_scalar(token_);
    if (text == "true" || text == "false" || text == "null") {
      visitor_.leaf(text == "null" ? JsonKind::null : JsonKind::boolean, text, token_++);
      return true;
    }
    const auto judged = check_json_number(text);
    if (judged == JsonNumberFault::not_a_number) return breaks("json.syntax");
    if (judged == JsonNumberFault::out_of_range) fault_here("json.number_out_of_range");
    visitor_.leaf(JsonKind::number, text, token_++);
    return true;
  }

  void fault_here(std::string_view code) { visitor_.fault({.code = code, .byte = byte_here()}); }

  void note_place(Keys& keys, std::uint8_t place) {
    const auto bit = std::uint64_t{1} << place;
    if ((keys.seen & bit) != 0) fault_here("json.duplicate_name");
    keys.seen |= bit;
  }

  /// Most names differ already in a few bits of their hashes; where they do not, they are looked at.
  void note_key(Keys& keys, std::string_view name, std::uint64_t hash) {
    const auto bit = std::uint64_t{1} << (hash & 63U);
    if ((keys.bits & bit) != 0 && !keys.doubtful) keys.doubtful = may_be_there(keys, name);
    keys.bits |= bit;
    auto& key = keys_.emplace_back();  // filled in place: a copy would wait for the parts to be written
    key.name = name;
    key.byte = index_.byte(token_);
  }

  [[gnu::noinline]] bool may_be_there(const Keys& keys, std::string_view name) const {
    constexpr std::size_t kMostToLookAt = 64;
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(keys.first);
    return keys_.size() - keys.first > kMostToLookAt ||
           std::any_of(begin, keys_.end(), [name](const Key& key) { return key.name == name; });
  }

  /// Names of one object must differ.
  [[gnu::noinline]] void judge_keys(std::size_t first) {
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, keys_.end(), [](const Key& left, const Key& right) {
      return left.name != right.name ? left.name < right.name : left.byte < right.byte;
    });
    const auto twice = std::adjacent_find(
        begin, keys_.end(), [](const Key& left, const Key& right) { return left.name == right.name; });
    if (twice != keys_.end()) {
      visitor_.fault({.code = "json.duplicate_name", .byte = (twice + 1)->byte});
    }
  }

  JsonIndex& index_;
  TextArena& texts_;
  std::uint32_t depth_limit_;
  Visitor& visitor_;
  // Of the index, for the time of one walk.
  const char* text_ = nullptr;
  const std::uint32_t* starts_ = nullptr;
  std::uint32_t count_ = 0;
  std::uint32_t token_ = 0;
  const char* backslash_ = nullptr;  ///< none stands before it from the current string on
  std::vector<Key> keys_;            ///< of all open objects, innermost last
  JsonFault broken_;
};

}  // namespace musubi::document
