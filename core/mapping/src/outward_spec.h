// An outward mapping as it is written, and compiled.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "musubi/fhirpath/expression.h"
#include "record_types.h"
#include "rule.h"

namespace musubi::mapping {

/// How a value stands in JSON.
enum class OutwardType : std::uint8_t { as_it_is, text, boolean, number };

/// One place to fill.
struct OutwardRule {
  std::optional<fhirpath::Expression> expression{};
  std::string constant{};
  const model::ConceptMap* concept_map = nullptr;
  bool shows_display = false;               ///< of a mapped code what it is called, not the code
  const model::ValueSet* labels = nullptr;  ///< of a code its label
  bool in_english = false;
  std::vector<std::pair<model::AbsentReason, std::string>> absent{};
  std::optional<std::string> fallback{};
  std::string separator = ";";
  OutwardType type = OutwardType::as_it_is;
  bool goes_on = false;  ///< where it fails the place is left empty; else the record is held
  std::uint32_t line = 0;
};

enum class TemplateKind : std::uint8_t { text, rule, map, list };

/// A piece of the template of a JSON document.
struct TemplateNode {
  TemplateKind kind = TemplateKind::text;
  std::string text{};
  OutwardRule rule{};
  std::optional<fhirpath::Expression> when{}, for_each{};
  std::vector<std::pair<std::string, TemplateNode>> entries{};
  std::vector<TemplateNode> items{};
  bool has_rules = false;  ///< it or something below it takes values from the record
};

struct OutwardPlan {
  explicit OutwardPlan(const model::Catalogue& catalogue, model::RecordKind kind) : types(catalogue, kind) {}
  RecordTypes types;
  std::optional<fhirpath::Expression> when{};
  std::vector<std::pair<std::string, OutwardRule>> columns{};
  TemplateNode root{};
};

/// Reads and compiles what an outward mapping says beside its head.
std::unique_ptr<const OutwardPlan> compile_outward(const YamlNode& root, const Head& head,
                                                   Compilation& compilation);

}  // namespace musubi::mapping
