// FHIR R4 as the hospitals of Tokyo might send it: a document a line (NDJSON).
#include <boost/json.hpp>

#include "fhir_bundles.h"
#include "fhir_resources.h"
#include "layouts.h"
#include "text_writer.h"
#include "timeline.h"

namespace musubi::app::sample {
namespace {

using boost::json::object;

/// Passes each document on as a line.
class Lines {
 public:
  explicit Lines(std::ostream& stream) : out_(stream) {}
  bool write(const object& document) {
    out_.text(boost::json::serialize(document));
    return out_.end("\n");
  }
  bool flush() { return out_.flush(); }

 private:
  TextWriter out_;
};

/// As a server exports them: resources with ids, patients apart from their diagnoses.
bool write_apart(Lines& lines, const FhirCase& made) {
  const FhirResources resources(made, Reference::by_type);
  const bool patient_written = made.slip == Slip::impossible_date || lines.write(resources.patient());
  auto condition = resources.condition();
  if (made.slip == Slip::number_missing) condition.erase("id");
  return patient_written && lines.write(condition);
}

bool write_one(Lines& lines, const SampleRequest& request, const Timeline& timeline, std::uint64_t index,
               std::chrono::sys_days day) {
  const bool is_new = index >= timeline.known_before();
  if (request.kind == "beds") return lines.write(bed_report(request.seed, index, is_new));
  const auto made = draw_fhir_case(request.seed, index, day, timeline.as_of(), is_new);
  if (request.kind == "bulk") return write_apart(lines, made);
  if (request.kind == "form") return lines.write(notification_form(made));
  if (request.kind == "laboratory") return lines.write(laboratory_message(made));
  return lines.write(case_report(made));
}

}  // namespace

std::optional<std::uint64_t> write_fhir(const SampleRequest& request, std::ostream& stream) {
  Timeline timeline(fhir_epidemic(), request.rows, request.edition);
  Lines lines(stream);
  for (std::uint64_t index = 0; index < timeline.cases(); ++index)
    if (!write_one(lines, request, timeline, index, timeline.day_of(index))) return {};
  return lines.flush() ? std::optional(timeline.cases()) : std::nullopt;
}

}  // namespace musubi::app::sample
