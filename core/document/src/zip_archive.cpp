#include "zip_archive.h"

#include <Poco/Checksum.h>
#include <Poco/InflatingStream.h>

#include <algorithm>
#include <array>
#include <istream>
#include <optional>
#include <streambuf>

#include "zip_directory.h"

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kEncryptedFlags = 1U | 1U << 6 | 1U << 13;
constexpr std::uint64_t kRatioMattersFrom = 1U << 20;

/// The packed bytes of one member as a stream.
class PackedBytes : public std::streambuf {
 public:
  PackedBytes(const ByteSource& source, std::uint64_t begin, std::uint64_t length)
      : source_(source), next_(begin), left_(length) {}
  const std::optional<Error>& error() const { return error_; }

 protected:
  int_type underflow() override {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left_, buffer_.size()));
    if (wanted == 0 || error_) return traits_type::eof();
    auto got = source_.read_at(next_, buffer_.data(), wanted);
    if (got.has_error()) error_ = got.error();
    if (got.has_error() || *got == 0) return traits_type::eof();
    next_ += *got;
    left_ -= *got;
    setg(buffer_.data(), buffer_.data(), buffer_.data() + *got);
    return traits_type::to_int_type(buffer_[0]);
  }

 private:
  const ByteSource& source_;
  std::uint64_t next_;
  std::uint64_t left_;
  std::optional<Error> error_;
  std::array<char, 32U << 10> buffer_;
};

std::string key_of(std::string_view name) {
  std::string key(name);
  for (auto& letter : key) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter == '\\') letter = '/';
  }
  return key;
}

/// Absolute, with a drive, a NUL, or a ".." in it.
bool leads_outside(std::string_view key) {
  if (key.empty() || key.front() == '/' || key.find('\0') != key.npos || key.find(':') != key.npos)
    return true;
  return key == ".." || key.starts_with("../") || key.ends_with("/..") || key.find("/../") != key.npos;
}

Error refused(const ByteSource& source, std::string_view member) {
  return Error(ErrorKind::refused, "xlsx.member_refused", {{"member", std::string(member)}})
      .at({.file = source.name()});
}

Error bomb(const ByteSource& source, const ZipMember& member) {
  return Error(ErrorKind::refused, "xlsx.zip_bomb",
               {{"member", member.name},
                {"packed", std::to_string(member.packed)},
                {"expanded", std::to_string(member.expanded)}})
      .at({.file = source.name()});
}

bool expands_too_much(const ZipMember& member, const Limits& limits) {
  return member.expanded > kRatioMattersFrom && member.expanded / limits.expansion_ratio >= member.packed;
}

/// Members must lie one after the other before the directory: overlapping ones are how a small file expands
/// without end.
base::Status check_layout(const ByteSource& source, const ZipDirectory& directory) {
  std::vector<const ZipMember*> in_order;
  in_order.reserve(directory.members.size());
  for (const auto& member : directory.members) in_order.push_back(&member);
  std::sort(in_order.begin(), in_order.end(),
            [](const ZipMember* left, const ZipMember* right) { return left->header < right->header; });
  std::uint64_t free_from = 0;
  for (const auto* member : in_order) {
    const auto least = kLocalHeaderSize + member->name.size();
    if (member->header > directory.begin || directory.begin - member->header < least ||
        member->packed > directory.begin - member->header - least) {
      return zip_damaged(source, member->name);
    }
    if (member->header < free_from) return refused(source, member->name);
    free_from = member->header + least + member->packed;
  }
  return {};
}

base::Status check_expansion(const ByteSource& source, const ZipDirectory& directory, const Limits& limits) {
  std::uint64_t left = limits.expanded_bytes;
  for (const auto& member : directory.members) {
    if (expands_too_much(member, limits)) return bomb(source, member);
    if (member.expanded > left) {
      return Error(ErrorKind::limit_exceeded, "xlsx.expanded_too_large",
                   {{"limit", std::to_string(limits.expanded_bytes)}})
          .at({.file = source.name()});
    }
    left -= member.expanded;
  }
  return {};
}

}  // namespace

struct ZipMemberStream::State {
  State(std::shared_ptr<const ByteSource> kept, const ZipMember& read, std::uint64_t data)
      : source(std::move(kept)), member(read), packed(*source, data, member.packed), plain(&packed) {
    constexpr int kRawDeflate = -15;
    if (member.method == kDeflated) inflating.emplace(plain, kRawDeflate);
  }
  std::istream& bytes() { return inflating ? static_cast<std::istream&>(*inflating) : plain; }

