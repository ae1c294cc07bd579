#include <algorithm>
#include <utility>

#include "musubi/base/clock.h"
#include "rulings.h"
#include "tables.h"
#include "treatment.h"

namespace musubi::privacy {
namespace {

using model::Disclosure;
using model::DisclosureKey;
using model::RecordBatch;
using model::RecordLayout;
using model::Value;

/// The plans made so far for one source layout.
struct LayoutPlans {
  std::shared_ptr<const RecordLayout> source;
  std::vector<std::shared_ptr<const Plan>> plans;
};

constexpr std::size_t kLayoutsRemembered = 16;

Day day_number(std::chrono::sys_days day) { return static_cast<Day>(day.time_since_epoch().count()); }

/// The days a partial date with a year may mean, first and last.
std::pair<Day, Day> days_of(model::PartialDate date) {
  using namespace std::chrono;
  const auto first_month = static_cast<unsigned>(date.month == 0 ? 1 : date.month);
  const auto last_month = static_cast<unsigned>(date.month == 0 ? 12 : date.month);
  return {day_number(sys_days(year(date.year) / month(first_month) / day(1))),
          day_number(sys_days(year(date.year) / month(last_month) / last))};
}

void copy_record(const Plan& plan, std::span<const Value> from, std::span<Value> into, RecordBatch& batch) {
  if (plan.plain) {
    for (std::size_t slot = 0; slot < into.size(); ++slot) into[slot] = from[plan.slots[slot].from];
    return;
  }
  for (std::size_t slot = 0; slot < into.size(); ++slot) {
    const Plan::Slot& each = plan.slots[slot];
    into[slot] = each.value.copies() ? from[each.from] : treated(each.value, from[each.from], batch);
  }
}

}  // namespace

struct Protector::State {
  /// A disclosure in the making.
  struct Draft {
    const Plan* plan;
    RecordBatch records;
    std::vector<DisclosureKey> keys;
  };

  std::shared_ptr<const Policies> policies;  ///< what the rulings refer to
  std::string recipient;
  std::shared_ptr<Rulings> rulings;
  const CompiledRequest& compiled;
  std::vector<LayoutPlans> layouts;

  State(std::shared_ptr<const Policies> loaded, const Request& request, std::string name)
      : policies(std::move(loaded)),
        recipient(std::move(name)),
        rulings(policies->tables_->rulings_on(request)),
        compiled(rulings->compiled()) {}

