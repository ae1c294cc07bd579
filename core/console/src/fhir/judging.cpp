#include "judging.h"

#include <algorithm>
#include <array>
#include <utility>

#include "../handing_in.h"
#include "answers.h"
#include "body.h"
#include "musubi/base/file.h"
#include "musubi/fhir/packages.h"
#include "musubi/fhir/r4_types.h"

namespace musubi::console {
namespace {

using fhir::Collection;
using fhir::Issue;

std::shared_ptr<const FhirSources> sources_of(const Services& services) {
  return services.fhir ? services.fhir() : nullptr;
}

/// What they all share; R4 alone where they judge differently.
FhirSource common_to(const FhirSources* sources) {
  static const FhirSource kR4{.packages = std::make_shared<const fhir::Packages>(),
                              .validator = std::make_shared<const fhir::Validator>()};
  if (sources == nullptr || sources->empty()) return kR4;
  const auto& first = sources->begin()->second;
  const bool alike = std::ranges::all_of(
      *sources, [&](const auto& each) { return each.second.validator == first.validator; });
  return alike ? first : kR4;
}

base::Error wrong_type(std::string_view expected, std::string_view found) {
  return base::Error(base::ErrorKind::bad_input, "fhir.not_this_type",
                     {{"expected", std::string(expected)}, {"found", std::string(found)}});
}

}  // namespace

base::Result<std::string> bytes_of(const ledger::SubmissionInfo& submission, const Services& services,
                                   std::uint64_t most) {
  MUSUBI_ASSIGN(auto kept, services.hub->books().kept(submission));
  if (kept.bytes) return std::move(*kept.bytes);
  return base::read_file(kept.file, most);
}

std::optional<FhirSource> fhir_source(std::string_view name, const Services& services) {
  const auto sources = sources_of(services);
  if (!sources) return std::nullopt;
  const auto found = sources->find(name);
  return found == sources->end() ? std::nullopt : std::optional(found->second);
}

FhirSource judged_as(const net::Request& request, const Services& services) {
  const auto name = source_of(request);
  const bool is_its = !name.empty() && may_see(request, services, name);
  auto own = is_its ? fhir_source(name, services) : std::nullopt;
  return own ? std::move(*own) : common_to(sources_of(services).get());
}

namespace {

/// NDJSON may hold many thousand resources: so many errors and so many remarks are told, the others counted.
class Gathered {
 public:
  void add(Issue issue) {
    const bool is_error = issue.severity <= fhir::Severity::error;
    if (told_[is_error ? 0 : 1]++ < kMostTold) return all_.push_back(std::move(issue));
    ++left_out_;
    gravest_left_out_ = std::min(gravest_left_out_, issue.severity);
  }
  std::vector<Issue> take() {
    if (left_out_ != 0)
      all_.push_back({gravest_left_out_, fhir::IssueType::structure,
                      base::Error(base::ErrorKind::bad_input, "fhir.more_issues",
                                  {{"count", std::to_string(left_out_)}})});
    return std::move(all_);
  }

 private:
  static constexpr std::size_t kMostTold = 1500;  // above what one resource may have
  std::vector<Issue> all_;
  std::array<std::size_t, 2> told_{};  ///< errors, others
  std::size_t left_out_ = 0;
  fhir::Severity gravest_left_out_ = fhir::Severity::information;
};

Issue not_read(const fhir::BrokenLine& line) {
  return {fhir::Severity::error, fhir::IssueType::structure,
          line.error.at({.file = {}, .line = line.line, .column = line.error.place().column})};
}

}  // namespace

std::vector<Issue> unreadable_lines(const Collection& collection) {
  Gathered all;
  for (const auto& line : collection.broken()) all.add(not_read(line));
  return all.take();
}

std::vector<Issue> judge(const Collection& collection, const fhir::Validator& validator,
                         std::span<const std::string> profiles) {
  Gathered all;
  const auto in_line = [](const base::Error& error, std::uint64_t line) {
    return error.at({.file = {}, .line = line, .column = error.place().column});
  };
  for (const auto& line : collection.broken()) all.add(not_read(line));
  for (const auto& document : collection.documents()) {
    for (auto& issue : validator.validate(document.resource, collection.text_of(document), profiles)) {
      if (collection.is_lines()) issue.what = in_line(issue.what, document.line);
      all.add(std::move(issue));
    }
  }
  return all.take();
}

std::vector<Issue> without_best_practice(std::vector<Issue> issues) {
  std::erase_if(issues, [](const Issue& each) {
    return std::ranges::any_of(each.what.arguments(), [](const base::MessageArgument& argument) {
      return argument.first == "key" && argument.second == "dom-6";
    });
  });
  return issues;
}

std::vector<Issue> unreadable(const base::Error& error) {
  return {{fhir::Severity::fatal, fhir::IssueType::structure, error}};
}

std::string_view type_of(const Collection& collection) {
  return collection.documents().empty() ? std::string_view()
                                        : collection.documents().front().resource.type_name();
}

base::Status check_named_type(const Collection& collection, const net::Request& request) {
  const auto named = request.captured.find("type");
  if (named == request.captured.end()) return {};
  if (fhir::r4_types().find(named->second) == fhirpath::kNoType)
    return base::Error(base::ErrorKind::not_found, "fhir.type_unknown");
  for (const auto& document : collection.documents())
    if (const auto found = document.resource.type_name(); found != named->second)
      return wrong_type(named->second, found).at({.file = {}, .line = document.line});
  return {};
}

Brought bring(const net::Request& request, const Services& services) {
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
  auto bytes = bytes_of(request, body);
  if (bytes.has_error()) return refuse(fhir_error(request, bytes.error()));
  if (const auto lies = check_content_type(*said, *bytes); lies.has_error())
    return refuse(fhir_error(request, lies.error()));
  auto look = services.hub->look_at_bytes(source_of(request), *bytes);
  if (look.has_error()) return refuse(fhir_error(request, 422, look.error()));
  brought.look = std::move(*look);
  brought.bytes = std::move(*bytes);
  auto collection = Collection::of_text(brought.bytes, "", document::Limits());
  if (collection.has_error()) return refuse(outcome_answer(request, 400, unreadable(collection.error())));
  brought.collection = std::move(*collection);
  return brought;
}

}  // namespace musubi::console
