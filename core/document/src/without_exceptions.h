// The edge where exceptions stop: what a reader's noexcept function is wrapped in.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "musubi/base/result.h"

namespace musubi::document {

/// Runs `work`, which returns a Result; memory exhaustion and unexpected exceptions become Errors.
template <class Work>
auto without_exceptions(const std::string& shown_name, Work&& work) noexcept -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::bad_alloc&) {
    return base::Error(base::ErrorKind::environment, "document.out_of_memory").at({.file = shown_name});
  } catch (const std::exception&) {
    return base::Error(base::ErrorKind::defect, "document.reader_failed").at({.file = shown_name});
  }
}

}  // namespace musubi::document
