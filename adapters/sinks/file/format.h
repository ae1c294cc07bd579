// How records are written: one line each, NDJSON or CSV.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "musubi/base/result.h"
#include "musubi/model/disclosure.h"

namespace musubi::file_sink {

class Format {
 public:
  virtual ~Format() = default;
  /// What a new file begins with.
  virtual std::string beginning() const = 0;
  /// Takes up a file that was begun before. Error: when it was begun differently.
  virtual base::Status resume(std::string_view first_bytes) = 0;
  /// Once per disclosure, before its records. Error: when this file cannot hold such records.
  virtual base::Status prepare(const model::RecordLayout& layout) = 0;
  virtual void append(std::string& out, const model::Disclosure& disclosure, std::size_t index) const = 0;
};

/// {"meta":{"record":…,"version":…,"position":…,"as_of":…,"source":…,"submission":…},"patient.sex":"male",…}
std::unique_ptr<Format> ndjson_format();
/// A header, then a row per record: record, version, position, as_of, source, submission, absent, and a
/// column for every field of `kind`; an age in months has its unit, groups and lists are JSON. Formulas are
/// neutralised.
std::unique_ptr<Format> csv_format(std::shared_ptr<const model::Catalogue> catalogue, model::RecordKind kind,
                                   bool byte_order_mark);

std::string_view name_of(model::Position position) noexcept;
std::string day_text(std::int32_t day);

}  // namespace musubi::file_sink
