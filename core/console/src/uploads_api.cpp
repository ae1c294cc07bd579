// Uploads in pieces: begun, gone on with after a broken connection, completed to a submission.
#include <boost/json.hpp>
#include <charconv>

#include "handing_in.h"

namespace musubi::console {
namespace {

using base::Error;
using base::ErrorKind;
using boost::json::object;
using net::Request;
using net::Response;

constexpr std::uint64_t kMostAnnouncement = std::uint64_t{4} << 10;
constexpr const char* kUploads = "/api/v1/uploads";
constexpr const char* kUpload = "/api/v1/uploads/{upload}";

// --- what is told

object to_json(const intake::Upload& upload) {
  object json{{"id", upload.id},
              {"source", upload.plan.source},
              {"name", upload.plan.name},
              {"offset", upload.offset},
              {"expires", base::to_text(upload.expires)},
              {"url", kUploads + ("/" + upload.id)}};
  if (upload.plan.bytes) json["bytes"] = *upload.plan.bytes;
  if (!upload.plan.digest.empty()) json["sha256"] = upload.plan.digest;
  if (upload.submission) json["status"] = status_url(*upload.submission);
  return json;
}

unsigned status_of(const Error& error) {
  constexpr std::pair<std::string_view, unsigned> kStatuses[] = {
      {"intake.upload_offset", 409},   {"intake.upload_busy", 409},       {"intake.upload_done", 409},
      {"intake.upload_too_many", 429}, {"intake.upload_incomplete", 422}, {"intake.upload_digest", 422}};
  for (const auto& [code, status] : kStatuses)
    if (error.code() == code) return status;
  return net::status_of(error);
}

/// Where it goes on, as a number, for one who asked for another place.
Response with_offset(Response response, const Error& error) {
  for (const auto& [name, value] : error.arguments()) {
    if (name != "offset") continue;
    auto body = boost::json::parse(response.body).as_object();
    std::uint64_t offset = 0;
    std::from_chars(value.data(), value.data() + value.size(), offset);
    body["offset"] = offset;
    response.body = boost::json::serialize(body);
  }
  return response;
}

Response told(const Request& request, const Error& error) {
  auto response = net::error_answer(request, status_of(error), error);
  if (response.status == 503) response.headers.set("Retry-After", "30");
  if (response.status == 429 || error.code() == "intake.upload_busy")
    response.headers.set("Retry-After", "5");
  return with_offset(std::move(response), error);
}

// --- beginning

Error not_understood(std::string_view member) {
  return Error(ErrorKind::bad_input, "api.body_not_understood", {{"member", std::string(member)}});
}

/// 64 hexadecimal digits, in small letters; empty: it is something else.
std::string digest_in(const boost::json::value& given) {
  if (!given.is_string() || given.get_string().size() != 64) return {};
  std::string digest(given.get_string());
  for (auto& each : digest) each = static_cast<char>(each >= 'A' && each <= 'F' ? each + 32 : each);
  return digest.find_first_not_of("0123456789abcdef") == digest.npos ? digest : std::string();
}

base::Status read_member(std::string_view name, const boost::json::value& given, intake::UploadPlan& plan) {
  if (name == "bytes") {
    if (!given.is_int64() || given.get_int64() < 0) return not_understood("bytes");
    plan.bytes = static_cast<std::uint64_t>(given.get_int64());
    return {};
  }
  if (name != "sha256") return not_understood("{}");
  plan.digest = digest_in(given);
  return plan.digest.empty() ? not_understood("sha256") : base::Status();
}

/// {"bytes", "sha256"}; nothing has to be announced.
base::Status read_announcement(std::string_view body, intake::UploadPlan& plan) {
  if (body.empty()) return {};
  boost::system::error_code failure;
  const auto value = boost::json::parse(body, failure);
  if (failure || !value.is_object()) return not_understood("{}");
  for (const auto& [name, given] : value.get_object()) MUSUBI_TRY(read_member(name, given, plan));
  return {};
}

base::Result<intake::Upload> begun(const Request& request, const Services& services) {
  MUSUBI_TRY(may_send(request, services));
  intake::UploadPlan plan{.source = source_of(request),
                          .name = name_of_submission(query(request, "name").value_or(""), request)};
  MUSUBI_ASSIGN(plan.stated_as_of, as_of(request));
  MUSUBI_TRY(read_announcement(request.body, plan));
  return services.uploads->begin(plan);
}

Response begin(const Request& request, const Services& services) {
  const auto upload = begun(request, services);
  if (upload.has_error()) return told(request, upload.error());
  auto response = json(201, to_json(*upload));
  response.headers.set("Location", kUploads + ("/" + upload->id));
  return response;
}

// --- going on

/// Error: intake.upload_absent, in the same words whether it is not there or another source's.
base::Result<intake::Upload> asked_for(const Request& request, const Services& services) {
  MUSUBI_ASSIGN(auto upload, services.uploads->look(request.captured.at("upload")));
  if (!may_see(request, services, upload.plan.source))
    return Error(ErrorKind::not_found, "intake.upload_absent");
  return upload;
}

Response show(const Request& request, const Services& services) {
  const auto upload = asked_for(request, services);
  return upload.has_error() ? told(request, upload.error()) : json(200, to_json(*upload));
}

/// Threads: as of BodySink.
class PieceBody final : public net::BodySink {
 public:
  explicit PieceBody(std::unique_ptr<intake::UploadPiece> piece) : piece_(std::move(piece)) {}
  base::Status write(std::string_view bytes) noexcept override { return piece_->write(bytes); }
  /// Others may go on with the upload from here, before the answer is on its way.
  base::Status finish() noexcept override {
    const auto done = piece_->finish();
    piece_.reset();
    return done.has_error() ? base::Status(done.error()) : base::Status();
  }

