#include "package_archive.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace musubi::fhir {
namespace {

using base::Error;
using base::ErrorKind;

Error too_large(const PackageLimits& limits) {
  return Error(ErrorKind::limit_exceeded, "fhir.package_too_large",
               {{"limit", std::to_string(limits.expanded_bytes >> 20U)}});
}

Error broken_at(std::size_t offset) {
  return Error(ErrorKind::bad_input, "fhir.package_broken").at({.byte = offset});
}

/// A stream of zlib that ends with its scope.
class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOnly = 16;
    ready_ = inflateInit2(&stream_, MAX_WBITS + kGzipOnly) == Z_OK;
  }
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream& stream() { return stream_; }
  bool ready() const { return ready_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

// ---- tar (POSIX.1-1988 ustar, POSIX.1-2001 pax, long names of GNU)

constexpr std::size_t kBlock = 512;

struct Header {
  std::string name;
  std::size_t size = 0;
  char type = '0';
};

std::string_view text_in(std::string_view field) { return field.substr(0, field.find('\0')); }

/// Octal digits with blanks around them.
std::optional<std::size_t> octal(std::string_view field) {
  field = text_in(field);
  const auto first = field.find_first_not_of(' ');
  if (first == field.npos) return 0;
  field.remove_prefix(first);
  field = field.substr(0, field.find(' '));
  std::size_t value = 0;
  for (const char c : field) {
    if (c < '0' || c > '7' || value > (std::size_t{1} << 58U)) return {};
    value = value * 8 + static_cast<std::size_t>(c - '0');
  }
  return value;
}

/// The sum of all bytes, those of the sum itself counted as blanks.
bool has_right_sum(std::string_view block) {
  constexpr std::size_t kSumAt = 148, kSumSize = 8;
  std::size_t sum = 0;
  for (std::size_t place = 0; place < kBlock; ++place)
    sum += place >= kSumAt && place < kSumAt + kSumSize ? ' ' : static_cast<unsigned char>(block[place]);
  return octal(block.substr(kSumAt, kSumSize)) == sum;
}

std::optional<Header> read_header(std::string_view block) {
  const auto size = octal(block.substr(124, 12));
  if (!has_right_sum(block) || !size) return {};
  Header header{std::string(text_in(block.substr(0, 100))), *size, block[156]};
  const auto prefix = text_in(block.substr(345, 155));
  if (block.substr(257, 5) == "ustar" && !prefix.empty() && block[262] == '\0')
    header.name = std::string(prefix) + "/" + header.name;
  return header;
}

/// "27 path=package/a.json\n" of an extended header; empty: it does not say.
std::string path_in_pax(std::string_view records) {
  constexpr std::string_view kKey = " path=";
  const auto at = records.find(kKey);
  if (at == records.npos) return {};
  const auto value = records.substr(at + kKey.size());
  return std::string(value.substr(0, value.find('\n')));
}

bool leaves_its_folder(std::string_view name) {
  return name.starts_with('/') || name == ".." || name.starts_with("../") || name.ends_with("/..") ||
         name.find("/../") != name.npos || name.find('\\') != name.npos;
}

/// Entry by entry.
class TarReader {
 public:
  TarReader(std::string_view tar, const PackageLimits& limits) : tar_(tar), limits_(limits) {}

  bool at_end() const {
    return at_ >= tar_.size() || tar_.substr(at_, kBlock).find_first_not_of('\0') == tar_.npos;
  }

  /// What stands there; long names are put into the entry they belong to.
  base::Result<Header> next(std::string_view& content) {
    if (tar_.size() - at_ < kBlock) return broken_at(at_);
    auto header = read_header(tar_.substr(at_, kBlock));
    if (!header || header->size > tar_.size() - at_ - kBlock) return broken_at(at_);
    if (++entries_ > limits_.entries)
      return Error(ErrorKind::limit_exceeded, "fhir.package_too_many",
                   {{"limit", std::to_string(limits_.entries)}});
    content = tar_.substr(at_ + kBlock, header->size);
    at_ += kBlock + (header->size + kBlock - 1) / kBlock * kBlock;
    if (header->type == 'x' || header->type == 'L') {
      long_name_ = header->type == 'x' ? path_in_pax(content) : std::string(text_in(content));
    } else if (!long_name_.empty()) {
      header->name = std::exchange(long_name_, {});
    }
    return *std::move(header);
  }

 private:
  std::string_view tar_;
  const PackageLimits& limits_;
  std::size_t at_ = 0, entries_ = 0;
  std::string long_name_;
};

}  // namespace

base::Result<std::string> unpacked(std::string_view gzip, const PackageLimits& limits) {
  if (!gzip.starts_with("\x1f\x8b")) return Error(ErrorKind::bad_input, "fhir.package_not_gzip");
  Inflater inflater;
  if (!inflater.ready()) return Error(ErrorKind::environment, "fhir.package_broken");
  auto& stream = inflater.stream();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));  // zlib does not write there
  if (gzip.size() > limits.expanded_bytes) return too_large(limits);
  stream.avail_in = static_cast<uInt>(gzip.size());
  constexpr std::size_t kStep = 1U << 18U;
  const auto step = std::make_unique<char[]>(kStep);
  std::string out;
  int state = Z_OK;
  while (state != Z_STREAM_END) {
    stream.next_out = reinterpret_cast<Bytef*>(step.get());
    stream.avail_out = kStep;
    state = inflate(&stream, Z_NO_FLUSH);
    const auto made = kStep - stream.avail_out;
    if ((state != Z_OK && state != Z_STREAM_END) || (made == 0 && state == Z_OK && stream.avail_in == 0))
      return broken_at(stream.total_in);
    if (out.size() + made > limits.expanded_bytes) return too_large(limits);
    out.append(step.get(), made);
  }
  return out;
}

base::Status each_file(std::string_view tar, const PackageLimits& limits,
                       const std::function<base::Status(std::string_view, std::string_view)>& visit) {
  TarReader reader(tar, limits);
  while (!reader.at_end()) {
    std::string_view content;
    MUSUBI_ASSIGN(const auto header, reader.next(content));
    if (header.type != '0' && header.type != '\0') continue;  // a folder, a link, a long name
    if (leaves_its_folder(header.name)) return Error(ErrorKind::bad_input, "fhir.package_path");
    MUSUBI_TRY(visit(header.name, content));
  }
  return {};
}

}  // namespace musubi::fhir
