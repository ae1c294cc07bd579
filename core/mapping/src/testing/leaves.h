// Records, lines and documents taken apart into texts by path, so that what is expected and what came can be
// compared place by place.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "musubi/base/yaml.h"
#include "musubi/document/tree.h"
#include "musubi/model/record_batch.h"

namespace musubi::mapping {

/// The text of one value, or the reason why there is none.
struct Leaf {
  std::string text;
  bool absent = false;  ///< `text` is a reason
  friend bool operator==(const Leaf&, const Leaf&) = default;
};

/// By path: "patient.sex", "symptom.codes[1]", "test[0].test.method", "entry[2].resource.gender". A list of a
/// single plain value has the path of its field.
using Leaves = std::map<std::string, Leaf>;

/// "2020-04-01", or "(under_investigation)".
std::string shown(const Leaf& leaf);

/// A value of a record as test files write it: a text, {absent: reason}, a list of them, a list of maps for a
/// group; null: nothing is said.
void add_field(const std::string& path, const base::YamlNode& value, Leaves& into);
/// A value of a JSON document as test files write it.
void add_json(const std::string& path, const base::YamlNode& value, Leaves& into);

Leaves leaves_of(const model::RecordLayout& layout, std::span<const model::Value> values);
Leaves leaves_of(const document::Tree& tree);

/// Takes away what stands at `path` and its items; of a document also what it has below it.
void remove(const std::string& path, bool of_document, Leaves& from);

}  // namespace musubi::mapping
