// What a reader, a mapping or a check has to say about one field of one record. It names the path, never the
// value.
#pragma once

#include <cstdint>
#include <string_view>

#include "musubi/base/severity.h"
#include "musubi/model/catalogue.h"

namespace musubi::model {

using base::name_of;
using base::Severity;

struct Finding {
  std::string_view code;  ///< a message id or the id of a check; outlives the batch
  Severity severity = Severity::warning;
  FieldNumber field = kNoField;  ///< kNoField: the record as a whole
  std::uint32_t record = 0;      ///< index in the batch
  std::string_view column;       ///< source column, where known; lives as long as the batch's layout
  bool rejects = false;          ///< of an error: the record is sent back instead of held
};

}  // namespace musubi::model
