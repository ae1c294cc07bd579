#include "simple_xml.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace musubi::document {
namespace {

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }
/// Carriage returns may come from &#13; only.
bool is_all_space(std::string_view text) {
  for (const char c : text)
    if (!is_space(c) && c != '\r') return false;
  return true;
}

constexpr std::uint8_t kNoName = 0, kInside = 1, kFirst = 2;
constexpr auto kNameClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (int c = 0; c < 128; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool other = (c >= '0' && c <= '9') || c == '-' || c == '.';
    classes[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(letter  ? kInside | kFirst
                                                                     : other ? kInside
                                                                             : kNoName);
  }
  return classes;
}();

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }

bool has_control_characters(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  for (; at + 16 <= text.size(); at += 16) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const auto blank =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
    if (_mm_movemask_epi8(_mm_andnot_si128(blank, low)) != 0) return true;
  }
#endif
  return std::ranges::any_of(text.substr(at), is_control);
}

bool ends_plain_value(char c, char quote) {
  return c == quote || c == '<' || c == '&' || c == '\n' || c == '\t';
}

/// The first quote, or what keeps the value of an attribute from being as it stands; `end`: there is none.
const char* end_of_plain_value(const char* at, const char* end, char quote) {
#ifdef __SSE2__
  for (; end - at >= 16; at += 16) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto is = [bytes](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    const auto marks = _mm_or_si128(is(quote), _mm_or_si128(is('<'), is('&')));
    const auto found = _mm_or_si128(marks, _mm_or_si128(is('\n'), is('\t')));
    if (const auto places = static_cast<unsigned>(_mm_movemask_epi8(found)); places != 0)
      return at + std::countr_zero(places);
  }
#endif
  while (at != end && !ends_plain_value(*at, quote)) ++at;
  return at;
}

/// No control characters, no line ends that have to be normalised, no U+FFFE and U+FFFF, all UTF-8.
bool has_plain_characters(std::string_view text) {
  return !has_control_characters(text) && text.find("\xEF\xBF\xBE") == text.npos &&
         text.find("\xEF\xBF\xBF") == text.npos && simdjson::validate_utf8(text.data(), text.size());
}

/// Of a namespace: nothing that a parser would have something to say about.
bool is_plain_name_of_space(std::string_view uri) {
  constexpr std::string_view kReserved[] = {"http://www.w3.org/XML/1998/namespace",
                                            "http://www.w3.org/2000/xmlns/"};
  const auto is_plain = [](char c) {
    return (kNameClasses[static_cast<unsigned char>(c)] & kInside) != 0 || c == '/' || c == ':';
  };
  return uri.starts_with("http://") && std::ranges::all_of(uri, is_plain) &&
         std::ranges::find(kReserved, uri) == std::end(kReserved);
}

bool is_character(std::uint32_t code) {
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xE0 | code >> 12);
    } else {
      put(0xF0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3F));
    }
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

/// "amp", "#10", "#x2028".
bool append_entity(std::string& out, std::string_view name) {
  constexpr std::pair<std::string_view, char> kNamed[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [known, meant] : kNamed)
    if (name == known) return out += meant, true;
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const bool hexadecimal = name.starts_with('x');
  if (hexadecimal) name.remove_prefix(1);
  std::uint32_t code = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
  if (name.empty() || read.ec != std::errc() || read.ptr != name.data() + name.size()) return false;
  if (!is_character(code)) return false;
  append_utf8(out, code);
  return true;
}

/// Each function answers false where the document is not simple.
class SimpleXml {
 public:
  SimpleXml(TreeBuilder& builder, std::uint32_t depth_limit)
      : builder_(builder), text_(builder.bytes()), depth_limit_(depth_limit) {}

  bool document() {
    if (!declaration() || !between() || !has('<') || !open_tag()) return false;
    while (depth_ > 0)
      if (!content()) return false;
    return between() && at_ == text_.size() && (has_xsi_ || !uses_xsi_);
  }

