// Writes ZIP archives in memory for tests, sound ones and, by its knobs, unsound ones.
#pragma once

#include <Poco/Checksum.h>
#include <Poco/DeflatingStream.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

namespace musubi::testing {

struct ZipEntry {
  std::string name;
  std::string content;
  bool deflated = true;
  std::uint16_t flags = 0;             ///< 1: encrypted
  std::uint32_t external = 0;          ///< 0120777 << 16: a symbolic link
  std::int64_t told_size_offset = 0;   ///< added to the expanded size that the headers tell
  std::uint32_t checksum_mask = 0;     ///< flips bits of the checksum
  std::int64_t told_place_offset = 0;  ///< added to the place that the directory tells
};

class ZipWriter {
 public:
  ZipWriter& add(std::string name, std::string content) {
    ZipEntry entry;
    entry.name = std::move(name);
    entry.content = std::move(content);
    return add(entry);
  }

  ZipWriter& add(const ZipEntry& entry) {
    const auto packed = entry.deflated ? deflated(entry.content) : entry.content;
    const auto place = bytes_.size();
    bytes_ += number(0x04034B50, 4) + common(entry, packed.size()) + number(entry.name.size(), 2) +
              number(0, 2) + entry.name + packed;
    directory_ += number(0x02014B50, 4) + number(20, 2) + common(entry, packed.size()) +
                  number(entry.name.size(), 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 2) +
                  number(entry.external, 4) +
                  number(place + static_cast<std::uint64_t>(entry.told_place_offset), 4) + entry.name;
    ++entries_;
    return *this;
  }

  std::string finish() const { return finish(entries_); }
  /// With another number of entries than there are.
  std::string finish(std::uint64_t told_entries) const {
    return bytes_ + directory_ + number(0x06054B50, 4) + number(0, 4) + number(told_entries, 2) +
           number(told_entries, 2) + number(directory_.size(), 4) + number(bytes_.size(), 4) + number(0, 2);
  }

  static std::string deflated(std::string_view content) {
    std::ostringstream packed;
    Poco::DeflatingOutputStream deflating(packed, -15, 9);
    deflating.write(content.data(), static_cast<std::streamsize>(content.size()));
    deflating.close();
    return packed.str();
  }

 private:
  static std::string number(std::uint64_t value, int width) {
    std::string bytes;
    for (int index = 0; index < width; ++index, value >>= 8) bytes += static_cast<char>(value & 0xFF);
    return bytes;
  }

  /// What local header and directory have alike: version needed to sizes.
  static std::string common(const ZipEntry& entry, std::size_t packed_size) {
    Poco::Checksum checksum(Poco::Checksum::TYPE_CRC32);
    checksum.update(entry.content.data(), static_cast<unsigned int>(entry.content.size()));
    const auto told_size = entry.content.size() + static_cast<std::uint64_t>(entry.told_size_offset);
    return number(20, 2) + number(entry.flags, 2) + number(entry.deflated ? 8 : 0, 2) + number(0, 4) +
           number(checksum.checksum() ^ entry.checksum_mask, 4) + number(packed_size, 4) +
           number(told_size, 4);
  }

  std::string bytes_;
  std::string directory_;
  std::uint64_t entries_ = 0;
};

}  // namespace musubi::testing
