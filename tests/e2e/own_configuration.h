// A configuration and mappings of its own for one test, to be edited.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "temporary_folder.h"

namespace musubi::testing {

class OwnConfiguration {
 public:
  OwnConfiguration() {
    const std::filesystem::path project = MUSUBI_PROJECT_FOLDER;
    for (const auto* each : {"config", "mappings"})
      std::filesystem::copy(project / each, folder_.path() / each, std::filesystem::copy_options::recursive);
  }

  std::string config() const { return (folder_.path() / "config/musubi.yaml").string(); }
  std::filesystem::path path(const std::string& file) const { return folder_.path() / "mappings" / file; }

  std::string read(const std::string& file) const {
    std::ostringstream text;
    text << std::ifstream(path(file), std::ios::binary).rdbuf();
    return std::move(text).str();
  }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(path(file), std::ios::binary) << text;
  }
  /// Exactly one place changes.
  void edit(const std::string& file, const std::string& from, const std::string& to) const {
    auto text = read(file);
    const auto at = text.find(from);
    if (at == text.npos || text.find(from, at + 1) != text.npos)
      throw std::runtime_error(file + " does not have just one: " + from);
    write(file, text.replace(at, from.size(), to));
  }
  /// Number of the first line that has `text`, in words.
  std::string line_of(const std::string& file, const std::string& text) const {
    const auto all = read(file);
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(all.find(text));
    return std::to_string(1 + std::count(all.begin(), end, '\n'));
  }
  void set_batch_rows(int rows) const {
    std::ofstream(config(), std::ios::app) << "\nbatch_rows: " << rows << '\n';
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace musubi::testing
