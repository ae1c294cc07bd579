// Policies: (jurisdiction, legal basis, purpose, recipient, field, event date) → a decision. Default deny,
// forbid wins, an error denies. Rules are dated, because until 2023-03-31 each body's ordinance ruled and
// since 2023-04-01 the national Act does.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/disclosure.h"

namespace musubi::privacy {

enum class Treatment : std::uint8_t { withhold, mask, generalise, release };
std::string_view name_of(Treatment treatment) noexcept;

/// Why data goes to someone: set by the route.
struct Request {
  std::string jurisdiction;  ///< 6-digit code
  std::string basis;         ///< "感染症法12条"
  std::string purpose;       ///< "surveillance"
  std::string recipient;     ///< role: "central-store", "statistics"
  friend auto operator<=>(const Request&, const Request&) = default;
};

struct Decision {
  Treatment treatment = Treatment::withhold;
  std::string rule;  ///< "base/infectious-diseases-act:central-store#2", or "default-deny"
};

/// Immutable; threads may share it.
class Policies {
 public:
  /// Reads every *.yaml of config/policies and config/jurisdictions. Errors: privacy.* with file, line,
  /// column; conflicting rules are refused with both quoted.
  static base::Result<std::shared_ptr<const Policies>> load(
      const std::filesystem::path& policies, const std::filesystem::path& jurisdictions,
      std::shared_ptr<const model::Catalogue> catalogue);
  Decision decide(const Request& request, model::FieldNumber field, std::chrono::sys_days event_day) const;
  /// SHA-256 over the files, hex; pinned in the ledger.
  const std::string& version() const noexcept;
  ~Policies();

 private:
  friend class Protector;
  Policies();
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

/// Makes disclosures; the only thing that can. Threads: one at a time per object.
class Protector {
 public:
  Protector(std::shared_ptr<const Policies> policies, Request request, std::string recipient_name);
  ~Protector();

  /// One disclosure of the records named by `chosen` (indexes into the batch, with their keys). Decides per
  /// field and event day; a record without event day is decided for `received_day`. Errors deny: the field is
  /// withheld.
  model::Disclosure protect(const model::RecordBatch& records, std::span<const std::uint32_t> chosen,
                            std::span<const model::DisclosureKey> keys, std::string_view source,
                            std::int64_t submission, model::FieldNumber event_date_field,
                            std::chrono::sys_days received_day);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace musubi::privacy
