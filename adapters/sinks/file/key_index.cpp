#include "key_index.h"

#include <charconv>
#include <optional>

#include "musubi/base/digest.h"

namespace musubi::file_sink {
namespace {

constexpr std::size_t kCheckBytes = 8;

std::string check_of(std::string_view lines) {
  const auto digest = base::sha256(lines);
  return base::to_hex(std::span(digest).first(kCheckBytes));
}

/// Takes a number and the one character after it off the front.
template <class Number>
std::optional<Number> take(std::string_view& text, char after) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto used = static_cast<std::size_t>(read.ptr - text.data());
  if (read.ec != std::errc{} || used == text.size() || text[used] != after) return std::nullopt;
  text.remove_prefix(used + 1);
  return number;
}

/// Takes a whole block off the front; nothing when there is none that is right.
struct Block {
  VersionKeys keys;
  std::uint64_t length = 0;
};
std::optional<Block> take_block(std::string_view& bytes) {
  Block block;
  auto rest = bytes;
  while (rest.starts_with("v ")) {
    rest.remove_prefix(2);
    const auto record = take<std::int64_t>(rest, ' ');
    const auto version = record ? take<std::uint32_t>(rest, '\n') : std::nullopt;
    if (!version) return std::nullopt;
    block.keys.insert({*record, *version});
  }
  if (!rest.starts_with("= ")) return std::nullopt;
  rest.remove_prefix(2);
  const auto length = take<std::uint64_t>(rest, ' ');
  if (!length) return std::nullopt;
  const auto check = check_of(bytes.substr(0, bytes.size() - rest.size())) + "\n";
  if (!rest.starts_with(check)) return std::nullopt;
  rest.remove_prefix(check.size());
  block.length = *length;
  bytes = rest;
  return block;
}

}  // namespace

std::size_t VersionHash::operator()(const VersionKey& key) const noexcept {
  const auto mixed = (static_cast<std::uint64_t>(key.record) << 8 ^ key.version) * 0x9E3779B97F4A7C15ULL;
  return static_cast<std::size_t>(mixed ^ mixed >> 32);
}

KeyIndex KeyIndex::read(std::string_view bytes) {
  KeyIndex index;
  for (auto rest = bytes; const auto block = take_block(rest);)
    index.add(block->keys, block->length, bytes.size() - rest.size() - index.valid_bytes_);
  return index;
}

std::string KeyIndex::block(const VersionKeys& keys, std::uint64_t length) {
  std::string lines;
  for (const auto& key : keys)
    lines += "v " + std::to_string(key.record) + " " + std::to_string(key.version) + "\n";
  lines += "= " + std::to_string(length) + " ";
  return lines + check_of(lines) + "\n";
}

void KeyIndex::add(const VersionKeys& keys, std::uint64_t length, std::uint64_t block_bytes) {
  keys_.insert(keys.begin(), keys.end());
  length_ = length;
  valid_bytes_ += block_bytes;
}

}  // namespace musubi::file_sink
