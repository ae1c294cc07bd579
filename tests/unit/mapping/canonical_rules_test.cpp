// takes: canonical. What one hub writes of a record, another reads as the same record.
#include <algorithm>
#include <deque>

#include "fixture.h"
#include "musubi/document/row_reader.h"

namespace musubi::mapping {
namespace {

using model::FieldType;
using model::Value;

std::string taking(model::RecordKind kind, const std::string& more = {}) {
  return "mapping: test/records\nversion: 2020-01-01\nreads: json\nrecord: " +
         std::string(model::name_of(kind)) + "\ncolumns: [number]\ntakes: canonical\n" + more;
}

/// A value of every form that a field of this type can have.
std::vector<Value> values_of(const model::Field& field, const model::ValueSets& sets) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::kanji:
    case FieldType::identifier:
      return {Value::text("東京 123"), Value::text("不明"), Value::text("unknown")};
    case FieldType::kana:
      return {Value::text("ヤマダ タロウ")};
    case FieldType::phone:
      return {Value::text("0312345678")};
    case FieldType::postal_code:
      return {Value::text("1000001")};
    case FieldType::municipality_code:
      return {Value::text("131016")};
    case FieldType::date:
      return {Value::date({2020, 4, 20}), Value::date({2020, 4, 0}), Value::date({2020, 0, 0})};
    case FieldType::time:
      return {Value::moment({1'587'343'500'123'456, 540}), Value::moment({1'587'343'500'000'000, 0})};
    case FieldType::integer:
      return {Value::integer(0), Value::integer(12'345)};
    case FieldType::decimal:
    case FieldType::quantity:
      return {Value::decimal({365, 1}), Value::decimal({37, 0})};
    case FieldType::age:
      return {Value::age({40, false}), Value::age({11, true})};
    case FieldType::boolean:
      return {Value::boolean(true), Value::boolean(false)};
    case FieldType::code: {
      std::vector<Value> codes;
      for (const auto& each : sets.find(field.value_set)->concepts()) codes.push_back(Value::code(each.code));
      return codes;
    }
    case FieldType::group:
      return {};
  }
  return {};
}

std::vector<Value> absences() {
  std::vector<Value> all;
  for (const auto* name :
       {"not_asked", "unknown", "under_investigation", "not_disclosed", "not_applicable", "unreadable"})
    all.push_back(Value::absent(*model::absent_reason_named(name)));
  return all;
}

class Records {
 public:
  explicit Records(model::RecordKind kind) : catalogue_(*shipped_context().catalogue) {
    const auto fields = catalogue_.fields_of(kind);
    std::vector<model::FieldNumber> own;
    for (const auto number : fields)
      if (catalogue_.at(number).group == model::kNoField) own.push_back(number);
    batch_.emplace(std::make_shared<const model::RecordLayout>(
        model::make_layout(shipped_context().catalogue, kind, own)));
    for (const auto number : own) add_values(catalogue_.at(number));
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (std::size_t index = 0; index < batch_->size(); ++index)
      lines.push_back(model::to_json(batch_->layout(), batch_->values(index)));
    return lines;
  }

 private:
  void add(const model::Field& field, const Value& value) {
    batch_->add({})[static_cast<std::size_t>(batch_->layout().slot(field.number))] = value;
  }
  Value list(std::vector<Value> items) { return Value::list(lists_.emplace_back(std::move(items))); }

  void add_values(const model::Field& field) {
    if (field.type == FieldType::group) return add_items(field);
    const auto values = values_of(field, *shipped_context().value_sets);
    for (const auto& value : values) add(field, field.repeats ? list({value}) : value);
    if (field.repeats) add(field, list(values));
    for (const auto& absent : absences()) add(field, absent);
  }

