#include "token_file.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <optional>

#include "bearer.h"
#include "characters.h"
#include "musubi/base/json_text.h"

namespace musubi::net {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFormat = 1;
constexpr std::array<std::string_view, 9> kKeys{"id",   "secret_sha256", "role",    "source", "jurisdiction",
                                                "note", "created",       "expires", "revoked"};

base::Error damaged(std::string field) {
  return base::Error(base::ErrorKind::bad_configuration, "net.tokens_damaged")
      .at({.field = std::move(field)});
}

/// Reads the keys of one object; notes the first that is wrong.
class Reader {
 public:
  Reader(const json::object& object, std::string path) : object_(object), path_(std::move(path)) {
    for (const auto& member : object)
      if (std::ranges::count(kKeys, std::string_view(member.key())) == 0) wrong(member.key());
  }
  std::string text(std::string_view key) {
    const auto* value = object_.if_contains(key);
    if (value != nullptr && value->is_string()) return std::string(value->get_string());
    wrong(key);
    return {};
  }
  /// `read` makes an optional of a text.
  template <class Read>
  auto read_as(std::string_view key, Read read) {
    auto value = read(text(key));
    if (!value) wrong(key);
    return value ? *value : typename decltype(value)::value_type{};
  }
  bool has(std::string_view key) const { return object_.contains(key); }
  const std::optional<base::Error>& error() const { return error_; }

 private:
  void wrong(std::string_view key) {
    if (!error_) error_ = damaged(path_ + "." + std::string(key));
  }
  const json::object& object_;
  std::string path_;
  std::optional<base::Error> error_;
};

std::optional<unsigned> number_at(std::string_view text, std::size_t from, std::size_t digits) {
  unsigned number = 0;
  const auto part = text.substr(from, digits);
  const auto [end, failure] = std::from_chars(part.data(), part.data() + part.size(), number);
  return failure == std::errc() && end == part.data() + digits ? std::optional(number) : std::nullopt;
}

/// As base::to_text() writes it.
std::optional<base::Instant> instant_of(const std::string& text) {
  constexpr std::string_view kPattern = "0000-00-00T00:00:00.000000Z";
  const bool shaped = std::ranges::equal(
      text, kPattern, [](char c, char model) { return model == '0' ? is_digit(c) : c == model; });
  if (!shaped) return std::nullopt;
  const auto at = [&](std::size_t from, std::size_t digits) {
    return number_at(text, from, digits).value_or(0);
  };
  const std::chrono::year_month_day day(std::chrono::year(static_cast<int>(at(0, 4))),
                                        std::chrono::month(at(5, 2)), std::chrono::day(at(8, 2)));
  if (!day.ok() || at(11, 2) > 23 || at(14, 2) > 59 || at(17, 2) > 59) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(at(11, 2)) + std::chrono::minutes(at(14, 2)) +
         std::chrono::seconds(at(17, 2)) + std::chrono::microseconds(at(20, 6));
}

std::optional<base::Digest> digest_of(const std::string& text) {
  base::Digest digest{};
  if (text.size() != digest.size() * 2) return std::nullopt;
  for (std::size_t index = 0; index < digest.size(); ++index) {
    const auto high = hex_value(text[index * 2]), low = hex_value(text[index * 2 + 1]);
    if (!high || !low) return std::nullopt;
    digest[index] = static_cast<std::uint8_t>(*high * 16 + *low);
  }
  return digest;
}

std::optional<std::string> id_of(const std::string& text) {
  return is_token_id(text) ? std::optional(text) : std::nullopt;
}

base::Result<StoredToken> token_of(const json::value& value, const std::string& path) {
  if (!value.is_object()) return damaged(path);
  Reader reader(value.get_object(), path);
  StoredToken token;
  auto& entry = token.entry;
  entry.id = reader.read_as("id", id_of);
  token.secret = reader.read_as("secret_sha256", digest_of);
  entry.role = reader.read_as("role", [](const std::string& name) { return role_named(name); });
  entry.source = reader.text("source");
  entry.jurisdiction = reader.text("jurisdiction");
  entry.note = reader.text("note");
  entry.created = reader.read_as("created", instant_of);
  entry.expires = reader.read_as("expires", instant_of);
  if (reader.has("revoked")) entry.revoked = reader.read_as("revoked", instant_of);
  if (reader.error()) return *reader.error();
  return token;
}

base::Result<json::value> parse_json(std::string_view text) {
  json::stream_parser parser({}, {.max_depth = 4});
  boost::system::error_code failure;
  const auto read = parser.write(text.data(), text.size(), failure);
  if (!failure) parser.finish(failure);
  if (!failure) return parser.release();
  const auto line = 1 + std::ranges::count(text.substr(0, read), '\n');
  return base::Error(base::ErrorKind::bad_configuration, "net.tokens_damaged")
      .at({.line = static_cast<std::uint64_t>(line), .byte = read});
}

/// The list of tokens in a file of a format that is known.
base::Result<const json::array*> list_in(const json::value& file) {
  const auto* object = file.if_object();
  const auto* format = object == nullptr ? nullptr : object->if_contains("format");
  if (format == nullptr || !format->is_int64()) return damaged("format");
  if (format->get_int64() > kFormat)
    return base::Error(base::ErrorKind::bad_configuration, "net.tokens_newer",
                       {{"format", std::to_string(format->get_int64())}, {"known", std::to_string(kFormat)}});
  const auto* tokens = object->if_contains("tokens");
  if (format->get_int64() != kFormat || object->size() != 2 || tokens == nullptr || !tokens->is_array())
    return damaged("tokens");
  return &tokens->get_array();
}

void append_member(std::string& text, std::string_view key, std::string_view value) {
  text += key == kKeys.front() ? "{" : ", ";
  base::append_json_string(text, key);
  text += ": ";
  base::append_json_string(text, value);
}

void append_token(std::string& text, const StoredToken& token) {
  const auto& entry = token.entry;
  append_member(text, "id", entry.id);
  append_member(text, "secret_sha256", base::to_hex(token.secret));
  append_member(text, "role", name_of(entry.role));
  append_member(text, "source", entry.source);
  append_member(text, "jurisdiction", entry.jurisdiction);
  append_member(text, "note", entry.note);
  append_member(text, "created", base::to_text(entry.created));
  append_member(text, "expires", base::to_text(entry.expires));
  if (entry.revoked) append_member(text, "revoked", base::to_text(*entry.revoked));
  text += "}";
}

}  // namespace

base::Result<std::vector<StoredToken>> parse_token_file(std::string_view json) {
  MUSUBI_ASSIGN(const auto file, parse_json(json));
  MUSUBI_ASSIGN(const auto* list, list_in(file));
  std::vector<StoredToken> tokens;
  for (const auto& value : *list) {
    const auto path = "tokens[" + std::to_string(tokens.size()) + "]";
    MUSUBI_ASSIGN(auto token, token_of(value, path));
    const auto& id = token.entry.id;
    if (std::ranges::any_of(tokens, [&](const StoredToken& other) { return other.entry.id == id; }))
      return damaged(path + ".id");
    tokens.push_back(std::move(token));
  }
  return tokens;
}

std::string token_file_text(std::span<const StoredToken> tokens) {
  std::string text = "{\"format\": " + std::to_string(kFormat) + ", \"tokens\": [";
  for (const auto& token : tokens) {
    text += &token == tokens.data() ? "\n  " : ",\n  ";
    append_token(text, token);
  }
  return text + "\n]}\n";
}

}  // namespace musubi::net
