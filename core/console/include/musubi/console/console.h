// The HTTP API (/api/v1, described by /api/v1/openapi.json), the FHIR endpoint (/fhir) and the pages of a
// hub: what comes in by HTTP, the books, the outbox, review, health. Every route says whom it lets in; what
// somebody may not see is answered like what is not there.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/clock.h"
#include "musubi/base/messages.h"
#include "musubi/intake/silent_sender.h"
#include "musubi/intake/uploads.h"
#include "musubi/intake/way_in.h"
#include "musubi/net/routes.h"
#include "musubi/pipeline/hub.h"

namespace musubi::fhir {
class Validator;
}

namespace musubi::console {

/// The sources that take FHIR, and whether each sends back what is wrong as FHIR (its adapter's on_invalid).
struct FhirSources {
  std::map<std::string, bool, std::less<>> sends_back;
  std::shared_ptr<const fhir::Validator> validator;  ///< with the packages of all of them
  bool takes(std::string_view source) const { return sends_back.contains(source); }
  bool rejects_invalid(std::string_view source) const {
    const auto found = sends_back.find(source);
    return found != sends_back.end() && found->second;
  }
};

/// What the handlers work with. All of it outlives the server; functions may be called from any thread.
struct Services {
  pipeline::Hub* hub = nullptr;
  const base::Clock* clock = nullptr;
  std::string name;  ///< of this hub, as people call it
  std::vector<const intake::WayIn*> ways_in;
  intake::Uploads* uploads = nullptr;
  std::map<std::string, intake::SilenceSettings> silence;  ///< by source
  /// What a coded reason says to a person.
  std::function<std::string(std::string_view code, base::Language)> reason;
  std::function<std::string()> metrics;              ///< in Prometheus' text format
  std::function<base::Status()> reload;              ///< reads the configuration again
  std::chrono::minutes away_too_long{10};            ///< of a recipient, before it is an alarm
  std::uint64_t most_body = std::uint64_t{2} << 30;  ///< bytes of one submission
  FhirSources fhir;
  bool two_people = false;       ///< what one person decides about a held record another one has to confirm
  bool status_page_open = true;  ///< without a token: only where nobody else can reach it
};

/// All of them: the API, the pages, and /fhir (docs/decisions/0010).
void add_routes(net::Routes& routes, const std::shared_ptr<const Services>& services);

/// Something that a person has to look at. `code` is a message id: hub.alarm.*.
struct Alarm {
  std::string code;
  std::vector<base::MessageArgument> arguments;
};
/// What is wrong now, the gravest first.
std::vector<Alarm> alarms(const Services& services);

}  // namespace musubi::console
