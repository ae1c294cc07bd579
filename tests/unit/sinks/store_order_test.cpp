// Whatever the order in which versions reach the store, it ends in the same state; compared with a model that
// keeps everything and thinks afresh each time.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "disclosures.h"
#include "store_home.h"
#include "version_order.h"

namespace musubi::test {
namespace {

using model::AbsentReason;
using model::Position;
using model::Value;

const std::vector<std::vector<std::string>> kLayouts{
    {"patient.name", "patient.visits", "patient.age"},
    {"patient.visits", "patient.onset"},
    {"patient.age", "patient.onset", "patient.name", "patient.visits"},
    {"contact", "patient.visits"}};

struct Version {
  Said said;
  std::size_t layout = 0;
};

/// The hub's side: gives versions to the words of one case as linkage would, some of them late.
class Hub {
 public:
  explicit Hub(unsigned seed) : random_(seed) {}

  std::vector<Version> versions_of(std::int64_t record) {
    std::vector<Version> versions;
    const auto count = 1 + below(6);
    std::int32_t newest_day = 18'000 + static_cast<std::int32_t>(below(5));
    for (std::uint32_t number = 1; number <= count; ++number) {
      Version version{.said = {}, .layout = below(kLayouts.size())};
      const bool late = number > 1 && below(3) == 0;
      // A newest word may have been said again since, so that a late one need not be of an earlier day than
      // it.
      newest_day += late ? 0 : static_cast<std::int32_t>(below(4));
      const auto as_of =
          late ? newest_day - 1 + static_cast<std::int32_t>(below(3)) - static_cast<std::int32_t>(below(6))
               : newest_day;
      version.said.key = key(record, number, as_of, late ? Position::historical : Position::current);
      for (const auto& id : kLayouts[version.layout]) version.said.fields[id] = any_value(id);
      versions.push_back(version);
    }
    return versions;
  }
  template <class T>
  void shuffle(std::vector<T>& all) {
    std::ranges::shuffle(all, random_);
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }

 private:
  Value any_value(const std::string& id) {
    if (below(4) == 0) return Value{};
    if (below(4) == 0) return Value::absent(static_cast<AbsentReason>(1 + below(6)));
    if (id == "patient.name") return Value::text(kNames[below(4)]);
    if (id == "patient.visits") return Value::integer(static_cast<std::int64_t>(below(1000)));
    if (id == "patient.age") return Value::age({static_cast<std::int32_t>(below(100)), below(4) == 0});
    if (id == "contact") return Value::list(contacts_[below(contacts_.size())]);
    return Value::date(
        {2020, static_cast<std::uint8_t>(1 + below(12)), static_cast<std::uint8_t>(below(29))});
  }

  static constexpr const char* kNames[] = {"一", "二", "三", ""};
  std::vector<Value> person_{Value::text("接触者"), Value::date({2020, 3, 1}), Value::age({1, true})};
  std::vector<Value> nobody_{Value{}, Value::absent(AbsentReason::unknown), Value{}};
  std::vector<std::vector<Value>> contacts_{{Value::list(person_)},
                                            {Value::list(nobody_), Value::list(person_)}};
  std::mt19937 random_;
};

/// All words of a case, kept. The order is found by inserting each word where it belongs, in the order of
/// numbers.
class Model {
 public:
  void say(const Version& version) {
    const auto& key = version.said.key;
    words_[key.record].emplace(key.version, version);
  }

  std::vector<Version> in_order(std::int64_t record) const {
    std::vector<Version> order;
    for (const auto& [number, word] : words_.at(record)) order.insert(place_of(word, order), word);
    return order;
  }
  Fields current(std::int64_t record) const {
    Fields fields;
    for (const auto& word : in_order(record))
      for (const auto& id : kLayouts[word.layout]) fields[id] = word.said.fields.at(id);
    return fields;
  }
  std::vector<std::int64_t> records() const {
    std::vector<std::int64_t> all;
    for (const auto& [record, words] : words_) all.push_back(record);
    return all;
  }
  const std::map<std::uint32_t, Version>& words(std::int64_t record) const { return words_.at(record); }

