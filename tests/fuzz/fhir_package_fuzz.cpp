// Any bytes as a package of FHIR: as the tar in it, as the whole archive, and as one definition, which is
// then followed.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "musubi/fhir/codec.h"
#include "musubi/fhir/packages.h"
#include "musubi/fhir/validation.h"
#include "package_archive.h"

namespace {

using namespace musubi;

void follow(std::shared_ptr<const fhir::Packages> packages) {
  const fhir::Validator validator(packages);
  const std::string bytes =
      R"({"resourceType":"Patient","identifier":[{"system":"http://a.test","value":"1"}],
    "name":[{"text":"a"}],"extension":[{"url":"http://a.test/e","valueCode":"a"}]})";
  const auto resource = fhir::read_resource(bytes, "fuzz", fhir::Format::json, {});
  for (const auto* each : packages->structures()) {
    const std::string profile = each->url;
    if (fhir::operation_outcome(validator.validate(*resource, bytes, {&profile, 1}), base::Language::english)
            .empty())
      std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const fhir::PackageLimits limits{
      .expanded_bytes = 1U << 20U, .entries = 100, .definition_bytes = 1U << 18U};
  std::size_t seen = 0;
  const auto read = fhir::each_file(bytes, limits, [&](std::string_view name, std::string_view content) {
    seen += name.size() + content.size();
    return base::Status();
  });
  if (!read.has_error() && seen > 2 * size + 512 * 100) std::abort();
  auto packages = std::make_shared<fhir::Packages>(limits);
  if (packages->add_archive(bytes, "fuzz").has_error() && packages->add_json(bytes, "fuzz").has_error())
    return 0;
  follow(packages);
  return 0;
}
