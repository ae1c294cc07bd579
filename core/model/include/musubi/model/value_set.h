// Value sets: the codes a field may hold, with labels, synonyms as they occur in real files, and validity.
// Source: mappings/valuesets/*.yaml.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/value.h"

namespace musubi::model {

struct CodedConcept {
  std::string code;
  Label label;
  std::vector<std::string> synonyms;
  std::string parent;  ///< code of the wider concept; may be empty
};

/// What a source text means in a value set: a code, an absent reason ("調査中"), or neither.
struct Lookup {
  const CodedConcept* found = nullptr;
  AbsentReason absent = AbsentReason::none;
};

/// Immutable after loading.
class MUSUBI_SDK_API ValueSet {
 public:
  struct Contents {
    std::string id;
    Label label;
    std::vector<CodedConcept> concepts;
    std::vector<std::pair<std::string, AbsentReason>> absent;  ///< source text → reason
  };
  explicit ValueSet(Contents contents);
  ~ValueSet();

  const std::string& id() const noexcept;
  const Label& label() const noexcept;
  std::span<const CodedConcept> concepts() const noexcept;
  const CodedConcept* with_code(std::string_view code) const noexcept;
  /// By code, label or synonym, exactly as written (after trimming and width folding by the caller).
  Lookup look_up(std::string_view source_text) const noexcept;
  std::string suggest(std::string_view source_text) const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

/// Immutable after loading. The municipality table is a value set as well ("municipality").
class MUSUBI_SDK_API ValueSets {
 public:
  static base::Result<std::shared_ptr<const ValueSets>> load(const std::filesystem::path& folder);
  const ValueSet* find(std::string_view id) const noexcept;
  std::vector<std::string> ids() const;
  std::string suggest(std::string_view id) const;
  ~ValueSets();

 private:
  ValueSets();
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace musubi::model
