#include "musubi/net/tokens.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "bearer.h"
#include "characters.h"
#include "musubi/base/codes.h"
#include "musubi/base/file.h"
#include "musubi/base/text.h"
#include "token_file.h"

namespace musubi::net {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{16} * 1024 * 1024;
constexpr std::size_t kMostText = 200;  // characters of a note or a source

base::Error refused(std::string_view code) { return {base::ErrorKind::refused, code}; }
base::Error wrong(std::string_view code) { return {base::ErrorKind::usage, code}; }

/// Holds the lock of the folder as long as it lives; other processes and threads wait.
class FolderLock {
 public:
  static base::Result<FolderLock> take(const std::filesystem::path& file) {
    FolderLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) return base::file_error(errno, file);
    int failed = 0;
    do {
      failed = ::flock(lock.descriptor_, LOCK_EX);
    } while (failed != 0 && errno == EINTR);
    if (failed != 0) return base::file_error(errno, file);
    return lock;
  }
  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

std::string base64url(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const auto byte : bytes) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 6; count -= 6) text += kDigits[bits >> (count - 6) & 63];
  }
  if (count > 0) text += kDigits[bits << (6 - count) & 63];
  return text;
}

template <std::size_t Size>
base::Result<std::array<std::uint8_t, Size>> random_bytes() {
  std::array<std::uint8_t, Size> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(Size)) == 1) return bytes;
  return base::Error(base::ErrorKind::environment, "net.no_random_numbers");
}

bool is_jurisdiction(std::string_view code) {
  const auto repaired = base::repair_municipality_code(code);
  return repaired.repair == base::CodeRepair::none && repaired.text() == code;
}

bool is_plain_text(std::string_view text) {
  return !base::malformed_utf8_at(text) && base::characters(text) <= kMostText &&
         std::ranges::none_of(text, is_control);
}

base::Status check(const NewToken& token, base::Instant now) {
  const bool speaks_for_a_source = token.role == Role::sender || token.role == Role::hub;
  if (speaks_for_a_source == token.source.empty()) return wrong("net.token_needs_source");
  if (!token.jurisdiction.empty() && !is_jurisdiction(token.jurisdiction))
    return wrong("net.token_jurisdiction");
  if (token.expires <= now) return wrong("net.token_expires_past");
  if (!is_plain_text(token.note) || !is_plain_text(token.source)) return wrong("net.token_text");
  return {};
}

/// What a look at the file tells apart.
struct Stamp {
  ino_t number = 0;
  off_t size = -1;  ///< -1: no file
  timespec changed{};
  friend bool operator==(const Stamp& left, const Stamp& right) {
    return left.number == right.number && left.size == right.size &&
           left.changed.tv_sec == right.changed.tv_sec && left.changed.tv_nsec == right.changed.tv_nsec;
  }
};

Stamp stamp_of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_ino, status.st_size, status.st_mtim};
}

struct Known {
  StoredToken stored;
  std::shared_ptr<const Identity> identity;
};
using KnownTokens = base::Result<std::unordered_map<std::string, Known>>;

std::shared_ptr<const Identity> identity_of(const TokenEntry& entry) {
  return std::make_shared<const Identity>(
      Identity{entry.id, entry.role, entry.source, entry.jurisdiction, entry.expires});
}

bool is_secret_of(const StoredToken& token, std::string_view secret) {
  const auto digest = base::sha256(secret);
  return CRYPTO_memcmp(digest.data(), token.secret.data(), digest.size()) == 0;
}

}  // namespace

struct TokenBook::State {
  State(const std::filesystem::path& home, const base::Clock& time)
      : file(home / "tokens.json"), lock_file(home / "tokens.lock"), clock(time) {}

  const std::filesystem::path file, lock_file;
  const base::Clock& clock;

  std::mutex mutex;  ///< of the rest
  std::optional<base::Instant> looked;
  Stamp stamp;
  std::shared_ptr<const KnownTokens> known;

  base::Result<std::vector<StoredToken>> read() const;
  base::Status change(const std::function<base::Status(std::vector<StoredToken>&)>& edit);
  KnownTokens load() const;
  std::shared_ptr<const KnownTokens> current();
};

