// Synthetic inputs in the layouts of real sources, dirt included: nobody's data, made from a seed. The same
// request gives the same bytes on every machine.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "musubi/base/result.h"

namespace musubi::app::sample {

struct SampleRequest {
  std::string source;         ///< tokyo, osaka, hersys or fhir
  std::uint64_t rows = 1000;  ///< cases of the first edition
  std::uint64_t seed = 1;
  /// As published one week later each: edition 2 holds the cases of edition 1, some of them changed
  /// (discharged, no longer under investigation, mistypings mended), and an eighth more.
  unsigned edition = 1;
  /// Of fhir: report, form, laboratory, bulk or beds; empty: report. The others have no kinds.
  std::string kind{};
};

/// Streams the file and returns the number of cases in it. Needs little memory however many there are.
/// Errors: sample.unknown_source, sample.unknown_kind; those of base::file_error when `out` takes no more.
base::Result<std::uint64_t> write_sample(const SampleRequest& request, std::ostream& out);

}  // namespace musubi::app::sample
