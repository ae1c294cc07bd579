// SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the sections are named
// below.
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>

#include "lint_out.h"
#include "musubi/plugin/build_stamp.h"

namespace musubi::app {
namespace {

namespace json = boost::json;

constexpr const char* kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

/// Characters that a URI may hold as they are (RFC 3986, section 2.3), and the slash.
bool is_plain(char byte) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  return kPlain.find(byte) != kPlain.npos;
}

/// A relative reference; a first part that looks like a scheme is kept from being one.
std::string uri_of(const std::string& file) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::error_code ignored;
  const auto near = std::filesystem::proximate(file, ignored).generic_string();
  std::string uri;
  for (const char byte : near) {
    const auto number = static_cast<unsigned char>(byte);
    if (is_plain(byte))
      uri += byte;
    else
      (((uri += '%') += kDigits[number >> 4U]) += kDigits[number & 15U]);
  }
  return uri;
}

/// §3.49 reportingDescriptor: what a code means when nothing but the code is known.
json::object rule_of(const std::string& code, base::Language language) {
  json::object rule{{"id", code}, {"shortDescription", {{"text", base::summary(language, code)}}}};
  if (const auto what_to_do = base::remedy(language, code); !what_to_do.empty())
    rule["help"] = json::object{{"text", what_to_do}};
  return rule;
}

/// §3.30 region; columns count characters, as columnKind says.
json::object region_of(const base::Place& place, QuotedLines& lines) {
  json::object region{{"startLine", place.line}};
  if (place.column == 0) return region;
  region["startColumn"] = place.column;
  if (place.length != 0) region["endColumn"] = place.column + place.length;
  if (const auto line = lines.find(place); line && !line->marked.empty())
    region["snippet"] = json::object{{"text", line->marked}};
  return region;
}

json::object location_of(const base::Place& place, QuotedLines& lines) {
  json::object physical{{"artifactLocation", {{"uri", uri_of(place.file)}}}};
  if (place.line != 0) physical["region"] = region_of(place, lines);
  return {{"physicalLocation", std::move(physical)}};
}

std::string_view level_of(base::Severity severity) {
  if (severity == base::Severity::error) return "error";
  return severity == base::Severity::warning ? "warning" : "note";
}

std::string message_of(const base::Error& error, base::Language language) {
  auto text = base::sentence(language, error);
  if (const auto what_to_do = base::remedy(language, error); !what_to_do.empty()) text += "\n" + what_to_do;
  return text;
}

}  // namespace

json::object lint_sarif(const LintReport& report, QuotedLines& lines, base::Language language) {
  std::vector<std::string> codes;
  for (const auto& each : report.findings) codes.push_back(each.error.code());
  std::ranges::sort(codes);
  codes.erase(std::ranges::unique(codes).begin(), codes.end());
  json::array rules, results;
  for (const auto& code : codes) rules.push_back(rule_of(code, language));
  for (const auto& each : report.findings) {
    json::object result{{"ruleId", each.error.code()},
                        {"ruleIndex", std::ranges::lower_bound(codes, each.error.code()) - codes.begin()},
                        {"level", level_of(each.severity)},
                        {"message", {{"text", message_of(each.error, language)}}}};
    if (const auto& place = each.error.place(); !place.file.empty())
      result["locations"] = json::array{location_of(place, lines)};
    results.push_back(std::move(result));
  }
  json::object driver{{"name", "musubi"}, {"version", plugin::kBuildStamp}, {"rules", std::move(rules)}};
  json::object run{{"tool", {{"driver", std::move(driver)}}},
                   {"language", language == base::Language::japanese ? "ja" : "en"},
                   {"columnKind", "unicodeCodePoints"},
                   {"results", std::move(results)}};
  return {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", json::array{std::move(run)}}};
}

}  // namespace musubi::app
