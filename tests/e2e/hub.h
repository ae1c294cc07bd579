// A hub of its own for one test: a fresh home, the shipped configuration, the built program.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "program.h"
#include "temporary_folder.h"

namespace musubi::testing {

class Hub {
 public:
  explicit Hub(std::string config = std::string(MUSUBI_PROJECT_FOLDER) + "/config/musubi.yaml")
      : config_(std::move(config)) {}

  std::filesystem::path home() const { return folder_.path() / "home"; }
  const TemporaryFolder& folder() const { return folder_; }

  Outcome run(std::vector<std::string> arguments,
              std::optional<std::chrono::microseconds> kill_after = std::nullopt) const {
    arguments.insert(arguments.end(), {"--home", home().string(), "--config", config_});
    return run_musubi(arguments, kill_after);
  }
  /// Imports; false when something other than rows for review kept it from ending well.
  bool import(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "import");
    const auto exit_code = run(std::move(arguments)).exit_code;
    return exit_code == 0 || exit_code == 1;
  }
  boost::json::object ledger() const { return boost::json::parse(run({"ledger", "--json"}).out).as_object(); }
  std::uint64_t count(const char* state) const {
    return ledger().at("records").as_object().at(state).to_number<std::uint64_t>();
  }
  bool balanced() const { return ledger().at("balanced").as_bool(); }

 private:
  TemporaryFolder folder_;
  std::string config_;
};

}  // namespace musubi::testing
