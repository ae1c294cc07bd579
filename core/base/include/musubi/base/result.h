// Result<T>: a value or an Error. Exceptions stop at the edge of a function that calls a throwing library.
#pragma once

#include <boost/system/result.hpp>

#include "musubi/base/error.h"

namespace musubi::base {

template <class T>
using Result = boost::system::result<T, Error>;

using Status = Result<void>;

/// Called by Result::value() on a failed result. Reaching it is a defect of the caller.
[[noreturn]] MUSUBI_SDK_API void throw_exception_from_error(const Error& error,
                                                            const boost::source_location& where);

}  // namespace musubi::base

/// Returns the error of a failed Result from the enclosing function; otherwise goes on.
#define MUSUBI_TRY(expression)                                          \
  do {                                                                  \
    if (auto&& musubi_tried = (expression); musubi_tried.has_error()) { \
      return musubi_tried.error();                                      \
    }                                                                   \
  } while (false)

/// MUSUBI_ASSIGN(auto file, open(path)): declares `file` with the value, or returns the error.
#define MUSUBI_ASSIGN(declaration, expression) \
  MUSUBI_ASSIGN_AS(declaration, expression, MUSUBI_UNIQUE(musubi_result_))
#define MUSUBI_ASSIGN_AS(declaration, expression, result) \
  auto result = (expression);                             \
  if (result.has_error()) return result.error();          \
  declaration = std::move(*result)
#define MUSUBI_UNIQUE(prefix) MUSUBI_JOIN(prefix, __LINE__)
#define MUSUBI_JOIN(a, b) MUSUBI_JOIN_AGAIN(a, b)
#define MUSUBI_JOIN_AGAIN(a, b) a##b