  LayoutPlans& plans_for(const std::shared_ptr<const RecordLayout>& source);
  const Plan& plan_for(LayoutPlans& known, SegmentRange range) const;
  SegmentRange segments_of(const Value& event, std::uint32_t otherwise) const;
  /// The segments that decide one record.
  SegmentRange range_of(const RecordBatch& records, std::uint32_t record, model::FieldNumber event_date,
                        std::chrono::sys_days received_day) const;
  Draft* draft_for(std::vector<Draft>& drafts, LayoutPlans& known, SegmentRange range,
                   const std::shared_ptr<const RecordBatch>& source, std::size_t records) const;
};

LayoutPlans& Protector::State::plans_for(const std::shared_ptr<const RecordLayout>& source) {
  const auto known = std::ranges::find(layouts, source, &LayoutPlans::source);
  if (known != layouts.end()) return *known;
  if (layouts.size() == kLayoutsRemembered) layouts.erase(layouts.begin());
  return layouts.emplace_back(LayoutPlans{source, {}});
}

const Plan& Protector::State::plan_for(LayoutPlans& known, SegmentRange range) const {
  for (const auto& plan : known.plans)
    if (plan->range == range) return *plan;
  return *known.plans.emplace_back(rulings->plan_for(known.source, range));
}

SegmentRange Protector::State::segments_of(const Value& event, std::uint32_t otherwise) const {
  const SegmentRange everything{0, compiled.segments() - 1};
  if (event.kind() == model::ValueKind::moment) {
    const base::Instant instant{std::chrono::microseconds(event.as_moment().microseconds)};
    const auto segment = compiled.segment_of(day_number(base::day_in_japan(instant)));
    return {segment, segment};
  }
  if (!event.present()) return {otherwise, otherwise};
  if (event.kind() != model::ValueKind::date) return everything;
  const auto date = event.as_date();
  if (!base::possible(date)) return everything;
  if (date.year == 0) return {otherwise, otherwise};
  if (const auto day = base::day_of(date)) {
    const auto segment = compiled.segment_of(day_number(*day));
    return {segment, segment};
  }
  const auto [first, last] = days_of(date);
  return {compiled.segment_of(first), compiled.segment_of(last)};
}

SegmentRange Protector::State::range_of(const RecordBatch& records, std::uint32_t record,
                                        model::FieldNumber event_date,
                                        std::chrono::sys_days received_day) const {
  const auto received = compiled.segment_of(day_number(received_day));
  if (compiled.segments() == 1) return {received, received};
  return segments_of(records.value(record, event_date), received);
}

Protector::State::Draft* Protector::State::draft_for(std::vector<Draft>& drafts, LayoutPlans& known,
                                                     SegmentRange range,
                                                     const std::shared_ptr<const RecordBatch>& source,
                                                     std::size_t records) const {
  const Plan& plan = plan_for(known, range);
  if (plan.layout == nullptr) return nullptr;
  for (auto& draft : drafts)
    if (draft.plan == &plan) return &draft;
  Draft& draft = drafts.emplace_back(Draft{&plan, RecordBatch(plan.layout), {}});
  draft.records.keep_alive(source);
  draft.records.reserve(records);
  draft.keys.reserve(records);
  return &draft;
}

Protector::Protector(std::shared_ptr<const Policies> policies, const Request& request,
                     std::string recipient_name)
    : state_(std::make_unique<State>(std::move(policies), request, std::move(recipient_name))) {}
Protector::Protector(Protector&&) noexcept = default;
Protector& Protector::operator=(Protector&&) noexcept = default;
Protector::~Protector() = default;

std::vector<Disclosure> Protector::protect(const std::shared_ptr<const RecordBatch>& records,
                                           std::span<const std::uint32_t> chosen,
                                           std::span<const DisclosureKey> keys, std::string_view source,
                                           std::int64_t submission, model::FieldNumber event_date_field,
                                           std::chrono::sys_days received_day) {
  auto& known = state_->plans_for(records->shared_layout());
  std::vector<State::Draft> drafts;
  for (std::size_t index = 0; index < chosen.size() && index < keys.size(); ++index) {
    const auto range = state_->range_of(*records, chosen[index], event_date_field, received_day);
    auto* draft = state_->draft_for(drafts, known, range, records, chosen.size() - index);
    if (draft == nullptr) continue;
    copy_record(*draft->plan, records->values(chosen[index]), draft->records.add({}), draft->records);
    draft->keys.push_back(keys[index]);
  }
  std::vector<Disclosure> disclosures;
  for (auto& draft : drafts) {
    Disclosure disclosure(std::move(draft.records));
    disclosure.recipient_ = state_->recipient;
    disclosure.source_ = source;
    disclosure.submission_ = submission;
    disclosure.keys_ = std::move(draft.keys);
    disclosure.rules_ = draft.plan->rules;
    disclosures.push_back(std::move(disclosure));
  }
  return disclosures;
}

bool Protector::may_see(const RecordBatch& records, std::uint32_t record, model::FieldNumber event_date_field,
                        std::chrono::sys_days received_day) {
  auto& known = state_->plans_for(records.shared_layout());
  const auto range = state_->range_of(records, record, event_date_field, received_day);
  return state_->plan_for(known, range).layout != nullptr;
}

Decision Protector::decision(const RecordBatch& records, std::uint32_t record, model::FieldNumber field,
                             model::FieldNumber event_date_field, std::chrono::sys_days received_day) {
  const auto range = state_->range_of(records, record, event_date_field, received_day);
  const auto& catalogue = *records.layout().catalogue;
  const auto planned = plan_value(state_->compiled, range, catalogue, catalogue.at(field));
  return {planned.treatment, rule_of(state_->compiled.decision(range, field))};
}

}  // namespace musubi::privacy
