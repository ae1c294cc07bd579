// Exceptions of the road's own work stop here: on a thread nobody else would catch them.
#pragma once

#include <new>
#include <type_traits>
#include <utility>

#include "musubi/base/result.h"

namespace musubi::pipeline {

/// Runs `work`, which returns a Result. What it throws becomes an error without its text: of the machine
/// (pipeline.out_of_memory), or a defect (pipeline.exception).
template <class Work>
std::invoke_result_t<Work> contained(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::bad_alloc&) {
    return base::Error(base::ErrorKind::environment, "pipeline.out_of_memory");
  } catch (...) {
    return base::Error(base::ErrorKind::defect, "pipeline.exception");
  }
}

}  // namespace musubi::pipeline
