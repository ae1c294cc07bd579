// Which letters of a POP3 mailbox, where they stay on the server, are done: by their unique ids (UIDL),
// durably.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "musubi/base/result.h"

namespace musubi::intake {

/// Threads: one.
class SeenLetters {
 public:
  enum class State : std::uint8_t { unknown, done, refused };

  /// Errors: intake.seen_unreadable, those of base::read_file().
  static base::Result<SeenLetters> load(std::filesystem::path file);
  State state(const std::string& id) const;
  base::Status remember(const std::string& id, State state);
  /// Forgets those that are not on the server any more.
  void keep_only(const std::set<std::string>& ids);

 private:
  explicit SeenLetters(std::filesystem::path file);
  std::filesystem::path file_;
  std::map<std::string, State> states_;
};

}  // namespace musubi::intake
