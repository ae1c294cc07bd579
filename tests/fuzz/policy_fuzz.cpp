// Any bytes as a policy pack and as the file of a jurisdiction: each is loaded, and then answers every
// question, or refused with a place.
#include <cstdlib>
#include <string>

#include "musubi/base/messages.h"
#include "musubi/privacy/policy.h"

namespace {

using namespace musubi;

std::shared_ptr<const model::Catalogue> load_catalogue() {
  const auto catalogue = model::Catalogue::load(MUSUBI_PROJECT_FOLDER "/mappings/catalogue");
  if (catalogue.has_error()) std::abort();
  return *catalogue;
}

void ask_everything(const privacy::Policies& policies, const model::Catalogue& catalogue) {
  const std::chrono::sys_days day(std::chrono::days(18'000));
  for (const auto& jurisdiction : policies.jurisdictions())
    for (const auto& rule : policies.rules())
      for (const auto& field : catalogue.fields()) {
        const auto decision =
            policies.decide({jurisdiction, rule.basis, rule.purpose, rule.recipient}, field.number, day);
        if (decision.rule.empty()) std::abort();
      }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto catalogue = load_catalogue();
  if (size == 0) return 0;
  const privacy::ConfigurationFile file{"fuzz.yaml", std::string(data + 1, data + size)};
  const privacy::ConfigurationFile one{"130001.yaml",
                                       "jurisdiction: '130001'\nname: { ja: a, en: A }\nextends: []\n"
                                       "recorded: 2026-11-21\nrules: []\n"};
  const bool as_policy = data[0] % 2 == 0;
  const std::span<const privacy::ConfigurationFile> fuzzed(&file, 1), plain(&one, 1);
  const auto policies = as_policy ? privacy::Policies::parse(fuzzed, plain, catalogue)
                                  : privacy::Policies::parse({}, fuzzed, catalogue);
  if (policies.has_value())
    ask_everything(**policies, *catalogue);
  else if (base::describe(base::Language::japanese, policies.error()).empty())
    std::abort();
  return 0;
}
