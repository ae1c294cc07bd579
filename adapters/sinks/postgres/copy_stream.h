// One COPY into a table: rows are written into a small buffer, which goes to the server whenever it is full,
// so that the server works on the last rows while the next are encoded.
#pragma once

#include "connection.h"
#include "copy_rows.h"

namespace musubi::postgres_sink {

/// Abandoned, with the rows thrown away by the server, when destroyed before finish().
class CopyStream {
 public:
  /// The connection outlives the stream.
  explicit CopyStream(Connection& connection) : connection_(&connection) {}
  CopyStream(const CopyStream&) = delete;
  CopyStream& operator=(const CopyStream&) = delete;
  ~CopyStream();

  /// Nothing is sent before; a stream that was never begun ends well and does nothing.
  base::Status begin(const std::string& sql);
  bool begun() const noexcept { return begun_; }
  CopyRows& rows() noexcept { return rows_; }
  base::Status row_done();
  base::Status finish();

 private:
  base::Status send();

  Connection* connection_;
  CopyRows rows_;
  bool begun_ = false;
};

}  // namespace musubi::postgres_sink
