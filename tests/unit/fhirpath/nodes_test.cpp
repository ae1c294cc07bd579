// How documents become nodes, where documents before and what stands around them must not matter.
#include <gtest/gtest.h>

#include <string>

#include "musubi/fhir/r4_types.h"
#include "musubi/fhirpath/resource.h"
#include "musubi/fhirpath/type_lookup.h"
#include "name_order.h"

namespace musubi::fhirpath {
namespace {

Resource read(const std::string& text) {
  return Resource::from_json(text, "test", {}, &fhir::r4_types()).value();
}

const KnownName& name_of(const TypeLookup& lookup, std::string_view type, std::string_view name) {
  return *lookup.find(lookup.type_named(type), name, hash_of_name(name));
}

TEST(Nodes, AreFoundByTheHashOfTheirNames) {
  const auto resource = read(
      R"({"resourceType":"Patient","shoe":"x","_shoe":{"id":"y"},"_sock":{"id":"z"},"_birthDate":{"id":"b"},
          "_name":{"id":"n"},"deceasedBoolean":true,"contact":[{"_shoe":[{"id":"a"}]}],"\u0069d":"1"})");
  for (std::uint32_t index = 1; index < resource.size(); ++index)
    EXPECT_EQ(resource.hash_of(resource[index]), hash_of_name(resource[index].name)) << resource[index].name;
}

TEST(Nodes, NothingStandsBesideAMemberThatTheTypeDoesNotKnow) {
  const auto resource = read(R"({"resourceType":"Patient","shoe":"x","_shoe":{"id":"y"}})");
  const auto* const shoe = resource.child(resource.root(), "shoe");
  ASSERT_NE(shoe, nullptr);
  EXPECT_EQ(shoe->text, "x");
  ASSERT_NE(resource.child(resource.root(), "_shoe"), nullptr);
  ASSERT_EQ(resource.remarks_on(resource.root()).size(), 2U);
  EXPECT_EQ(resource.remarks_on(resource.root())[0].name, "shoe");
  EXPECT_EQ(resource.remarks_on(resource.root())[1].name, "_shoe");
}

TEST(Nodes, NothingStandsBesideAGroup) {
  const auto resource = read(
      R"({"resourceType":"Patient","name":[{"text":"x"}],"_name":[{"text":"y"}],"_contained":{"resourceType":"Patient"}})");
  EXPECT_EQ(resource.child(resource.root(), "name")->child_count, 1U);
  const auto* const beside = resource.child(resource.root(), "_name");
  ASSERT_NE(beside, nullptr);
  EXPECT_EQ(beside->element, nullptr);
  EXPECT_EQ(resource.child(resource.root(), "contained"), nullptr);
  ASSERT_EQ(resource.remarks_on(resource.root()).size(), 2U);
  EXPECT_EQ(resource.remarks_on(resource.root())[1].name, "_contained");
}

TEST(Nodes, ARefusedDocumentLeavesNothingForTheNext) {
  const auto patient = R"({"resourceType":"Patient","id":"a"})";
  EXPECT_TRUE(
      Resource::from_json(R"({"resourceType":"Patient","name":[{"text":"x"},)", "test", {}, &fhir::r4_types())
          .has_error());
  EXPECT_EQ(read(patient).size(), 2U);
}

TEST(NameOrder, RemembersForAFewModels) {
  const TypeLookup one(fhir::r4_types()), other(fhir::r4_types());
  const auto& id = name_of(one, "Patient", "id");
  NameOrder order;
  order.use(one);
  const auto first = order.before_first(one.type_named("Patient"));
  EXPECT_EQ(order.next(first), nullptr);
  order.learn(first, id);
  order.use(other);
  EXPECT_EQ(order.next(first), nullptr);
  order.learn(first, name_of(other, "Patient", "active"));
  order.use(one);
  EXPECT_EQ(order.next(first), &id);
  for (int count = 0; count < 10; ++count) {
    const TypeLookup passing(fhir::r4_types());
    order.use(passing);
    EXPECT_EQ(order.next(first), nullptr);
  }
  order.use(one);
  EXPECT_EQ(order.next(first), nullptr);
}

TEST(KnownName, StandsWhereItAndAQuotationMarkStand) {
  const TypeLookup lookup(fhir::r4_types());
  for (const std::string name : {"id", "multipleBirth", "multipleBirthInteger", "managingOrganization"}) {
    const auto* const known = lookup.find(lookup.type_named("Patient"), name, hash_of_name(name));
    if (known == nullptr) continue;  // a choice alone is no name in documents
    const auto stands_in = [known](const std::string& text) {
      return known->stands_at(text.data(), text.data() + text.size());
    };
    EXPECT_TRUE(stands_in(name + "\":1,\"birthDate\":0}")) << name;
    EXPECT_FALSE(stands_in(name + "s\":1,\"birthDate\":0}")) << name;
    EXPECT_FALSE(stands_in(name + "\\\":1,\"birthDate\":0}")) << name;
    EXPECT_FALSE(stands_in("x" + name.substr(1) + "\":1,\"birthDate\":0}")) << name;
    EXPECT_FALSE(stands_in(name.substr(0, name.size() - 1) + "\"\":1,\"birthDate\":0}")) << name;
    // Near the end of a text it may answer no, and never yes to another.
    const auto whole = name + "\"";
    for (std::size_t size = 0; size < whole.size(); ++size)
      EXPECT_FALSE(stands_in(whole.substr(0, size))) << whole.substr(0, size);
  }
}

/// Few references are looked through and many sorted, with the same answers.
TEST(Resource, FindsEntriesHoweverManyThereAre) {
  for (const int count : {1, 2, 31, 32, 33, 34, 100}) {
    std::string text = R"({"resourceType":"Bundle","entry":[)";
    for (int entry = 0; entry < count; ++entry) {
      const auto number = std::to_string(entry);
      text += entry == 0 ? "" : ",";
      text += R"({"fullUrl":"http://a.example/Patient/)" + number +
              R"(","resource":{"resourceType":"Patient","id":")" + number + R"(x"}})";
    }
    // The first of those with the same address and the same id.
    text += R"(,{"fullUrl":"http://a.example/Patient/0","resource":{"resourceType":"Patient","id":"0x"}}]})";
    const auto bundle = read(text);
    const auto found_by = [&](const std::string& reference) {
      return bundle.entry_resource(bundle.root(), reference);
    };
    for (int entry = 0; entry < count; ++entry) {
      const auto number = std::to_string(entry);
      const auto* const wanted =
          bundle.child(bundle.children(bundle.root())[static_cast<std::size_t>(entry)], "resource");
      ASSERT_NE(wanted, nullptr);
      EXPECT_EQ(found_by("http://a.example/Patient/" + number), wanted) << count;
      EXPECT_EQ(found_by("Patient/" + number), wanted) << count;
      EXPECT_EQ(found_by("Patient/" + number + "x"), wanted) << count;
      EXPECT_EQ(found_by("Group/" + number), nullptr) << count;
    }
    EXPECT_EQ(found_by("atient/0"), nullptr) << count;
    EXPECT_EQ(found_by(""), nullptr) << count;
  }
}

}  // namespace
}  // namespace musubi::fhirpath
