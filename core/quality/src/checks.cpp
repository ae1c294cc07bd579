#include "musubi/quality/checks.h"

#include <algorithm>
#include <iterator>
#include <mutex>

#include "musubi/base/file.h"
#include "plan.h"

namespace musubi::quality {
namespace {

using Steps = std::shared_ptr<const std::vector<Step>>;

/// Plans by layout, made when first needed. Threads: any.
class PlanCache {
 public:
  Steps plan_for(const std::vector<Rule>& rules, const std::shared_ptr<const model::RecordLayout>& layout) {
    const std::scoped_lock lock(mutex_);
    for (const Entry& entry : entries_) {
      if (entry.layout.lock() == layout) return entry.steps;
    }
    std::erase_if(entries_, [](const Entry& entry) { return entry.layout.expired(); });
    auto steps = std::make_shared<const std::vector<Step>>(make_plan(rules, *layout));
    entries_.push_back({layout, steps});
    return steps;
  }

 private:
  struct Entry {
    std::weak_ptr<const model::RecordLayout> layout;
    Steps steps;
  };
  std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace

struct Checks::Plan {
  std::shared_ptr<const model::Catalogue> catalogue;
  std::shared_ptr<const model::ValueSets> value_sets;
  std::vector<Rule> rules;
  mutable PlanCache cache;
};

Checks::Checks() = default;
Checks::~Checks() = default;

base::Result<std::shared_ptr<const Checks>> Checks::load(const std::filesystem::path& folder,
                                                         std::shared_ptr<const model::Catalogue> catalogue,
                                                         std::shared_ptr<const model::ValueSets> value_sets) {
  MUSUBI_ASSIGN(const auto files, base::files_in(folder, ".yaml"));
  if (files.empty())
    return base::Error(base::ErrorKind::bad_configuration, "quality.no_files").at({.file = folder.string()});
  RuleReader reader(*catalogue, *value_sets);
  for (const auto& file : files) reader.read(file);
  if (reader.problems().has_errors()) return reader.problems().as_error();
  auto plan = std::make_unique<Plan>();
  plan->catalogue = std::move(catalogue);
  plan->value_sets = std::move(value_sets);
  plan->rules = reader.take();
  const std::shared_ptr<Checks> checks(new Checks);
  checks->plan_ = std::move(plan);
  return std::shared_ptr<const Checks>(checks);
}

void Checks::run(model::RecordBatch& records, std::chrono::sys_days today) const {
  constexpr std::chrono::days kTolerance{1};
  const Steps steps = plan_->cache.plan_for(plan_->rules, records.shared_layout());
  auto& findings = records.findings();
  const auto before = static_cast<std::ptrdiff_t>(findings.size());
  run_plan(*steps, records, today + kTolerance, findings);
  std::ranges::inplace_merge(findings, findings.begin() + before, {}, &model::Finding::record);
}

std::vector<CheckInfo> Checks::rules() const {
  std::vector<CheckInfo> all;
  for (const Rule& rule : plan_->rules) all.push_back(rule.info);
  return all;
}

const CheckInfo* Checks::find(std::string_view code) const noexcept {
  const auto found = std::ranges::find(plan_->rules, code,
                                       [](const Rule& rule) { return std::string_view(rule.info.code); });
  return found == plan_->rules.end() ? nullptr : &found->info;
}

}  // namespace musubi::quality
