#include <algorithm>
#include <array>

#include "settings_of_ways.h"

namespace musubi::intake {
namespace {

constexpr std::string_view kKeys[] = {"kind",
                                      "source",
                                      "encryption",
                                      "host",
                                      "port",
                                      "user",
                                      "password_file",
                                      "inbox",
                                      "processed",
                                      "refused",
                                      "delete_messages",
                                      "senders",
                                      "body",
                                      "folder",
                                      "every",
                                      "timeout",
                                      "most_messages",
                                      "most_bytes",
                                      "attachment_bytes",
                                      "attachments",
                                      "authorities",
                                      "certificate",
                                      "private_key",
                                      "enabled"};

/// Names beyond ASCII would have to be written in a way of IMAP's own.
bool is_mail_folder(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char each) {
    return each >= ' ' && each <= '~' && each != '*' && each != '%' && each != '&';
  });
}

std::string in_small_letters(std::string text) {
  for (char& each : text)
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  return text;
}

void check(const SettingsReader& reader, const MailboxSettings& settings) {
  reader.check(settings.encryption != MailEncryption::none || is_this_machine(settings.host), "encryption",
               "intake.config_mail_encryption");
  reader.check(settings.host.empty() || is_printable_word(settings.host), "host", "intake.config_word");
  reader.check(settings.user.empty() || is_printable_word(settings.user), "user", "intake.config_word");
  reader.check(is_mail_folder(settings.inbox), "inbox", "intake.config_mail_folder");
  reader.check(is_mail_folder(settings.processed), "processed", "intake.config_mail_folder");
  reader.check(is_mail_folder(settings.refused), "refused", "intake.config_mail_folder");
  reader.check(std::ranges::all_of(settings.senders,
                                   [](const std::string& each) {
                                     return is_printable_word(each) && each.find('@') != each.npos;
                                   }),
               "senders", "intake.config_senders");
}

}  // namespace

base::Names mailbox_keys() { return kKeys; }

MailboxSettings read_mailbox(const SettingsReader& reader, const std::string& name, MailProtocol protocol) {
  constexpr std::array kEncryptions{MailEncryption::implicit, MailEncryption::starttls, MailEncryption::none};
  MailboxSettings settings;
  settings.name = name;
  settings.protocol = protocol;
  settings.source = reader.map().required_word("source");
  reader.choice("encryption", kEncryptions, settings.encryption);
  settings.host = reader.map().required_word("host");
  reader.count("port", 1, 65'535, settings.port);
  settings.user = reader.map().required_word("user");
  settings.password_file = reader.required_path("password_file");
  reader.text("inbox", settings.inbox);
  reader.text("processed", settings.processed);
  reader.text("refused", settings.refused);
  settings.delete_messages = reader.map().yes("delete_messages");
  for (auto& each : reader.map().words("senders"))
    settings.senders.push_back(in_small_letters(std::move(each)));
  settings.body = reader.map().yes("body");
  settings.folder = reader.required_path("folder");
  reader.duration("every", settings.every);
  reader.duration("timeout", settings.timeout);
  reader.count("most_messages", 1, 100'000, settings.most_messages);
  reader.size("most_bytes", settings.limits.message_bytes);
  reader.size("attachment_bytes", settings.limits.attachment_bytes);
  reader.count("attachments", 1, 10'000, settings.limits.attachments);
  read_security(reader, settings.security);
  check(reader, settings);
  return settings;
}

}  // namespace musubi::intake
