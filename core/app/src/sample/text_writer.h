// Gathers text into large pieces before it goes to a stream.
#pragma once

#include <charconv>
#include <chrono>
#include <ostream>
#include <string>
#include <string_view>

namespace musubi::app::sample {

class TextWriter {
 public:
  explicit TextWriter(std::ostream& out) : out_(out) { buffer_.reserve(kPiece + kPiece / 4); }
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  TextWriter& text(std::string_view text) {
    buffer_ += text;
    return *this;
  }
  TextWriter& number(std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    return text({digits, static_cast<std::size_t>(end - digits)});
  }
  TextWriter& date(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    char text[10] = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0'};
    put(text, 4, static_cast<unsigned>(int(date.year())));
    put(text + 5, 2, unsigned(date.month()));
    put(text + 8, 2, unsigned(date.day()));
    return this->text({text, sizeof text});
  }
  /// Ends a record: passes on what has gathered once it is enough. False when the stream takes no more.
  bool end(std::string_view line_end) {
    buffer_ += line_end;
    return buffer_.size() < kPiece || flush();
  }
  bool flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
    return out_.good();
  }

 private:
  static constexpr std::size_t kPiece = std::size_t{1} << 20;
  static void put(char* text, int digits, unsigned number) {
    for (int place = digits - 1; place >= 0; --place, number /= 10)
      text[place] = static_cast<char>('0' + number % 10);
  }
  std::ostream& out_;
  std::string buffer_;
};

}  // namespace musubi::app::sample
