// FHIR packages: what is read of them, and what is refused.
#include "musubi/fhir/packages.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "musubi/fhir/codec.h"
#include "musubi/fhir/validation.h"
#include "package_archive.h"

namespace musubi::fhir {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 512;

std::string tar_entry(const std::string& name, const std::string& content, char type = '0') {
  std::string block(kBlock, '\0');
  name.substr(0, 100).copy(block.data(), 100);
  char size[13] = {};
  std::snprintf(size, sizeof size, "%011zo", content.size());
  std::string_view(size).copy(&block[124], 11);
  block[156] = type;
  std::string_view(
      "ustar\0"
      "00",
      8)
      .copy(&block[257], 8);
  std::string_view("        ").copy(&block[148], 8);
  unsigned sum = 0;
  for (const unsigned char c : block) sum += c;
  char digits[8] = {};
  std::snprintf(digits, sizeof digits, "%06o", sum);
  std::string_view(digits, 7).copy(&block[148], 7);
  const auto padding = (kBlock - content.size() % kBlock) % kBlock;
  return block + content + std::string(padding, '\0');
}

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

const std::string kProfile = R"({"resourceType":"StructureDefinition","url":"http://a.test/P","version":"1.0",
  "type":"Patient","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","derivation":"constraint",
  "snapshot":{"element":[{"path":"Patient","min":0,"max":"*"},{"path":"Patient.gender","min":1,"max":"1"}]}})";

std::string sound_tar() {
  return tar_entry("package/package.json", R"({"name":"a","version":"1.0","canonical":"http://a.test"})") +
         tar_entry("package/StructureDefinition-P.json", kProfile) +
         tar_entry("package/Patient-broken-example.json", "{") +
         tar_entry("package/example/Patient-1.json", "{") + std::string(2 * kBlock, '\0');
}

std::string code_of(const base::Status& status) { return status.has_error() ? status.error().code() : ""; }

TEST(Packages, are_read) {
  Packages packages;
  ASSERT_EQ(code_of(packages.add_archive(gzip(sound_tar()), "a.tgz")), "");
  ASSERT_EQ(packages.packages().size(), 1U);
  EXPECT_EQ(packages.packages()[0].canonical, "http://a.test");
  const auto* found = packages.find(DefinitionKind::structure, "http://a.test/P|1.0");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->type, "Patient");
  EXPECT_EQ(packages.find(DefinitionKind::structure, "http://a.test/P"), found);
  EXPECT_EQ(packages.find(DefinitionKind::value_set, "http://a.test/P"), nullptr);
  EXPECT_EQ(packages.read(*found)->type_name(), "StructureDefinition");
}

TEST(Packages, long_names_are_read) {
  const std::string name = "package/" + std::string(120, 'a') + ".json";
  for (const auto& header :
       {tar_entry("././@LongLink", name + '\0', 'L'), tar_entry("pax", "142 path=" + name + "\n", 'x')}) {
    Packages packages;
    EXPECT_EQ(code_of(packages.add_archive(gzip(header + tar_entry("package/short", kProfile)), "a.tgz")),
              "");
    EXPECT_EQ(packages.structures().size(), 1U);
  }
}

TEST(Packages, broken_ones_are_refused) {
  const auto code = [](const std::string& bytes) { return code_of(Packages().add_archive(bytes, "a.tgz")); };
  const auto sound = gzip(sound_tar());
  EXPECT_EQ(code(""), "fhir.package_not_gzip");
  EXPECT_EQ(code("{}"), "fhir.package_not_gzip");
  EXPECT_EQ(code(sound.substr(0, sound.size() / 2)), "fhir.package_broken");
  auto tar = sound_tar();
  tar[0] = 'q';
  EXPECT_EQ(code(gzip(tar)), "fhir.package_broken") << "the sum does not fit";
  EXPECT_EQ(code(gzip(sound_tar().substr(0, 520))), "fhir.package_broken");
  EXPECT_EQ(code(gzip(tar_entry("package/../../a.json", "{}"))), "fhir.package_path");
  EXPECT_EQ(code(gzip(tar_entry("/package/a.json", "{}"))), "fhir.package_path");
  EXPECT_EQ(code(gzip(tar_entry("package/StructureDefinition-a.json", "{"))), "json.truncated");
}

TEST(Packages, have_limits) {
  const auto sound = gzip(sound_tar());
  EXPECT_EQ(code_of(Packages({.expanded_bytes = 1024}).add_archive(sound, "a.tgz")),
            "fhir.package_too_large");
  EXPECT_EQ(code_of(Packages({.entries = 2}).add_archive(sound, "a.tgz")), "fhir.package_too_many");
  EXPECT_EQ(code_of(Packages({.definition_bytes = 100}).add_archive(sound, "a.tgz")),
            "fhir.package_too_large");
}

TEST(Packages, an_error_names_the_file) {
  const auto added = Packages().add_archive(gzip(tar_entry("package/ValueSet-a.json", "{")), "a.tgz");
  EXPECT_EQ(added.error().place().file, "a.tgz: ValueSet-a.json");
  EXPECT_EQ(Packages().add("/nowhere/a.tgz").error().code(), "file.not_found");
}

TEST(Packages, folders_are_read_too) {
  const auto folder = fs::temp_directory_path() / "musubi_fhir_packages_test";
  fs::create_directories(folder);
  std::ofstream(folder / "P.json") << kProfile;
  auto packages = std::make_shared<Packages>();
  EXPECT_EQ(code_of(packages->add(folder)), "");
  fs::remove_all(folder);
  const Validator validator(packages);
  const std::string bytes =
      R"({"resourceType":"Patient","meta":{"profile":["http://a.test/P"]},"active":true})";
  const auto resource = read_resource(bytes, "test", Format::json, {});
  EXPECT_TRUE(has_error(validator.validate(*resource, bytes)));
}

TEST(RealPackages, of_the_examples_of_jp_core_none_has_an_error) {
  const auto file =
      fs::path(MUSUBI_PROJECT_FOLDER).parent_path() / "shared/data/fhir/jp-core.r4-1.1.2-snapshot.tgz";
  if (!fs::exists(file)) GTEST_SKIP() << "the package of JP Core is not here";
  auto packages = std::make_shared<Packages>();
  ASSERT_EQ(code_of(packages->add(file)), "");
  EXPECT_GE(packages->structures().size(), 89U);
  const Validator validator(packages);
  std::ifstream stream(file, std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(stream), {}};
  const auto tar = unpacked(packed, {});
  int examples = 0;
  const auto judge = [&](std::string_view name, std::string_view content) -> base::Status {
    if (name.find("-example") == name.npos || name.find("example-") == 0) return {};
    if (name.find("CodeSystem") != name.npos || name.find("ValueSet") != name.npos) return {};
    const std::string bytes(content);
    const auto resource = read_resource(bytes, "example", Format::json, {});
    if (resource.has_error()) return resource.error();
    const auto issues = validator.validate(*resource, bytes);
    EXPECT_FALSE(has_error(issues)) << name << operation_outcome(issues, base::Language::english);
    ++examples;
    return {};
  };
  EXPECT_EQ(code_of(each_file(*tar, {}, judge)), "");
  EXPECT_GE(examples, 48);
}

}  // namespace
}  // namespace musubi::fhir
