#include "musubi/net/content_coding.h"

#define ZLIB_CONST  // it leaves what it reads as it is
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace musubi::net {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr std::size_t kPiece = std::size_t{64} << 10;

base::Error broken() { return base::Error(base::ErrorKind::bad_input, "net.gzip_broken"); }

class Inflating {
 public:
  explicit Inflating(std::string_view compressed) : left_(compressed) {
    started_ = inflateInit2(&stream_, kGzipOnly) == Z_OK;
  }
  ~Inflating() {
    if (started_) inflateEnd(&stream_);
  }
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;

  base::Result<std::string> run(std::uint64_t most) {
    std::string out;
    std::array<char, kPiece> piece{};
    bool ended = !started_ || left_.empty();
    if (ended) return broken();
    while (!ended || !left_.empty()) {
      if (ended && inflateReset(&stream_) != Z_OK) return broken();
      MUSUBI_ASSIGN(const auto got, step(piece, ended));
      if (out.size() + got > most)
        return base::Error(base::ErrorKind::limit_exceeded, "net.gzip_too_large",
                           {{"limit", std::to_string(most)}});
      out.append(piece.data(), got);
    }
    return out;
  }

 private:
  base::Result<std::size_t> step(std::array<char, kPiece>& piece, bool& ended) {
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const auto given = std::min(left_.size(), kMost);
    stream_.next_in = reinterpret_cast<const Bytef*>(left_.data());
    stream_.avail_in = static_cast<uInt>(given);
    stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream_.avail_out = static_cast<uInt>(piece.size());
    const auto word = inflate(&stream_, Z_NO_FLUSH);
    const auto taken = given - stream_.avail_in;
    const auto made = piece.size() - stream_.avail_out;
    left_.remove_prefix(taken);
    ended = word == Z_STREAM_END;
    if (!ended && (word != Z_OK || (taken == 0 && made == 0))) return broken();
    return made;
  }

  std::string_view left_;
  z_stream stream_{};
  bool started_ = false;
};

}  // namespace

base::Result<std::string> gunzip(std::string_view compressed, std::uint64_t most) {
  return Inflating(compressed).run(most);
}

}  // namespace musubi::net