  /// Each value of each member in an item of its own, all in one list.
  void add_items(const model::Field& group) {
    const auto members = catalogue_.members_of(group.number);
    std::vector<Value> items;
    for (std::size_t place = 0; place < members.size(); ++place) {
      const auto& member = catalogue_.at(members[place]);
      auto values = values_of(member, *shipped_context().value_sets);
      if (member.repeats) values = {list(values)};
      std::ranges::copy(absences(), std::back_inserter(values));
      for (const auto& value : values) {
        std::vector<Value> item(members.size());
        item[place] = value;
        items.push_back(list(item));
      }
    }
    add(group, list(items));
  }

  const model::Catalogue& catalogue_;
  std::optional<model::RecordBatch> batch_;
  std::deque<std::vector<Value>> lists_;
};

/// What the mapping makes of a submission, record by record, with its findings behind it.
std::vector<std::string> read_back(const std::string& mapping, const std::string& bytes) {
  const auto plan = parsed(mapping);
  auto reader = document::open_rows(document::Shape::json, document::ByteSource::of_text(bytes, "a.ndjson"),
                                    table_options(plan->head()));
  if (reader.has_error()) return {explained(reader.error())};
  const auto rows = plan->items_of(std::move(*reader));
  const auto bound = plan->bind(rows->columns());
  if (bound.has_error()) return {explained(bound.error())};
  std::vector<std::string> lines;
  document::RowBatch batch;
  while (true) {
    const auto more = rows->read(batch, 1000);
    if (more.has_error()) return {explained(more.error())};
    model::RecordBatch records(bound->layout());
    bound->apply(batch, records);
    for (std::size_t index = 0; index < records.size(); ++index)
      lines.push_back(model::to_json(records.layout(), records.values(index)));
    for (const auto& each : records.findings())
      lines.push_back(std::string(each.code) + " " + plan->context().catalogue->at(each.field).id);
    if (!*more) return lines;
  }
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += "{\"number\":1," + line.substr(1) + "\n";
  return text;
}

class Canonical : public ::testing::TestWithParam<model::RecordKind> {};

TEST_P(Canonical, EveryValueOfEveryFieldComesBackAsItWas) {
  const auto written = Records(GetParam()).lines();
  ASSERT_GT(written.size(), 20U);
  const auto read = read_back(taking(GetParam()), joined(written));
  for (std::size_t index = 0; index < std::min(read.size(), written.size()); ++index)
    EXPECT_EQ(read[index], written[index]);
  for (std::size_t index = written.size(); index < read.size(); ++index) ADD_FAILURE() << read[index];
}

INSTANTIATE_TEST_SUITE_P(Kinds, Canonical,
                         ::testing::Values(model::RecordKind::case_report,
                                           model::RecordKind::health_observation,
                                           model::RecordKind::facility_report,
                                           model::RecordKind::published_count),
                         [](const auto& kind) { return std::string(model::name_of(kind.param)); });

TEST(CanonicalRules, AReasonThatIsNoneIsHeld) {
  EXPECT_EQ(
      read_back(taking(model::RecordKind::case_report), R"({"number":1,"patient.sex":{"absent":"because"}})"),
      (std::vector<std::string>{R"({"patient.sex":{"absent":"unreadable"}})",
                                "mapping.value_not_understood patient.sex"}));
}

TEST(CanonicalRules, ARuleOfTheMappingGoesFirst) {
  EXPECT_EQ(read_back(taking(model::RecordKind::case_report, "fields:\n  patient.sex: { value: male }\n"),
                      R"({"number":1,"patient.sex":"female","patient.age":40})"),
            (std::vector<std::string>{R"({"patient.sex":"male","patient.age":40})"}));
}

TEST(CanonicalRules, GoWithJsonOnly) {
  auto csv = taking(model::RecordKind::case_report);
  csv.replace(csv.find("json"), 4, "csv");
  const auto mapping = Mapping::parse(csv, "test.yaml", shipped_context());
  ASSERT_TRUE(mapping.has_error());
  EXPECT_NE(explained(mapping.error()).find("takes: canonical goes with"), std::string::npos);
}

}  // namespace
}  // namespace musubi::mapping
