#include <algorithm>
#include <array>

#include "settings_of_ways.h"

namespace musubi::intake {
namespace {

constexpr std::string_view kKeys[] = {
    "kind",        "source",    "url",         "unencrypted", "query",      "headers",         "token_file",
    "paging",      "page_size", "items",       "next",        "watermark",  "first_watermark", "folder",
    "every",       "timeout",   "longest_run", "most_bytes",  "most_pages", "authorities",     "certificate",
    "private_key", "enabled"};

PullSettings::Pairs pairs(const SettingsReader& reader, std::string_view key) {
  PullSettings::Pairs pairs;
  const auto* node = reader.map().find(key);
  if (node == nullptr) return pairs;
  for (auto& [name, value] : base::pairs_of(*node, key, reader.map().problems()))
    pairs.emplace_back(std::move(name.text), std::move(value.text));
  return pairs;
}

bool is_shown(std::string_view text) {
  return std::ranges::all_of(text, [](char each) { return each >= ' ' && each <= '~'; });
}

/// A name of a header (RFC 9110, section 5.6.2), and a value that is one line.
bool is_header(const std::pair<std::string, std::string>& header) {
  constexpr std::string_view kNoPart = "\"(),/:;<=>?@[\\]{}";
  return is_printable_word(header.first) && header.first.find_first_of(kNoPart) == std::string::npos &&
         is_shown(header.second);
}

/// https://host[:port]/path: printable, no user, query or fragment.
bool is_address(std::string_view url, bool unencrypted) {
  const auto scheme = url.starts_with("https://") ? 8U : unencrypted && url.starts_with("http://") ? 7U : 0U;
  if (scheme == 0 || !is_printable_word(url)) return false;
  const auto host_end = std::min(url.find('/', scheme), url.size());
  return host_end > scheme && url.find_first_of("?#@") == url.npos;
}

bool is_pointer(const std::string& text) { return text.empty() || text.starts_with('/'); }

/// What the query has to say so that every page is another.
std::string_view placeholder_of(Paging paging) {
  switch (paging) {
    case Paging::offset:
      return "{offset}";
    case Paging::number:
      return "{page}";
    case Paging::cursor:
      return "{cursor}";
    case Paging::none:
    case Paging::link:
      break;
  }
  return "";
}

void check_query(const SettingsReader& reader, const PullSettings& settings, std::string_view placeholder) {
  const bool is_there = std::ranges::any_of(
      settings.query, [&](const auto& each) { return each.second.find(placeholder) != std::string::npos; });
  reader.check(is_there, "query", "intake.config_placeholder", {{"placeholder", std::string(placeholder)}});
}

void check(const SettingsReader& reader, const PullSettings& settings) {
  reader.check(settings.url.empty() || is_address(settings.url, settings.unencrypted), "url",
               "intake.config_url");
  reader.check(std::ranges::all_of(settings.headers, is_header), "headers", "intake.config_header");
  reader.check(is_pointer(settings.items), "items", "intake.config_pointer");
  reader.check(is_pointer(settings.next), "next", "intake.config_pointer");
  reader.check(is_pointer(settings.watermark), "watermark", "intake.config_pointer");
  if (settings.paging == Paging::cursor) reader.map().required("next");
  if (const auto placeholder = placeholder_of(settings.paging); !placeholder.empty())
    check_query(reader, settings, placeholder);
  if (!settings.watermark.empty()) check_query(reader, settings, "{watermark}");
}

}  // namespace

base::Names pull_keys() { return kKeys; }

PullSettings read_pull(const SettingsReader& reader, const std::string& name) {
  constexpr std::array kPagings{Paging::none, Paging::offset, Paging::number, Paging::link, Paging::cursor};
  PullSettings settings;
  settings.name = name;
  settings.source = reader.map().required_word("source");
  settings.url = reader.map().required_word("url");
  settings.unencrypted = reader.map().yes("unencrypted");
  settings.query = pairs(reader, "query");
  settings.headers = pairs(reader, "headers");
  reader.path("token_file", settings.token_file);
  reader.choice("paging", kPagings, settings.paging);
  reader.count("page_size", 1, 100'000, settings.page_size);
  reader.text("items", settings.items);
  reader.text("next", settings.next);
  reader.text("watermark", settings.watermark);
  reader.text("first_watermark", settings.first_watermark);
  settings.folder = reader.required_path("folder");
  reader.duration("every", settings.every);
  reader.duration("timeout", settings.timeout);
  reader.duration("longest_run", settings.longest_run);
  reader.size("most_bytes", settings.most_bytes);
  reader.count("most_pages", 1, 1'000'000, settings.most_pages);
  read_security(reader, settings.security);
  check(reader, settings);
  return settings;
}

}  // namespace musubi::intake
