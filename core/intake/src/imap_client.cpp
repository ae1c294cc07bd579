// IMAP4rev1 (RFC 3501) with MOVE (RFC 6851) and UIDPLUS (RFC 4315) where the server has them.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "imap_response.h"
#include "letter_file.h"
#include "mail_connection.h"
#include "mail_server.h"

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;
using base::Status;

constexpr std::uint64_t kMostLiteral = std::uint64_t{64} * 1024;  // where no message is expected
constexpr std::size_t kMostResponses = 100'000;                   // to one command

class ImapClient final : public MailServer {
 public:
  ImapClient(MailConnection connection, const MailboxSettings& settings)
      : connection_(std::move(connection)), settings_(settings) {}

  Status begin(const std::string& password) {
    MUSUBI_ASSIGN(const auto greeting, response(nullptr));
    if (greeting.tag != "*" || greeting.word == "BYE") return garbled();
    MUSUBI_TRY(ask_capabilities());
    if (settings_.encryption == MailEncryption::starttls) {
      MUSUBI_TRY(start_tls());
    }
    if (greeting.word != "PREAUTH") {
      MUSUBI_TRY(log_in(password));
    }
    MUSUBI_TRY(ask_capabilities());
    return expect_ok(command("SELECT " + imap_quoted(settings_.inbox)));
  }

  base::Result<std::vector<Letter>> letters() override {
    std::vector<Letter> letters;
    MUSUBI_TRY(expect_ok(command("UID SEARCH NOT DELETED", [&](const ImapResponse& said) {
      if (said.word == "SEARCH")
        for (const auto& each : said.values)
          if (is_number(each)) letters.push_back({.id = each});
    })));
    std::ranges::sort(letters, [](const Letter& left, const Letter& right) {
      return std::pair(left.id.size(), left.id) < std::pair(right.id.size(), right.id);
    });
    return letters;
  }

  // A piece of at most one byte more than allowed is asked for: a larger message shows without being sent.
  Status fetch(const Letter& letter, const std::filesystem::path& into) override {
    const auto most = settings_.limits.message_bytes;
    LetterFile file(into, most);
    bool received = false;
    const MailConnection::Sink sink = [&](std::string_view piece) {
      received = true;
      file.add(piece);
      return Status();
    };
    MUSUBI_TRY(expect_ok(
        command(fmt::format("UID FETCH {} BODY.PEEK[]<0.{}>", letter.id, most + 1), nullptr, &sink)));
    if (!received) return garbled();
    return file.finish();
  }

  Status done(const Letter& letter) override { return move(letter, settings_.processed); }
  Status refuse(const Letter& letter) override { return move(letter, settings_.refused); }
  Status close() override { return expect_ok(command("LOGOUT")); }

 private:
  using Each = std::function<void(const ImapResponse&)>;

  static bool is_number(const std::string& text) {
    return !text.empty() && text.size() <= 10 && text.find_first_not_of("0123456789") == text.npos;
  }

  Status ask_capabilities() {
    capabilities_.clear();
    return expect_ok(command("CAPABILITY", [&](const ImapResponse& said) {
      if (said.word == "CAPABILITY") capabilities_ = said.values;
    }));
  }
  bool can(std::string_view capability) const {
    return std::ranges::find(capabilities_, capability) != capabilities_.end();
  }

  Status start_tls() {
    MUSUBI_ASSIGN(const auto answer, command("STARTTLS"));
    if (answer.word != "OK")
      return Error(ErrorKind::unavailable, "intake.mail_no_encryption", {{"host", settings_.host}});
    MUSUBI_TRY(connection_.make_secure());
    return ask_capabilities();
  }

  Status log_in(const std::string& password) {
    MUSUBI_ASSIGN(const auto answer,
                  command(fmt::format("LOGIN {} {}", imap_quoted(settings_.user), imap_quoted(password))));
    if (answer.word == "OK") return {};
    return Error(ErrorKind::unavailable, "intake.mail_login", {{"host", settings_.host}});
  }

