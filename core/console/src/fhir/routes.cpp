// /fhir: where EMRs and laboratories hand in (FHIR R4, hl7.org/fhir/R4/http.html).
#include <boost/json.hpp>

#include "../api.h"
#include "../handing_in.h"
#include "answers.h"
#include "body.h"
#include "judging.h"
#include "musubi/base/digest.h"
#include "musubi/fhir/collection.h"
#include "musubi/fhir/r4_types.h"
#include "reception.h"
#include "statement.h"
#include "task.h"

namespace musubi::console {
namespace {

using net::Method;
using net::Request;
using net::Response;
using net::Role;

base::Status may_send_fhir(const Request& request, const Services& services) {
  MUSUBI_TRY(may_send(request, services));
  if (fhir_source(source_of(request), services)) return {};
  return base::Error(base::ErrorKind::bad_input, "fhir.source_not_fhir");
}

base::Status check_type(const Request& request) {
  const auto named = request.captured.find("type");
  if (named == request.captured.end() || fhir::r4_types().find(named->second) != fhirpath::kNoType) return {};
  return base::Error(base::ErrorKind::not_found, "fhir.type_unknown");
}

/// What is judged only after the answer: no promise of the request would be kept unnoticed.
bool may_be_large(const Request& request, Expects expects) {
  return expects == Expects::anything && !is_compressed(request) && !answer_format(request).has_error() &&
         !sent_as(request).has_error() && request.headers.find("If-None-Exist") == nullptr;
}

/// W/"…" of what is answered; 304 where the caller has it.
Response with_etag(const Request& request, Response response) {
  const auto tag = "W/\"" + base::to_hex(base::sha256(response.body)).substr(0, 16) + "\"";
  response.headers.set("ETag", tag);
  const auto* known = request.headers.find("If-None-Match");
  if (known == nullptr || (*known != tag && *known != "*")) return response;
  Response unchanged;
  unchanged.status = 304;
  unchanged.headers.set("ETag", tag);
  return unchanged;
}

Response show_task(const Request& request, const Services& services, ReadAgain& read_again) {
  const auto format = answer_format(request);
  if (format.has_error()) return fhir_error(request, 406, format.error());
  const auto id = number_in(request.captured.at("id"));
  const auto info = id ? services.hub->books().submission(*id) : std::nullopt;
  if (!info || !may_see(request, services, info->source)) return fhir_absent(request);
  const auto from = number_in(query(request, "records_from").value_or("0")).value_or(0);
  const auto task = task_of(*info, services, read_again, net::language_of(request.headers),
                            static_cast<std::uint64_t>(std::max<std::int64_t>(from, 0)));
  return with_etag(request, fhir_answer(200, task, *format));
}

Response show_statement(const Request& request, const Services& services) {
  const auto format = answer_format(request);
  if (format.has_error()) return fhir_error(request, 406, format.error());
  return with_etag(request, fhir_answer(200, capability_statement(services), *format));
}

/// Reports cannot be read back or searched.
Response not_offered(const Request& request, const Services& /*services*/) {
  return fhir_error(request, 404, base::Error(base::ErrorKind::not_found, "fhir.not_offered"));
}

class Adding {
 public:
  Adding(net::Routes& routes, const Shared& services) : routes_(routes), services_(services) {}

  void receiving(std::string pattern, Expects expects, std::string summary) {
    auto route = post(std::move(pattern), kWhoHandsIn, std::move(summary));
    route.sink = [services = services_,
                  expects](Request& request) -> base::Result<std::shared_ptr<net::BodySink>> {
      const auto rest = request.captured.find("rest");  // "/fhir/", as some clients write /fhir
      if (rest != request.captured.end() && !rest->second.empty())
        return base::Error(base::ErrorKind::not_found, "fhir.not_offered");
      MUSUBI_TRY(may_send_fhir(request, *services));
      MUSUBI_TRY(check_type(request));
      return std::shared_ptr<net::BodySink>(std::make_shared<FhirBody>(
          *services->hub, may_be_large(request, expects) ? FhirBody::Large::kept : FhirBody::Large::refused));
    };
    route.handler = [services = services_, expects](const std::shared_ptr<Request>& request,
                                                    const net::Reply& reply) {
      receive_fhir(services, request, reply, expects);
    };
    routes_.add(std::move(route));
  }

