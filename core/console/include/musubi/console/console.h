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
class Packages;
class Validator;
}  // namespace musubi::fhir

namespace musubi::console {

/// How a source that takes FHIR judges what comes: by the options of its adapter.
struct FhirSource {
  bool validates = true;   ///< false: whether it is right as FHIR is left to the senders
  bool sends_back = true;  ///< what is wrong as FHIR is refused
  std::shared_ptr<const fhir::Packages> packages{};
  std::shared_ptr<const fhir::Validator> validator{};  ///< with these packages; never null
};

/// The sources that take FHIR, by name, as configured at one moment.
using FhirSources = std::map<std::string, FhirSource, std::less<>>;

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
  std::function<std::string()> metrics;                      ///< in Prometheus' text format
  std::function<base::Status()> reload;                      ///< reads the configuration again
  std::chrono::minutes away_too_long{10};                    ///< of a recipient, before it is an alarm
  std::uint64_t most_body = std::uint64_t{2} << 30;          ///< bytes of one submission
  std::function<std::shared_ptr<const FhirSources>()> fhir;  ///< as configured now; empty: no source takes it
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
