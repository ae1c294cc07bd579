#include "musubi/intake/mailbox.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <utility>

#include "guarded_look.h"
#include "mail_server.h"
#include "message.h"
#include "musubi/base/file.h"
#include "transport.h"

namespace musubi::intake {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Status;
using std::chrono::milliseconds;

/// The files of a look, which are gone after it.
class Spool {
 public:
  explicit Spool(const fs::path& folder) : letter(folder / "letter"), attachment(folder / "attachment") {}
  ~Spool() {
    std::error_code ignored;
    fs::remove(letter, ignored);
    fs::remove(attachment, ignored);
  }
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  const fs::path letter, attachment;
};

Status write(const fs::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush()) return {};
  return base::file_error(errno, path);
}

}  // namespace

std::string_view name_of(MailProtocol protocol) noexcept {
  return protocol == MailProtocol::imap ? "imap" : "pop3";
}

std::string_view name_of(MailEncryption encryption) noexcept {
  switch (encryption) {
    case MailEncryption::implicit:
      return "implicit";
    case MailEncryption::starttls:
      return "starttls";
    case MailEncryption::none:
      return "none";
  }
  return "";
}

class Mailbox::Work {
 public:
  Work(MailboxSettings settings, Reception& reception, const base::Clock& clock)
      : settings_(std::move(settings)),
        reception_(reception),
        clock_(clock),
        board_(settings_.name, settings_.protocol == MailProtocol::imap ? WayInKind::imap : WayInKind::pop3),
        back_off_(settings_.back_off, std::hash<std::string>()(settings_.name)) {}

  milliseconds look(const std::stop_token& stop) {
    board_.looked(clock_.now());
    if (const auto taken = take_letters(stop); taken.has_error()) {
      board_.failed(taken.error());
      return back_off_.next();
    }
    back_off_.reset();
    return settings_.every;
  }

  HealthBoard& board() noexcept { return board_; }

 private:
  Status take_letters(const std::stop_token& stop) {
    std::error_code failure;
    fs::create_directories(settings_.folder, failure);
    if (failure) return base::file_error(failure.value(), settings_.folder);
    MUSUBI_ASSIGN(const auto password, read_secret(settings_.password_file));
    const auto open = settings_.protocol == MailProtocol::imap ? open_imap : open_pop3;
    MUSUBI_ASSIGN(const auto server, open(settings_, password));
    MUSUBI_ASSIGN(auto letters, server->letters());
    const auto all = letters.size();
    letters.resize(std::min(all, settings_.most_messages));
    std::size_t ended = 0;
    const auto taken = take_each(*server, letters, stop, ended);
    board_.waiting(all - ended);
    MUSUBI_TRY(taken);
    return server->close();
  }

  Status take_each(MailServer& server, const std::vector<Letter>& letters, const std::stop_token& stop,
                   std::size_t& ended) {
    const Spool spool(settings_.folder);
    for (const auto& letter : letters) {
      if (stop.stop_requested()) return {};
      MUSUBI_TRY(take(server, letter, spool));
      ++ended;
    }
    return {};
  }

  /// One letter, to its end. A letter that is wrong is refused; an error is one of the server or the
  /// reception.
  Status take(MailServer& server, const Letter& letter, const Spool& spool) {
    const auto taken = take_attachments(server, letter, spool);
    if (!taken.has_error()) return server.done(letter);
    if (!is_about_the_parcel(taken.error())) return taken.error();
    board_.refused(taken.error());
    return server.refuse(letter);
  }

  Status take_attachments(MailServer& server, const Letter& letter, const Spool& spool) {
    const auto most = settings_.limits.message_bytes;
    if (letter.bytes > most)
      return Error(ErrorKind::limit_exceeded, "intake.mail_too_large", {{"limit", std::to_string(most)}});
    MUSUBI_TRY(server.fetch(letter, spool.letter));
    MUSUBI_ASSIGN(const auto bytes, base::read_file(spool.letter, most));
    MUSUBI_ASSIGN(const auto message, read_message(bytes, settings_.limits, settings_.body));
    if (!is_allowed(message.sender, settings_.senders))
      return Error(ErrorKind::refused, "intake.mail_sender");
    if (message.attachments.empty()) return Error(ErrorKind::bad_input, "intake.mail_no_attachment");
    Status wrong;
    for (const auto& each : message.attachments) {
      const auto taken = take_attachment(each, spool);
      if (!taken.has_error()) continue;
      if (!is_about_the_parcel(taken.error())) return taken.error();
      wrong = taken.error();
    }
    return wrong;
  }

  Status take_attachment(const Attachment& attachment, const Spool& spool) {
    MUSUBI_ASSIGN(const auto bytes, decoded(attachment, settings_.limits));
    MUSUBI_TRY(write(spool.attachment, bytes));
    MUSUBI_ASSIGN(const auto taken, reception_.take({.source = settings_.source,
                                                     .file = spool.attachment,
                                                     .name = attachment.name,
                                                     .from = settings_.name}));
    board_.received(clock_.now(), taken);
    return {};
  }

  MailboxSettings settings_;
  Reception& reception_;
  const base::Clock& clock_;
  HealthBoard board_;
  BackOff back_off_;
};

Mailbox::Mailbox(MailboxSettings settings, Reception& reception, const base::Clock& clock)
    : work_(std::make_unique<Work>(std::move(settings), reception, clock)) {}

Mailbox::~Mailbox() = default;

milliseconds Mailbox::look(const std::stop_token& stop) noexcept {
  return guarded_look(work_->board(), [&] { return work_->look(stop); });
}

Health Mailbox::health() const { return work_->board().health(); }

}  // namespace musubi::intake
