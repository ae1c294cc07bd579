#include <algorithm>

#include "musubi/base/digest.h"
#include "musubi/base/nearest.h"
#include "pinned_text.h"
#include "tables.h"
#include "yaml_folder.h"

namespace musubi::privacy {
namespace {

using base::Problems;

base::Error configuration_error(std::string_view code, const std::string& name, const base::Place& place) {
  return base::Error(base::ErrorKind::bad_configuration, code, {{"name", name}}).at(place);
}

base::Error unknown_pack(const std::string& name, const std::vector<PolicyPack>& packs,
                         const base::Place& place) {
  std::vector<std::string_view> known;
  for (const auto& pack : packs) known.push_back(pack.id);
  const auto near = base::nearest(name, known);
  if (near.empty()) return configuration_error("privacy.unknown_pack", name, place);
  return configuration_error("privacy.unknown_pack_near", name, place).with("suggestion", near);
}

void refuse_twins(const base::Place& place, std::string_view what, const std::string& name, bool taken,
                  Problems& problems) {
  if (taken && !name.empty()) problems.add(configuration_error(what, name, place));
}

std::vector<PolicyPack> read_packs(std::span<const ConfigurationFile> files,
                                   const model::Catalogue& catalogue, Problems& problems) {
  std::vector<PolicyPack> packs;
  for (const auto& file : files) {
    auto pack = read_policy_pack(file, catalogue, problems);
    const bool taken = std::ranges::find(packs, pack.id, &PolicyPack::id) != packs.end();
    refuse_twins(pack.place, "privacy.policy_twice", pack.id, taken, problems);
    packs.push_back(std::move(pack));
  }
  return packs;
}

std::vector<JurisdictionFile> read_jurisdictions(std::span<const ConfigurationFile> files,
                                                 const model::Catalogue& catalogue, Problems& problems) {
  std::vector<JurisdictionFile> all;
  for (const auto& file : files) {
    auto one = read_jurisdiction(file, catalogue, problems);
    const bool taken = std::ranges::find(all, one.code, &JurisdictionFile::code) != all.end();
    refuse_twins(one.place, "privacy.jurisdiction_twice", one.code, taken, problems);
    all.push_back(std::move(one));
  }
  return all;
}

void append(std::vector<AppliedRule>& rules, const std::vector<std::unique_ptr<const Rule>>& more, bool own) {
  for (const auto& rule : more) rules.push_back({rule.get(), own});
}

RuleInfo info_of(const Rule& rule) {
  return {rule.id,
          std::string(name_of(rule.effect)),
          rule.recipient,
          rule.purpose,
          rule.basis,
          rule.because,
          rule.in_force.from,
          rule.in_force.to,
          rule.recorded,
          rule.place};
}

/// Whether `candidate` decides rather than `best`: a higher rank; among equals the one read first.
bool decides(const AppliedRule& candidate, const AppliedRule* best) {
  return best == nullptr || candidate.precedence() > best->precedence();
}

}  // namespace

std::vector<AppliedRule> rules_in(const JurisdictionFile& jurisdiction, const std::vector<PolicyPack>& packs,
                                  Problems& problems) {
  std::vector<AppliedRule> rules;
  const auto extends = [&](const PolicyPack& pack) {
    return pack.everywhere || std::ranges::find(jurisdiction.extends, pack.id) != jurisdiction.extends.end();
  };
  for (const auto& pack : packs)
    if (extends(pack)) append(rules, pack.rules, false);
  for (const auto& id : jurisdiction.extends) {
    if (std::ranges::find(packs, id, &PolicyPack::id) == packs.end())
      problems.add(unknown_pack(id, packs, jurisdiction.extends_place));
  }
  append(rules, jurisdiction.rules, true);
  return rules;
}

std::shared_ptr<Rulings> Policies::Tables::rulings_on(const Request& request) const {
  constexpr std::size_t kMostRemembered = 256;  // above what routes ask for
  const std::lock_guard lock(remembering_);
  const auto known = rulings_.find(request);
  if (known != rulings_.end()) return known->second;
  const auto rules = by_jurisdiction.find(request.jurisdiction);
  auto made = std::make_shared<Rulings>(
      rules == by_jurisdiction.end() ? std::span<const AppliedRule>{} : std::span(rules->second), request,
      catalogue->fields().size());
  if (rulings_.size() == kMostRemembered) rulings_.clear();
  return rulings_.emplace(request, std::move(made)).first->second;
}

Policies::Policies() : tables_(std::make_unique<Tables>()) {}
Policies::~Policies() = default;

base::Result<std::shared_ptr<const Policies>> Policies::load(
    const std::filesystem::path& policies, const std::filesystem::path& jurisdictions,
    std::shared_ptr<const model::Catalogue> catalogue) {
  MUSUBI_ASSIGN(const auto packs, read_yaml_folder(policies));
  MUSUBI_ASSIGN(const auto files, read_yaml_folder(jurisdictions));
  return parse(packs, files, std::move(catalogue));
}

base::Result<std::shared_ptr<const Policies>> Policies::parse(
    std::span<const ConfigurationFile> policies, std::span<const ConfigurationFile> jurisdictions,
    std::shared_ptr<const model::Catalogue> catalogue) {
  std::shared_ptr<Policies> loaded(new Policies);
  Tables& tables = *loaded->tables_;
  Problems problems;
  tables.packs = read_packs(policies, *catalogue, problems);
  tables.files = read_jurisdictions(jurisdictions, *catalogue, problems);
  ConflictFinder conflicts(*catalogue);
  for (const auto& jurisdiction : tables.files) {
    auto rules = rules_in(jurisdiction, tables.packs, problems);
    conflicts.find(rules, problems);
    tables.by_jurisdiction.emplace(jurisdiction.code, std::move(rules));
  }
  if (problems.has_errors()) return problems.as_error();
  tables.catalogue = std::move(catalogue);
  tables.text = joined_text(policies, jurisdictions);
  tables.version = base::to_hex(base::sha256(tables.text));
  return std::shared_ptr<const Policies>(std::move(loaded));
}

base::Result<std::shared_ptr<const Policies>> Policies::parse_text(
    std::string_view text, std::shared_ptr<const model::Catalogue> catalogue) {
  const auto files = split_text(text);
  return parse(files.policies, files.jurisdictions, std::move(catalogue));
}

Decision Policies::decide(const Request& request, model::FieldNumber field,
                          std::chrono::sys_days event_day) const {
  const auto day = static_cast<Day>(event_day.time_since_epoch().count());
  const auto found = tables_->by_jurisdiction.find(request.jurisdiction);
  const AppliedRule* best = nullptr;
  if (found != tables_->by_jurisdiction.end() && field < tables_->catalogue->fields().size()) {
    for (const AppliedRule& each : found->second) {
      const Rule& rule = *each.rule;
      if (rule.covers[field] && rule.in_force.holds(day) && rule.answers(request) && decides(each, best))
        best = &each;
    }
  }
  if (best == nullptr) return {Treatment::withhold, std::string(kDefaultDeny)};
  return {treatment_of(best->rule->effect), best->rule->id};
}

std::vector<std::string> Policies::jurisdictions() const {
  std::vector<std::string> codes;
  for (const auto& [code, rules] : tables_->by_jurisdiction) codes.push_back(code);
  return codes;
}

std::vector<RuleInfo> Policies::rules() const {
  std::vector<RuleInfo> all;
  for (const auto& pack : tables_->packs)
    for (const auto& rule : pack.rules) all.push_back(info_of(*rule));
  for (const auto& file : tables_->files)
    for (const auto& rule : file.rules) all.push_back(info_of(*rule));
  return all;
}

const std::string& Policies::version() const noexcept { return tables_->version; }
const std::string& Policies::text() const noexcept { return tables_->text; }

}  // namespace musubi::privacy
