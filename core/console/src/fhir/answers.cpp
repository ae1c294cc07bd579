#include "answers.h"

#include <boost/json.hpp>

#include "musubi/document/row_reader.h"
#include "musubi/net/answers.h"
#include "negotiation.h"

namespace musubi::console {
namespace {

std::string_view media_type(fhir::Format format) {
  return format == fhir::Format::xml ? "application/fhir+xml; charset=utf-8"
                                     : "application/fhir+json; charset=utf-8";
}

/// Of OperationOutcome.issue.code.
std::string_view type_of(unsigned status) {
  switch (status) {
    case 401:
      return "login";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 405:
    case 406:
    case 415:
    case 417:
    case 501:
    case 505:
      return "not-supported";
    case 408:
      return "timeout";
    case 409:
    case 412:
      return "conflict";
    case 413:
    case 414:
    case 431:
      return "too-long";
    case 429:
      return "throttled";
    case 503:
      return "transient";
    default:
      return status >= 500 ? "exception" : "invalid";
  }
}

/// What the caller may know of it.
base::Error told(unsigned status, const base::Error& error) {
  if (status == 503 && error.kind() != base::ErrorKind::unavailable)
    return {base::ErrorKind::unavailable, "net.unavailable"};
  const bool is_of_the_caller = error.kind() == base::ErrorKind::bad_input;  // 501, 505
  if (status >= 500 && status != 503 && !is_of_the_caller) return {base::ErrorKind::defect, "net.failed"};
  return error;
}

}  // namespace

net::Response fhir_answer(unsigned status, const std::string& json, fhir::Format format) {
  net::Response response;
  response.status = status;
  response.content_type = media_type(format);
  response.body = json;
  if (format == fhir::Format::json) return response;
  const auto resource = fhir::read_resource(json, "answer", fhir::Format::json, document::Limits());
  auto xml = resource.has_error() ? base::Result<std::string>(resource.error())
                                  : fhir::write_resource(*resource, fhir::Format::xml);
  if (xml.has_error()) {  // a text that XML cannot have, such as a name with control characters
    response.content_type = media_type(fhir::Format::json);
    return response;
  }
  response.body = std::move(*xml);
  return response;
}

net::Response fhir_answer(unsigned status, const boost::json::object& resource, fhir::Format format) {
  return fhir_answer(status, boost::json::serialize(resource), format);
}

net::Response outcome_answer(const net::Request& request, unsigned status,
                             const std::vector<fhir::Issue>& issues) {
  return fhir_answer(status, fhir::operation_outcome(issues, net::language_of(request.headers)),
                     answer_format_or_json(request));
}

net::Response fhir_error(const net::Request& request, unsigned status, const base::Error& error) {
  const auto language = net::language_of(request.headers);
  const auto what = told(status, error);
  auto text = base::sentence(language, what);
  if (const auto remedy = base::remedy(language, what); !remedy.empty()) text += " " + remedy;
  boost::json::object issue{{"severity", "error"},
                            {"code", type_of(status)},
                            {"details", {{"coding", boost::json::array{{{"code", what.code()}}}}}},
                            {"diagnostics", text}};
  if (const auto& place = what.place(); place.line != 0)
    issue["location"] = {"line " + std::to_string(place.line) +
                         (place.column == 0 ? "" : ", column " + std::to_string(place.column))};
  if (!what.path().empty()) issue["expression"] = {what.path()};
  auto response = fhir_answer(
      status, boost::json::object{{"resourceType", "OperationOutcome"}, {"issue", {std::move(issue)}}},
      answer_format_or_json(request));
  if (status == 503) response.headers.set("Retry-After", "30");
  return response;
}

net::Response fhir_error(const net::Request& request, const base::Error& error) {
  return fhir_error(request, net::status_of(error), error);
}

net::Response fhir_absent(const net::Request& request) {
  return fhir_error(request, base::Error(base::ErrorKind::not_found, "net.not_found"));
}

std::string task_url(std::int64_t submission) { return "/fhir/Task/" + std::to_string(submission); }

}  // namespace musubi::console
