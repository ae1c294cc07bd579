// musubi token: who may talk to the hub.
#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "../command_line.h"
#include "../json_out.h"
#include "../terminal.h"
#include "musubi/base/file.h"
#include "musubi/net/tokens.h"

namespace musubi::app {
namespace {

using base::say;
using boost::json::object;

struct TokenOptions {
  std::string role, source, jurisdiction, note, id;
  int days = 365;
};

object json_of(const net::TokenEntry& entry) {
  object json{{"id", entry.id},
              {"role", net::name_of(entry.role)},
              {"source", entry.source},
              {"jurisdiction", entry.jurisdiction},
              {"note", entry.note},
              {"created", base::to_text(entry.created)},
              {"expires", base::to_text(entry.expires)}};
  if (entry.revoked) json["revoked"] = base::to_text(*entry.revoked);
  return json;
}

base::Status make_home(const std::filesystem::path& home) {
  std::error_code failure;
  std::filesystem::create_directories(home, failure);
  if (failure) return base::file_error(failure.value(), home);
  return {};
}

base::Result<int> create(Workshop& workshop, const TokenOptions& options) {
  const auto role = net::role_named(options.role);
  if (!role) return base::Error(base::ErrorKind::usage, "app.token.role_unknown", {{"role", options.role}});
  MUSUBI_TRY(make_home(workshop.options().home));
  net::TokenBook book(workshop.options().home, workshop.clock());
  const auto expires = workshop.clock().now() + std::chrono::days(options.days);
  MUSUBI_ASSIGN(const auto issued,
                book.create({*role, options.source, options.jurisdiction, options.note, expires}));
  if (workshop.options().json) {
    auto json = json_of(issued.entry);
    json["token"] = issued.text;
    print(json);
    return 0;
  }
  std::cout << issued.text << '\n';
  std::cerr << say(workshop.options().language, "app.token.created", {{"id", issued.entry.id}}) << '\n';
  return 0;
}

std::string state_of(const net::TokenEntry& entry, const Workshop& workshop) {
  const auto language = workshop.options().language;
  if (entry.revoked) return say(language, "app.token.revoked", {});
  return say(language, entry.expires <= workshop.clock().now() ? "app.token.expired" : "app.token.valid", {});
}

base::Result<int> list(Workshop& workshop) {
  const net::TokenBook book(workshop.options().home, workshop.clock());
  MUSUBI_ASSIGN(const auto entries, book.list());
  if (workshop.options().json) {
    boost::json::array all;
    for (const auto& each : entries) all.push_back(json_of(each));
    print(object{{"tokens", std::move(all)}});
    return 0;
  }
  for (const auto& each : entries) {
    std::cout << each.id << "  " << net::name_of(each.role) << "  "
              << (each.source.empty() ? "-" : each.source) << "  "
              << (each.jurisdiction.empty() ? "-" : each.jurisdiction) << "  "
              << base::to_text(each.expires).substr(0, 10) << "  " << state_of(each, workshop) << "  "
              << each.note << '\n';
  }
  return 0;
}

base::Result<int> revoke(Workshop& workshop, const TokenOptions& options) {
  net::TokenBook book(workshop.options().home, workshop.clock());
  MUSUBI_TRY(book.revoke(options.id));
  if (!workshop.options().json)
    std::cout << say(workshop.options().language, "app.token.is_revoked", {{"id", options.id}}) << '\n';
  return 0;
}

}  // namespace

void add_token(CLI::App& app, base::Language language, Action& action) {
  auto options = std::make_shared<TokenOptions>();
  auto* command = app.add_subcommand("token", say(language, "app.token.help"));
  command->require_subcommand(1);
  auto* creating = command->add_subcommand("create", say(language, "app.token.create.help"));
  creating->add_option("--role", options->role, say(language, "app.token.option.role"))->required();
  creating->add_option("--source", options->source, say(language, "app.token.option.source"));
  creating->add_option("--jurisdiction", options->jurisdiction,
                       say(language, "app.token.option.jurisdiction"));
  creating->add_option("--days", options->days, say(language, "app.token.option.days"))
      ->check(CLI::Range(1, 3650));
  creating->add_option("--note", options->note, say(language, "app.token.option.note"));
  creating->footer("  musubi token create --role sender --source tokyo --note 'health department'");
  creating->callback(
      [options, &action] { action = [options](Workshop& workshop) { return create(workshop, *options); }; });
  auto* listing = command->add_subcommand("list", say(language, "app.token.list.help"));
  listing->footer("  musubi token list");
  listing->callback([&action] { action = [](Workshop& workshop) { return list(workshop); }; });
  auto* revoking = command->add_subcommand("revoke", say(language, "app.token.revoke.help"));
  revoking->add_option("id", options->id, say(language, "app.token.option.id"))->required();
  revoking->footer("  musubi token revoke 0123456789abcdef");
  revoking->callback(
      [options, &action] { action = [options](Workshop& workshop) { return revoke(workshop, *options); }; });
}

}  // namespace musubi::app
