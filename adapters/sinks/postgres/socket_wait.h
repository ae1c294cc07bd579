// Waiting for a socket, with an end to it.
#pragma once

#include <chrono>

namespace musubi::postgres_sink {

/// Whether one of `events` (of poll(2)) was there before the deadline. Signals do not shorten the wait.
bool ready_before(int socket, short events, std::chrono::steady_clock::time_point deadline) noexcept;

}  // namespace musubi::postgres_sink
