// One connection: its requests one after the other, each read, admitted, handled and answered.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "file_body.h"
#include "house.h"
#include "inbox.h"
#include "message_parser.h"
#include "slot.h"
#include "wire.h"

namespace musubi::net {

/// Threads: its strand, except where a function says otherwise. The house and the count must outlive it.
class Session : public std::enable_shared_from_this<Session> {
 public:
  /// `connections_of_loop`: of its thread, this one included.
  Session(House& house, Socket socket, std::shared_ptr<asio::ssl::context> tls,
          const std::atomic<std::size_t>& connections_of_loop);

  /// The whole life of the connection. Does not throw for anything the other end does.
  Task<void> run();

  // From any thread.
  void sweep(Tick now) { wire_.sweep(now, shared_from_this()); }
  void wind_down();  ///< closes it when it is idle, or else after the request it is at
  void cut();        ///< closes it now

  const std::string& address() const noexcept { return peer_.address; }
  const Strand& strand() noexcept { return wire_.strand(); }

 private:
  /// A request and its answer.
  struct Exchange {
    Tick begun{};
    Head head;
    Admitted admitted;
    std::string trace;
    base::Language language = base::Language::english;
    std::uint64_t bytes_in = 0, bytes_out = 0;
    unsigned status = 0;      ///< 0: not answered
    bool closes = false;      ///< the connection ends with this answer
    bool input_left = false;  ///< the request was not read to its end
    bool gone = false;        ///< there is nobody to answer any more
  };
  /// What the caller is told instead of going on; nullopt: go on.
  using Told = std::optional<Response>;

  Task<bool> next_request();
  Task<bool> serve_one();
  Task<Told> receive(Exchange& exchange);
  void report(const Exchange& exchange) const;

  // session_read.cpp
  Task<Told> read_head(Exchange& exchange);
  Told parse_head(Exchange& exchange, std::size_t size);
  Response head_too_long(Exchange& exchange);
  Task<Told> read_body(Exchange& exchange);
  Task<Told> read_pieces(Exchange& exchange);
  Task<Told> pass_on(Exchange& exchange, std::string& piece);
  Task<Told> open_sink(Exchange& exchange);
  Task<Told> give_what_came(Exchange& exchange);
  static base::Status open_for(const Route& route, Request& request) noexcept;
  Task<Told> more_of_body(Exchange& exchange, Tick begun, std::uint64_t received);
  Told ended_early(Exchange& exchange);

  // session_answer.cpp
  Task<Response> handle(Exchange& exchange);
  static base::Status open_and_fill(const Route& route, Request& request) noexcept;
  Response make(const std::function<Response()>& maker, const Request& request) const noexcept;
  Task<bool> answer(Exchange& exchange, Response response);
  Task<bool> answer_file(Exchange& exchange, Response response);
  Task<bool> send_file(Exchange& exchange, std::shared_ptr<std::optional<FileBody>> file);
  Task<bool> send_head(Exchange& exchange, const Response& response, std::uint64_t body_bytes);
  static bool has_body(const Exchange& exchange, const Response& response);
  Task<void> leave(const Exchange& exchange);

  Response refuse(Exchange& exchange, const Refusal& refusal);
  Response told(const Exchange& exchange, Response answer, const base::Error& error) const noexcept;
  Response refuse(Exchange& exchange, const base::Error& error);
  using Job = std::function<base::Status()>;
  /// Runs `job` on a worker thread. Callers give it a name first: GCC 12 loses what a temporary holds that is
  /// made within a co_await expression.
  Task<base::Status> on_worker(const Job& job);
  const Limits& limits() const noexcept { return house_.settings.limits; }

  House& house_;
  const std::atomic<std::size_t>& connections_of_loop_;
  Wire wire_;
  Inbox inbox_;
  MessageParser parser_;
  Peer peer_;
  std::shared_ptr<SlotBase> waiting_for_;  ///< what a worker or a handler will settle
  bool idle_ = false, first_ = true, cut_ = false;
};

}  // namespace musubi::net
