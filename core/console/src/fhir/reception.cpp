#include "reception.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "../handing_in.h"
#include "answers.h"
#include "body.h"
#include "musubi/document/byte_source.h"
#include "musubi/fhir/collection.h"
#include "musubi/fhir/r4_types.h"
#include "replies.h"

namespace musubi::console {
namespace {

using fhir::Collection;
using fhir::Issue;

std::string_view type_of(const Collection& collection) {
  return collection.documents().empty() ? std::string_view()
                                        : collection.documents().front().resource.type_name();
}

std::vector<Issue> judge(const Collection& collection, const fhir::Validator& validator) {
  std::vector<Issue> all;
  for (const auto& line : collection.broken())
    all.push_back(
        {fhir::Severity::error, fhir::IssueType::structure, line.error.at({.file = {}, .line = line.line})});
  for (const auto& document : collection.documents()) {
    for (auto& issue : validator.validate(document.resource, collection.text_of(document))) {
      if (collection.is_lines()) issue.what = issue.what.at({.file = {}, .line = document.line});
      all.push_back(std::move(issue));
    }
  }
  return all;
}

/// Without dom-6, that a resource should have a narrative: said of every resource of most senders, it would
/// hide what matters. $validate tells it.
std::vector<Issue> without_best_practice(std::vector<Issue> issues) {
  std::erase_if(issues, [](const Issue& each) {
    return std::ranges::any_of(each.what.arguments(), [](const base::MessageArgument& argument) {
      return argument.first == "key" && argument.second == "dom-6";
    });
  });
  return issues;
}

/// Of a resource that cannot be read at all.
std::vector<Issue> unreadable(const base::Error& error) {
  return {{fhir::Severity::fatal, fhir::IssueType::structure, error}};
}

base::Error wrong_type(std::string_view expected, std::string_view found) {
  return base::Error(base::ErrorKind::bad_input, "fhir.not_this_type",
                     {{"expected", std::string(expected)}, {"found", std::string(found)}});
}

base::Status fits(const Collection& collection, Expects expects, const net::Request& request) {
  if (expects == Expects::one_type) {
    const auto& named = request.captured.at("type");
    if (fhir::r4_types().find(named) == fhirpath::kNoType)
      return base::Error(base::ErrorKind::not_found, "fhir.type_unknown");
    if (collection.is_lines() || type_of(collection) != named) return wrong_type(named, type_of(collection));
  }
  if (expects == Expects::message && !message_header_of(collection))
    return base::Error(base::ErrorKind::bad_input, "fhir.not_a_message");
  return {};
}

/// One request on its way. Threads: of the server, then one of the hub.
class Reception : public std::enable_shared_from_this<Reception> {
 public:
  Reception(Shared services, std::shared_ptr<const fhir::Validator> validator,
            std::shared_ptr<net::Request> request, net::Reply reply, Expects expects)
      : services_(std::move(services)),
        validator_(std::move(validator)),
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
    const auto collection = Collection::of_text(bytes, "", document::Limits());
    if (collection.has_error()) {
      verdict_ = {.status = 400, .issues = unreadable(collection.error())};
      return keep(std::move(bytes));
    }
    collection_ = *collection;
    if (const auto fit = fits(*collection_, expects_, *request_); fit.has_error())
      return reply_(fhir_error(*request_, fit.error()));
    if (const auto exists = condition(*request_, *services_); exists.has_error())
      return reply_(fhir_error(*request_, 412, exists.error()));
    else if (*exists)
      return reply_(exists_already(*request_));
    verdict_.issues = without_best_practice(judge(*collection_, *validator_));
    const bool refused = services_->fhir.rejects_invalid(source_of(*request_)) && !collection_->is_lines();
    if (refused && fhir::has_error(verdict_.issues)) verdict_.status = 422;
    if (collection_->documents().empty()) verdict_.status = 422;
    keep(std::move(bytes));
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
    made.name = name_of_submission(query(*request_, "name").value_or(default_name()), *request_);
    services_->hub->receive(std::move(made), [self = shared_from_this()](auto info) {
      net::Response later;
      later.made_by = [self, info = std::move(info)] { return self->answer(info); };
      self->reply_(std::move(later));
    });
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
  const std::shared_ptr<const fhir::Validator> validator_;
  const std::shared_ptr<net::Request> request_;
  const net::Reply reply_;
  const Expects expects_;
  std::shared_ptr<const Collection> collection_;
  FhirVerdict verdict_;
};

/// Of Parameters: the resource that is to be judged. Otherwise the whole.
std::string resource_to_judge(std::string bytes, const Collection& collection) {
  if (type_of(collection) != "Parameters") return bytes;
  const auto& resource = collection.documents().front().resource;
  for (const auto& parameter : resource.children(resource.root())) {
    const auto* name = parameter.name == "parameter" ? resource.child(parameter, "name") : nullptr;
    const auto* inner =
        name != nullptr && name->text == "resource" ? resource.child(parameter, "resource") : nullptr;
    if (inner == nullptr) continue;
    if (resource.format() == fhirpath::DocumentFormat::json)
      return std::string(collection.text_of(collection.documents().front(), *inner));
  }
  return bytes;
}

/// What a request for which nothing is kept brings: judged bytes, or the answer that it cannot be.
struct Brought {
  std::string bytes;
  std::shared_ptr<const Collection> collection;
  std::optional<net::Response> refusal;
};

Brought bring(const net::Request& request) {
  Brought brought;
  const auto refuse = [&](net::Response response) {
    brought.refusal = std::move(response);
    return std::move(brought);
  };
  if (const auto format = answer_format(request); format.has_error())
    return refuse(fhir_error(request, 406, format.error()));
  const auto said = sent_as(request);
  if (said.has_error()) return refuse(fhir_error(request, 415, said.error()));
  const auto& body = static_cast<const FhirBody&>(*request.sink);
  if (body.is_large())
    return refuse(fhir_error(request, base::Error(base::ErrorKind::limit_exceeded, "fhir.too_large_to_judge",
                                                  {{"limit", std::to_string(kMostJudgedAtOnce)}})));
  auto bytes = bytes_of(request, body);
  if (bytes.has_error()) return refuse(fhir_error(request, bytes.error()));
  if (const auto lies = check_content_type(*said, *bytes); lies.has_error())
    return refuse(fhir_error(request, lies.error()));
  brought.bytes = std::move(*bytes);
  auto collection = Collection::of_text(brought.bytes, "", document::Limits());
  if (collection.has_error()) return refuse(outcome_answer(request, 400, unreadable(collection.error())));
  brought.collection = std::move(*collection);
  return brought;
}

}  // namespace

void receive_fhir(const Shared& services, const std::shared_ptr<const fhir::Validator>& validator,
                  const std::shared_ptr<net::Request>& request, const net::Reply& reply, Expects expects) {
  std::make_shared<Reception>(services, validator, request, reply, expects)->start();
}

net::Response validate_fhir(const net::Request& request, const fhir::Validator& validator) {
  auto brought = bring(request);
  if (brought.refusal) return std::move(*brought.refusal);
  auto inner = resource_to_judge(brought.bytes, *brought.collection);
  if (inner.size() == brought.bytes.size())
    return outcome_answer(request, 200, judge(*brought.collection, validator));
  const auto alone = Collection::of_text(std::move(inner), "", document::Limits());
  if (alone.has_error()) return outcome_answer(request, 400, unreadable(alone.error()));
  return outcome_answer(request, 200, judge(**alone, validator));
}

net::Response try_fhir(const net::Request& request, const Services& services,
                       const fhir::Validator& validator) {
  auto brought = bring(request);
  if (brought.refusal) return std::move(*brought.refusal);
  const auto issues = without_best_practice(judge(*brought.collection, validator));
  const auto source = source_of(request);
  const bool one_by_one = brought.collection->is_lines();
  if (services.fhir.rejects_invalid(source) && !one_by_one && fhir::has_error(issues))
    return outcome_answer(request, 422, issues);
  auto bytes = document::ByteSource::of_text(std::move(brought.bytes), "fhir");
  const auto tried = services.hub->try_out(source, "fhir", std::move(bytes));
  if (tried.has_error()) return fhir_error(request, 422, tried.error());
  return tried_answer(request, services, issues, *tried);
}

}  // namespace musubi::console
