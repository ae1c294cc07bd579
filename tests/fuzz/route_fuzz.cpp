// Any bytes as a file of routes: it loads, and then its routes can be asked for, or it is refused in a
// sentence.
#include <cstdlib>
#include <string>

#include "musubi/base/messages.h"
#include "musubi/privacy/routes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace musubi;
  const privacy::ConfigurationFile file{"fuzz.yaml", std::string(data, data + size)};
  const auto routes = privacy::Routes::parse({&file, 1});
  if (routes.has_error()) {
    if (base::describe(base::Language::japanese, routes.error()).empty()) std::abort();
    return 0;
  }
  for (const auto& source : (*routes)->sources())
    for (const auto& route : (*routes)->recipients_for(source, model::RecordKind::case_report))
      if (route.recipient.empty() || route.recipient == "*") std::abort();
  return 0;
}