 private:
  std::unique_ptr<intake::UploadPiece> piece_;
};

base::Result<std::shared_ptr<net::BodySink>> open_piece(const Request& request, const Services& services) {
  MUSUBI_ASSIGN(const auto upload, asked_for(request, services));
  MUSUBI_ASSIGN(const auto offset, number_asked(request, "offset"));
  if (!offset) return Error(ErrorKind::bad_input, "api.number_expected", {{"parameter", "offset"}});
  MUSUBI_TRY(services.hub->admit(upload.plan.source));
  MUSUBI_ASSIGN(auto piece, services.uploads->go_on(upload.id, static_cast<std::uint64_t>(*offset)));
  return std::shared_ptr<net::BodySink>(std::make_shared<PieceBody>(std::move(piece)));
}

// --- ending

base::Result<ledger::SubmissionInfo> completed(const Request& request, const Services& services) {
  MUSUBI_ASSIGN(const auto upload, asked_for(request, services));
  std::optional<ledger::SubmissionInfo> info;
  const auto hand_in = [&](const intake::Upload& whole,
                           const std::filesystem::path& file) -> base::Result<std::int64_t> {
    const auto& plan = whole.plan;
    MUSUBI_TRY(services.hub->admit(plan.source));
    MUSUBI_ASSIGN(info, services.hub->receive_file(plan.source, file, plan.name, plan.stated_as_of));
    return info->id;
  };
  MUSUBI_ASSIGN(const auto done, services.uploads->complete(upload.id, hand_in));
  if (info) return *info;
  info = services.hub->books().submission(*done.submission);
  if (!info) return Error(ErrorKind::not_found, "intake.upload_absent");
  info->repeated = true;
  return *info;
}

Response complete(const Request& request, const Services& services) {
  const auto info = completed(request, services);
  return info.has_error() ? told(request, info.error()) : received_answer(request, *info, services);
}

Response give_up(const Request& request, const Services& services) {
  const auto upload = asked_for(request, services);
  if (upload.has_error()) return told(request, upload.error());
  const auto done = services.uploads->give_up(upload->id);
  if (done.has_error()) return told(request, done.error());
  return json(200, object{{"given_up", true}});
}

}  // namespace

void add_uploads(net::Routes& routes, const Shared& services) {
  routes.add({.method = net::Method::post,
              .pattern = kUploads,
              .needs = kWhoHandsIn,
              .most_body = kMostAnnouncement,
              .handler = answering(services, begin),
              .summary = "Begin to hand in a large file piece by piece, over lines that break"});
  routes.add({.pattern = kUpload,
              .needs = kWhoHandsIn,
              .handler = answering(services, show),
              .summary = "Where the upload stands: the bytes before the offset are durable"});
  routes.add({.method = net::Method::patch,
              .pattern = kUpload,
              .needs = kWhoHandsIn,
              .most_body = services->most_body,
              .sink = [services](Request& request) { return open_piece(request, *services); },
              .handler = answering(services, show),
              .summary = "The next bytes, from the offset on; what arrived before the line broke stays",
              .tells = told});
  routes.add(
      {.method = net::Method::post,
       .pattern = std::string(kUpload) + "/complete",
       .needs = kWhoHandsIn,
       .handler = answering(services, complete),
       .summary = "All is there: make it a submission; again after a lost answer, the same one is told"});
  routes.add({.method = net::Method::del,
              .pattern = kUpload,
              .needs = kWhoHandsIn,
              .handler = answering(services, give_up),
              .summary = "Give the upload up"});
}

}  // namespace musubi::console
