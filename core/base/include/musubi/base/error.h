// The one error type. It says what kind of failure it is, which catalogued message describes it, where it
// happened and what caused it. It carries the *path* of what was wrong and never the value: personal data
// must not reach a log, a metric, a URL or an exception text.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "musubi/base/export.h"
#include "musubi/base/place.h"

namespace musubi::base {

enum class ErrorKind : std::uint8_t {
  bad_input,          ///< the submission is wrong; the sender must mend it
  bad_configuration,  ///< a mapping, policy, route or setting is wrong; the operator must mend it
  usage,              ///< the command line is wrong
  refused,            ///< a policy or a safety rule says no
  limit_exceeded,     ///< larger, deeper or longer than allowed
  not_found,          ///< asked for something that is not there
  environment,        ///< the machine: permissions, disk full, missing file
  unavailable,        ///< a remote is down; worth retrying
  defect              ///< a fault in Musubi itself
};

/// A named part of a message: {"limit", "64 MiB"}. Values are sizes, names of columns, files, ids: never the
/// content of a record.
using MessageArgument = std::pair<std::string, std::string>;

/// Immutable once built; copying shares. Threads: safe to read from any.
class MUSUBI_SDK_API Error {
 public:
  /// A defect without a code: what error() of a successful Result returns.
  Error();
  /// `code` is the id of a message in core/base/messages, e.g. "csv.quote_not_closed".
  Error(ErrorKind kind, std::string_view code, std::initializer_list<MessageArgument> arguments = {});

  // Each returns a changed copy, so that errors are built in one expression; of one that nobody else holds
  // nothing is copied.
  Error at(Place place) const&;
  Error at(Place place) &&;
  Error in_stage(
      std::string_view stage) const;  ///< receive, keep, read, map, check, link, route, protect, deliver
  Error in_adapter(std::string_view name) const;
  Error of_record(std::string_view record) const;  ///< an opaque record id
  Error on_path(std::string_view path) const&;     ///< canonical field id or element path
  Error on_path(std::string_view path) &&;
  Error with(std::string_view name, std::string_view value) const&;
  Error with(std::string_view name, std::string_view value) &&;
  Error because(Error cause) const;

  ErrorKind kind() const noexcept;
  const std::string& code() const noexcept;
  const Place& place() const noexcept;
  const std::string& stage() const noexcept;
  const std::string& adapter() const noexcept;
  const std::string& record() const noexcept;
  const std::string& path() const noexcept;
  std::span<const MessageArgument> arguments() const noexcept;
  const Error* cause() const noexcept;

 private:
  struct Details;
  explicit Error(std::shared_ptr<const Details> details);
  std::shared_ptr<Details> changed() const&;
  std::shared_ptr<Details> changed() &&;
  std::shared_ptr<const Details> details_;
};

/// The exit code a command ends with: 1 findings, 2 usage, 3 environment.
MUSUBI_SDK_API int exit_code(const Error& error) noexcept;

}  // namespace musubi::base
