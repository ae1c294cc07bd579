// Checks on canonical records: required fields, value sets, date logic, places. Rules are YAML
// (config/checks); findings carry code, severity and path, never the value.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/record_batch.h"
#include "musubi/model/value_set.h"

namespace musubi::quality {

/// A rule as loaded, for docs and console.
struct CheckInfo {
  std::string code;
  model::Severity severity;
  std::string japanese, english;
};

/// Immutable; threads may share it. Findings point to its codes, so it must outlive the batches it has looked
/// at.
class Checks {
 public:
  /// Reads every *.yaml of the folder. Errors: quality.* with file, line and column.
  static base::Result<std::shared_ptr<const Checks>> load(const std::filesystem::path& folder,
                                                          std::shared_ptr<const model::Catalogue> catalogue,
                                                          std::shared_ptr<const model::ValueSets> value_sets);
  /// Appends findings to the batch (keeping them ascending by record). `today` is the day in Japan; a day
  /// later is not yet the future. Rules about fields that the batch's layout lacks cost nothing, except that
  /// a required field which the layout lacks is missing from every record. The plan for a layout is made once
  /// and kept while it lives.
  void run(model::RecordBatch& records, std::chrono::sys_days today) const;
  std::vector<CheckInfo> rules() const;
  /// nullptr when the code is not one of a rule.
  const CheckInfo* find(std::string_view code) const noexcept;
  ~Checks();

 private:
  Checks();
  struct Plan;
  std::unique_ptr<const Plan> plan_;
};

}  // namespace musubi::quality
