// The profiles of packages, each made ready when it is first asked for and kept.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string_view>

#include "profile_plan.h"

namespace musubi::fhir {

/// Threads: any. Plans live as long as this.
class Profiles {
 public:
  explicit Profiles(std::shared_ptr<const Packages> packages);
  ~Profiles();
  Profiles(const Profiles&) = delete;
  Profiles& operator=(const Profiles&) = delete;

  bool empty() const noexcept { return packages_->structures().empty(); }
  const Packages& packages() const noexcept { return *packages_; }
  /// In the packages, or in R4 itself. nullptr: there is none.
  const Definition* definition(std::string_view canonical) const noexcept;
  /// nullptr: there is no definition, or it cannot be read.
  const ProfilePlan* find(std::string_view canonical) const;
  /// For a profile that no package has: one of the same publisher for the same type whose name begins its
  /// name, JP_Patient for JP_Patient_eCS. nullptr: there is none.
  const ProfilePlan* stand_in(std::string_view canonical, fhirpath::TypeIndex type) const;

 private:
  friend class PlanBuilder;
  const ProfilePlan* find_locked(std::string_view canonical) const;
  const ProfilePlan* find_locked(const Definition& definition) const;

  std::shared_ptr<const Packages> packages_;
  mutable std::shared_mutex mutex_;
  mutable ValueSets value_sets_;
  mutable std::map<const Definition*, std::unique_ptr<ProfilePlan>> plans_;
};

}  // namespace musubi::fhir