  std::shared_ptr<const ByteSource> source;
  ZipMember member;
  PackedBytes packed;
  std::istream plain;
  std::optional<Poco::InflatingInputStream> inflating;
  Poco::Checksum checksum{Poco::Checksum::TYPE_CRC32};
  std::uint64_t expanded = 0;
};

ZipMemberStream::ZipMemberStream(std::shared_ptr<const ByteSource> source, const ZipMember& member,
                                 std::uint64_t data)
    : state_(std::make_unique<State>(std::move(source), member, data)) {}
ZipMemberStream::ZipMemberStream(ZipMemberStream&&) noexcept = default;
ZipMemberStream& ZipMemberStream::operator=(ZipMemberStream&&) noexcept = default;
ZipMemberStream::~ZipMemberStream() = default;

base::Result<std::size_t> ZipMemberStream::read(char* into, std::size_t length) {
  auto& bytes = state_->bytes();
  bytes.read(into, static_cast<std::streamsize>(length));
  const auto got = static_cast<std::size_t>(bytes.gcount());
  if (state_->packed.error()) return *state_->packed.error();
  state_->expanded += got;
  state_->checksum.update(into, static_cast<unsigned int>(got));
  const auto& member = state_->member;
  const bool ended = got < length;
  const bool wrong_end =
      ended && (state_->expanded != member.expanded || state_->checksum.checksum() != member.checksum);
  if (bytes.bad() || state_->expanded > member.expanded || wrong_end) {
    return zip_damaged(*state_->source, member.name);
  }
  return got;
}

base::Result<ZipArchive> ZipArchive::open(std::shared_ptr<const ByteSource> source, const Limits& limits) {
  MUSUBI_ASSIGN(ZipDirectory directory, read_zip_directory(*source, limits));
  MUSUBI_TRY(check_layout(*source, directory));
  MUSUBI_TRY(check_expansion(*source, directory, limits));
  ZipArchive archive(std::move(source));
  for (auto& member : directory.members) MUSUBI_TRY(archive.add(std::move(member)));
  return archive;
}

base::Status ZipArchive::add(ZipMember member) {
  if ((member.flags & kEncryptedFlags) != 0) {
    return Error(ErrorKind::bad_input, "xlsx.password_protected").at({.file = source_->name()});
  }
  auto key = key_of(member.name);
  if (member.link || leads_outside(key)) return refused(*source_, member.name);
  if (!by_name_.emplace(std::move(key), members_.size()).second) return refused(*source_, member.name);
  members_.push_back(std::move(member));
  return {};
}

const ZipMember* ZipArchive::find(std::string_view name) const {
  const auto found = by_name_.find(key_of(name));
  return found == by_name_.end() ? nullptr : &members_[found->second];
}

base::Result<ZipMemberStream> ZipArchive::stream(const ZipMember& member) const {
  MUSUBI_ASSIGN(const std::string bytes, read_exactly(*source_, member.header, kLocalHeaderSize));
  const ZipRecord header(bytes);
  const std::size_t name_length = header.two(26);
  MUSUBI_ASSIGN(const std::string name,
                read_exactly(*source_, member.header + kLocalHeaderSize, name_length));
  const bool same = header.four(0) == kLocalHeaderSignature && name == member.name &&
                    header.two(8) == member.method && (header.two(6) & kEncryptedFlags) == 0;
  const bool readable =
      member.method == kDeflated || (member.method == kStored && member.packed == member.expanded);
  if (!same || !readable) return zip_damaged(*source_, member.name);
  return ZipMemberStream(source_, member, member.header + kLocalHeaderSize + name_length + header.two(28));
}

base::Result<std::string> ZipArchive::expand(const ZipMember& member) const {
  MUSUBI_ASSIGN(ZipMemberStream bytes, stream(member));
  std::string expanded;
  constexpr std::size_t kStep = 256U << 10;
  for (std::size_t got = kStep; got == kStep;) {
    const auto before = expanded.size();
    expanded.resize(before + kStep);
    MUSUBI_ASSIGN(got, bytes.read(expanded.data() + before, kStep));
    expanded.resize(before + got);
  }
  return expanded;
}

}  // namespace musubi::document
