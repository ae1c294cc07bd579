// What a reader, a mapping or a check has to say about one field of one record. It names the path, never the
// value.
#pragma once

#include <cstdint>
#include <string_view>

#include "musubi/model/catalogue.h"

namespace musubi::model {

enum class Severity : std::uint8_t {
  information,  ///< travels with the record
  warning,      ///< travels with the record
  error         ///< holds the record for review
};
MUSUBI_SDK_API std::string_view name_of(Severity severity) noexcept;

struct Finding {
  std::string_view code;  ///< a message id or the id of a check; outlives the batch
  Severity severity = Severity::warning;
  FieldNumber field = kNoField;  ///< kNoField: the record as a whole
  std::uint32_t record = 0;      ///< index in the batch
  std::string_view column;       ///< source column, where known; lives as long as the batch's layout
};

}  // namespace musubi::model