base::Result<std::vector<StoredToken>> TokenBook::State::read() const {
  auto text = base::read_file(file, kMostBytes);
  if (text.has_error() && text.error().code() == "file.not_found") return std::vector<StoredToken>();
  if (text.has_error()) return text.error();
  auto tokens = parse_token_file(*text);
  if (!tokens.has_error()) return tokens;
  auto place = tokens.error().place();
  place.file = file.string();
  return tokens.error().at(std::move(place));
}

base::Status TokenBook::State::change(const std::function<base::Status(std::vector<StoredToken>&)>& edit) {
  MUSUBI_ASSIGN(const auto lock, FolderLock::take(lock_file));
  MUSUBI_ASSIGN(auto tokens, read());
  MUSUBI_TRY(edit(tokens));
  MUSUBI_TRY(base::write_file_durably(file, token_file_text(tokens)));
  const std::lock_guard guard(mutex);
  looked.reset();  // this process sees its own change at once
  return {};
}

KnownTokens TokenBook::State::load() const {
  MUSUBI_ASSIGN(auto tokens, read());
  std::unordered_map<std::string, Known> all;
  for (auto& token : tokens) {
    auto identity = identity_of(token.entry);
    auto id = token.entry.id;
    all.emplace(std::move(id), Known{std::move(token), std::move(identity)});
  }
  return all;
}

std::shared_ptr<const KnownTokens> TokenBook::State::current() {
  const std::lock_guard guard(mutex);
  const auto now = clock.now();
  const bool recent = looked && now >= *looked && now - *looked < std::chrono::seconds(1);
  if (known && recent) return known;
  looked = now;
  const auto found = stamp_of(file);
  if (known && found == stamp && !known->has_error()) return known;
  stamp = found;
  known = std::make_shared<const KnownTokens>(load());
  return known;
}

TokenBook::TokenBook(const std::filesystem::path& home, const base::Clock& clock)
    : state_(std::make_unique<State>(home, clock)) {}
TokenBook::~TokenBook() = default;

base::Result<IssuedToken> TokenBook::create(const NewToken& token) {
  const auto now = state_->clock.now();
  MUSUBI_TRY(check(token, now));
  MUSUBI_ASSIGN(const auto id, random_bytes<8>());
  MUSUBI_ASSIGN(const auto random, random_bytes<32>());
  const auto secret = base64url(random);
  StoredToken stored;
  stored.entry = {base::to_hex(id), token.role, token.source,  token.jurisdiction,
                  token.note,       now,        token.expires, {}};
  stored.secret = base::sha256(secret);
  MUSUBI_TRY(state_->change([&](std::vector<StoredToken>& tokens) -> base::Status {
    tokens.push_back(stored);
    return {};
  }));
  return IssuedToken{stored.entry, "musubi_" + stored.entry.id + "_" + secret};
}

base::Status TokenBook::revoke(std::string_view id) {
  return state_->change([&](std::vector<StoredToken>& tokens) -> base::Status {
    const auto found =
        std::ranges::find_if(tokens, [id](const StoredToken& token) { return token.entry.id == id; });
    if (found == tokens.end()) return base::Error(base::ErrorKind::not_found, "net.token_absent");
    if (!found->entry.revoked) found->entry.revoked = state_->clock.now();
    return {};
  });
}

base::Result<std::vector<TokenEntry>> TokenBook::list() const {
  MUSUBI_ASSIGN(auto tokens, state_->read());
  std::vector<TokenEntry> entries;
  for (auto& token : tokens) entries.push_back(std::move(token.entry));
  return entries;
}

base::Result<std::shared_ptr<const Identity>> TokenBook::identify(std::string_view token,
                                                                  const Peer&) noexcept {
  try {
    const auto parts = parse_token(token);
    if (!parts) return refused("net.token_malformed");
    const auto known = state_->current();
    if (known->has_error()) return known->error();
    const auto found = (*known)->find(std::string(parts->id));
    if (found == (*known)->end()) return refused("net.token_unknown");
    const auto& [stored, identity] = found->second;
    if (!is_secret_of(stored, parts->secret)) return refused("net.token_unknown");
    if (stored.entry.revoked) return refused("net.token_revoked");
    if (stored.entry.expires <= state_->clock.now()) return refused("net.token_expired");
    return identity;
  } catch (...) {  // no memory: nobody gets in
    return base::Error();
  }
}

bool TokenBook::has_tokens() noexcept {
  try {
    const auto known = state_->current();
    return known->has_value() && !(*known)->empty();
  } catch (...) {
    return false;
  }
}

}  // namespace musubi::net
