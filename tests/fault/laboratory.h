// What the fault tests share: synthetic reports, a home whose hub writes in small batches, and what must hold
// when everything that was started has come to its end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "serving_hub.h"
#include "temporary_folder.h"

namespace musubi::testing {

/// A synthetic list of a source.
struct Report {
  std::string source, name, bytes, digest;
  std::filesystem::path file;
};

/// The same number is always the same report: even ones of Tokyo, odd ones of Osaka; some are corrections of
/// an earlier one, some are too long for the books' small bytes.
class Reports {
 public:
  /// Valid as long as this.
  const Report& number(std::size_t number);

 private:
  TemporaryFolder folder_;
  std::map<std::size_t, Report> made_;
};

class Laboratory {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;

  /// `more`: lines that the configuration has besides.
  explicit Laboratory(const std::string& more = {});
  /// After a failure the home is left in the folder for temporary files, and told where.
  ~Laboratory();

  const std::filesystem::path& home() const { return home_; }
  const std::filesystem::path& config() const { return config_; }
  const std::string& token() const { return token_; }
  ServingHub::Settings settings(Environment environment = {}) const {
    return {.home = home_, .config = config_, .environment = std::move(environment)};
  }

  /// By HTTP; what is acknowledged is remembered. The status of the answer; 0: there was none.
  unsigned post(const ServingHub& hub, const Report& report);
  /// The same in pieces; goes on with what an earlier hub left of it.
  unsigned upload(const ServingHub& hub, const Report& report);
  /// The same of what somebody else has posted, with this status.
  void note(const Report& report, unsigned status);
  /// Into the drop folder, complete at once.
  void drop(const Report& report);

  boost::json::value books(const ServingHub& hub) const { return hub.get("/api/v1/ledger", token_).json(); }
  /// Nothing waits, nothing is in flight, every drop is archived.
  bool at_rest(const ServingHub& hub) const;
  /// Starts a hub that nobody disturbs, and asserts: everything acknowledged or dropped is on the books, as
  /// often as it was acknowledged; they balance; nothing is in flight; the central store holds each version
  /// of each case once, as an undisturbed import of the same files makes it; `musubi doctor` is content.
  void expect_nothing_lost_nothing_double(const Environment& environment = {});

 private:
  struct Submission {
    std::string name, source, state;
    std::uint64_t times_received;
  };
  /// By digest, in order of receipt.
  std::vector<std::pair<std::string, Submission>> submissions(const ServingHub& hub) const;
  /// Where the upload of a report stands, at a URL of its own; nullopt: there was no answer.
  std::optional<std::size_t> upload_offset(const ServingHub& hub, const Report& report);
  void expect_on_the_books(const ServingHub& hub) const;
  std::vector<std::string> undisturbed(
      const std::vector<std::pair<std::string, Submission>>& submissions) const;
  std::vector<std::string> stored(const std::filesystem::path& home) const;

  TemporaryFolder folder_;
  std::filesystem::path home_, config_;
  std::string token_;
  std::map<std::string, std::uint64_t> acknowledged_;  ///< by digest
  std::map<std::string, const Report*> handed_in_;     ///< by digest
  std::set<std::string> dropped_;                      ///< digests
  std::map<std::string, std::string> uploads_;         ///< URLs of those that are open, by digest
};

}  // namespace musubi::testing
