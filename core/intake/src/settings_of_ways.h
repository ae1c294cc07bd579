// The settings of one way in, of each kind.
#pragma once

#include "musubi/intake/settings.h"
#include "settings_values.h"

namespace musubi::intake {

// Keys that a map of the kind may have.
base::Names folder_keys();
base::Names pull_keys();
base::Names mailbox_keys();

DropFolderSettings read_folder(const SettingsReader& reader, const std::string& name);
PullSettings read_pull(const SettingsReader& reader, const std::string& name);
MailboxSettings read_mailbox(const SettingsReader& reader, const std::string& name, MailProtocol protocol);

void read_security(const SettingsReader& reader, TransportSecurity& into);
/// Whether a host is this machine: it may be spoken to without encryption.
bool is_this_machine(std::string_view host) noexcept;

}  // namespace musubi::intake
