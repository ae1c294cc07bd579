#include "musubi/testkit/made_disclosures.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>

#include "musubi/privacy/policy.h"

namespace musubi::testkit {
namespace {

using model::Field;
using model::FieldType;
using model::RecordKind;
using model::Value;

constexpr const char* kPolicy = R"(policy: contract/everything
title: {ja: 契約試験, en: Contract test}
legal_basis: {ja: 試験, en: Test}
in_force: {from: 1999-04-01}
recorded: 2020-01-01
jurisdictions: '*'
rules:
  - id: everything
    effect: release
    recipient: contract
    purpose: surveillance
    basis: test
    classes: [direct_identifier, quasi_identifier, sensitive, operational]
    because: {ja: 試験, en: Test}
)";
constexpr const char* kJurisdiction = R"(jurisdiction: '130001'
name: {ja: 東京都, en: Tokyo}
extends: [contract/everything]
recorded: 2020-01-01
rules: []
)";

/// A value of the field's type; silent where a type needs more than that (a group).
class ValueMaker {
 public:
  ValueMaker(model::RecordBatch& batch, const model::ValueSets& value_sets)
      : batch_(batch), value_sets_(value_sets) {}

  Value make(const Field& field, const model::DisclosureKey& key) {
    if (field.repeats) return list_of(scalar(field, key));
    return field.number % 17 == 3 ? Value::absent(model::AbsentReason::under_investigation)
                                  : scalar(field, key);
  }

 private:
  Value list_of(const Value& item) {
    if (item.silent()) return item;
    const auto items = batch_.keep_list(1);
    items[0] = item;
    return Value::list(items);
  }

  Value scalar(const Field& field, const model::DisclosureKey& key) {
    const auto number = key.record * 10 + static_cast<std::int64_t>(key.version);
    switch (field.type) {
      case FieldType::code:
        return code_of(field);
      case FieldType::date:
        return Value::date({.year = 2020, .month = 4, .day = 20});
      case FieldType::time:
        return Value::moment({.microseconds = 1'587'351'600'000'000 + number});
      case FieldType::integer:
        return Value::integer(number);
      case FieldType::decimal:
      case FieldType::quantity:
        return Value::decimal({.mantissa = 365 + number, .scale = 1});
      case FieldType::age:
        return Value::age({.amount = 40, .months = false});
      case FieldType::boolean:
        return Value::boolean(number % 2 == 0);
      case FieldType::phone:
        return Value::text("0312345678");
      case FieldType::postal_code:
        return Value::text("1638001");
      case FieldType::municipality_code:
        return Value::code("131016");
      case FieldType::group:
        return {};
      default:
        return Value::text(batch_.keep("見本" + std::to_string(number) + " \"',;=＝\n2"));
    }
  }

  Value code_of(const Field& field) const {
    const auto* set = value_sets_.find(field.value_set);
    return set == nullptr || set->concepts().empty() ? Value() : Value::code(set->concepts().front().code);
  }

  model::RecordBatch& batch_;
  const model::ValueSets& value_sets_;
};

std::shared_ptr<const model::RecordLayout> layout_of(
    const std::shared_ptr<const model::Catalogue>& catalogue) {
  std::vector<model::FieldNumber> fields;
  for (const auto number : catalogue->fields_of(RecordKind::case_report)) {
    const auto& field = catalogue->at(number);
    if (field.group == model::kNoField && field.type != FieldType::group) fields.push_back(number);
  }
  auto layout = model::make_layout(catalogue, RecordKind::case_report, std::move(fields));
  layout.mapping = "contract/made-up";
  layout.mapping_version = "2020-04-01";
  layout.mapping_digest = std::string(64, '0');
  layout.rules.push_back({.rule = "made-up", .line = 1, .from = "", .column_index = -1});
  return std::make_shared<const model::RecordLayout>(std::move(layout));
}

std::shared_ptr<const model::RecordBatch> made_records(plugin::HostServices& services,
                                                       std::span<const model::DisclosureKey> keys) {
  const auto value_sets = services.value_sets();
  auto batch = std::make_shared<model::RecordBatch>(layout_of(services.catalogue()));
  batch->keep_alive(value_sets);
  ValueMaker maker(*batch, *value_sets);
  for (const auto& key : keys) {
    const auto values = batch->add({.row = static_cast<std::uint64_t>(key.record)});
    for (std::size_t slot = 0; slot < values.size(); ++slot) {
      values[slot] = maker.make(services.catalogue()->at(batch->layout().slots[slot]), key);
    }
  }
  return batch;
}

}  // namespace

base::Result<model::Disclosure> make_disclosure(plugin::HostServices& services,
                                                std::span<const model::DisclosureKey> keys) {
  const std::array policy{privacy::ConfigurationFile{"contract.yaml", kPolicy}};
  const std::array jurisdiction{privacy::ConfigurationFile{"130001.yaml", kJurisdiction}};
  MUSUBI_ASSIGN(auto policies, privacy::Policies::parse(policy, jurisdiction, services.catalogue()));
  privacy::Protector protector(
      std::move(policies),
      {.jurisdiction = "130001", .basis = "test", .purpose = "surveillance", .recipient = "contract"},
      "contract");
  std::vector<std::uint32_t> chosen(keys.size());
  std::iota(chosen.begin(), chosen.end(), 0U);
  const auto day = std::chrono::sys_days(std::chrono::year(2020) / std::chrono::April / 20);
  auto disclosures = protector.protect(made_records(services, keys), chosen, keys, "contract", 1,
                                       services.catalogue()->number_of("report.published_on"), day);
  if (disclosures.size() != 1) throw std::logic_error("records that are alike were decided differently");
  return std::move(disclosures.front());
}

}  // namespace musubi::testkit
