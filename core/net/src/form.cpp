#include "musubi/net/form.h"

#include <algorithm>
#include <utility>

#include "characters.h"
#include "form_head.h"

namespace musubi::net {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kMostBoundary = 70;       // RFC 2046, section 5.1.1
constexpr std::size_t kMostAfterBoundary = 64;  // blanks before its line ends
constexpr std::string_view kLineEnd = "\r\n", kHeadEnd = "\r\n\r\n";

bool is_boundary_character(char c) noexcept {
  return is_letter(c) || is_digit(c) ||
         (c != '\0' && std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos);
}

bool is_boundary(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kMostBoundary && text.back() != ' ' &&
         std::ranges::all_of(text, is_boundary_character);
}

Error broken() { return {ErrorKind::bad_input, "net.form_broken"}; }

Error over_limit(std::string_view code, std::size_t limit) {
  return {ErrorKind::limit_exceeded, code, {{"limit", std::to_string(limit)}}};
}

}  // namespace

bool is_form(std::string_view content_type) noexcept {
  return same_letters(trim_blanks(take_until(content_type, ';')), "multipart/form-data");
}

base::Result<FormReader> FormReader::open(std::string_view content_type, FormVisitor& visitor,
                                          const FormLimits& limits) {
  const auto field = read_form_field(content_type);
  const auto* boundary = field ? field->parameter("boundary") : nullptr;
  if (boundary == nullptr || !is_boundary(*boundary)) return Error(ErrorKind::bad_input, "net.form_boundary");
  return FormReader(*boundary, visitor, limits);
}

// As if a line had ended before the first byte: the first boundary is found like the others.
FormReader::FormReader(const std::string& boundary, FormVisitor& visitor, const FormLimits& limits)
    : visitor_(&visitor), limits_(limits), delimiter_("\r\n--" + boundary), waiting_(kLineEnd) {}

base::Status FormReader::write(std::string_view piece) {
  if (at_ == At::epilogue) return {};
  waiting_.append(piece);
  for (bool more = true; more;) {
    MUSUBI_ASSIGN(more, step());
  }
  return {};
}

base::Status FormReader::finish() const {
  if (at_ == At::epilogue) return {};
  return Error(ErrorKind::bad_input, "net.form_not_whole");
}

base::Result<bool> FormReader::step() {
  switch (at_) {
    case At::preamble:
    case At::content:
      return read_up_to_boundary();
    case At::boundary:
      return read_boundary();
    case At::head:
      return read_head();
    case At::epilogue:
      break;
  }
  waiting_.clear();
  return false;
}

/// Takes that much from what waits: content of a part, or what stands before the first.
base::Status FormReader::pass_on(std::size_t bytes) {
  if (at_ == At::content && bytes != 0)
    MUSUBI_TRY(visitor_->bytes(std::string_view(waiting_).substr(0, bytes)));
  waiting_.erase(0, bytes);
  return {};
}

base::Result<bool> FormReader::read_up_to_boundary() {
  const auto found = waiting_.find(delimiter_);
  if (found == waiting_.npos) {
    const auto may_begin_it = std::min(waiting_.size(), delimiter_.size() - 1);
    MUSUBI_TRY(pass_on(waiting_.size() - may_begin_it));
    return false;
  }
  MUSUBI_TRY(pass_on(found));
  if (at_ == At::content) MUSUBI_TRY(visitor_->end());
  waiting_.erase(0, delimiter_.size());
  at_ = At::boundary;
  return true;
}

/// The rest of its line: two hyphens after the last, else nothing but blanks.
base::Result<bool> FormReader::read_boundary() {
  if (waiting_.size() < kLineEnd.size()) return false;
  if (waiting_.starts_with("--")) {
    at_ = At::epilogue;
    return true;
  }
  const auto end = std::min(waiting_.find_first_not_of(" \t"), waiting_.size());
  if (end > kMostAfterBoundary) return broken();
  const auto rest = std::string_view(waiting_).substr(end);
  if (rest.size() < kLineEnd.size() && kLineEnd.starts_with(rest)) return false;
  if (!rest.starts_with(kLineEnd)) return broken();
  waiting_.erase(0, end);
  at_ = At::head;
  return true;
}

/// Begins with the CRLF of the boundary's line, so that a header without fields ends like the others.
base::Result<bool> FormReader::read_head() {
  const auto end = waiting_.find(kHeadEnd);
  const bool too_large = end == waiting_.npos ? waiting_.size() >= limits_.head_bytes + kHeadEnd.size()
                                              : end > limits_.head_bytes;
  if (too_large) return over_limit("net.form_head_too_large", limits_.head_bytes);
  if (end == waiting_.npos) return false;
  if (++parts_ > limits_.parts) return over_limit("net.form_too_many_parts", limits_.parts);
  const auto lines = std::string_view(waiting_).substr(kLineEnd.size(), end);
  MUSUBI_ASSIGN(const auto part, read_form_head(lines));
  MUSUBI_TRY(visitor_->begin(part));
  waiting_.erase(0, end + kHeadEnd.size());
  at_ = At::content;
  return true;
}

}  // namespace musubi::net
