// The catalogue as types of FHIRPath: patient.name.kanji is an element of an element of a case. Every field
// has an element `absent`, the reason why it has no value, and an age `months`.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "musubi/fhirpath/type_lookup.h"
#include "musubi/fhirpath/type_table.h"
#include "musubi/model/catalogue.h"

namespace musubi::mapping {

/// Threads: constant once made. The table refers to it.
class RecordTypes {
 public:
  RecordTypes(const model::Catalogue& catalogue, model::RecordKind kind);
  RecordTypes(const RecordTypes&) = delete;
  RecordTypes& operator=(const RecordTypes&) = delete;

  const fhirpath::TypeTable& table() const noexcept { return table_; }
  const std::string& root() const noexcept { return root_; }  ///< "case"
  /// The type of what a path leads to: "case.test", "code"; empty: there is no such path.
  std::string type_of(const std::string& path) const;

 private:
  struct Element {
    std::string name, type;
    bool many = false;
  };
  using Elements = std::map<std::string, std::vector<Element>>;  ///< by the type they are of

  void add_field(const model::Field& field, Elements& elements) const;
  void add_element(const std::string& type, const Element& element, Elements& elements) const;
  void add_types(const Elements& elements);
  void add_elements(const Elements& elements);
  std::string_view kept(const std::string& text) { return texts_.emplace_back(text); }

  std::string root_;
  std::deque<std::string> texts_;
  std::map<std::string, std::string> paths_;  ///< path → type
  std::vector<fhirpath::TypeInfo> types_;
  std::vector<fhirpath::ElementInfo> elements_;
  std::vector<std::uint16_t> elements_by_name_;
  std::vector<fhirpath::ElementType> element_types_;
  fhirpath::TypeTable table_;
  std::optional<fhirpath::TypeLookup> lookup_;  ///< of table_
};

}  // namespace musubi::mapping
