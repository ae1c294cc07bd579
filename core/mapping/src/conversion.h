// One text → one value. The operation is chosen once, when the mapping is compiled.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "musubi/document/row_batch.h"
#include "musubi/model/value_set.h"

namespace musubi::mapping {

enum class Operation : std::uint8_t {
  text,         ///< as it is, blanks at the ends removed
  identifier,   ///< width folded, so that １２ and 12 are the same
  kana,         ///< ひらがな and half width → full-width katakana
  lookup,       ///< a code of a value set
  date,         ///< ISO, wareki, partial, sheet dates
  serial_date,  ///< as date, and bare numbers counted by a spreadsheet
  time,
  integer,
  decimal,
  boolean,
  age,
  phone,
  postal_code,
  municipality,      ///< a name → six digits
  municipality_code  ///< a code, repaired
};

struct Conversion {
  Operation operation = Operation::text;
  const model::ValueSet* value_set = nullptr;      ///< lookup
  const model::ConceptMap* concept_map = nullptr;  ///< lookup: from its codes to those of the value set
  const model::ValueSet* map_source = nullptr;     ///< whose words its codes have; nullptr: none
  const model::Municipalities* municipalities = nullptr;  ///< municipality
  std::string
      prefecture{};  ///< two digits: whose names are meant; in a lookup: places there are 県内, others 県外
  std::vector<std::string> truths{}, falsehoods{};  ///< boolean; folded words
};

/// Keeps text that had to change, for as long as the values live.
struct TextKeeper {
  void* owner = nullptr;
  std::string_view (*keep)(void* owner, std::string_view text) = nullptr;
  std::string buffer;  ///< scratch for folding
  std::string_view operator()(std::string_view text) { return keep(owner, text); }
};

/// A silent value: the text was not understood. An absent one: the value set knows the word as "no value".
/// `text` is trimmed and not empty; the value may be a view of it.
model::Value convert(const Conversion& conversion, std::string_view text, document::CellKind kind,
                     TextKeeper& keeper);

/// Words for yes and no that need no list.
std::vector<std::string> usual_truths();
std::vector<std::string> usual_falsehoods();

}  // namespace musubi::mapping
