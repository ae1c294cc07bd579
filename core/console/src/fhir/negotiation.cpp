#include "negotiation.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace musubi::console {
namespace {

struct MediaType {
  std::string_view name;
  SentAs means;
};
constexpr std::array kMediaTypes{
    MediaType{"application/fhir+json", SentAs::json},
    MediaType{"application/json", SentAs::json},
    MediaType{"application/json+fhir", SentAs::json},
    MediaType{"text/json", SentAs::json},
    MediaType{"json", SentAs::json},
    MediaType{"application/fhir+xml", SentAs::xml},
    MediaType{"application/xml", SentAs::xml},
    MediaType{"application/xml+fhir", SentAs::xml},
    MediaType{"text/xml", SentAs::xml},
    MediaType{"xml", SentAs::xml},
    MediaType{"application/fhir+ndjson", SentAs::lines},
    MediaType{"application/ndjson", SentAs::lines},
    MediaType{"application/x-ndjson", SentAs::lines},
    MediaType{"ndjson", SentAs::lines},
    MediaType{"application/octet-stream", SentAs::anything},
    MediaType{"*/*", SentAs::anything},
    MediaType{"application/x-www-form-urlencoded", SentAs::anything},  // what curl says of any file
    MediaType{"application/*", SentAs::anything},
    MediaType{"text/*", SentAs::anything},
    MediaType{"text/html", SentAs::anything}};  // a person with a browser

std::string lowered(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char each) {
    return each >= 'A' && each <= 'Z' ? static_cast<char>(each + 32) : each;
  });
  return small;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Without parameters (charset, fhirVersion). Of a URL a plus may have become a blank.
std::optional<SentAs> meaning_of(std::string_view media_type) {
  auto name = lowered(trimmed(media_type.substr(0, media_type.find(';'))));
  std::ranges::replace(name, ' ', '+');
  const auto* const found = std::ranges::find(kMediaTypes, std::string_view(name), &MediaType::name);
  if (found == kMediaTypes.end()) return std::nullopt;
  return found->means;
}

/// FHIR is its own standard in each version; what is not R4 is refused.
bool is_other_version(std::string_view media_type) {
  const auto name = lowered(media_type);
  const auto at = name.find("fhirversion=");
  if (at == name.npos) return false;
  auto version = std::string_view(name).substr(at + std::string_view("fhirversion=").size());
  if (version.starts_with('"')) version.remove_prefix(1);
  return !version.starts_with("4.0");
}

template <class Visit>
void each_listed(std::string_view list, const Visit& visit) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (!visit(trimmed(list.substr(0, end)))) return;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

std::optional<fhir::Format> first_format(std::string_view accepted) {
  std::optional<fhir::Format> format;
  each_listed(accepted, [&](std::string_view each) {
    const auto meaning = is_other_version(each) ? std::nullopt : meaning_of(each);
    if (meaning) format = *meaning == SentAs::xml ? fhir::Format::xml : fhir::Format::json;
    return !format;
  });
  return format;
}

std::optional<fhir::Format> wanted(const net::Request& request) {
  if (const auto asked = request.query.find("_format"); asked != request.query.end())
    return first_format(asked->second);
  const auto* accept = request.headers.find("Accept");
  return accept == nullptr || accept->empty() ? fhir::Format::json : first_format(*accept);
}

}  // namespace

base::Result<SentAs> sent_as(const net::Request& request) {
  const auto* type = request.headers.find("Content-Type");
  if (type == nullptr || type->empty()) return SentAs::anything;
  const auto meaning = is_other_version(*type) ? std::nullopt : meaning_of(*type);
  if (meaning) return *meaning;
  return base::Error(base::ErrorKind::bad_input, "fhir.content_type_unknown");
}

base::Result<fhir::Format> answer_format(const net::Request& request) {
  if (const auto format = wanted(request)) return *format;
  return base::Error(base::ErrorKind::bad_input, "fhir.accept_unknown");
}

fhir::Format answer_format_or_json(const net::Request& request) {
  return wanted(request).value_or(fhir::Format::json);
}

Preference preference(const net::Request& request) {
  Preference preference;
  for (const auto& [name, value] : request.headers.all()) {
    if (lowered(name) != "prefer") continue;
    each_listed(value, [&](std::string_view each) {
      const auto word = lowered(trimmed(each.substr(0, each.find(';'))));
      if (word == "respond-async") preference.asynchronous = true;
      if (word == "return=minimal") preference.body = Return::minimal;
      if (word == "return=representation") preference.body = Return::representation;
      return true;
    });
  }
  return preference;
}

}  // namespace musubi::console
