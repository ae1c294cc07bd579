// Routes: which recipients the records of a source go to, for which purpose, on which legal basis. Default:
// nobody.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/base/result.h"
#include "musubi/model/catalogue.h"
#include "musubi/privacy/policy.h"

namespace musubi::privacy {

struct Route {
  std::string id;         ///< unique over all files: "tokyo-to-central"
  std::string sink;       ///< name of a configured sink
  std::string recipient;  ///< role, as policies name it
  std::string purpose, basis;

  /// The question this route puts to the policies for records of `jurisdiction`.
  Request request(std::string jurisdiction) const;
};

/// Immutable; threads may share it.
class Routes {
 public:
  /// Reads every *.yaml of `folder` (config/routes). Errors: privacy.* with file, line and column, all of
  /// them chained as causes.
  static base::Result<std::shared_ptr<const Routes>> load(const std::filesystem::path& folder);
  static base::Result<std::shared_ptr<const Routes>> parse(std::span<const ConfigurationFile> files);

  /// In order of the files; empty: nobody. Valid as long as the routes.
  std::span<const Route> recipients_for(std::string_view source, model::RecordKind kind) const noexcept;
  std::vector<std::string> to_sink(std::string_view sink) const;  ///< ids of routes, ascending
  std::vector<std::string> sources() const;                       ///< those that have routes, ascending
  ~Routes();

 private:
  Routes();
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace musubi::privacy
