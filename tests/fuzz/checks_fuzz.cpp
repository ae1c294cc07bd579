// Any bytes as a file of checks: it loads, and then runs over a record, or it is refused with a place.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "musubi/base/messages.h"
#include "musubi/quality/checks.h"

namespace {

using namespace musubi;

/// One per process; the system clears it away with the others.
const std::filesystem::path& folder() {
  static const std::filesystem::path made = [] {
    std::string name = "/tmp/musubi-fuzz-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    return std::filesystem::path(name);
  }();
  return made;
}

std::shared_ptr<const model::Catalogue> load_catalogue() {
  const auto catalogue = model::Catalogue::load(MUSUBI_PROJECT_FOLDER "/mappings/catalogue");
  if (catalogue.has_error()) std::abort();
  return *catalogue;
}

std::shared_ptr<const model::ValueSets> load_value_sets() {
  const auto sets = model::ValueSets::load(MUSUBI_PROJECT_FOLDER "/mappings/valuesets");
  if (sets.has_error()) std::abort();
  return *sets;
}

void run_over_a_record(const quality::Checks& checks,
                       const std::shared_ptr<const model::Catalogue>& catalogue) {
  const auto kind = model::RecordKind::case_report;
  model::RecordBatch records(std::make_shared<const model::RecordLayout>(
      model::make_layout(catalogue, kind, catalogue->fields_of(kind))));
  records.add({});
  checks.run(records, std::chrono::sys_days(std::chrono::days(18'000)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto catalogue = load_catalogue();
  static const auto value_sets = load_value_sets();
  std::ofstream(folder() / "10.yaml", std::ios::binary) << std::string(data, data + size);
  const auto checks = quality::Checks::load(folder(), catalogue, value_sets);
  if (checks.has_value())
    run_over_a_record(**checks, catalogue);
  else if (checks.error().place().file.empty())
    std::abort();
  return 0;
}
