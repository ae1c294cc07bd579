// Exceptions stop here: what an adapter wraps its noexcept functions in, and the host every call of one.
#pragma once

#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "musubi/base/result.h"

namespace musubi::plugin {

/// The error of the exception being handled: plugin.out_of_memory or plugin.exception. Its text is not passed
/// on, because it may quote a record.
MUSUBI_SDK_API base::Error error_of_exception();

/// Runs `work`, which returns a Result, and turns an exception into an Error.
template <class Work>
std::invoke_result_t<Work> guarded(Work&& work) noexcept {
  try {
    return std::forward<Work>(work)();
  } catch (...) {
    return error_of_exception();
  }
}

/// The body of a make function: `make` returns Result<std::unique_ptr<Interface>>.
template <class Interface, class Make>
std::unique_ptr<Interface> make_safely(base::Status& status, Make&& make) noexcept {
  base::Result<std::unique_ptr<Interface>> made = guarded(std::forward<Make>(make));
  if (made.has_value()) return std::move(*made);
  status = made.error();
  return nullptr;
}

}  // namespace musubi::plugin
