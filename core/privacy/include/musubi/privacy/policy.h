// Policies: (jurisdiction, legal basis, purpose, recipient, field, event date) → a decision. Default deny,
// forbid wins, an error denies. Rules are dated, because until 2023-03-31 each body's ordinance ruled and
// since 2023-04-01 the national Act does.
//
// Which rule decides, when several answer the same question: a forbidding one; else one of the jurisdiction's
// own file over one of a pack it extends; else the one that names its fields more narrowly (fields, then
// tabs, then types, then classes). Two of equal rank that treat a field differently on the same day do not
// load.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "musubi/model/disclosure.h"

namespace musubi::privacy {

/// From the strictest to the most open.
enum class Treatment : std::uint8_t {
  withhold,    ///< the field is not in the disclosure
  mask,        ///< it is, as absent(not_disclosed)
  generalise,  ///< a date becomes a month or year, a municipality its prefecture, an age its band of ten (40
               ///< means 40 to 49, 90 means 90 and over)
  release      ///< as it is
};
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
  std::string rule;  ///< "base/infectious-diseases-act:central-store", or kDefaultDeny
};
inline constexpr std::string_view kDefaultDeny = "default-deny";

/// What a rule says of itself, for people.
struct RuleInfo {
  std::string id, effect, recipient, purpose, basis;
  model::Label because;
  std::int32_t from = 0, to = 0;  ///< in force [from, to), days since 1970-01-01; the extremes mean "open"
  std::int32_t recorded = 0;      ///< the day on which the rule was written down
  base::Place place;
};

/// A configuration file in memory; `name` is what errors call it.
struct ConfigurationFile {
  std::string name, text;
};

/// Immutable; threads may share it.
class Policies {
 public:
  /// Reads every *.yaml of config/policies and config/jurisdictions. Errors: privacy.* with file, line,
  /// column, all of them chained as causes; conflicting rules are refused with both quoted.
  static base::Result<std::shared_ptr<const Policies>> load(
      const std::filesystem::path& policies, const std::filesystem::path& jurisdictions,
      std::shared_ptr<const model::Catalogue> catalogue);
  /// The same from files already read.
  static base::Result<std::shared_ptr<const Policies>> parse(
      std::span<const ConfigurationFile> policies, std::span<const ConfigurationFile> jurisdictions,
      std::shared_ptr<const model::Catalogue> catalogue);

  /// The same from what text() gave, as pinned in the ledger.
  static base::Result<std::shared_ptr<const Policies>> parse_text(
      std::string_view text, std::shared_ptr<const model::Catalogue> catalogue);

  /// Evaluated plainly, rule by rule. Whatever is unknown is withheld.
  Decision decide(const Request& request, model::FieldNumber field, std::chrono::sys_days event_day) const;
  std::vector<std::string> jurisdictions() const;  ///< codes that have a file, ascending
  std::vector<RuleInfo> rules() const;             ///< of all files, in order of reading
  /// SHA-256 over the files, hex; pinned in the ledger.
  const std::string& version() const noexcept;
  /// All files one after the other, each under a line "# ==== file: policies/NAME", for pinning.
  const std::string& text() const noexcept;
  ~Policies();

 private:
  friend class Protector;
  Policies();
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

/// Makes disclosures; the only thing that can. Threads: one at a time per object.
class Protector {
 public:
  Protector(std::shared_ptr<const Policies> policies, const Request& request, std::string recipient_name);
  Protector(Protector&&) noexcept;
  Protector& operator=(Protector&&) noexcept;
  ~Protector();

  /// What the recipient may see of the records named by `chosen` (indexes into the batch), each under its
  /// key: `keys` has as many entries as `chosen`. Records that are decided alike are in one disclosure, in
  /// order; usually that is one, and two or more where the event days lie on both sides of a change of rules.
  /// A record of which nothing may be seen is in none. The disclosures share the batch and keep it alive.
  ///
  /// A record is decided for its event day in Japan: the date in `event_date_field`, or `received_day` where
  /// there is none. A partial date that may lie on either side of a change gets the stricter of both
  /// decisions. Errors deny: the field is withheld.
  std::vector<model::Disclosure> protect(const std::shared_ptr<const model::RecordBatch>& records,
                                         std::span<const std::uint32_t> chosen,
                                         std::span<const model::DisclosureKey> keys, std::string_view source,
                                         std::int64_t submission, model::FieldNumber event_date_field,
                                         std::chrono::sys_days received_day);

  /// Whether the recipient may see anything of one record: what protect() would put into a disclosure.
  bool may_see(const model::RecordBatch& records, std::uint32_t record, model::FieldNumber event_date_field,
               std::chrono::sys_days received_day);
  /// What protect() does with one field of a record, and the rule that says so.
  Decision decision(const model::RecordBatch& records, std::uint32_t record, model::FieldNumber field,
                    model::FieldNumber event_date_field, std::chrono::sys_days received_day);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace musubi::privacy