 private:
  struct Attribute {
    std::string_view name, value;
  };
  struct Open {
    std::string_view name;
    std::string text{};
    bool has_elements = false;
  };

  bool has(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool has(std::string_view expected) const { return text_.substr(at_).starts_with(expected); }
  bool take(std::string_view expected) {
    if (!has(expected)) return false;
    at_ += expected.size();
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  bool declaration() {
    if (!has("<?")) return true;
    if (!take(R"(<?xml version="1.0")")) return false;
    if (!take(R"( encoding="UTF-8")")) take(R"( encoding="utf-8")");
    skip_blanks();
    return take("?>");
  }

  /// Blanks and comments outside the root.
  bool between() {
    for (skip_blanks(); has("<!"); skip_blanks())
      if (!comment()) return false;
    return true;
  }

  bool comment() {
    if (!take("<!--")) return false;
    const auto end = text_.find("--", at_);
    if (end == text_.npos || end + 2 >= text_.size() || text_[end + 2] != '>') return false;
    at_ = end + 3;
    return true;
  }

  bool name(std::string_view& found) {
    constexpr std::size_t kLongest = 256;
    const auto begin = at_;
    const auto class_at = [this] { return kNameClasses[static_cast<unsigned char>(text_[at_])]; };
    if (at_ == text_.size() || (class_at() & kFirst) == 0) return false;
    while (at_ < text_.size() && (class_at() & kInside) != 0) ++at_;
    found = text_.substr(begin, at_ - begin);
    return found.size() <= kLongest;
  }

  bool content() {
    const auto end = text_.find('<', at_);
    if (end == text_.npos) return false;
    if (end != at_ && !add_text(text_.substr(at_, end - at_))) return false;
    at_ = end;
    if (has("</")) return close_tag();
    return has("<!") ? comment() : open_tag();
  }

  bool add_text(std::string_view text) {
    auto& open = open_[depth_ - 1];
    if (is_all_space(text)) return open.text += text, true;
    if (text.find('&') == text.npos && text.find("]]>") == text.npos) return open.text += text, true;
    return text.find("]]>") == text.npos && append_decoded(open.text, text);
  }

  static bool append_decoded(std::string& out, std::string_view text) {
    while (true) {
      const auto begin = text.find('&');
      out += text.substr(0, begin);
      if (begin == text.npos) return true;
      const auto end = text.find(';', begin);
      if (end == text.npos || !append_entity(out, text.substr(begin + 1, end - begin - 1))) return false;
      text.remove_prefix(end + 1);
    }
  }

  bool open_tag() {
    const auto begin = at_++;
    std::string_view element;
    if (depth_ >= depth_limit_ || builder_.full() || !name(element) || !attributes()) return false;
    add_element(element, begin);
    if (take(">")) return true;
    return take("/>") && end_element();
  }

  bool attributes() {
    constexpr std::size_t kMost = 32;
    attributes_.clear();
    while (true) {
      const auto before = at_;
      skip_blanks();
      if (has('>') || has('/')) return true;
      Attribute attribute;
      if (before == at_ || attributes_.size() == kMost) return false;
      if (!attribute_name(attribute.name) || !attribute_value(attribute.value)) return false;
      if (!may_follow(attribute)) return false;
      attributes_.push_back(attribute);
    }
  }

  bool attribute_name(std::string_view& found) {
    const auto begin = at_;
    if (!name(found)) return false;
    if (!has(':')) return true;
    const bool known = found == "xmlns" ? depth_ == 0 : found == "xsi";
    uses_xsi_ |= found == "xsi";
    ++at_;
    if (!known || !name(found)) return false;
    found = text_.substr(begin, at_ - begin);
    return true;
  }

  bool attribute_value(std::string_view& value) {
    if (!take("=") || at_ == text_.size()) return false;
    const char quote = text_[at_++];
    if (quote != '"' && quote != '\'') return false;
    const auto* const begin = text_.data() + at_;
    const auto* const stop = end_of_plain_value(begin, text_.data() + text_.size(), quote);
    value = {begin, static_cast<std::size_t>(stop - begin)};
    at_ += value.size();
    if (take(std::string_view(&quote, 1))) return true;
    return has('&') && decoded_value(static_cast<std::size_t>(begin - text_.data()), quote, value);
  }

  bool decoded_value(std::size_t begin, char quote, std::string_view& value) {
    const auto end = text_.find(quote, begin);
    if (end == text_.npos) return false;
    const auto written = text_.substr(begin, end - begin);
    decoded_.clear();
    if (written.find_first_of("<\n\t") != written.npos || !append_decoded(decoded_, written)) return false;
    value = builder_.texts().copy(decoded_);
    at_ = end + 1;
    return true;
  }

  bool may_follow(const Attribute& attribute) {
    const auto is_same = [&](const Attribute& other) { return other.name == attribute.name; };
    if (std::ranges::any_of(attributes_, is_same)) return false;
    if (attribute.name == "xmlns") return is_plain_name_of_space(attribute.value);
    if (!attribute.name.starts_with("xmlns:")) return true;
    has_xsi_ = true;
    return attribute.name == "xmlns:xsi" && attribute.value == kSchemaInstance;
  }

  static bool declares_space(const Attribute& attribute) {
    return attribute.name == "xmlns" || attribute.name.starts_with("xmlns:");
  }

  void add_element(std::string_view element, std::size_t begin) {
    count_lines();
    builder_.add(NodeKind::element, element, begin).line = line_;
    builder_.open();
    for (const bool spaces : {true, false})
      for (const auto& attribute : attributes_)
        if (declares_space(attribute) == spaces) add_attribute(attribute, begin);
    if (depth_ > 0) open_[depth_ - 1].has_elements = true;
    if (depth_ == open_.size()) open_.emplace_back();
    auto& open = open_[depth_++];
    open.name = element;
    open.text.clear();
    open.has_elements = false;
  }

  void count_lines() {
    const auto passed = text_.substr(0, at_);
    for (auto next = passed.find('\n', counted_); next != passed.npos; next = passed.find('\n', next + 1))
      ++line_;
    counted_ = at_;
  }

  void add_attribute(const Attribute& attribute, std::size_t tag_begin) {
    auto& node = builder_.add(NodeKind::attribute, attribute.name, tag_begin);
    node.value = attribute.value;
    node.line = line_;
  }

  bool close_tag() {
    at_ += 2;
    std::string_view element;
    if (!name(element) || element != open_[depth_ - 1].name) return false;
    skip_blanks();
    return take(">") && end_element();
  }

  bool end_element() {
    const auto& open = open_[--depth_];
    auto& node = builder_.close();
    node.source_length = static_cast<std::uint32_t>(at_ - node.source_byte);
    if (!open.has_elements || !is_all_space(open.text)) node.value = builder_.texts().copy(open.text);
    return true;
  }

  TreeBuilder& builder_;
  std::string_view text_;
  std::uint32_t depth_limit_;
  std::size_t at_ = 0, counted_ = 0;
  std::uint32_t line_ = 1;
  std::size_t depth_ = 0;
  std::vector<Open> open_;  ///< depth_ of them; what lies behind is memory for more
  std::vector<Attribute> attributes_;
  std::string decoded_;
  bool has_xsi_ = false;  ///< the root declares it
  bool uses_xsi_ = false;
};

}  // namespace

bool read_simple_xml(TreeBuilder& builder, std::uint32_t depth_limit) {
  constexpr std::size_t kLongest = 8U << 20;  // beyond, the parser has limits of its own
  const std::string_view text = builder.bytes();
  if (text.size() > kLongest || !has_plain_characters(text)) return false;
  constexpr std::size_t kBytesOfANode = 24;
  builder.nodes().reserve(text.size() / kBytesOfANode);
  return SimpleXml(builder, depth_limit).document();
}

}  // namespace musubi::document
