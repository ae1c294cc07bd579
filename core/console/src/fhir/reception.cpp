#include "reception.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "../handing_in.h"
#include "answers.h"
#include "body.h"
#include "judging.h"
#include "musubi/document/byte_source.h"
#include "musubi/fhir/collection.h"
#include "musubi/fhir/r4_types.h"
#include "replies.h"

namespace musubi::console {
namespace {

using fhir::Collection;
using fhir::Issue;

base::Status fits(const Collection& collection, Expects expects, const net::Request& request) {
  if (expects == Expects::one_type) {
    if (collection.is_lines()) return base::Error(base::ErrorKind::bad_input, "fhir.not_one_resource");
    MUSUBI_TRY(check_named_type(collection, request));
  }
  if (expects == Expects::message && !message_header_of(collection))
    return base::Error(base::ErrorKind::bad_input, "fhir.not_a_message");
  return {};
}

/// One request on its way. Threads: of the server, then whichever keeps.
class Reception : public std::enable_shared_from_this<Reception> {
 public:
  Reception(Shared services, std::shared_ptr<net::Request> request, net::Reply reply, Expects expects)
      : services_(std::move(services)),
        request_(std::move(request)),
        reply_(std::move(reply)),
        expects_(expects) {}

  void start() {
    if (const auto format = answer_format(*request_); format.has_error())
      return reply_(fhir_error(*request_, 406, format.error()));
    const auto said = sent_as(*request_);
    if (said.has_error()) return reply_(fhir_error(*request_, 415, said.error()));
    auto& body = static_cast<FhirBody&>(*request_->sink);
    if (body.is_large()) return keep_large(body);
    auto bytes = bytes_of(*request_, body);
    if (bytes.has_error()) return reply_(fhir_error(*request_, bytes.error()));
    if (const auto lies = check_content_type(*said, *bytes); lies.has_error())
      return reply_(fhir_error(*request_, lies.error()));
    judge_and_keep(std::move(*bytes));
  }

 private:
  void judge_and_keep(std::string bytes) {
    auto look = services_->hub->look_at_bytes(source_of(*request_), bytes);
    if (look.has_error()) return keep_unjudged(std::move(bytes), look.error());
    if (!judge(bytes)) return;
    look->reset();
    keep(std::move(bytes));
  }

  /// The hub died when it looked at these bytes; the road takes care of itself.
  void keep_unjudged(std::string bytes, const base::Error& poison) {
    const bool asks_for_more =
        expects_ != Expects::anything || request_->headers.find("If-None-Exist") != nullptr;
    if (asks_for_more) return reply_(fhir_error(*request_, 422, poison));
    verdict_.judged = false;
    keep(std::move(bytes));
  }

  /// False: it is answered already, and is not to be kept.
  bool judge(const std::string& bytes) {
    const auto collection = Collection::of_text(bytes, "", document::Limits());
    if (collection.has_error()) {
      verdict_ = {.status = 400, .issues = unreadable(collection.error())};
      return true;
    }
    collection_ = *collection;
    if (const auto fit = fits(*collection_, expects_, *request_); fit.has_error())
      return answered(fhir_error(*request_, fit.error()));
    if (const auto exists = condition(*request_, *services_); exists.has_error())
      return answered(fhir_error(*request_, 412, exists.error()));
    else if (*exists)
      return answered(exists_already(*request_));
    const auto judged = judged_as(*request_, *services_);
    if (judged.validates) {
      auto issues = console::judge(*collection_, *judged.validator);
      if (!fhir::has_error(issues) && !collection_->is_lines()) faultless_by_ = judged.validator->rules();
      verdict_.issues = without_best_practice(std::move(issues));
    } else {
      verdict_.issues = unreadable_lines(*collection_);
    }
    if (judged.sends_back && !collection_->is_lines() && fhir::has_error(verdict_.issues))
      verdict_.status = 422;
    if (collection_->documents().empty()) verdict_.status = 422;
    return true;
  }
  bool answered(net::Response response) const {
    reply_(std::move(response));
    return false;
  }

  void keep(std::string bytes) {
    auto made = incoming(*services_->hub, std::move(bytes));
    if (made.has_error()) return reply_(fhir_error(*request_, made.error()));
    keep(std::move(*made));
  }

  void keep_large(FhirBody& body) {
    pipeline::Incoming made;
    made.kept = body.take_kept();
    verdict_.judged = false;
    keep(std::move(made));
  }

  void keep(pipeline::Incoming made) {
    made.source = source_of(*request_);
    made.faultless_by = faultless_by_;
    made.name = name_of_submission(query(*request_, "name").value_or(default_name()), *request_);
    const auto answer_later = [self = shared_from_this()](auto info) {
      net::Response later;
      later.made_by = [self, info = std::move(info)] { return self->answer(info); };
      self->reply_(std::move(later));
    };
    using Keeper = pipeline::Hub::Keeper;
    services_->hub->receive(std::move(made), answer_later, request_->may_wait ? Keeper::here : Keeper::other);
  }

  net::Response answer(const base::Result<ledger::SubmissionInfo>& info) const {
    if (info.has_error()) return fhir_error(*request_, info.error());
    return answer_of(*request_, *info, collection_.get(), verdict_);
  }

  /// Bundle-<trace>: what people see of it in lists.
  std::string default_name() const {
    const auto type = collection_ ? type_of(*collection_) : std::string_view();
    return (type.empty() ? std::string("fhir") : std::string(type)) + "-" + request_->trace.substr(0, 8);
  }

  const Shared services_;
  const std::shared_ptr<net::Request> request_;
  const net::Reply reply_;
  const Expects expects_;
  std::shared_ptr<const Collection> collection_;
  FhirVerdict verdict_;
  std::string faultless_by_;  ///< see plugin::Submission
};

}  // namespace

void receive_fhir(const Shared& services, const std::shared_ptr<net::Request>& request,
                  const net::Reply& reply, Expects expects) {
  std::make_shared<Reception>(services, request, reply, expects)->start();
}

net::Response try_fhir(const net::Request& request, const Services& services) {
  auto brought = bring(request, services);
  if (brought.refusal) return std::move(*brought.refusal);
  const auto judged = judged_as(request, services);
  std::vector<Issue> issues;
  if (judged.validates) issues = without_best_practice(judge(*brought.collection, *judged.validator));
  if (judged.sends_back && !brought.collection->is_lines() && fhir::has_error(issues))
    return outcome_answer(request, 422, issues);
  auto bytes = document::ByteSource::of_text(std::move(brought.bytes), "fhir");
  const auto tried = services.hub->try_out(source_of(request), "fhir", std::move(bytes));
  if (tried.has_error()) {
    const bool may_come_later = tried.error().kind() == base::ErrorKind::unavailable;
    return fhir_error(request, may_come_later ? 503 : 422, tried.error());
  }
  return tried_answer(request, services, *brought.collection, issues, *tried);
}

}  // namespace musubi::console
