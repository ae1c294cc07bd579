// Files sent by a form: multipart/form-data (RFC 7578, RFC 2046 section 5.1), read as its bytes arrive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "musubi/base/result.h"

namespace musubi::net {

/// What the header of a part says. Both are as they were sent: any bytes, folders of the sender's machine
/// too.
struct FormPart {
  std::string name{};                      ///< of the field
  std::optional<std::string> file_name{};  ///< of filename* (UTF-8) before filename; none: it is no file
};

/// Takes the parts of a form: begin, bytes any number of times, end, for each in order. What it refuses, the
/// reader refuses. Threads: those of the reader's caller.
class FormVisitor {
 public:
  virtual ~FormVisitor() = default;
  virtual base::Status begin(const FormPart& part) = 0;
  virtual base::Status bytes(std::string_view piece) = 0;  ///< never empty
  virtual base::Status end() = 0;
};

struct FormLimits {
  std::size_t head_bytes = std::size_t{8} * 1024;  ///< of the header of one part
  std::size_t parts = 20;
};

/// Whether a body with this Content-Type is a form.
bool is_form(std::string_view content_type) noexcept;

/// Keeps no more in memory than the header of a part and what may be a boundary. Lines end in CRLF; a line
/// that begins with the boundary and goes on with anything else is refused, as is what can be understood in
/// two ways: folded headers, parameters written twice, other encodings than the bytes themselves.
/// Threads: one at a time.
class FormReader {
 public:
  /// Of the header Content-Type. `visitor` must outlive the reader. Error: net.form_boundary.
  static base::Result<FormReader> open(std::string_view content_type, FormVisitor& visitor,
                                       const FormLimits& limits = {});
  /// The next bytes, in pieces of any size. After an error nothing more may be written. Errors:
  /// net.form_broken, net.form_encoding, net.form_too_many_parts, net.form_head_too_large, the visitor's.
  base::Status write(std::string_view piece);
  /// There is no more. Error: net.form_not_whole, where the last boundary has not come.
  base::Status finish() const;

 private:
  enum class At : std::uint8_t { preamble, boundary, head, content, epilogue };
  FormReader(const std::string& boundary, FormVisitor& visitor, const FormLimits& limits);
  // Each reads what it can from waiting_; false: it needs more.
  base::Result<bool> step();
  base::Result<bool> read_up_to_boundary();
  base::Result<bool> read_boundary();
  base::Result<bool> read_head();
  base::Status pass_on(std::size_t bytes);

  FormVisitor* visitor_;
  FormLimits limits_;
  std::string delimiter_;  ///< CRLF, two hyphens, the boundary
  std::string waiting_;    ///< bytes not understood yet
  std::size_t parts_ = 0;
  At at_ = At::preamble;
};

}  // namespace musubi::net
