#include "handing_in.h"

#include <algorithm>
#include <boost/json.hpp>

#include "musubi/base/japanese_date.h"
#include "musubi/base/shown_text.h"

namespace musubi::console {
namespace {

constexpr std::size_t kMostName = 255;

}  // namespace

std::string source_of(const net::Request& request) {
  if (const auto named = query(request, "source")) return *named;
  return request.identity ? request.identity->source : std::string();
}

std::string name_of_submission(std::string_view name, const net::Request& request) {
  if (const auto slash = name.find_last_of("/\\"); slash != name.npos) name.remove_prefix(slash + 1);
  auto plain = base::as_utf8(std::string(name));
  std::erase_if(plain, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7F; });
  if (plain.empty() || plain == "." || plain == ".." || plain.size() > kMostName) return request.trace;
  return plain;
}

base::Result<std::optional<std::chrono::sys_days>> as_of(const net::Request& request) {
  const auto text = query(request, "as_of");
  if (!text) return std::optional<std::chrono::sys_days>{};
  const auto date = base::parse_date(*text);
  if (const auto day = date ? base::day_of(*date) : std::nullopt) return day;
  return base::Error(base::ErrorKind::bad_input, "api.as_of", {{"parameter", "as_of"}});
}

base::Status may_send(const net::Request& request, const Services& services) {
  const auto source = source_of(request);
  if (source.empty()) return base::Error(base::ErrorKind::bad_input, "api.which_source");
  if (!may_see(request, services, source)) return base::Error(base::ErrorKind::not_found, "net.not_found");
  auto may = services.hub->admit(source);
  if (may.has_error() && may.error().code() == "pipeline.source_unknown")
    return base::Error(base::ErrorKind::not_found, "net.not_found");
  return may;
}

net::Response refused(const net::Request& request, const base::Error& error) {
  auto response = net::error_answer(request, error);
  if (response.status == 503) response.headers.set("Retry-After", "30");
  return response;
}

boost::json::object received(const ledger::SubmissionInfo& info, const Services& services,
                             base::Language language) {
  auto told = to_json(info, services, language);
  told["already_received"] = info.repeated;
  told["message"] = base::say(language, info.repeated ? "api.already_received" : "api.received");
  return told;
}

net::Response received_answer(const net::Request& request, const ledger::SubmissionInfo& info,
                              const Services& services) {
  auto response =
      json(info.repeated ? 200 : 202, received(info, services, net::language_of(request.headers)));
  response.headers.set("Location", status_url(info.id));
  return response;
}

}  // namespace musubi::console
