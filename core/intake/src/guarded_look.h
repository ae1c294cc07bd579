// Where exceptions of a look stop (out of memory, for the most part).
#pragma once

#include <chrono>
#include <exception>

#include "health_board.h"

namespace musubi::intake {

/// What `look` returns; when it throws, an error of the look and a minute.
template <class Look>
std::chrono::milliseconds guarded_look(HealthBoard& board, const Look& look) noexcept {
  try {
    return look();
  } catch (const std::exception&) {
    board.failed(base::Error(base::ErrorKind::defect, "intake.unexpected"));
    return std::chrono::minutes(1);
  }
}

}  // namespace musubi::intake
