#include "musubi/base/messages.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "musubi/base/shown_text.h"

namespace musubi::base {
namespace {

// Sorted by id: Message{id, japanese, english, remedy_japanese, remedy_english, summary_japanese,
// summary_english}.
constexpr auto kMessages = std::to_array<Message>({
#include "messages_table.inc"
});

std::string argument_named(std::span<const MessageArgument> arguments, std::string_view name) {
  const auto found = std::ranges::find(
      arguments, name, [](const MessageArgument& each) { return std::string_view(each.first); });
  return found == arguments.end() ? "…" : found->second;
}

/// `named` gives the text of an argument. Arguments come from anywhere; the sentence around them is ours.
template <class Named>
std::string fill(std::string_view text, const Named& named) {
  std::string filled;
  for (std::size_t position = 0; position < text.size();) {
    const auto open = text.find('{', position);
    const auto close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) return filled.append(text.substr(position));
    filled.append(text.substr(position, open - position));
    filled.append(printable(named(text.substr(open + 1, close - open - 1))));
    position = close + 1;
  }
  return filled;
}

std::string fill(std::string_view text, std::span<const MessageArgument> arguments) {
  return fill(text, [arguments](std::string_view name) { return argument_named(arguments, name); });
}

/// Without "（… {part} …）" and " (… {part} …)".
std::string without_remarks(std::string text, std::string_view opening, std::string_view closing) {
  for (auto open = text.find(opening); open != text.npos; open = text.find(opening, open)) {
    const auto close = text.find(closing, open);
    if (close == text.npos) return text;
    const auto end = close + closing.size();
    if (text.find('{', open) < end)
      text.erase(open, end - open);
    else
      open = end;
  }
  return text;
}

/// What a sentence about an error can name beside the arguments of the error.
std::string part_of(const Error& error, std::string_view name) {
  const auto number = [](std::uint64_t value, std::uint64_t none) {
    return value == none ? std::string("?") : std::to_string(value);
  };
  const auto& place = error.place();
  if (name == "file") return place.file;
  if (name == "line") return number(place.line, 0);
  if (name == "column") return number(place.column, 0);
  if (name == "byte") return number(place.byte, Place::kNone);
  if (name == "field") return place.field.empty() ? error.path() : place.field;
  if (name == "record") return error.record();
  if (name == "adapter") return error.adapter();
  return "…";
}

std::string fill(std::string_view text, const Error& error) {
  return fill(text, [&error](std::string_view name) {
    const auto found = std::ranges::find(
        error.arguments(), name, [](const MessageArgument& each) { return std::string_view(each.first); });
    return found == error.arguments().end() ? part_of(error, name) : found->second;
  });
}

std::string prefix(const Place& place) {
  if (place.file.empty()) return {};
  std::string text = printable(place.file) + ":";
  if (place.line != 0) text += std::to_string(place.line) + ":";
  if (place.line != 0 && place.column != 0) text += std::to_string(place.column) + ":";
  return text + " ";
}

}  // namespace

Language choose_language(std::string_view option) {
  std::string_view chosen = option;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (!chosen.empty()) break;
    if (const char* value = std::getenv(name)) chosen = value;
  }
  return chosen.starts_with("ja") ? Language::japanese : Language::english;
}

const Message* find_message(std::string_view id) noexcept {
  const auto found = std::ranges::lower_bound(kMessages, id, {}, &Message::id);
  return found != kMessages.end() && found->id == id ? &*found : nullptr;
}

std::span<const Message> all_messages() noexcept { return kMessages; }

std::string say(Language language, std::string_view id, std::span<const MessageArgument> arguments) {
  const Message* message = find_message(id);
  if (message == nullptr) return std::string(id);
  return fill(language == Language::japanese ? message->japanese : message->english, arguments);
}

std::string say(Language language, std::string_view id, std::initializer_list<MessageArgument> arguments) {
  return say(language, id, std::span(arguments.begin(), arguments.size()));
}

std::string remedy(Language language, std::string_view id, std::span<const MessageArgument> arguments) {
  const Message* message = find_message(id);
  if (message == nullptr) return {};
  return fill(language == Language::japanese ? message->remedy_japanese : message->remedy_english, arguments);
}

std::string summary(Language language, std::string_view id) {
  const Message* message = find_message(id);
  if (message == nullptr) return std::string(id);
  const bool japanese = language == Language::japanese;
  const auto text = japanese ? message->summary_japanese : message->summary_english;
  if (!text.empty()) return std::string(text);
  const std::string sentence(japanese ? message->japanese : message->english);
  return fill(without_remarks(without_remarks(sentence, "（", "）"), " (", ")"),
              std::span<const MessageArgument>());
}

std::string sentence(Language language, const Error& error) {
  const Message* message = find_message(error.code());
  if (message == nullptr) return error.code();
  return fill(language == Language::japanese ? message->japanese : message->english, error);
}

std::string remedy(Language language, const Error& error) {
  const Message* message = find_message(error.code());
  if (message == nullptr) return {};
  return fill(language == Language::japanese ? message->remedy_japanese : message->remedy_english, error);
}

std::string describe(Language language, const Error& error) {
  std::string text = prefix(error.place()) + sentence(language, error);
  if (const auto what_to_do = remedy(language, error); !what_to_do.empty()) text += "\n  " + what_to_do;
  for (const Error* cause = error.cause(); cause != nullptr; cause = cause->cause()) {
    text += "\n  - " + prefix(cause->place()) + sentence(language, *cause);
    if (const auto what_to_do = remedy(language, *cause); !what_to_do.empty()) text += "\n    " + what_to_do;
  }
  return text;
}

}  // namespace musubi::base
