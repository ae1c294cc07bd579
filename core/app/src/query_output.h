// How `musubi query` shows records on standard output.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "musubi/model/disclosure.h"

namespace musubi::app {

class QueryOutput {
 public:
  virtual ~QueryOutput() = default;
  virtual void add(const model::Disclosure& disclosure, std::size_t index) = 0;
  virtual void finish() {}
};

/// `lines`: one object a line; otherwise an array. No fields: all.
std::unique_ptr<QueryOutput> records_as_json(bool lines, std::vector<model::FieldNumber> fields);
std::unique_ptr<QueryOutput> records_as_csv(const model::Catalogue& catalogue,
                                            std::vector<model::FieldNumber> fields);
/// One line per combination of values of the fields, with the number of records. `format`: csv, json, ndjson.
std::unique_ptr<QueryOutput> counts_of_records(std::string format, const model::Catalogue& catalogue,
                                               std::vector<model::FieldNumber> fields);

}  // namespace musubi::app
