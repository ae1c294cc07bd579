// The catalogue and value sets that the project ships, loaded once, and rules written for one test.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "musubi/base/messages.h"
#include "musubi/quality/checks.h"

namespace musubi::quality::test {

inline std::filesystem::path project() { return MUSUBI_PROJECT_FOLDER; }

inline std::shared_ptr<const model::Catalogue> catalogue() {
  static const auto kLoaded = model::Catalogue::load(project() / "mappings" / "catalogue").value();
  return kLoaded;
}

inline std::shared_ptr<const model::ValueSets> value_sets() {
  static const auto kLoaded = model::ValueSets::load(project() / "mappings" / "valuesets").value();
  return kLoaded;
}

/// A folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "musubi-checks-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  void write(std::string_view name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline base::Result<std::shared_ptr<const Checks>> load(std::string_view text) {
  const TemporaryFolder folder;
  folder.write("rules.yaml", text);
  return Checks::load(folder.path(), catalogue(), value_sets());
}

/// One warning about cases: `expect` is what stands behind "expect:".
inline std::string rule(std::string_view expect, std::string_view severity = "warning") {
  return "record: case\nrules:\n  - code: case.test\n    severity: " + std::string(severity) +
         "\n    ja: 点検\n    en: Check\n    expect: " + std::string(expect) + "\n";
}

}  // namespace musubi::quality::test
