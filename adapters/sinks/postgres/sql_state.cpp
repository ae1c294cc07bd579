#include "sql_state.h"

#include <algorithm>
#include <array>

namespace musubi::postgres_sink {
namespace {

using base::ErrorKind;

struct Meaning {
  std::string_view prefix;  ///< a whole SQLSTATE or its class
  ErrorKind kind;
  std::string_view message;
};

// The first that fits counts: single states before their class.
constexpr std::array kMeanings{
    Meaning{"08", ErrorKind::unavailable, "postgres.connection_lost"},
    Meaning{"22", ErrorKind::refused, "postgres.record_refused"},
    Meaning{"23", ErrorKind::refused, "postgres.record_refused"},
    Meaning{"25006", ErrorKind::unavailable, "postgres.read_only"},
    Meaning{"25P03", ErrorKind::unavailable, "postgres.too_slow"},  // idle_in_transaction_session_timeout
    Meaning{"28", ErrorKind::bad_configuration, "postgres.not_admitted"},
    Meaning{"3D000", ErrorKind::bad_configuration, "postgres.not_admitted"},
    Meaning{"40", ErrorKind::unavailable, "postgres.busy"},  // serialization failure, deadlock
    Meaning{"42501", ErrorKind::bad_configuration, "postgres.not_permitted"},
    Meaning{"53100", ErrorKind::unavailable, "postgres.disk_full"},
    Meaning{"53", ErrorKind::unavailable, "postgres.busy"},         // memory, connections
    Meaning{"55P03", ErrorKind::unavailable, "postgres.busy"},      // lock_timeout
    Meaning{"57014", ErrorKind::unavailable, "postgres.too_slow"},  // statement_timeout, or cancelled
    Meaning{"57P", ErrorKind::unavailable, "postgres.stopping"},
    Meaning{"58", ErrorKind::environment, "postgres.server_failed"},
    Meaning{"F0", ErrorKind::environment, "postgres.server_failed"},
    Meaning{"XX", ErrorKind::environment, "postgres.server_failed"},
};

constexpr std::size_t kStateLength = 5;

bool is_state_character(char each) { return (each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z'); }

/// Of a line "… FATAL:  57P03"; empty where it does not end so.
std::string_view state_at_end(std::string_view line) {
  constexpr std::string_view kBefore = ":  ";
  if (line.size() < kBefore.size() + kStateLength) return {};
  const auto state = line.substr(line.size() - kStateLength);
  line.remove_suffix(kStateLength);
  return line.ends_with(kBefore) && std::ranges::all_of(state, is_state_character) ? state
                                                                                   : std::string_view{};
}

}  // namespace

base::Error error_of_state(std::string_view sqlstate) {
  for (const auto& meaning : kMeanings)
    if (sqlstate.starts_with(meaning.prefix))
      return base::Error(meaning.kind, meaning.message, {{"sqlstate", std::string(sqlstate)}});
  return base::Error(ErrorKind::defect, "postgres.command_refused", {{"sqlstate", std::string(sqlstate)}});
}

std::string_view state_in(std::string_view connection_error) noexcept {
  std::string_view last;
  while (!connection_error.empty()) {
    const auto end = connection_error.find('\n');
    const auto state = state_at_end(connection_error.substr(0, end));
    if (!state.empty()) last = state;
    connection_error.remove_prefix(end == connection_error.npos ? connection_error.size() : end + 1);
  }
  return last;
}

}  // namespace musubi::postgres_sink
