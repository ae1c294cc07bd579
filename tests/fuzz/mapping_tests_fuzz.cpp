// A test file of any bytes: it is read or says why, and what is read can be run.
#include <cstdlib>
#include <string>

#include "musubi/base/messages.h"
#include "musubi/mapping/tests.h"

namespace {

using namespace musubi;

constexpr const char* kReads =
    "mapping: test/cases\nversion: 2020-04-01\nreads: csv\nrecord: case\ncolumns: [番号, 性別, 検査, 結果]\n"
    "fields:\n  report.local_id: { from: 番号 }\n  patient.sex: { from: 性別, absent: usual, on_error: "
    "review }\n"
    "  test:\n    for_each: [{ 方法: 検査, 結果: 結果 }]\n    fields:\n      test.result: { from: 結果, "
    "on_error: null }\n";
constexpr const char* kWrites =
    "mapping: test/cases\nversion: 2020-04-01\nwrites: json\nrecord: case\n"
    "template: { id: { from: report.local_id }, sex: { from: patient.sex, label: ja } }\n";

struct Fixture {
  mapping::Context context;
  std::shared_ptr<const mapping::Mapping> reads, writes;

  Fixture() {
    const std::string folder = MUSUBI_PROJECT_FOLDER "/mappings";
    const auto catalogue = model::Catalogue::load(folder + "/catalogue");
    const auto value_sets = model::ValueSets::load(folder + "/valuesets");
    if (catalogue.has_error() || value_sets.has_error()) std::abort();
    context = {*catalogue, *value_sets};
    const auto inward = mapping::Mapping::parse(kReads, "reads.yaml", context);
    const auto outward = mapping::Mapping::parse(kWrites, "writes.yaml", context);
    if (inward.has_error() || outward.has_error()) std::abort();
    reads = *inward;
    writes = *outward;
  }
};

void run(const std::string& yaml, const std::shared_ptr<const mapping::Mapping>& mapping) {
  const auto tests = mapping::Tests::parse(yaml, "/nowhere/fuzz.test.yaml", mapping, "fuzz.yaml",
                                           MUSUBI_PROJECT_FOLDER "/mappings/valuesets");
  if (tests.has_error())
    base::describe(base::Language::japanese, tests.error());
  else if (tests->run().failed() == 0)
    tests->coverage();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Fixture fixture;
  const std::string yaml(reinterpret_cast<const char*>(data), size);
  run(yaml, fixture.reads);
  run(yaml, fixture.writes);
  return 0;
}
