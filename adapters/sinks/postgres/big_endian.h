// Numbers in the byte order of PostgreSQL's protocol.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

namespace musubi::postgres_sink {

template <std::signed_integral Number>
void write_big_endian(char* out, Number number) noexcept {
  auto bits = static_cast<std::make_unsigned_t<Number>>(number);
  for (std::size_t place = sizeof(Number); place-- > 0; bits = static_cast<decltype(bits)>(bits >> 8U))
    out[place] = static_cast<char>(bits & 0xFFU);
}

template <std::signed_integral Number>
void append_big_endian(std::string& out, Number number) {
  char bytes[sizeof(Number)];
  write_big_endian(bytes, number);
  out.append(bytes, sizeof bytes);
}

}  // namespace musubi::postgres_sink
