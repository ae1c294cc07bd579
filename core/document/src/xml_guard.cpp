#include "xml_guard.h"

namespace musubi::document {
namespace {

constexpr std::string_view kComment = "--";
constexpr std::string_view kCharacterData = "[CDATA[";

}  // namespace

bool XmlTagGuard::passes(std::string_view piece) {
  while (!piece.empty()) {
    if (state_ == State::text) {
      const auto next = piece.find('<');
      if (next == piece.npos) return true;
      piece.remove_prefix(next);
    }
    if (!step(piece.front())) return false;
    piece.remove_prefix(1);
  }
  return true;
}

bool XmlTagGuard::step(char letter) {
  switch (state_) {
    case State::text:
      state_ = State::opened;
      return true;
    case State::opened:
      open(letter);
      return true;
    case State::declared:
      declare(letter);
      return true;
    case State::tag:
      return in_tag(letter);
    case State::until_end:
      until_end(letter);
      return true;
  }
  return true;
}

void XmlTagGuard::open(char letter) {
  if (letter == '?') return skip_to("?>");
  state_ = letter == '!' ? State::declared : letter == '>' ? State::text : State::tag;
  mark_.clear();
  attributes_ = 0;
  quote_ = '\0';
}

void XmlTagGuard::declare(char letter) {
  mark_ += letter;
  if (mark_ == kComment) return skip_to("-->");
  if (mark_ == kCharacterData) return skip_to("]]>");
  // Anything else is a DOCTYPE, which the parser refuses, or an error.
  if (!kComment.starts_with(mark_) && !kCharacterData.starts_with(mark_)) state_ = State::text;
}

bool XmlTagGuard::in_tag(char letter) {
  if (quote_ != '\0') {
    if (letter == quote_) quote_ = '\0';
  } else if (letter == '"' || letter == '\'') {
    quote_ = letter;
  } else if (letter == '>') {
    state_ = State::text;
  } else if (letter == '=') {
    return ++attributes_ <= kMostAttributes;
  }
  return true;
}

void XmlTagGuard::skip_to(std::string_view end) {
  state_ = State::until_end;
  end_ = end;
  ended_ = 0;
}

/// The ends are a letter once or twice and then '>': more of that letter before the '>' do no harm.
void XmlTagGuard::until_end(char letter) {
  const auto last = end_.size() - 1;
  if (ended_ == last && letter == end_[last]) {
    state_ = State::text;
  } else if (letter != end_[0]) {
    ended_ = 0;
  } else if (ended_ < last) {
    ++ended_;
  }
}

}  // namespace musubi::document
