// How FHIR resources become rows, as a mapping says it: one row for each resource of a type, its cells by
// paths in FHIRPath. A plain description; core/fhir runs it.
#pragma once

#include <string>
#include <vector>

namespace musubi::document {

struct ViewColumn {
  std::string name;
  /// FHIRPath from the resource of the row; of a list, where its items are. Several values are joined
  /// with ";".
  std::string path;
  /// Of a list: the cells of an item, by paths from the item. Its own cell is a JSON array of objects.
  std::vector<ViewColumn> members{};
  friend bool operator==(const ViewColumn&, const ViewColumn&) = default;
};

/// Texts that the paths call %name.
struct ViewConstant {
  std::string name;
  std::vector<std::string> texts;
  friend bool operator==(const ViewConstant&, const ViewConstant&) = default;
};

struct ResourceView {
  std::string resource;  ///< type of the resources that are rows: "Condition"; empty: no view
  std::string where;     ///< FHIRPath: which of them; empty: all
  std::vector<ViewConstant> constants;
  std::vector<ViewColumn> columns;
  friend bool operator==(const ResourceView&, const ResourceView&) = default;
};

}  // namespace musubi::document