  // Without MOVE: a crash between the copy and the deletion leaves both, which does no harm.
  Status move(const Letter& letter, const std::string& folder) {
    const auto to = imap_quoted(folder);
    const auto order = fmt::format("UID {} {} {}", can("MOVE") ? "MOVE" : "COPY", letter.id, to);
    MUSUBI_ASSIGN(auto answer, command(order));
    if (answer.word == "NO" && answer.code == "TRYCREATE") {
      MUSUBI_TRY(expect_ok(command("CREATE " + to)));
      MUSUBI_ASSIGN(answer, command(order));
    }
    MUSUBI_TRY(expect_ok(answer));
    if (can("MOVE")) return {};
    MUSUBI_TRY(expect_ok(command(fmt::format("UID STORE {} +FLAGS.SILENT (\\Deleted)", letter.id))));
    return expect_ok(command(can("UIDPLUS") ? "UID EXPUNGE " + letter.id : "EXPUNGE"));
  }

  /// The answer with our tag; what comes before goes to `each`, and the bytes of a message to `sink`.
  base::Result<ImapResponse> command(const std::string& text, const Each& each = nullptr,
                                     const MailConnection::Sink* sink = nullptr) {
    const auto tag = fmt::format("A{:04}", ++commands_);
    MUSUBI_TRY(connection_.send(tag + " " + text + "\r\n"));
    for (std::size_t responses = 0; responses < kMostResponses; ++responses) {
      MUSUBI_ASSIGN(auto said, response(sink));
      if (said.tag == tag) return said;
      if (said.word == "BYE" && text != "LOGOUT") break;
      if (each) each(said);
    }
    return garbled();
  }

  /// One, over as many lines as its literals make of it.
  base::Result<ImapResponse> response(const MailConnection::Sink* sink) {
    std::string text;
    for (;;) {
      MUSUBI_ASSIGN(const auto line, connection_.line());
      text += line;
      const auto literal = literal_after(line);
      if (!literal) break;
      text.resize(text.rfind('{'));
      text += "\"\"";
      const bool is_message = sink != nullptr && text.find("BODY[") != text.npos;
      const auto most = is_message ? settings_.limits.message_bytes + 1 : kMostLiteral;
      if (*literal > most || text.size() > MailConnection::kMostLine) return garbled();
      const MailConnection::Sink nowhere = [](std::string_view) { return Status(); };
      MUSUBI_TRY(connection_.bytes(*literal, is_message ? *sink : nowhere));
    }
    auto parsed = parse_imap_response(text);
    if (!parsed) return garbled();
    return std::move(*parsed);
  }

  Status expect_ok(const base::Result<ImapResponse>& answer) const {
    if (answer.has_error()) return answer.error();
    if (answer->word == "OK") return {};
    return Error(ErrorKind::unavailable, "intake.mail_server_refused", {{"host", settings_.host}});
  }

  Error garbled() const {
    return {ErrorKind::unavailable, "intake.mail_garbled", {{"host", settings_.host}}};
  }

  MailConnection connection_;
  const MailboxSettings& settings_;
  std::vector<std::string> capabilities_;
  unsigned commands_ = 0;
};

constexpr std::uint16_t kPlainPort = 143, kSecurePort = 993;

}  // namespace

base::Result<std::unique_ptr<MailServer>> open_imap(const MailboxSettings& settings,
                                                    const std::string& password) {
  const bool implicit = settings.encryption == MailEncryption::implicit;
  const auto usual = implicit ? kSecurePort : kPlainPort;
  MUSUBI_ASSIGN(auto connection, MailConnection::open(settings, settings.port != 0 ? settings.port : usual));
  auto client = std::make_unique<ImapClient>(std::move(connection), settings);
  MUSUBI_TRY(client->begin(password));
  return std::unique_ptr<MailServer>(std::move(client));
}

}  // namespace musubi::intake
