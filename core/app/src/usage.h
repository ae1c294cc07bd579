// What is wrong with a command line, in the words of the message catalogue: the parser's own sentences are
// English only and do not name what was probably meant.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "musubi/base/error.h"
#include "musubi/base/messages.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace musubi::app {

/// The words after the program's name.
using Words = std::span<const char* const>;

/// The first word that names no command, or option that its command does not have, whatever follows it.
/// Errors: app.usage.command_unknown, app.usage.option_unknown (each also _near).
std::optional<base::Error> unknown_word(const CLI::App& app, Words words);

/// Of a command line whose words are all known. Errors: app.usage.*
base::Error usage_error(const CLI::App& app, const CLI::ParseError& problem);

/// Whether `option` (such as "--json") is among the words.
bool is_given(Words words, std::string_view option);

/// Headings in the language, and below each command what all of them take.
void finish_help(CLI::App& app, base::Language language);

}  // namespace musubi::app
