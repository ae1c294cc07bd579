#include "musubi/net/answers.h"

#include <array>
#include <charconv>
#include <initializer_list>
#include <string>
#include <utility>

#include "characters.h"
#include "musubi/base/json_text.h"
#include "refusal.h"

namespace musubi::net {
namespace {

void append_member(std::string& json, std::string_view name, std::string_view value) {
  if (json.back() != '{') json += ',';
  base::append_json_string(json, name);
  json += ':';
  base::append_json_string(json, value);
}

/// {"file", "line", "column"} of what is wrong, where it stands in a file.
void append_place(std::string& json, const base::Place& place) {
  if (place.file.empty()) return;
  json += R"(,"where":{)";
  append_member(json, "file", place.file);
  if (place.line != 0) json += R"(,"line":)" + std::to_string(place.line);
  if (place.column != 0) json += R"(,"column":)" + std::to_string(place.column);
  json += '}';
}

Response answer_of(unsigned status, base::Language language, const base::Error& error,
                   std::string_view trace) {
  std::string json = R"({"error":{)";
  append_member(json, "code", error.code());
  append_member(json, "message", base::sentence(language, error));
  append_member(json, "remedy", base::remedy(language, error));
  append_member(json, "trace", trace);
  append_place(json, error.place());
  auto answer = json_answer(status, json + "}}");
  answer.headers.add("Content-Language", language == base::Language::japanese ? "ja" : "en");
  answer.headers.add("Vary", "Accept-Language");
  return answer;
}

/// "q=0.8" → 800; 1000 when it is not given, 0 when it cannot be read.
int thousandths(std::string_view parameters) {
  const auto quality = trim_blanks(parameters);
  if (!quality.starts_with("q=")) return 1000;
  double value = 0;
  const auto [end, failure] = std::from_chars(quality.data() + 2, quality.data() + quality.size(), value);
  return failure == std::errc() && value >= 0 && value <= 1 ? static_cast<int>(value * 1000) : 0;
}

/// How much `language` ("ja") is wanted: also as "ja-JP".
int wish(std::string_view accepted, std::string_view language) {
  int most = 0;
  while (!accepted.empty()) {
    auto range = take_until(accepted, ',');
    const auto name = trim_blanks(take_until(range, ';'));
    const bool fits = same_letters(name.substr(0, 2), language) && (name.size() == 2 || name[2] == '-');
    if (fits) most = std::max(most, thousandths(range));
  }
  return most;
}

/// What the caller may know of it.
base::Error told(unsigned status, const base::Error& error) {
  if (status == 503) return {base::ErrorKind::unavailable, "net.unavailable"};
  if (status >= 500) return {base::ErrorKind::defect, "net.failed"};
  return error;
}

}  // namespace

base::Language language_of(const Headers& headers) {
  const auto* accepted = headers.find("Accept-Language");
  const bool japanese = accepted != nullptr && wish(*accepted, "ja") > wish(*accepted, "en");
  return japanese ? base::Language::japanese : base::Language::english;
}

Response json_answer(unsigned status, std::string json) {
  Response response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.body = std::move(json);
  return response;
}

unsigned status_of(const base::Error& error) noexcept {
  switch (error.kind()) {
    case base::ErrorKind::bad_input:
    case base::ErrorKind::usage:
      return 400;
    case base::ErrorKind::refused:
      return 403;
    case base::ErrorKind::not_found:
      return 404;
    case base::ErrorKind::limit_exceeded:
      return 413;
    case base::ErrorKind::environment:
    case base::ErrorKind::unavailable:
      return 503;
    default:
      return 500;
  }
}

Response error_answer(const Request& request, const base::Error& error) {
  return error_answer(request, status_of(error), error);
}

Response error_answer(const Request& request, unsigned status, const base::Error& error) {
  auto answer = answer_of(status, language_of(request.headers), told(status, error), request.trace);
  if (status == 503) answer.headers.set("Retry-After", "10");
  return answer;
}

base::Error error_of(const Refusal& refusal) {
  const auto kind = refusal.status == 503 ? base::ErrorKind::unavailable : base::ErrorKind::bad_input;
  return {kind, refusal.code, {{"part", std::string(refusal.part)}}};
}

Response refusal_answer(const Refusal& refusal, base::Language language, std::string_view trace) {
  auto answer = answer_of(refusal.status, language, error_of(refusal), trace);
  if (refusal.status == 401) answer.headers.add("WWW-Authenticate", R"(Bearer realm="musubi")");
  if (refusal.status == 405) answer.headers.add("Allow", refusal.allow);
  if (refusal.retry_after.count() > 0)
    answer.headers.add("Retry-After", std::to_string(refusal.retry_after.count()));
  return answer;
}

}  // namespace musubi::net
