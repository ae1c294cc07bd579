// POP3 (RFC 1939) with STLS (RFC 2595). The library's own client knows neither UIDL nor STLS.
#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "letter_file.h"
#include "mail_connection.h"
#include "mail_server.h"
#include "musubi/base/text.h"
#include "seen_letters.h"

namespace musubi::intake {
namespace {

using base::Error;
using base::ErrorKind;
using base::Status;

constexpr std::size_t kMostLetters = 100'000;
constexpr std::size_t kLongestId = 70;  // RFC 1939, section 7

class Pop3Client final : public MailServer {
 public:
  Pop3Client(MailConnection connection, const MailboxSettings& settings, SeenLetters seen)
      : connection_(std::move(connection)), settings_(settings), seen_(std::move(seen)) {}

  Status begin(const std::string& password) {
    MUSUBI_TRY(expect_ok("intake.mail_server_refused"));
    if (settings_.encryption == MailEncryption::starttls) {
      MUSUBI_TRY(command("STLS", "intake.mail_no_encryption"));
      MUSUBI_TRY(connection_.make_secure());
    }
    MUSUBI_TRY(command("USER " + settings_.user, "intake.mail_login"));
    return command("PASS " + password, "intake.mail_login");
  }

  /// A letter's id is its number here, a space and its unique id.
  base::Result<std::vector<Letter>> letters() override {
    std::map<std::string, std::string> sizes;
    MUSUBI_TRY(list(
        "LIST", [&](std::string number, std::string size) { sizes[std::move(number)] = std::move(size); }));
    std::vector<std::pair<std::string, std::string>> all;
    MUSUBI_TRY(list("UIDL", [&](std::string number, std::string id) {
      all.emplace_back(std::move(number), std::move(id));
    }));
    std::vector<Letter> letters;
    std::set<std::string> ids;
    for (const auto& [number, id] : all) {
      ids.insert(id);
      const auto state = seen_.state(id);
      if (state == SeenLetters::State::done && settings_.delete_messages) {
        MUSUBI_TRY(command("DELE " + number, "intake.mail_server_refused"));
      }
      if (state != SeenLetters::State::unknown) continue;
      const auto size = base::parse_integer(sizes[number]);
      letters.push_back({.id = number + " " + id,
                         .bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(size.value_or(0), 0))});
    }
    seen_.keep_only(ids);
    return letters;
  }

  Status fetch(const Letter& letter, const std::filesystem::path& into) override {
    LetterFile file(into, settings_.limits.message_bytes);
    MUSUBI_TRY(command("RETR " + number_of(letter), "intake.mail_server_refused"));
    MUSUBI_TRY(lines([&](std::string line) -> Status {
      file.add(line += "\r\n");
      if (file.received() / 4 > settings_.limits.message_bytes) return error("intake.mail_garbled");
      return {};
    }));
    return file.finish();
  }

  Status done(const Letter& letter) override {
    MUSUBI_TRY(seen_.remember(unique_id_of(letter), SeenLetters::State::done));
    if (!settings_.delete_messages) return {};
    return command("DELE " + number_of(letter), "intake.mail_server_refused");
  }
  Status refuse(const Letter& letter) override {
    return seen_.remember(unique_id_of(letter), SeenLetters::State::refused);
  }
  Status close() override { return command("QUIT", "intake.mail_server_refused"); }

 private:
  static std::string number_of(const Letter& letter) { return letter.id.substr(0, letter.id.find(' ')); }
  static std::string unique_id_of(const Letter& letter) { return letter.id.substr(letter.id.find(' ') + 1); }

  Status command(const std::string& text, std::string_view otherwise) {
    MUSUBI_TRY(connection_.send(text + "\r\n"));
    return expect_ok(otherwise);
  }

  Status expect_ok(std::string_view otherwise) {
    MUSUBI_ASSIGN(const auto line, connection_.line());
    if (line.starts_with("+OK")) return {};
    return error(line.starts_with("-ERR") ? otherwise : "intake.mail_garbled");
  }

  /// Those up to a line with only a dot; of others a dot before is taken away.
  Status lines(const std::function<Status(std::string)>& each) {
    for (;;) {
      MUSUBI_ASSIGN(auto line, connection_.line());
      if (line == ".") return {};
      if (line.starts_with('.')) line.erase(0, 1);
      MUSUBI_TRY(each(std::move(line)));
    }
  }

  Status list(const std::string& order, const std::function<void(std::string, std::string)>& each) {
    MUSUBI_TRY(command(order, "intake.mail_server_refused"));
    std::size_t count = 0;
    return lines([&](const std::string& line) -> Status {
      const auto divided = line.find(' ');
      auto number = line.substr(0, divided);
      if (divided == line.npos || !base::parse_integer(number) || ++count > kMostLetters)
        return error("intake.mail_garbled");
      auto value = line.substr(divided + 1);
      const bool usable =
          !value.empty() && value.size() <= kLongestId &&
          std::ranges::all_of(value, [](char letter) { return letter > ' ' && letter <= '~'; });
      if (!usable) return error("intake.mail_garbled");
      each(std::move(number), std::move(value));
      return {};
    });
  }

  Error error(std::string_view code) const {
    return {ErrorKind::unavailable, code, {{"host", settings_.host}}};
  }

  MailConnection connection_;
  const MailboxSettings& settings_;
  SeenLetters seen_;
};

constexpr std::uint16_t kPlainPort = 110, kSecurePort = 995;

}  // namespace

base::Result<std::unique_ptr<MailServer>> open_pop3(const MailboxSettings& settings,
                                                    const std::string& password) {
  const bool implicit = settings.encryption == MailEncryption::implicit;
  const auto usual = implicit ? kSecurePort : kPlainPort;
  MUSUBI_ASSIGN(auto seen, SeenLetters::load(settings.folder / "letters"));
  MUSUBI_ASSIGN(auto connection, MailConnection::open(settings, settings.port != 0 ? settings.port : usual));
  auto client = std::make_unique<Pop3Client>(std::move(connection), settings, std::move(seen));
  MUSUBI_TRY(client->begin(password));
  return std::unique_ptr<MailServer>(std::move(client));
}

}  // namespace musubi::intake
