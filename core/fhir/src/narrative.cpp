#include "narrative.h"

#include <algorithm>
#include <array>

#include "musubi/document/tree.h"

namespace musubi::fhir {
namespace {

struct Entity {
  std::string_view name, text;
};

/// Of HTML 4, those that narratives are seen to use; XML's own five stay as they are. By name.
constexpr auto kEntities = std::to_array<Entity>({
    {"Auml", "Ä"},   {"Ccedil", "Ç"}, {"Eacute", "É"}, {"Ouml", "Ö"},      {"Uuml", "Ü"},   {"aacute", "á"},
    {"acirc", "â"},  {"aelig", "æ"},  {"agrave", "à"}, {"aring", "å"},     {"atilde", "ã"}, {"auml", "ä"},
    {"bull", "•"},   {"ccedil", "ç"}, {"cent", "¢"},   {"copy", "©"},      {"darr", "↓"},   {"deg", "°"},
    {"divide", "÷"}, {"eacute", "é"}, {"ecirc", "ê"},  {"egrave", "è"},    {"euml", "ë"},   {"euro", "€"},
    {"frac12", "½"}, {"frac14", "¼"}, {"ge", "≥"},     {"hellip", "…"},    {"iacute", "í"}, {"icirc", "î"},
    {"iuml", "ï"},   {"laquo", "«"},  {"larr", "←"},   {"ldquo", "“"},     {"le", "≤"},     {"lsquo", "‘"},
    {"mdash", "—"},  {"micro", "µ"},  {"middot", "·"}, {"nbsp", "\u00A0"}, {"ndash", "–"},  {"ne", "≠"},
    {"ntilde", "ñ"}, {"oacute", "ó"}, {"ocirc", "ô"},  {"oslash", "ø"},    {"otilde", "õ"}, {"ouml", "ö"},
    {"para", "¶"},   {"plusmn", "±"}, {"pound", "£"},  {"raquo", "»"},     {"rarr", "→"},   {"rdquo", "”"},
    {"reg", "®"},    {"rsquo", "’"},  {"sect", "§"},   {"shy", "\u00AD"},  {"sup2", "²"},   {"sup3", "³"},
    {"szlig", "ß"},  {"times", "×"},  {"trade", "™"},  {"uacute", "ú"},    {"uarr", "↑"},   {"ucirc", "û"},
    {"uuml", "ü"},   {"yen", "¥"},
});

constexpr std::size_t kLongestEntity = 6;

const Entity* entity_named(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(kEntities, name, {}, &Entity::name);
  return found != kEntities.end() && found->name == name ? found : nullptr;
}

std::string without_html_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto next = std::min(text.find('&', at), text.size());
    out += text.substr(at, next - at);
    if (next == text.size()) break;
    const auto name = text.substr(next + 1, kLongestEntity + 1);
    const auto end = name.find(';');
    const auto* entity = end == name.npos ? nullptr : entity_named(name.substr(0, end));
    out += entity == nullptr ? std::string_view("&") : entity->text;
    at = next + (entity == nullptr ? 1 : end + 2);
  }
  return out;
}

}  // namespace

base::Result<std::string> narrative_as_xml(std::string_view div) {
  auto text = without_html_entities(div);
  const auto read = document::read_xml(text, "narrative", {});
  const auto begin = text.find_first_not_of(" \t\r\n");
  const bool is_div = !read.has_error() && (*read)[0].name == "div" && text.compare(begin, 4, "<div") == 0;
  if (!is_div) return base::Error(base::ErrorKind::bad_input, "fhir.narrative_not_xml");
  return text;
}

bool is_narrative(std::string_view div) { return !narrative_as_xml(div).has_error(); }

}  // namespace musubi::fhir
