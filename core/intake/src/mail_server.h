// A mailbox on a server, whichever protocol it speaks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/intake/mailbox.h"

namespace musubi::intake {

struct Letter {
  std::string id{};         ///< names it as long as the connection lasts
  std::uint64_t bytes = 0;  ///< as the server says
};

/// Connected and logged in. After an error of kind unavailable it is of no more use. Threads: one.
class MailServer {
 public:
  virtual ~MailServer() = default;
  /// Those that are not done, the oldest first.
  virtual base::Result<std::vector<Letter>> letters() = 0;
  /// Into a file, which is replaced. Error as well: intake.mail_too_large.
  virtual base::Status fetch(const Letter& letter, const std::filesystem::path& into) = 0;
  /// It is not among letters() any more.
  virtual base::Status done(const Letter& letter) = 0;
  virtual base::Status refuse(const Letter& letter) = 0;
  /// Says good-bye, so that the server keeps what was done.
  virtual base::Status close() = 0;
};

// Errors: those of MailConnection, intake.mail_login, intake.mail_no_encryption, intake.mail_server_refused.
base::Result<std::unique_ptr<MailServer>> open_imap(const MailboxSettings& settings,
                                                    const std::string& password);
base::Result<std::unique_ptr<MailServer>> open_pop3(const MailboxSettings& settings,
                                                    const std::string& password);

}  // namespace musubi::intake
