// Watches XML on its way to the parser for tags with absurdly many attributes: libxml2 compares each with
// each, so that a few megabytes of them would keep it busy for hours.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace musubi::document {

/// Not for several threads.
class XmlTagGuard {
 public:
  static constexpr std::uint32_t kMostAttributes = 256;

  /// The next piece of the document; false: a tag in it has more attributes than that.
  bool passes(std::string_view piece);

 private:
  enum class State : std::uint8_t { text, opened, declared, tag, until_end };

  bool step(char letter);
  void open(char letter);
  void declare(char letter);
  bool in_tag(char letter);
  void until_end(char letter);
  void skip_to(std::string_view end);

  State state_ = State::text;
  std::string mark_;       ///< what followed "<!"
  std::string_view end_;   ///< what ends a comment, CDATA section or instruction
  std::size_t ended_ = 0;  ///< how much of that was seen
  std::uint32_t attributes_ = 0;
  char quote_ = '\0';
};

}  // namespace musubi::document