 private:
  static std::vector<Version>::const_iterator place_of(const Version& word,
                                                       const std::vector<Version>& order) {
    const auto& key = word.said.key;
    if (key.position == Position::current) return order.end();
    auto head = order.end();
    while (head != order.begin() && std::prev(head)->said.key.position != Position::current) --head;
    if (head != order.begin())
      --head;
    else
      head = order.end();
    auto place = head;
    while (place != order.begin() && std::prev(place)->said.key.as_of > key.as_of) --place;
    return place;
  }
  std::map<std::int64_t, std::map<std::uint32_t, Version>> words_;
};

class AnyOrder : public ::testing::TestWithParam<unsigned> {
 protected:
  static Discloser& discloser() {
    static Discloser shared;
    return shared;
  }
  FixedClock clock;

  static std::vector<std::string> wanted(const Fields& fields) {
    std::map<model::FieldNumber, std::string> lines;
    for (const auto& [id, value] : fields) {
      if (value.is_absent())
        lines[discloser().catalogue->number_of(id)] = id + "!" + std::string(name_of(value.absent_reason()));
      else if (!value.silent())
        lines[discloser().catalogue->number_of(id)] = id + "=" + model::to_text(value);
    }
    std::vector<std::string> all;
    for (const auto& [number, line] : lines) all.push_back(line);
    return all;
  }
  static void compare(plugin::Sink& sink, const Model& model) {
    plugin::ReadRequest request;
    request.history = true;
    std::map<std::int64_t, std::set<std::uint32_t>> seen;
    const auto status =
        sink.read(request, [&](const model::RecordLayout& layout, const plugin::StoredRecord& record) {
          const auto& key = record.key;
          EXPECT_TRUE(seen[key.record].insert(key.version).second)
              << key.record << "." << key.version << " twice";
          const bool current = key.position == Position::current;
          if (current) {
            EXPECT_EQ(key.version, model.in_order(key.record).back().said.key.version);
          }
          const auto fields =
              current ? model.current(key.record) : model.words(key.record).at(key.version).said.fields;
          EXPECT_EQ(described(layout, record.values), wanted(fields)) << key.record << "." << key.version;
          EXPECT_EQ(key.as_of, model.words(key.record).at(key.version).said.key.as_of);
          return true;
        });
    ASSERT_FALSE(status.has_error()) << base::describe(base::Language::english, status.error());
    for (const auto record : model.records())
      EXPECT_EQ(seen[record].size(), model.words(record).size()) << record;
  }
};

TEST_P(AnyOrder, EndsInTheSameStateAsTheModel) {
  Hub hub(GetParam());
  std::vector<Version> all;
  for (std::int64_t record = 1; record <= 12; ++record)
    for (auto& version : hub.versions_of(record)) all.push_back(version);
  hub.shuffle(all);
  for (int repeated = 0; repeated < 5; ++repeated) all.push_back(all[hub.below(all.size())]);
  const auto home = make_store_home();
  const auto sink = home->open(discloser().catalogue, clock);
  ASSERT_NE(sink, nullptr);
  Model model;
  for (std::size_t next = 0; next < all.size();) {
    const auto layout = all[next].layout;
    std::vector<Said> batch;
    for (; next < all.size() && all[next].layout == layout; ++next) {
      batch.push_back(all[next].said);
      model.say(all[next]);
    }
    const auto receipt = sink->deliver(discloser().disclose(kLayouts[layout], batch));
    ASSERT_FALSE(receipt.has_error()) << base::describe(base::Language::english, receipt.error());
    if (hub.below(4) == 0) compare(*sink, model);
  }
  compare(*sink, model);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyOrder, testing::Range(1U, 17U));

TEST(VersionOrder, NewestIsTheHighestThatWasNotLate) {
  const auto order = sinks::in_order(
      {{3, 5, true, 0}, {1, 1, false, 0}, {2, 4, false, 0}, {4, 2, true, 0}, {5, 9, true, 0}});
  std::vector<std::uint32_t> numbers;
  for (const auto& each : order) numbers.push_back(each.version);
  EXPECT_EQ(numbers, (std::vector<std::uint32_t>{1, 4, 3, 5, 2}));
}

TEST(VersionOrder, WithNothingButLateOnesByTheirDay) {
  const auto order = sinks::in_order({{2, 7, true, 0}, {3, 5, true, 0}, {4, 7, true, 0}});
  EXPECT_EQ(order[0].version, 3U);
  EXPECT_EQ(order[2].version, 4U);
}

}  // namespace
}  // namespace musubi::test
