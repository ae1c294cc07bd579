// The shipped catalogue and value sets, and mapping a few rows with a mapping in a string.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "musubi/base/messages.h"
#include "musubi/mapping/mapping.h"
#include "rows.h"

namespace musubi::mapping {

inline std::filesystem::path project_file(const std::string& name) {
  return std::filesystem::path(MUSUBI_PROJECT_FOLDER) / name;
}

inline std::string explained(const base::Error& error) {
  return base::describe(base::Language::english, error);
}

inline const Context& shipped_context() {
  static const Context context = [] {
    auto catalogue = model::Catalogue::load(project_file("mappings/catalogue"));
    if (catalogue.has_error()) throw std::runtime_error(explained(catalogue.error()));
    auto value_sets = model::ValueSets::load(project_file("mappings/valuesets"));
    if (value_sets.has_error()) throw std::runtime_error(explained(value_sets.error()));
    return Context{*catalogue, *value_sets};
  }();
  return context;
}

/// A mapping of cases whose columns are a, b and c.
inline std::string mapping_with(const std::string& fields, const std::string& more_head = "") {
  return "mapping: test/cases\nversion: 2020-04-01\nreads: csv\nrecord: case\ncolumns: [a, b, c]\n" +
         more_head + "fields:\n" + fields;
}

inline std::shared_ptr<const Mapping> parsed(const std::string& yaml) {
  auto mapping = Mapping::parse(yaml, "test.yaml", shipped_context());
  if (mapping.has_error()) throw std::runtime_error(explained(mapping.error()));
  return *mapping;
}

inline BoundMapping bound(const std::string& yaml,
                          const std::vector<std::string>& columns = {"a", "b", "c"}) {
  auto bound = parsed(yaml)->bind(columns);
  if (bound.has_error()) throw std::runtime_error(explained(bound.error()));
  return std::move(*bound);
}

/// What became of rows by hand.
struct Mapped {
  model::RecordBatch records;
  Applied applied;
  std::string json(std::size_t record = 0) const {
    return model::to_json(records.layout(), records.values(record));
  }
  /// "code field column severity" of every finding.
  std::vector<std::string> findings() const {
    std::vector<std::string> all;
    for (const auto& each : records.findings())
      all.push_back(std::string(each.code) + " " + records.layout().catalogue->at(each.field).id + " " +
                    std::string(each.column) + " " + std::string(model::name_of(each.severity)));
    return all;
  }
};

inline Mapped map_rows(const BoundMapping& mapping,
                       const std::vector<std::vector<musubi::testing::HandCell>>& cells,
                       std::size_t width = 3) {
  Mapped mapped{model::RecordBatch(mapping.layout()), {}};
  mapped.applied = mapping.apply(musubi::testing::rows(width, cells), mapped.records);
  return mapped;
}

/// One row whose first cell is `cell`, mapped by the rules.
inline Mapped map_cell(const std::string& fields, const musubi::testing::HandCell& cell) {
  return map_rows(bound(mapping_with(fields)), {{cell, "x", "x"}});
}

}  // namespace musubi::mapping
