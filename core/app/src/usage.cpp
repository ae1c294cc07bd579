#include "usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "musubi/base/nearest.h"

namespace musubi::app {
namespace {

using base::Error;
using base::ErrorKind;
using base::say;
using Names = std::vector<std::string>;

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  for (const auto* command : commands_of(app))
    if (command->get_name() == name) return command;
  return nullptr;
}

/// Of the command or, because common options may stand anywhere, of the commands it belongs to.
const CLI::Option* option_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* each = &app; each != nullptr; each = each->get_parent())
    if (const auto* option = each->get_option_no_throw(name)) return option;
  return nullptr;
}

Names command_names(const CLI::App& app) {
  Names names;
  for (const auto* command : commands_of(app)) names.push_back(command->get_name());
  return names;
}

Names option_names(const CLI::App& app) {
  Names names;
  for (const CLI::App* each = &app; each != nullptr; each = each->get_parent())
    for (const auto* option : each->get_options())
      if (option->nonpositional()) names.push_back(option->get_name());
  return names;
}

std::string listed(const Names& names) {
  return base::joined(std::vector<std::string_view>(names.begin(), names.end()));
}

Error unknown(std::string_view code, std::string_view word, const Names& known) {
  const auto near = base::nearest(word, known);
  return Error(ErrorKind::usage, near.empty() ? std::string(code) : std::string(code) + "_near",
               {{"word", std::string(word)}, {"suggestion", near}, {"known", listed(known)}});
}

/// Walks along the words as the parser will.
class Walk {
 public:
  Walk(const CLI::App& app, Words words) : app_(&app), words_(words) {}

  std::optional<Error> first_unknown() {
    for (std::size_t index = 0; index < words_.size(); ++index) {
      const std::string word = words_[index];
      if (word == "--") return std::nullopt;
      auto problem = word.size() > 1 && word[0] == '-' ? option(word, index) : plain(word);
      if (problem) return problem;
    }
    return std::nullopt;
  }

 private:
  std::optional<Error> option(const std::string& word, std::size_t& index) const {
    const auto equals = word.find('=');
    const auto* found = option_named(*app_, word.substr(0, equals));
    const bool negative_number = word.find_first_not_of("-.0123456789") == word.npos;
    if (found == nullptr && !negative_number)
      return unknown("app.usage.option_unknown", word.substr(0, equals), option_names(*app_));
    if (found != nullptr && equals == word.npos && found->get_items_expected_max() > 0) ++index;
    return std::nullopt;
  }

  std::optional<Error> plain(const std::string& word) {
    const auto commands = command_names(*app_);
    if (commands.empty()) return std::nullopt;
    const auto* command = command_named(*app_, word);
    if (command == nullptr) return unknown("app.usage.command_unknown", word, commands);
    app_ = command;
    return std::nullopt;
  }

  const CLI::App* app_;
  Words words_;
};

/// The command that was given, with the subcommand it has.
const CLI::App& chosen(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

std::string shown_name(const CLI::Option& option) {
  return option.get_positional() ? option.get_name(true) : option.get_name();
}

/// The option the parser speaks of: its sentences begin with the name or contain it.
const CLI::Option* option_in(const CLI::App& app, const std::string& sentence) {
  const CLI::Option* found = nullptr;
  for (const CLI::App* each = &app; each != nullptr; each = each->get_parent())
    for (const auto* option : each->get_options())
      if (sentence.find(option->get_name()) != sentence.npos &&
          (found == nullptr || option->get_name().size() > found->get_name().size()))
        found = option;
  return found;
}

Error missing(const CLI::App& command) {
  for (const auto* option : command.get_options())
    if (option->get_required() && option->count() == 0)
      return {ErrorKind::usage,
              "app.usage.option_missing",
              {{"option", shown_name(*option)}, {"help", option->get_description()}}};
  return {ErrorKind::usage, "app.usage.command_missing", {{"known", listed(command_names(command))}}};
}

void label(CLI::App& app, base::Language language) {
  for (auto* option : app.get_options()) option->group(say(language, "app.usage.options"));
  for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
    command->group(say(language, "app.usage.commands"));
    std::string footer;
    if (!command->get_footer().empty())
      footer = say(language, "app.usage.example") + "\n" + command->get_footer() + "\n\n";
    command->footer(footer + say(language, "app.usage.common"));
    label(*command, language);
  }
}

}  // namespace

std::optional<Error> unknown_word(const CLI::App& app, Words words) {
  return Walk(app, words).first_unknown();
}

Error usage_error(const CLI::App& app, const CLI::ParseError& problem) {
  const auto& command = chosen(app);
  if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr) return missing(command);
  const auto* option = option_in(command, problem.what());
  if (option == nullptr) return {ErrorKind::usage, "app.usage.too_many"};
  const bool without_value = dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr;
  return {ErrorKind::usage,
          without_value ? "app.usage.value_missing" : "app.usage.value_wrong",
          {{"option", shown_name(*option)},
           {"help", option->get_description()},
           {"form", option->get_type_name()}}};
}

bool is_given(Words words, std::string_view option) {
  return std::ranges::any_of(words, [option](const char* word) { return word == option; });
}

void finish_help(CLI::App& app, base::Language language) {
  const auto formatter = std::make_shared<CLI::Formatter>();
  for (const auto& [key, id] :
       {std::pair("Usage", "app.usage.usage"), std::pair("OPTIONS", "app.usage.OPTIONS"),
        std::pair("SUBCOMMAND", "app.usage.COMMAND"), std::pair("SUBCOMMANDS", "app.usage.COMMAND"),
        std::pair("Positionals", "app.usage.positionals"), std::pair("REQUIRED", "app.usage.required"),
        std::pair("TEXT", "app.usage.text"), std::pair("UINT", "app.usage.number"),
        std::pair("INT", "app.usage.number")})
    formatter->label(key, say(language, id));
  app.formatter(formatter);
  for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
    command->formatter(formatter);
    for (auto* below : command->get_subcommands([](CLI::App*) { return true; })) below->formatter(formatter);
  }
  label(app, language);
}

}  // namespace musubi::app
