#include "xhtml.h"

#include <algorithm>
#include <array>
#include <string>

#include "musubi/document/tree.h"

namespace musubi::fhirpath {
namespace {

// FHIR R4, "Narrative": chapters 7 to 11 and 15 of HTML 4.0, <a>, images, style attributes.
constexpr std::array<std::string_view, 49> kElements = {
    "a",   "abbr",     "acronym", "b",     "big",  "blockquote", "br",  "caption", "cite",  "code",
    "col", "colgroup", "dd",      "dfn",   "div",  "dl",         "dt",  "em",      "h1",    "h2",
    "h3",  "h4",       "h5",      "h6",    "hr",   "i",          "img", "li",      "ol",    "p",
    "pre", "q",        "samp",    "small", "span", "strong",     "sub", "sup",     "table", "tbody",
    "td",  "tfoot",    "th",      "thead", "tr",   "tt",         "ul",  "u",       "var"};

constexpr std::array<std::string_view, 34> kAttributes = {
    "abbr",       "accesskey",   "align",       "alt",        "axis",   "bgcolor", "border",
    "cellhalign", "cellpadding", "cellspacing", "cellvalign", "char",   "charoff", "charset",
    "cite",       "class",       "colspan",     "compact",    "coords", "dir",     "frame",
    "headers",    "height",      "href",        "hreflang",   "id",     "lang",    "longdesc",
    "name",       "rowspan",     "src",         "style",      "title",  "xmlns"};
constexpr std::array<std::string_view, 16> kMoreAttributes = {
    "nowrap",  "rel",      "rev",  "rules",  "scope", "shape", "span",     "start",
    "summary", "tabindex", "type", "valign", "value", "width", "xml:lang", "xml:space"};

template <class Names>
bool among(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool is_allowed(const document::Node& node) {
  if (node.kind == document::NodeKind::element) return among(kElements, node.name);
  if (!among(kAttributes, node.name) && !among(kMoreAttributes, node.name)) return false;
  return node.value.find("javascript:") == std::string_view::npos;
}

bool says_something(const document::Node& node) {
  return node.kind == document::NodeKind::element &&
         (node.name == "img" || node.value.find_first_not_of(" \t\r\n") != std::string_view::npos);
}

}  // namespace

bool is_safe_xhtml(std::string_view text) {
  const auto tree = document::read_xml(std::string(text), "xhtml", {});
  if (tree.has_error() || (*tree)[0].name != "div") return false;
  bool said = false;
  for (document::NodeIndex index = 0; index < tree->size(); ++index) {
    const auto& node = (*tree)[index];
    if (!is_allowed(node)) return false;
    said = said || says_something(node);
  }
  return said;
}

}  // namespace musubi::fhirpath
