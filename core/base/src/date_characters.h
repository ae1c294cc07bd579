// A written date reduced to one byte a character, so that one small grammar reads every spelling of it.
#pragma once

#include <cstddef>
#include <string_view>

namespace musubi::base {

/// Digits and / - . : + blank as they are; 年 y, 月 m, 日 d, 時 h, 分 n, 秒 s, 元 g; an era its letter; 初旬,
/// 上旬, 中旬, 下旬, 初め, 半ば, 末, 頃 p; letters in capitals; a weekday in brackets is left out.
class DateCharacters {
 public:
  explicit DateCharacters(std::string_view text) noexcept;
  /// False: longer than any date, or a character that no date has.
  bool readable() const noexcept { return readable_; }
  std::string_view view() const noexcept { return {bytes_, size_}; }

 private:
  void add(char byte) noexcept;
  std::size_t add_era(std::string_view text, std::size_t position, char32_t code,
                      std::size_t length) noexcept;
  std::size_t add_next(std::string_view text, std::size_t position) noexcept;

  char bytes_[48] = {};
  std::size_t size_ = 0;
  bool readable_ = true;
};

}  // namespace musubi::base
