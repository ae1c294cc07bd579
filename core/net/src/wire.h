// A connection's bytes, plain or under TLS, with a deadline for whatever it is doing.
#pragma once

#include <atomic>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "asio.h"
#include "buckets.h"
#include "inbox.h"

namespace musubi::net {

/// Threads: its strand, but for sweep().
class Wire {
 public:
  /// Without `tls` the bytes go as they are.
  Wire(Socket socket, std::shared_ptr<asio::ssl::context> tls);

  /// What is under way, or begins next, is cut off at `deadline`.
  void expect_until(Tick deadline) noexcept { deadline_.store(deadline.time_since_epoch().count()); }
  void expect_within(std::chrono::milliseconds time) noexcept;
  /// Nothing is under way that the other end could hold up.
  void expect_nothing() noexcept { expect_until(Tick::max()); }
  /// A deadline has passed; what was under way was ended.
  bool is_late() const noexcept { return late_; }

  /// False: the other end does not speak TLS as we do, has no good certificate, or was late.
  Task<bool> begin();
  /// Appends what comes next. 0: closed, failed or late.
  Task<std::size_t> receive(Inbox& inbox);
  /// All of `bytes`; every 64 KiB get `time`.
  Task<bool> send(std::string_view bytes, std::chrono::milliseconds time);
  /// Says that nothing more will be sent.
  Task<void> end();
  void close() noexcept;
  /// Ends what is under way with an error.
  void interrupt() noexcept;

  /// From any thread; `owner` keeps this object alive meanwhile.
  void sweep(Tick now, std::shared_ptr<void> owner);

  std::string address() const;
  /// Subject common name of the verified certificate of the other end; empty: none.
  std::string peer_name();
  const Strand& strand() noexcept { return strand_; }
  bool is_secure() const noexcept { return secure_.has_value(); }

 private:
  Strand strand_;
  Socket socket_;
  std::shared_ptr<asio::ssl::context> context_;
  std::optional<asio::ssl::stream<Socket&>> secure_;
  std::atomic<Tick::rep> deadline_{Tick::max().time_since_epoch().count()};
  bool late_ = false;
};

}  // namespace musubi::net
