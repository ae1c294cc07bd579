#include "health_board.h"

#include <utility>

namespace musubi::intake {

HealthBoard::HealthBoard(std::string name, WayInKind kind) {
  health_.name = std::move(name);
  health_.kind = kind;
}

void HealthBoard::looked(base::Instant when) {
  const std::scoped_lock lock(mutex_);
  health_.last_looked = when;
  health_.last_error.reset();
  health_.waiting = 0;
}

void HealthBoard::received(base::Instant when, const Taken& taken) {
  const std::scoped_lock lock(mutex_);
  health_.last_received = when;
  ++health_.received;
  if (taken.repeated) ++health_.repeated;
}

void HealthBoard::refused(const base::Error& reason) {
  const std::scoped_lock lock(mutex_);
  ++health_.refused;
  ++health_.refused_for[reason.code()];
}

void HealthBoard::waiting(std::uint64_t more) {
  const std::scoped_lock lock(mutex_);
  health_.waiting += more;
}

void HealthBoard::failed(const base::Error& error) {
  const std::scoped_lock lock(mutex_);
  health_.last_error = error;
}

Health HealthBoard::health() const {
  const std::scoped_lock lock(mutex_);
  return health_;
}

}  // namespace musubi::intake
