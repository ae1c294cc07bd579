// What is in force follows the ledger: at once, whole, and with the value sets of the activation.
#include "musubi/pipeline/active_mappings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "musubi/base/messages.h"
#include "temporary_folder.h"

namespace musubi::pipeline {
namespace {

using ledger::ActivationAction;

constexpr const char* kMapping =
    "mapping: test/cases\nversion: 2020-04-01\nreads: csv\nrecord: case\ncolumns: [No, sex]\n"
    "local_id: report.local_id\nfields:\n  report.local_id: { from: No }\n"
    "  patient.sex: { from: sex, lookup: sex, on_error: review }\n";

template <class T>
T taken(base::Result<T> result) {
  if (result.has_error()) throw std::runtime_error(base::describe(base::Language::english, result.error()));
  return std::move(*result);
}

class ActiveMappingsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
    catalogue = taken(model::Catalogue::load(project / "mappings/catalogue"));
    files = taken(model::ValueSets::read(project / "mappings/valuesets"));
    book = taken(ledger::Ledger::open(folder.path() / "home", clock));
  }

  std::shared_ptr<const mapping::Mapping> mapping(const std::string& text,
                                                  std::vector<model::ValueSetFile> value_sets) const {
    const mapping::Context context{catalogue,
                                   taken(model::ValueSets::parse(std::move(value_sets), "valuesets"))};
    return taken(mapping::Mapping::parse(text, "test.yaml", context));
  }
  /// The shipped value sets with one word changed.
  std::vector<model::ValueSetFile> with_word(const std::string& word) const {
    auto changed = files;
    for (auto& file : changed) {
      if (file.name != "sex.yaml") continue;
      const auto at = file.text.find("男性");
      file.text.replace(at, std::string("男性").size(), word);
      file.digest = base::to_hex(base::sha256(file.text));
    }
    return changed;
  }
  void record(const mapping::Mapping& mapping, ActivationAction action) {
    ledger::Activation activation;
    activation.mapping = mapping.head().id;
    activation.version = mapping.head().version;
    activation.action = action;
    activation.mapping_digest = mapping.digest();
    activation.value_sets_digest = mapping.context().value_sets->digest();
    const auto done = book->activate(texts_of(mapping), std::vector{activation}, book->newest_activation());
    ASSERT_FALSE(done.has_error()) << base::describe(base::Language::english, done.error());
  }
  static bool knows(const mapping::Mapping& mapping, const std::string& word) {
    return mapping.context().value_sets->find("sex")->look_up(word).found != nullptr;
  }

  base::SystemClock clock;
  musubi::testing::TemporaryFolder folder;
  std::shared_ptr<const model::Catalogue> catalogue;
  std::vector<model::ValueSetFile> files;
  std::unique_ptr<ledger::Ledger> book;
};

TEST_F(ActiveMappingsTest, what_was_given_holds_until_something_is_recorded) {
  InForce otherwise;
  otherwise.mappings = std::make_shared<mapping::MappingSet>();
  ActiveMappings active(book.get(), catalogue, otherwise);
  EXPECT_EQ(taken(active.now())->mappings, otherwise.mappings);
  record(*mapping(kMapping, files), ActivationAction::baseline);
  const auto now = taken(active.now());
  EXPECT_EQ(now->generation, 1);
  EXPECT_NE(now->mappings->find("test/cases", "2020-04-01"), nullptr);
}

TEST_F(ActiveMappingsTest, a_snapshot_stays_and_the_next_question_sees_what_is_new) {
  ActiveMappings active(book.get(), catalogue, {});
  record(*mapping(kMapping, files), ActivationAction::baseline);
  const auto before = taken(active.now());
  EXPECT_EQ(taken(active.now()), before) << "nothing is compiled anew";
  const auto changed = mapping(std::string(kMapping) + "# changed\n", files);
  record(*changed, ActivationAction::activate);
  const auto after = taken(active.now());
  EXPECT_EQ(after->mappings->find("test/cases")->digest(), changed->digest());
  EXPECT_NE(before->mappings->find("test/cases")->digest(), changed->digest());
}

TEST_F(ActiveMappingsTest, a_pin_brings_back_the_value_sets_of_then) {
  ActiveMappings active(book.get(), catalogue, {});
  const auto before = mapping(kMapping, files), after = mapping(kMapping, with_word("おとこ"));
  record(*before, ActivationAction::baseline);
  record(*after, ActivationAction::activate);
  ASSERT_EQ(before->digest(), after->digest());
  EXPECT_TRUE(knows(*taken(active.now())->mappings->find("test/cases"), "おとこ"));
  EXPECT_TRUE(knows(*taken(active.pinned(pin_of(*after, ""))), "おとこ"));
  const auto pinned = taken(active.pinned(pin_of(*before, "")));
  EXPECT_FALSE(knows(*pinned, "おとこ"));
  EXPECT_TRUE(knows(*pinned, "男性"));
  EXPECT_EQ(pinned->context().value_sets->digest(), before->context().value_sets->digest());
}

TEST_F(ActiveMappingsTest, what_is_not_in_the_ledger_is_an_error) {
  ActiveMappings active(book.get(), catalogue, {});
  record(*mapping(kMapping, files), ActivationAction::baseline);
  const auto pinned = active.pinned({"test/cases", "2020-04-01", "nowhere", "", ""});
  ASSERT_TRUE(pinned.has_error());
  EXPECT_EQ(pinned.error().code(), "ledger.configuration_unknown");
}

/// A course in letters: b baseline, a activate, r rollback; digests are 1, 2, 3… in order of activation.
std::vector<ledger::Activation> course(const std::string& actions) {
  std::vector<ledger::Activation> history;
  int number = 0;
  for (const char action : actions) {
    auto& each = history.emplace_back();
    each.mapping = "test/cases";
    each.version = "2020-04-01";
    each.action = action == 'b'   ? ActivationAction::baseline
                  : action == 'a' ? ActivationAction::activate
                                  : ActivationAction::rollback;
    if (action != 'r') each.mapping_digest = std::to_string(++number);
  }
  return history;
}

TEST(Rollback, goes_back_one_activation_at_a_time) {
  const auto target = [](const std::string& actions) {
    const auto found = before_the_last(course(actions), "test/cases", "2020-04-01");
    return found.has_error() ? found.error().code() : found->mapping_digest;
  };
  EXPECT_EQ(target("ba"), "1");
  EXPECT_EQ(target("baa"), "2");
  EXPECT_EQ(target("baar"), "1");
  EXPECT_EQ(target("baara"), "2");
  EXPECT_EQ(target("a"), "") << "out of force, as before";
  EXPECT_EQ(target("b"), "pipeline.nothing_to_roll_back");
  EXPECT_EQ(target("bar"), "pipeline.nothing_to_roll_back");
  EXPECT_EQ(target(""), "pipeline.nothing_to_roll_back");
}

}  // namespace
}  // namespace musubi::pipeline
