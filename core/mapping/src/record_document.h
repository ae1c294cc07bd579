// A canonical record as the document that expressions walk: its fields nested by the steps of their ids.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "musubi/fhirpath/resource.h"
#include "musubi/model/record_batch.h"
#include "record_types.h"

namespace musubi::mapping {

/// For the records of one layout after the other. Not for several threads.
class RecordDocument {
 public:
  explicit RecordDocument(const RecordTypes& types) : types_(types) {}

  /// Silent fields are not there; absent ones have no value and say why in `absent`.
  base::Result<fhirpath::Resource> of(const model::RecordLayout& layout,
                                      std::span<const model::Value> values);

 private:
  struct Branch {
    std::string name;
    int slot = -1;  ///< of a leaf
    std::vector<Branch> below{};
  };
  using Values = std::span<const model::Value>;

  void plant(const model::RecordLayout& layout);
  void write_branches(const std::vector<Branch>& branches, const model::RecordLayout& layout, Values values);
  void write_field(const Branch& leaf, const model::Field& field, const model::Value& value,
                   const model::RecordLayout& layout);
  void write_group(const Branch& leaf, const model::Field& group, const model::Value& value,
                   const model::RecordLayout& layout);
  void write_list(const std::string& name, const model::Value& list);
  void write_value(const model::Value& value);
  void write_beside(const std::string& name, const model::Value& value);
  void begin_member(std::string_view name);

  const RecordTypes& types_;
  const model::RecordLayout* planted_ = nullptr;
  std::vector<Branch> branches_;
  std::string json_;
};

}  // namespace musubi::mapping
