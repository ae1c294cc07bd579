// Value sets as far as they can be listed here: codes that are written out, code systems of the packages,
// other value sets, is-a and descendent-of within a code system that is here (hl7.org/fhir/R4/valueset.html).
// What needs a terminology server is not known, and not judged.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/fhir/packages.h"
#include "r4_rules.h"

namespace musubi::fhir {

struct ValueSet;

struct Inclusion {
  std::string system;                   ///< empty: that of the value sets it takes in
  bool is_listed = true;                ///< `codes` are all there are
  std::vector<std::string> codes;       ///< sorted
  std::vector<const ValueSet*> others;  ///< a code has to be in each; nullptr: not known
};

struct ValueSet {
  std::string url;
  bool is_of_r4 = false;  ///< known by the tables of the program only
  std::vector<Inclusion> included, excluded;
};

/// An empty `system` stands for any.
Membership membership(const ValueSet& set, std::string_view system, std::string_view code,
                      int depth = 0) noexcept;

/// Threads: one.
class ValueSets {
 public:
  explicit ValueSets(const Packages& packages) : packages_(packages) {}

  /// nullptr: there is nothing that could be judged. What is returned lives as long as this.
  const ValueSet* find(std::string_view canonical);

 private:
  void read(const fhirpath::Resource& definition, ValueSet& into);
  Inclusion read_inclusion(const fhirpath::Resource& definition, const fhirpath::ResourceNode& node);
  /// False: the code system is not here, or not all of it.
  bool add_system(std::string_view system, const fhirpath::Resource& definition,
                  const fhirpath::ResourceNode& inclusion, std::vector<std::string>& codes);

  const Packages& packages_;
  std::map<std::string, std::unique_ptr<ValueSet>, std::less<>> known_;
};

}  // namespace musubi::fhir
