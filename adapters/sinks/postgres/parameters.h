// Parameters of a command and the rows of its answer.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace musubi::postgres_sink {

/// The parameters $1, $2 … of one command, in PostgreSQL's binary form. Owns their bytes.
class Parameters {
 public:
  Parameters& add(std::int64_t number);
  Parameters& add(std::string_view text);
  Parameters& add(std::span<const std::int64_t> numbers);  ///< bigint[]
  Parameters& add(std::span<const std::string> texts);     ///< text[]

  std::span<const std::string> bytes() const noexcept { return bytes_; }
  std::span<const Oid> types() const noexcept { return types_; }

 private:
  Parameters& add(Oid type, std::string bytes);
  std::vector<std::string> bytes_;
  std::vector<Oid> types_;
};

struct ClearResult {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ClearResult>;

/// All rows of an answer, in text form. Rows and columns are counted from 0.
class Rows {
 public:
  Rows() = default;
  explicit Rows(ResultPointer result) : result_(std::move(result)) {}

  int size() const noexcept { return result_ ? PQntuples(result_.get()) : 0; }
  bool is_null(int row, int column) const noexcept { return PQgetisnull(result_.get(), row, column) == 1; }
  /// Valid as long as the rows; empty where NULL.
  std::string_view text(int row, int column) const noexcept {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
  }
  std::int64_t integer(int row, int column) const noexcept;  ///< 0 where NULL
  /// "COMMIT", "INSERT 0 3"
  std::string_view tag() const noexcept { return result_ ? PQcmdStatus(result_.get()) : ""; }
  bool boolean(int row, int column) const noexcept { return text(row, column) == "t"; }

 private:
  ResultPointer result_;
};

}  // namespace musubi::postgres_sink
