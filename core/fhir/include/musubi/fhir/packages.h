// FHIR packages: profiles, extensions, value sets and code systems of an implementation guide, as they are
// published (confluence.hl7.org/display/FHIR/NPM+Package+Specification), or as a folder of JSON files. What
// they define is found by its canonical URL; a definition is read when it is asked for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/fhirpath/resource.h"

namespace musubi::fhir {

class Packages;

/// As an option of a source names them: paths with ";" between. Whoever asks for the same while somebody has
/// them, and they have not changed, shares them. Threads: any. Errors: those of Packages::add().
base::Result<std::shared_ptr<const Packages>> read_packages(std::string_view paths);

struct PackageLimits {
  std::uint64_t expanded_bytes = 1ULL << 30;
  std::uint32_t entries = 100'000;
  std::uint64_t definition_bytes = 64ULL << 20;
};

enum class DefinitionKind : std::uint8_t { structure, value_set, code_system };

/// What a package says about itself in package.json. A folder need not have one.
struct PackageName {
  std::string name, version;
  std::string canonical;  ///< what the URLs of its definitions begin with; may be empty
};

struct Definition {
  DefinitionKind kind = DefinitionKind::structure;
  std::string url, version, name;
  std::string type, base;  ///< of a StructureDefinition: "Patient", and the URL of what it narrows
  std::string derivation;  ///< "constraint", "specialization"
  std::string file;        ///< for messages
  std::string json;
};

/// "http://a.test/Patient|1.0" in two; the version may be empty.
struct Canonical {
  std::string_view url, version;
};
Canonical read_canonical(std::string_view text) noexcept;

/// Threads: adding is for one; once that is done, any may ask. What find() returns lives as long as this.
class Packages {
 public:
  explicit Packages(const PackageLimits& limits = {}) : limits_(limits) {}

  /// A .tgz, or a folder. Errors: file.*, fhir.package_*.
  base::Status add(const std::filesystem::path& path);
  /// The bytes of a .tgz. `shown_name`: for messages.
  base::Status add_archive(std::string_view bytes, const std::string& shown_name);
  /// One definition; what is none of the three kinds is passed by. Errors: those of document::read_json.
  base::Status add_json(std::string json, const std::string& shown_name);

  /// `canonical` with or without "|version". Without one, or where that version is not there: the last
  /// added. nullptr: none of that URL.
  const Definition* find(DefinitionKind kind, std::string_view canonical) const noexcept;
  std::span<const Definition* const> structures() const noexcept { return structures_; }
  std::span<const PackageName> packages() const noexcept { return packages_; }

  /// Differs when any of the files does. Empty: nothing was added, or not by read_packages().
  const std::string& fingerprint() const noexcept { return fingerprint_; }
  bool empty() const noexcept { return all_.empty(); }

  /// The definition as a typed resource. Errors: those of document::read_json.
  base::Result<fhirpath::Resource> read(const Definition& definition) const;

 private:
  friend base::Result<std::shared_ptr<const Packages>> read_packages(std::string_view paths);
  base::Status add_folder(const std::filesystem::path& folder);
  base::Status add_member(std::string_view name, std::string_view content, const std::string& shown_name);
  base::Status add_package_json(std::string json, const std::string& shown_name);

  PackageLimits limits_;
  std::vector<std::unique_ptr<const Definition>> all_;
  std::vector<const Definition*> structures_;
  std::multimap<std::pair<DefinitionKind, std::string_view>, const Definition*> by_url_;
  std::vector<PackageName> packages_;
  std::string fingerprint_;
};

}  // namespace musubi::fhir
