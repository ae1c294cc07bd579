// Whether a resource is what FHIR R4 says it has to be: elements, cardinality, the form of values, required
// codes, invariants (hl7.org/fhir/R4/validation.html). What is found has a place and a remedy, and never a
// value.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/error.h"
#include "musubi/base/messages.h"
#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

enum class Severity : std::uint8_t { fatal, error, warning, information };
std::string_view name_of(Severity severity) noexcept;

/// Of OperationOutcome.issue.code (hl7.org/fhir/R4/valueset-issue-type.html), those that are used.
enum class IssueType : std::uint8_t {
  structure,
  required,
  value,
  invariant,
  code_invalid,
  not_found,
  exception,
  not_supported
};
std::string_view name_of(IssueType type) noexcept;

struct Issue {
  Severity severity = Severity::error;
  IssueType type = IssueType::structure;
  base::Error what;  ///< message, arguments, line and column; its path selects the element: "Patient.name[0]"
};

class Packages;

/// Threads: any may validate.
class Validator {
 public:
  Validator();
  /// With the profiles, extensions and value sets of packages (musubi/fhir/packages.h).
  explicit Validator(std::shared_ptr<const Packages> packages);
  ~Validator();
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;

  /// `source`: the bytes the resource was read from, for lines and columns. `profiles`: canonical URLs of
  /// what the resource has to keep beyond what it claims itself. In the order of the document.
  std::vector<Issue> validate(const fhirpath::Resource& resource, std::string_view source,
                              std::span<const std::string> profiles = {}) const;
  /// What it judges by, in a word: two validators of the same name judge alike. Empty: nobody can say.
  const std::string& rules() const noexcept;
  /// Whether it is a profile of the packages or of R4 itself.
  bool knows_profile(std::string_view canonical) const noexcept;

 private:
  struct Rules;
  std::unique_ptr<const Rules> rules_;
};

/// Only elements, cardinality, the form of values and required codes; otherwise as Validator::validate.
std::vector<Issue> validate_structure(const fhirpath::Resource& resource, std::string_view source);

bool has_error(const std::vector<Issue>& issues) noexcept;

/// An OperationOutcome, as JSON; "all is well" where there are no issues. Warnings and remarks in the same
/// words are one issue, with the first of their places.
std::string operation_outcome(const std::vector<Issue>& issues, base::Language language);

}  // namespace musubi::fhir
