// The hub's log: one JSON object a line, with the id of a catalogued message, to standard error. Nothing in
// it comes from a record; what a line may hold is decided here and nowhere else.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "musubi/base/clock.h"
#include "musubi/base/error.h"

namespace musubi::app {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// A member of a line: codes, names of configuration, ids, counts and times.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::uint64_t, double, bool> value;
};

/// Threads: any. A full disk or a closed pipe behind it loses lines, not the hub.
class HubLog {
 public:
  HubLog(const base::Clock& clock, LogLevel least);
  ~HubLog();
  void write(LogLevel level, std::string_view message_id, std::initializer_list<LogField> fields) noexcept;
  /// The codes of an error and of its causes: never its arguments, which may name a sender's file.
  void write(LogLevel level, std::string_view message_id, const base::Error& error,
             std::initializer_list<LogField> fields) noexcept;

 private:
  struct Sink;
  const base::Clock& clock_;
  LogLevel least_;
  std::unique_ptr<Sink> sink_;
};

}  // namespace musubi::app
