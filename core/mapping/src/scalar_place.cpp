#include "scalar_place.h"

#include <algorithm>
#include <vector>

#include "musubi/base/text.h"

namespace musubi::mapping {
namespace {

using base::Mark;

bool is_blank(char each) { return each == ' ' || each == '\t'; }
bool continues(char each) { return (static_cast<unsigned char>(each) & 0xC0U) == 0x80U; }

/// Number of the character at a line and column of a text, from 0.
std::size_t character_at(std::string_view text, std::uint64_t line, std::uint64_t column) {
  std::size_t before = 0;
  for (std::uint64_t each = 1; each < line; ++each) {
    const auto end = text.find('\n');
    if (end == text.npos) break;
    before += base::characters(text.substr(0, end)) + 1;
    text.remove_prefix(end + 1);
  }
  return before + static_cast<std::size_t>(column == 0 ? 0 : column - 1);
}

/// Walks a scalar as YAML reads it and notes where each character of its text is.
class ScalarWalk {
 public:
  ScalarWalk(std::string_view file, Mark scalar) : file_(file), here_(scalar) {
    here_.column = 1;
    here_.length = 0;
    for (std::uint32_t line = 1; line < scalar.line && at_ != file_.npos; ++line) {
      at_ = file_.find('\n', at_);
      if (at_ != file_.npos) ++at_;
    }
    at_ = std::min(at_, file_.size());
    while (!ended() && here_.column < scalar.column) step();
  }

  /// The places of at least `wanted` characters, fewer where the scalar ends.
  const std::vector<Mark>& places(std::size_t wanted) {
    if (ended()) return places_;
    const char first = file_[at_];
    if (first == '|' || first == '>') {
      block(wanted);
    } else {
      const bool quoted = first == '"' || first == '\'';
      if (quoted) step();
      flow(wanted, quoted ? first : '\0');
    }
    return places_;
  }

 private:
  bool ended() const { return at_ >= file_.size(); }
  char next() const { return file_[at_]; }
  bool next_is(std::string_view text) const { return file_.substr(at_).starts_with(text); }

  /// One character on.
  void step() {
    const bool line_ends = next() == '\n';
    do ++at_;
    while (!ended() && continues(next()));
    here_.column = line_ends ? 1 : here_.column + 1;
    if (line_ends) ++here_.line;
  }

  void take() {
    places_.push_back(here_);
    step();
  }

  /// A line break with the blanks around it: a blank, or one break fewer than there are.
  void fold() {
    while (!places_.empty() && at_ > 0 && is_blank(file_[at_ - 1]) && blanks_ > 0) {
      places_.pop_back();
      --blanks_;
    }
    std::size_t breaks = 0;
    const Mark begin = here_;
    while (!ended() && (is_blank(next()) || next() == '\n' || next() == '\r')) {
      if (next() == '\n') ++breaks;
      step();
    }
    places_.insert(places_.end(), std::max<std::size_t>(breaks - 1, 1), begin);
    blanks_ = 0;
  }

  void flow(std::size_t wanted, char quote) {
    while (!ended() && places_.size() <= wanted) {
      if (next() == '\r' || next() == '\n') {
        fold();
      } else if (quote == '\'' && next_is("''")) {
        take();
        step();
      } else if (quote == '"' && next() == '\\') {
        escape();
      } else if (quote != '\0' && next() == quote) {
        return;
      } else {
        blanks_ = is_blank(next()) ? blanks_ + 1 : 0;
        take();
      }
    }
  }

  /// Such as a backslash and n, or a line break that is not there.
  void escape() {
    const Mark begin = here_;
    step();
    if (ended()) return;
    const char kind = next();
    step();
    if (kind == '\n') {
      while (!ended() && is_blank(next())) step();
      return;
    }
    for (int digits = kind == 'x'   ? 2
                      : kind == 'u' ? 4
                      : kind == 'U' ? 8
                                    : 0;
         digits > 0 && !ended(); --digits)
      step();
    places_.push_back(begin);
    blanks_ = 0;
  }

  void skip_line() {
    while (!ended() && next() != '\n') step();
    if (!ended()) step();
  }

  std::size_t indentation() const {
    std::size_t count = 0;
    while (at_ + count < file_.size() && file_[at_ + count] == ' ') ++count;
    return count;
  }

  void block(std::size_t wanted) {
    const bool folds = next() == '>';
    skip_line();
    const auto indent = indentation();
    while (!ended() && places_.size() <= wanted) {
      for (std::size_t count = 0; count < indent && !ended() && next() == ' '; ++count) step();
      while (!ended() && next() != '\n') take();
      if (ended()) return;
      const bool blank_follows = folds && at_ + 1 < file_.size() && file_[at_ + 1] == '\n';
      if (blank_follows)
        step();
      else
        take();
    }
  }

  std::string_view file_;
  Mark here_;
  std::size_t at_ = 0;
  std::size_t blanks_ = 0;  ///< taken at the end, not yet followed by anything else
  std::vector<Mark> places_;
};

}  // namespace

Mark place_within(std::string_view file, const base::Located& scalar, std::uint64_t line,
                  std::uint64_t column) {
  if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
  const auto character = character_at(scalar.text, line, column);
  ScalarWalk walk(file, scalar.mark);
  const auto& places = walk.places(character);
  if (character < places.size()) return places[character];
  if (places.empty()) return scalar.mark;
  Mark after = places.back();  // what ends too early is told where it ends
  ++after.column;
  return after;
}

}  // namespace musubi::mapping
