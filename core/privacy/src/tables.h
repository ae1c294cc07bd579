// The loaded policies: which rules hold in which jurisdiction.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "musubi/privacy/policy.h"
#include "policy_file.h"
#include "rulings.h"

namespace musubi::privacy {

struct Policies::Tables {
  std::shared_ptr<const model::Catalogue> catalogue;
  std::vector<PolicyPack> packs;
  std::vector<JurisdictionFile> files;
  std::map<std::string, std::vector<AppliedRule>, std::less<>> by_jurisdiction;
  std::string version, text;

  /// Worked out when it is first asked for. Threads: any.
  std::shared_ptr<Rulings> rulings_on(const Request& request) const;

 private:
  mutable std::mutex remembering_;
  mutable std::map<Request, std::shared_ptr<Rulings>> rulings_;
};

/// The rules of a jurisdiction: its own and those of every pack it extends. Adds a problem for an unknown
/// pack.
std::vector<AppliedRule> rules_in(const JurisdictionFile& jurisdiction, const std::vector<PolicyPack>& packs,
                                  base::Problems& problems);
/// Finds every two rules that treat a field differently with equal rank on the same day.
class ConflictFinder {
 public:
  explicit ConflictFinder(const model::Catalogue& catalogue) : catalogue_(catalogue) {}
  /// Adds a problem with both rules quoted; each pair once, however many jurisdictions share it.
  void find(std::span<const AppliedRule> rules, base::Problems& problems);

 private:
  void compare(const AppliedRule& first, const AppliedRule& second, base::Problems& problems);

  const model::Catalogue& catalogue_;
  std::set<std::pair<const Rule*, const Rule*>> found_;
};

}  // namespace musubi::privacy