  void validating(std::string pattern) {
    auto route = post(std::move(pattern), net::any_role(), "Judge a resource; nothing is kept");
    route.most_body = kMostJudgedAtOnce;
    route.sink = [services = services_](Request&) -> base::Result<std::shared_ptr<net::BodySink>> {
      return std::shared_ptr<net::BodySink>(
          std::make_shared<FhirBody>(*services->hub, FhirBody::Large::refused));
    };
    route.handler = [services = services_](const std::shared_ptr<Request>& request, const net::Reply& reply) {
      reply(validate_fhir(*request, *services));
    };
    routes_.add(std::move(route));
  }

  void trying(std::string pattern) {
    auto route = post(std::move(pattern), kWhoHandsIn, "See what the hub would make of it; nothing is kept");
    route.most_body = kMostJudgedAtOnce;
    route.in_place = {};  // reads the ledger
    route.sink = [services = services_](Request& request) -> base::Result<std::shared_ptr<net::BodySink>> {
      MUSUBI_TRY(may_send_fhir(request, *services));
      return std::shared_ptr<net::BodySink>(
          std::make_shared<FhirBody>(*services->hub, FhirBody::Large::refused));
    };
    route.handler = [services = services_](const std::shared_ptr<Request>& request, const net::Reply& reply) {
      reply(try_fhir(*request, *services));
    };
    routes_.add(std::move(route));
  }

  void reading(std::string pattern, net::Needs needs, Answer answer, std::string summary) {
    routes_.add({.pattern = std::move(pattern),
                 .needs = needs,
                 .handler = answering(services_, std::move(answer)),
                 .summary = std::move(summary)});
  }

 private:
  /// In about a tenth of a millisecond for each 10 kB. Not so what is unpacked first, what is many resources,
  /// and what asks the books (If-None-Exist).
  static bool is_judged_quickly(const Request& request) {
    constexpr std::size_t kMost = std::size_t{16} * 1024;
    return request.body.size() <= kMost && !fhir::looks_like_lines(request.body) &&
           request.headers.find("Content-Encoding") == nullptr &&
           request.headers.find("If-None-Exist") == nullptr;
  }

  net::Route post(std::string pattern, net::Needs needs, std::string summary) const {
    return {
        .method = Method::post,
        .pattern = std::move(pattern),
        .needs = needs,
        .most_body = services_->most_body,
        .in_place = is_judged_quickly,
        .summary = std::move(summary),
        .encodings = {"gzip"},
        .tells = [](const Request& request, const base::Error& error) { return fhir_error(request, error); }};
  }

  net::Routes& routes_;
  const Shared& services_;
};

}  // namespace

void add_fhir(net::Routes& routes, const Shared& services) {
  const auto whoever_asks = net::any_of(Role::sender, Role::hub, Role::reviewer, Role::operator_);
  routes.tell_below("/fhir", [](const Request& request, unsigned status, const base::Error& error) {
    return fhir_error(request, status, error);
  });
  Adding adding(routes, services);
  adding.receiving("/fhir", Expects::anything, "Hand in a Bundle, a resource or NDJSON as FHIR R4");
  adding.receiving("/fhir/{type}", Expects::one_type, "Hand in one resource of this type");
  adding.receiving("/fhir/$process-message", Expects::message, "Hand in a message; answered by a message");
  adding.validating("/fhir/$validate");
  adding.validating("/fhir/{type}/$validate");
  adding.trying("/fhir/$try");
  adding.reading("/fhir/metadata", net::everybody(), show_statement,
                 "What this endpoint can do (CapabilityStatement)");
  adding.reading(
      "/fhir/Task/{id}", whoever_asks,
      [read_again = std::make_shared<ReadAgain>()](const Request& request, const Services& its) {
        return show_task(request, its, *read_again);
      },
      "What became of a submission, as a Task");
  adding.receiving("/fhir/{rest...}", Expects::anything,
                   "The same where nothing follows; else there is nothing");
  adding.reading("/fhir/{rest...}", net::any_role(), not_offered, "Reports cannot be read back");
}

}  // namespace musubi::console
