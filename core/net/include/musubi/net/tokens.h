// Tokens of callers: HOME/tokens.json. `musubi token` changes it while the hub runs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/clock.h"
#include "musubi/base/result.h"
#include "musubi/net/gate.h"
#include "musubi/net/identity.h"

namespace musubi::net {

/// What is kept of a token: everything but its secret, of which only the SHA-256 is.
struct TokenEntry {
  std::string id;
  Role role = Role::reader;
  std::string source, jurisdiction;  ///< as in Identity
  std::string note;                  ///< for people: who has it
  base::Instant created{}, expires{};
  std::optional<base::Instant> revoked;
};

struct NewToken {
  Role role = Role::reader;
  std::string source, jurisdiction, note;
  base::Instant expires{};
};

struct IssuedToken {
  TokenEntry entry;
  std::string text;  ///< "musubi_<id>_<secret>": shown once, kept nowhere
};

/// A token is "musubi_", an id of 16 hexadecimal digits, "_" and 32 random bytes in base64url.
/// Threads: any. Processes: any number at once; changes are made under a lock, and the file is replaced
/// whole. A file that cannot be read or understood lets nobody in.
class TokenBook final : public Gate {
 public:
  /// There need be no file yet. `home` is a folder that exists. `clock` must outlive the book. A damaged file
  /// is no error here: identify() tells it as long as it lasts.
  TokenBook(const std::filesystem::path& home, const base::Clock& clock);
  ~TokenBook() override;

  /// Errors: net.token_needs_source, net.token_jurisdiction, net.token_expires_past, net.token_text, and
  /// those of list().
  base::Result<IssuedToken> create(const NewToken& token);
  /// Errors: net.token_absent, and those of list(). Revoking again changes nothing.
  base::Status revoke(std::string_view id);
  /// In order of creation, expired and revoked ones too. Errors: net.tokens_damaged with the place,
  /// net.tokens_newer, those of base::file_error().
  base::Result<std::vector<TokenEntry>> list() const;

  /// Looks at the file again when it has changed, at most once a second.
  base::Result<std::shared_ptr<const Identity>> identify(std::string_view token,
                                                         const Peer& peer) noexcept override;
  bool has_tokens() noexcept override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace musubi::net
