#include "central_hub.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SSLException.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <algorithm>
#include <boost/json.hpp>
#include <istream>

#include "musubi/base/digest.h"
#include "musubi/base/file.h"
#include "musubi/base/text.h"

namespace musubi::hub_sink {
namespace {

using base::Error;
using base::ErrorKind;
using Poco::Net::Context;
using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPResponse;

constexpr std::uint64_t kMostToken = 8192;
constexpr std::size_t kMostAnswer = std::size_t{1} << 20;
constexpr int kMostHeaders = 100;

Poco::Timespan timespan(std::chrono::milliseconds time) { return {static_cast<long>(time.count()) * 1000}; }

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

/// Certificate and name are verified; TLS 1.2 or later.
Context::Ptr context_of(const CentralHubSettings& settings) {
  Context::Params params;
  params.caLocation = settings.authorities.string();
  params.certificateFile = settings.certificate.string();
  params.privateKeyFile = settings.private_key.string();
  params.verificationMode = Context::VERIFY_STRICT;
  params.loadDefaultCAs = settings.authorities.empty();
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, params));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  context->enableExtendedCertificateVerification(true);
  return context;
}

base::Result<std::unique_ptr<HTTPClientSession>> session_of(const CentralHubSettings& settings) {
  const Poco::URI url(settings.url);
  const auto& scheme = url.getScheme();
  if (scheme == "https")
    return std::make_unique<Poco::Net::HTTPSClientSession>(url.getHost(), url.getPort(),
                                                           context_of(settings));
  if (scheme != "http" || url.getHost().empty()) return Error(ErrorKind::bad_configuration, "hub_sink.url");
  if (!is_this_machine(url.getHost())) return Error(ErrorKind::bad_configuration, "hub_sink.needs_tls");
  return std::make_unique<HTTPClientSession>(url.getHost(), url.getPort());
}

base::Result<std::string> token_in(const std::filesystem::path& file) {
  MUSUBI_ASSIGN(const auto bytes, base::read_file(file, kMostToken));
  std::string token(base::trim(bytes));
  const auto fits = [](char each) { return each > ' ' && each <= '~'; };
  if (token.empty() || !std::ranges::all_of(token, fits))
    return Error(ErrorKind::bad_configuration, "hub_sink.token_unusable").at({.file = file.string()});
  return token;
}

/// What a status other than 200 and 202 means for us. Where the other hub does not let us in, or is not there
/// yet, everything waits: a token can be mended, and no record is to blame.
Error refusal(int status) {
  const auto text = std::to_string(status);
  if (status == 401 || status == 403 || status == 404)
    return {ErrorKind::unavailable, "hub_sink.not_admitted", {{"status", text}}};
  if (status == 408 || status == 429 || status >= 500)
    return {ErrorKind::unavailable, "hub_sink.busy", {{"status", text}}};
  if (status == 413) return {ErrorKind::limit_exceeded, "hub_sink.too_large"};
  return {ErrorKind::refused, "hub_sink.refused", {{"status", text}}};
}

base::Result<Acknowledgement> acknowledgement_in(const std::string& body, std::string_view digest) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(body, failure);
  const auto* answer = failure ? nullptr : value.if_object();
  const auto* submission = answer == nullptr ? nullptr : answer->if_contains("submission");
  const auto* kept = answer == nullptr ? nullptr : answer->if_contains("sha256");
  if (submission == nullptr || !submission->is_int64() || kept == nullptr || !kept->is_string() ||
      kept->get_string() != digest)
    return Error(ErrorKind::unavailable, "hub_sink.answer_not_understood");
  const auto* again = answer->if_contains("already_received");
  return Acknowledgement{submission->get_int64(), again != nullptr && again->is_bool() && again->get_bool()};
}

/// No more than the answer of a hub has.
std::string body_of(std::istream& stream) {
  std::string body(kMostAnswer, '\0');
  stream.read(body.data(), static_cast<std::streamsize>(body.size()));
  body.resize(static_cast<std::size_t>(stream.gcount()));
  return body;
}

std::string target_of(const std::string& url, const std::string& name) {
  Poco::URI target(url);
  auto path = target.getPath();
  while (path.ends_with('/')) path.pop_back();
  target.setPath(path + "/api/v1/submissions");
  target.addQueryParameter("name", name);
  return target.getPathAndQuery();
}

}  // namespace

CentralHub::CentralHub(CentralHubSettings settings, std::string token)
    : settings_(std::move(settings)), token_(std::move(token)) {}
CentralHub::~CentralHub() = default;

base::Result<std::unique_ptr<CentralHub>> CentralHub::open(const CentralHubSettings& settings) {
  MUSUBI_ASSIGN(auto token, token_in(settings.token_file));
  std::unique_ptr<CentralHub> hub(new CentralHub(settings, std::move(token)));
  try {
    MUSUBI_ASSIGN(hub->session_, session_of(settings));
    hub->session_->setKeepAlive(true);
    hub->session_->setTimeout(timespan(settings.timeout));
    hub->host_ = hub->session_->getHost();
  } catch (const Poco::SyntaxException&) {
    return Error(ErrorKind::bad_configuration, "hub_sink.url");
  } catch (const Poco::Exception&) {
    return Error(ErrorKind::bad_configuration, "hub_sink.tls_files");
  }
  return hub;
}

Error CentralHub::not_reached(std::string_view code) const {
  return Error(ErrorKind::unavailable, code, {{"host", host_}});
}

base::Result<Acknowledgement> CentralHub::hand_in(const std::string& name, std::string_view bytes) {
  try {
    auto answer = ask(name, bytes);
    if (answer.has_error()) session_->reset();
    return answer;
  } catch (const Poco::Net::SSLException&) {
    session_->reset();
    return not_reached("hub_sink.not_trusted");
  } catch (const Poco::Exception&) {
    session_->reset();
    return not_reached("hub_sink.not_reached");
  }
}

base::Result<Acknowledgement> CentralHub::ask(const std::string& name, std::string_view bytes) {
  const auto digest = base::to_hex(base::sha256(bytes));
  Poco::Net::HTTPRequest request("POST", target_of(settings_.url, name), "HTTP/1.1");
  request.setContentType("application/x-ndjson");
  request.setContentLength64(static_cast<Poco::Int64>(bytes.size()));
  request.set("Authorization", "Bearer " + token_);
  request.set("Idempotency-Key", digest);
  auto& body = session_->sendRequest(request);
  body.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
  HTTPResponse response;
  response.setFieldLimit(kMostHeaders);
  const auto text = body_of(session_->receiveResponse(response));
  const int status = response.getStatus();
  if (status != 200 && status != 202) return refusal(status);
  return acknowledgement_in(text, digest);
}

}  // namespace musubi::hub_sink
