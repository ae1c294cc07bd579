#include "stored_records.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "musubi/base/nearest.h"

namespace musubi::app {
namespace {

constexpr std::size_t kRecordsAtATime = 1000;

constexpr std::string_view kAnything = "*";

/// Of routes, wherever they start.
std::vector<privacy::Route> routes_to(const std::string& role, const privacy::Routes& routes) {
  std::vector<privacy::Route> all;
  for (const auto& source : routes.sources())
    for (const auto kind : {model::RecordKind::case_report, model::RecordKind::health_observation,
                            model::RecordKind::facility_report, model::RecordKind::published_count})
      for (const auto& route : routes.recipients_for(source, kind))
        if (route.recipient == role) all.push_back(route);
  return all;
}

/// Lets something be seen, for a purpose and on a basis that it names.
bool releases(const privacy::RuleInfo& rule) {
  return rule.effect != "forbid" && rule.purpose != kAnything && rule.basis != kAnything;
}

/// On what terms a role sees the records of a source: those of the route that serves it from there, else from
/// elsewhere, else those of a policy rule that releases something to it.
std::optional<privacy::Request> terms_for(const std::string& source, const StoredQuery& query,
                                          const privacy::Policies& policies, const privacy::Routes& routes,
                                          const std::string& jurisdiction) {
  for (const auto& route : routes.recipients_for(source, query.kind))
    if (route.recipient == query.role) return route.request(jurisdiction);
  if (const auto elsewhere = routes_to(query.role, routes); !elsewhere.empty())
    return elsewhere.front().request(jurisdiction);
  for (const auto& rule : policies.rules())
    if (rule.recipient == query.role && releases(rule))
      return privacy::Request{jurisdiction, rule.basis, rule.purpose, rule.recipient};
  return std::nullopt;
}

bool taken_back(const model::RecordLayout& layout, const plugin::StoredRecord& record,
                model::FieldNumber withdrawal) {
  const int slot = layout.slot(withdrawal);
  if (slot < 0) return false;
  const auto& said = record.values[static_cast<std::size_t>(slot)];
  return said.kind() == model::ValueKind::boolean && said.as_boolean();
}

/// Gathers records of one layout and source and shows them protected.
class Protecting {
 public:
  Protecting(const StoredQuery& query, std::shared_ptr<const privacy::Policies> policies,
             const privacy::Routes& routes, const mapping::MappingSet& mappings, std::chrono::sys_days today,
             const DisclosedVisitor& visit)
      : query_(query),
        policies_(std::move(policies)),
        routes_(routes),
        mappings_(mappings),
        today_(today),
        visit_(visit) {}

  void add(const model::RecordLayout& layout, const plugin::StoredRecord& record) {
    if (!records_ || source_ != record.source || keys_.size() >= kRecordsAtATime) {
      flush();
      source_ = record.source;
      records_ = std::make_shared<model::RecordBatch>(std::make_shared<model::RecordLayout>(layout));
    }
    auto values = records_->add({});
    for (std::size_t slot = 0; slot < values.size(); ++slot) values[slot] = kept(record.values[slot]);
    keys_.push_back(record.key);
  }

  void flush() {
    if (!records_ || keys_.empty()) return;
    std::vector<std::uint32_t> chosen(keys_.size());
    std::iota(chosen.begin(), chosen.end(), 0U);
    if (auto* protector = protector_for(source_)) {
      const auto disclosures =
          protector->protect(records_, chosen, keys_, source_, 0, event_date_.at(source_), today_);
      for (const auto& disclosure : disclosures) {
        for (std::size_t index = 0; index < disclosure.size(); ++index) visit_(disclosure, index);
      }
    }
    records_.reset();
    keys_.clear();
  }

 private:
  model::Value kept(const model::Value& value) {
    switch (value.kind()) {
      case model::ValueKind::text:
        return model::Value::text(records_->keep(value.as_text()));
      case model::ValueKind::code:
        return model::Value::code(records_->keep(value.as_text()));
      case model::ValueKind::list: {
        const auto items = records_->keep_list(value.as_list().size());
        for (std::size_t index = 0; index < items.size(); ++index)
          items[index] = kept(value.as_list()[index]);
        return model::Value::list(items);
      }
      default:
        return value;
    }
  }

  privacy::Protector* protector_for(const std::string& source) {
    const auto known = protectors_.find(source);
    if (known != protectors_.end()) return known->second.get();
    std::string jurisdiction;
    event_date_[source] = model::kNoField;
    for (const auto& mapping : mappings_.of_source(source)) {
      if (mapping->head().record != query_.kind) continue;
      jurisdiction = mapping->head().jurisdiction;
      event_date_[source] = records_->layout().catalogue->number_of(mapping->head().event_date_field);
    }
    auto& protector = protectors_[source];
    if (const auto terms = terms_for(source, query_, *policies_, routes_, jurisdiction)) {
      protector = std::make_unique<privacy::Protector>(policies_, *terms, query_.role);
    }
    return protector.get();
  }

  const StoredQuery& query_;
  std::shared_ptr<const privacy::Policies> policies_;
  const privacy::Routes& routes_;
  const mapping::MappingSet& mappings_;
  std::chrono::sys_days today_;
  const DisclosedVisitor& visit_;
  std::map<std::string, std::unique_ptr<privacy::Protector>> protectors_;
  std::map<std::string, model::FieldNumber> event_date_;
  std::string source_;
  std::shared_ptr<model::RecordBatch> records_;
  std::vector<model::DisclosureKey> keys_;
};

}  // namespace

base::Status check_role(Workshop& workshop, const std::string& role) {
  MUSUBI_ASSIGN(const auto policies, workshop.policies());
  MUSUBI_ASSIGN(const auto routes, workshop.routes());
  if (!routes_to(role, *routes).empty()) return {};
  std::set<std::string> roles;
  for (const auto& rule : policies->rules())
    if (rule.recipient != kAnything) roles.insert(rule.recipient);
  if (roles.contains(role)) return {};
  const std::vector<std::string_view> known(roles.begin(), roles.end());
  return base::Error(base::ErrorKind::usage, "app.query.role_unknown",
                     {{"role", role}, {"known", base::joined(known)}});
}

base::Result<std::uint64_t> visit_stored(Workshop& workshop, const StoredQuery& query,
                                         const DisclosedVisitor& visit) {
  MUSUBI_ASSIGN(const auto catalogue, workshop.catalogue());
  const auto withdrawal = catalogue->number_of(model::kWithdrawnField);
  MUSUBI_ASSIGN(auto* sink, workshop.sink_to_read(query.sink));
  MUSUBI_ASSIGN(const auto policies, workshop.policies());
  MUSUBI_ASSIGN(const auto routes, workshop.routes());
  MUSUBI_ASSIGN(const auto in_force, workshop.in_force());
  Protecting protecting(query, policies, *routes, *in_force->mappings,
                        base::day_in_japan(workshop.clock().now()), visit);
  plugin::ReadRequest request;
  request.kind = query.kind;
  request.fields = query.fields;
  request.history = query.history;
  const bool leave_out = !query.withdrawn && !query.history;
  if (leave_out && !request.fields.empty()) request.fields.push_back(withdrawal);
  std::uint64_t left_out = 0;
  MUSUBI_TRY(sink->read(request, [&](const model::RecordLayout& layout, const plugin::StoredRecord& record) {
    if (leave_out && taken_back(layout, record, withdrawal))
      ++left_out;
    else
      protecting.add(layout, record);
    return true;
  }));
  protecting.flush();
  return left_out;
}

}  // namespace musubi::app
