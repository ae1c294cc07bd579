#include "musubi/document/json_index.h"

#include <simdjson.h>

#include <algorithm>
#include <new>

#include "musubi/base/text.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

/// Where strings go wrong: the control character in one, or the start of the one that never ends.
std::uint64_t string_fault_at(std::string_view text) {
  bool inside = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (inside && static_cast<unsigned char>(text[at]) < 0x20) return at;
    if (inside && text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      inside = !inside;
      begin = at;
    }
  }
  return begin;
}

ErrorKind kind_of(std::string_view code) {
  return code == "document.limit" || code == "json.too_deep" ? ErrorKind::limit_exceeded
                                                             : ErrorKind::bad_input;
}

}  // namespace

JsonIndex::JsonIndex() = default;
JsonIndex::~JsonIndex() = default;

std::optional<JsonFault> JsonIndex::read(std::string_view text) {
  text_ = text;
  size_ = 0;
  backslash_ = backslash_asked_ = nullptr;
  if (text.size() >= simdjson::SIMDJSON_MAXSIZE_BYTES) return JsonFault{.code = "document.limit", .byte = 0};
  if (!stage_ || stage_->capacity() < text.size()) {
    const auto capacity = std::max<std::size_t>(text.size(), 4096);
    const auto error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, stage_);
    if (error != simdjson::SUCCESS) throw std::bad_alloc();
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto error = stage_->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  if (error != simdjson::SUCCESS) return explain(error);
  starts_ = stage_->structural_indexes.get();
  size_ = stage_->n_structural_indexes;
  return std::nullopt;
}

void JsonIndex::find_backslash(const char* from) noexcept {
  const auto* end = text_.data() + text_.size();
  const bool looked_further_on = from < backslash_asked_;
  if (looked_further_on) end = backslash_asked_;
  backslash_asked_ = from;
  const auto* const found = std::char_traits<char>::find(from, static_cast<std::size_t>(end - from), '\\');
  if (found != nullptr)
    backslash_ = found;
  else if (!looked_further_on)
    backslash_ = end;
}

std::size_t JsonIndex::capacity() const noexcept { return stage_ ? stage_->capacity() : 0; }

JsonFault JsonIndex::explain(int error) const {
  if (const auto malformed = base::malformed_utf8_at(text_)) {
    return {.code = "text.malformed_bytes", .byte = *malformed};
  }
  if (error == simdjson::UNCLOSED_STRING) {
    return {.code = "json.string_not_closed", .byte = string_fault_at(text_)};
  }
  if (error == simdjson::UNESCAPED_CHARS) {
    return {.code = "json.control_character", .byte = string_fault_at(text_)};
  }
  return {.code = error == simdjson::EMPTY ? "document.empty" : "json.syntax", .byte = 0};
}

Error json_error(const JsonFault& fault, std::string_view text, const std::string& shown_name,
                 std::uint64_t begin, std::uint64_t line) {
  const auto before = text.substr(0, fault.byte);
  const auto line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto column = base::characters(before.substr(line_begin)) + 1;
  const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  return Error(kind_of(fault.code), fault.code, {{"encoding", "UTF-8"}})
      .at({.file = shown_name, .line = line + lines, .column = column, .byte = begin + fault.byte});
}

}  // namespace musubi::document
