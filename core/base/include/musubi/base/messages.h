// The message catalogue: every sentence a user meets, in Japanese and English, with what to do about it.
// Source: core/base/messages/*.yaml; docs/messages.md is generated from the same files.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "musubi/base/error.h"
#include "musubi/base/export.h"

namespace musubi::base {

enum class Language : std::uint8_t { japanese, english };

/// From --lang (may be empty), then LC_ALL, LC_MESSAGES, LANG: Japanese when it starts with "ja", else
/// English.
MUSUBI_SDK_API Language choose_language(std::string_view option);

struct Message {
  std::string_view id;
  std::string_view japanese, english;                ///< the sentence, with {named} parts
  std::string_view remedy_japanese, remedy_english;  ///< what to do; may be empty
  /// The sentence without its parts, for lists; may be empty.
  std::string_view summary_japanese, summary_english;
};

/// nullptr when there is no such message.
MUSUBI_SDK_API const Message* find_message(std::string_view id) noexcept;
MUSUBI_SDK_API std::span<const Message> all_messages() noexcept;

/// The sentence of `id` with its parts filled in, made printable; the id itself where it is not catalogued.
MUSUBI_SDK_API std::string say(Language language, std::string_view id,
                               std::span<const MessageArgument> arguments = {});
MUSUBI_SDK_API std::string say(Language language, std::string_view id,
                               std::initializer_list<MessageArgument> arguments);
MUSUBI_SDK_API std::string remedy(Language language, std::string_view id,
                                  std::span<const MessageArgument> arguments = {});

/// What `id` says when nothing but the id is known, as in lists of reasons: its summary, else its sentence
/// without remarks in brackets that have parts. The id itself where it is not catalogued.
MUSUBI_SDK_API std::string summary(Language language, std::string_view id);

// Of an error by itself, without its place and its causes: what is wrong, and what to do (may be empty).
MUSUBI_SDK_API std::string sentence(Language language, const Error& error);
MUSUBI_SDK_API std::string remedy(Language language, const Error& error);

/// The whole error for a person: "file:line:column: sentence", the remedy, then each cause, indented.
MUSUBI_SDK_API std::string describe(Language language, const Error& error);

}  // namespace musubi::base
