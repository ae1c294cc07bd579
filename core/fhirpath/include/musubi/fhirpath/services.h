// What an expression may ask of the world outside. All optional: without one, the functions that need it end
// with an error that says so.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "musubi/base/clock.h"
#include "musubi/base/result.h"
#include "musubi/fhirpath/resource.h"
#include "musubi/fhirpath/value.h"

namespace musubi::fhirpath {

struct Code {
  std::string_view system{};  ///< empty: not known
  std::string_view code{};
};

/// Value sets and code systems. Threads: as many as evaluations share it. nullopt: not known here.
class Terminology {
 public:
  virtual ~Terminology() = default;
  /// memberOf()
  virtual std::optional<bool> contains(std::string_view value_set, Code code) const noexcept = 0;
  /// subsumes(): whether `general` is `special` or above it.
  virtual std::optional<bool> subsumes(Code general, Code special) const noexcept = 0;
};

/// Japanese municipalities and prefectures. Threads: as Terminology.
class Places {
 public:
  virtual ~Places() = default;
  /// Name or code → 6-digit code; `prefecture` (two digits or a name) may be empty. Empty: none or several.
  virtual std::string_view municipality(std::string_view text,
                                        std::string_view prefecture) const noexcept = 0;
  /// Name or code of a prefecture or municipality → two digits. Empty: none.
  virtual std::string_view prefecture(std::string_view text) const noexcept = 0;
};

/// Takes what trace() is given. Values are data: the sink decides whether they may be shown.
class TraceSink {
 public:
  virtual ~TraceSink() = default;
  virtual void trace(std::string_view name, std::span<const Value> values) noexcept = 0;
};

/// Finds what is not in the same Bundle or resource. nullptr: not found.
class ReferenceResolver {
 public:
  virtual ~ReferenceResolver() = default;
  virtual const Resource* resolve(std::string_view reference) noexcept = 0;
};

/// A %variable given from outside.
struct Variable {
  std::string name;
  std::span<const Value> values{};
  /// Another whenever the values are others, and may be the same when they are the same again: what an
  /// expression asks of this variable only is then evaluated once for each edition, and its data outlive the
  /// Evaluation. 0: evaluated anew in each run.
  std::uint64_t edition = 0;
};

/// Pointers may be null; what they point to outlives the Evaluation.
struct Services {
  const base::Clock* clock = nullptr;     ///< null: the system's
  std::int16_t utc_offset_minutes = 540;  ///< of now() and today(): Japan
  const Terminology* terminology = nullptr;
  const Places* places = nullptr;
  TraceSink* trace = nullptr;
  ReferenceResolver* resolver = nullptr;
  std::span<const Variable> variables{};
};

}  // namespace musubi::fhirpath
