#include "musubi/fhir/r4_types.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "definitions.h"
#include "musubi/fhirpath/resource.h"
#include "musubi/fhirpath/type_lookup.h"

using musubi::fhir::r4_types;
using namespace musubi::fhirpath;

namespace {

const TypeTable& table() { return r4_types(); }

std::string_view type_name(TypeIndex index) { return index == kNoType ? "" : table().type(index).name; }

const ElementInfo& element(std::string_view type, std::string_view name) {
  return *table().find_element(table().find(type), name);
}

std::string_view only_type(std::string_view type, std::string_view name) {
  const auto types = table().types_of(element(type, name));
  return types.size() == 1 ? type_name(types.front().type) : "";
}

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST(R4Types, EveryTypeIsFoundByItsName) {
  for (std::size_t i = 0; i < table().types.size(); ++i) {
    const auto index = static_cast<TypeIndex>(i);
    const std::string_view name = table().types[i].name;
    EXPECT_EQ(i < table().system_types ? table().find_system(name) : table().find(name), index) << name;
  }
  EXPECT_EQ(table().find("Patients"), kNoType);
  EXPECT_EQ(table().find_qualified("FHIR.Patient"), table().find("Patient"));
  EXPECT_EQ(table().find_qualified("System.Quantity"), table().find_system("Quantity"));
  EXPECT_EQ(table().find_qualified("Boolean"), table().find_system("Boolean"));
  EXPECT_EQ(table().find_qualified("Patient.contact"), table().find("Patient.contact"));
  EXPECT_EQ(table().find_qualified("System.Patient"), kNoType);
}

TEST(R4Types, EveryElementIsFoundByItsName) {
  for (std::size_t i = 0; i < table().types.size(); ++i) {
    const auto index = static_cast<TypeIndex>(i);
    for (const ElementInfo& info : table().elements_of(index)) {
      EXPECT_EQ(table().find_element(index, info.name), &info) << type_name(index) << "." << info.name;
      EXPECT_GT(info.type_count, 0);
      EXPECT_EQ(info.is_choice, info.type_count > 1) << type_name(index) << "." << info.name;
    }
  }
}

TEST(R4Types, EveryChoiceIsFoundInADocument) {
  for (std::size_t i = 0; i < table().types.size(); ++i) {
    const auto index = static_cast<TypeIndex>(i);
    for (const ElementInfo& info : table().elements_of(index)) {
      if (!info.is_choice) continue;
      EXPECT_FALSE(table().find_in_document(index, info.name));
      for (const ElementType& type : table().types_of(info)) {
        std::string name(info.name);
        name += type_name(type.type);
        char& initial = name[info.name.size()];
        initial = static_cast<char>(std::toupper(initial));
        const auto found = table().find_in_document(index, name);
        ASSERT_TRUE(found) << name;
        EXPECT_EQ(found->element, &info) << name;
        EXPECT_EQ(found->chosen, type.type) << name;
      }
    }
  }
}

TEST(R4Types, HasAllOfR4) {
  const auto count = [](TypeKind kind) { return std::ranges::count(table().types, kind, &TypeInfo::kind); };
  EXPECT_EQ(count(TypeKind::system), 9);
  EXPECT_EQ(count(TypeKind::primitive), 20);
  EXPECT_EQ(count(TypeKind::resource),
            149);  // Resource and DomainResource among them
  EXPECT_GT(count(TypeKind::complex), 35);
  EXPECT_GT(count(TypeKind::backbone), 480);
}

TEST(R4Types, BasesAndSystemTypes) {
  EXPECT_TRUE(table().is_a(table().find("Patient"), table().find("DomainResource")));
  EXPECT_TRUE(table().is_a(table().find("Age"), table().find("Quantity")));
  EXPECT_TRUE(table().is_a(table().find("code"), table().find("string")));
  EXPECT_FALSE(table().is_a(table().find("string"), table().find("code")));
  const auto system = [](const char* name) {
    return type_name(table().type(table().find(name)).system_type);
  };
  EXPECT_EQ(system("code"), "String");
  EXPECT_EQ(system("positiveInt"), "Integer");
  EXPECT_EQ(system("instant"), "DateTime");
  EXPECT_EQ(system("date"), "Date");
  EXPECT_EQ(system("Duration"), "Quantity");
  EXPECT_EQ(system("HumanName"), "");
}

TEST(R4Types, ElementsOfPatient) {
  EXPECT_EQ(only_type("Patient", "birthDate"), "date");
  EXPECT_EQ(only_type("Patient", "contact"), "Patient.contact");
  EXPECT_EQ(only_type("Patient.contact", "name"), "HumanName");
  EXPECT_EQ(only_type("Patient", "id"), "id");
  EXPECT_EQ(only_type("Extension", "url"), "uri");
  EXPECT_TRUE(element("Patient", "name").many);
  EXPECT_FALSE(element("Patient", "birthDate").many);
  EXPECT_TRUE(element("Patient", "deceased").is_modifier);
  EXPECT_EQ(element("Observation", "status").minimum, 1);
  EXPECT_EQ(table().value_set_of(element("Patient", "gender")),
            "http://hl7.org/fhir/ValueSet/administrative-gender");
  EXPECT_EQ(element("Patient", "gender").strength, BindingStrength::required);
  EXPECT_EQ(table().find_element(table().find("Patient"), "nickname"), nullptr);
  EXPECT_EQ(table().nearest_element(table().find("Patient"), "birthdate"), "birthDate");
}

TEST(R4Types, ContentReferencesAndTargets) {
  EXPECT_EQ(only_type("Observation.component", "referenceRange"), "Observation.referenceRange");
  EXPECT_EQ(only_type("Bundle.entry", "link"), "Bundle.link");
  const auto types = table().types_of(element("Observation", "specimen"));
  const auto targets = table().targets_of(types.front());
  ASSERT_EQ(targets.size(), 1U);
  EXPECT_EQ(type_name(targets.front()), "Specimen");
}

void expect_found_alike(TypeIndex type, std::string_view name) {
  const auto wanted = table().find_in_document(type, name);
  const auto* found = table().lookup->find(type, name, hash_of_name(name));
  ASSERT_EQ(found != nullptr, wanted.has_value()) << type_name(type) << "." << name;
  if (!wanted) return;
  EXPECT_EQ(found->element, wanted->element) << type_name(type) << "." << name;
  EXPECT_EQ(found->name(), name) << type_name(type) << "." << name;
  const auto types = table().types_of(*wanted->element);
  const auto first = types.empty() ? kNoType : types.front().type;
  EXPECT_EQ(found->type, wanted->chosen != kNoType ? wanted->chosen : first)
      << type_name(type) << "." << name;
}

TEST(R4Types, TheLookupFindsWhatTheTableHas) {
  for (std::size_t index = 0; index < table().types.size(); ++index) {
    const auto type = static_cast<TypeIndex>(index);
    for (const auto& each : table().elements_of(type)) {
      expect_found_alike(type, each.name);
      expect_found_alike(type, std::string(each.name) + "s");
      for (const auto& choice : table().types_of(each)) {
        auto name = std::string(type_name(choice.type));
        name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
        expect_found_alike(type, std::string(each.name) + name);
      }
    }
  }
}

TEST(R4Types, ATypeHasNoMoreElementsThanBits) {
  for (const auto& type : table().types) EXPECT_LE(type.element_count, 64U) << type.name;
}

TEST(R4Types, IsWhatTheOfficialDefinitionsSay) {
  const char* folder = std::getenv("MUSUBI_FHIR_DEFINITIONS");  // NOLINT(concurrency-mt-unsafe): one thread
  if (folder == nullptr) GTEST_SKIP() << "MUSUBI_FHIR_DEFINITIONS does not name the definitions of FHIR R4";
  const std::filesystem::path room = MUSUBI_PROJECT_FOLDER "/core/fhir";
  const auto files = musubi::fhir::generator::generated_files(folder);
  for (const auto& [path, text] : files)
    EXPECT_TRUE(text == content(room / path)) << path << ": run musubi_generate_fhir_types";
  const auto headers = room / "models/include/musubi/fhir/r4";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(headers)) {
    const auto path = entry.path().lexically_relative(room).generic_string();
    EXPECT_TRUE(entry.is_directory() || files.contains(path)) << path << " is not generated any more";
  }
}
