#include "musubi/net/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "certificate.h"
#include "sessions.h"

namespace musubi::net {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;
using Acceptor = asio::basic_socket_acceptor<tcp, Strand>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Strand>;

/// Until descriptors or memory are asked for again.
constexpr auto kPause = 50ms;

/// How often deadlines are looked at.
std::chrono::milliseconds beat_of(const Limits& limits) {
  const auto shortest = std::min({limits.head_time, limits.body_idle_time, limits.keep_alive_time});
  return std::clamp<std::chrono::milliseconds>(shortest / 8, 5ms, 250ms);
}

base::Error refused_to_listen(std::string_view code, const ServerSettings& settings,
                              base::ErrorKind kind = base::ErrorKind::bad_configuration) {
  return {kind, code, {{"address", settings.address}, {"port", std::to_string(settings.port)}}};
}

base::Error cannot_listen(const ServerSettings& settings, int error_number) {
  return refused_to_listen("net.cannot_listen", settings, base::ErrorKind::environment)
      .with("error_number", std::to_string(error_number));
}

/// Where to listen, when these settings are safe there.
base::Result<tcp::endpoint> place_of(const ServerSettings& settings, Gate& gate) {
  SystemError failure;
  const auto address = asio::ip::make_address(settings.address, failure);
  if (failure) return refused_to_listen("net.bad_address", settings);
  if (!address.is_loopback() && !settings.tls) return refused_to_listen("net.needs_tls", settings);
  if (!address.is_loopback() && !gate.has_tokens()) return refused_to_listen("net.needs_tokens", settings);
  return tcp::endpoint(address, settings.port);
}

/// A thread that runs an event loop, and how many connections are its own.
class Loop {
 public:
  /// Takes the descriptors that it needs; Asio would take them with the first connection, when there may be
  /// none. Throws boost::system::system_error: there are none.
  Loop() { const Socket first(new_strand()); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop() { stop(); }

  void run() {
    thread_ = std::jthread([this] { io_.run(); });
  }
  /// Returns when the thread has come back.
  void stop() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }
  Strand new_strand() { return Strand(io_.get_executor()); }
  std::atomic<std::size_t> connections = 0;

 private:
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> stays_{io_.get_executor()};
  std::jthread thread_;
};

constexpr std::size_t kLoopsUnasked = 8;

std::size_t number_of_loops(const ServerSettings& settings) {
  if (settings.loops != 0) return settings.loops;
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kLoopsUnasked);
}

}  // namespace

/// Destroyed after stop(), or when it could not begin: no session is left then.
class Server::Running {
 public:
  Running(ServerSettings settings, Routes routes, Gate& gate, Observer& observer, const base::Clock& clock)
      : settings_(std::move(settings)),
        routes_(std::move(routes)),
        house_(settings_, routes_, gate, observer, clock),
        loops_(number_of_loops(settings_)) {}

  base::Status load_certificates() {
    if (!settings_.tls) return {};
    MUSUBI_ASSIGN(const auto context, make_tls_context(*settings_.tls));
    const std::lock_guard lock(mutex_);
    tls_ = context;
    return {};
  }

  base::Status listen(const tcp::endpoint& place);
  void run();
  void stop(std::chrono::milliseconds grace);
  std::uint16_t port() const noexcept { return port_; }

 private:
  Task<void> accept();
  Task<void> beat();
  SystemError take() noexcept;
  void begin(Socket socket, Loop& loop);
  /// The one with the fewest connections.
  Loop& least_busy() {
    return *std::ranges::min_element(loops_, {}, [](const Loop& loop) { return loop.connections.load(); });
  }
  std::shared_ptr<asio::ssl::context> tls() {
    const std::lock_guard lock(mutex_);
    return tls_;
  }

  const ServerSettings settings_;
  const Routes routes_;
  House house_;
  std::mutex mutex_;  ///< of tls_
  std::shared_ptr<asio::ssl::context> tls_;
  std::uint16_t port_ = 0;

  std::vector<Loop> loops_;
  /// Takes connections and looks at deadlines, whatever the loops are at. After the loops: what it waits with
  /// goes first.
  Loop door_;
  Strand strand_{door_.new_strand()};  ///< of the next two
  Acceptor acceptor_{strand_};
  Timer timer_{strand_};
  Sessions sessions_;
  std::once_flag stopped_;
};

base::Status Server::Running::listen(const tcp::endpoint& place) {
  SystemError failure;
  acceptor_.open(place.protocol(), failure);
  if (!failure) acceptor_.set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure) acceptor_.bind(place, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  if (!failure) acceptor_.non_blocking(true, failure);
  // Asio would wait for the next caller instead of telling.
  if (!failure) acceptor_.set_option(asio::socket_base::enable_connection_aborted(true), failure);
  if (!failure) port_ = acceptor_.local_endpoint(failure).port();
  if (!failure) return {};
  return cannot_listen(settings_, failure.value());
}

void Server::Running::run() {
  asio::co_spawn(strand_, accept(), asio::detached);
  asio::co_spawn(strand_, beat(), asio::detached);
  for (auto& loop : loops_) loop.run();
  door_.run();
}

Task<void> Server::Running::accept() {
  while (!house_.stopping) {
    try {
      SystemError failure;
      co_await acceptor_.async_wait(tcp::acceptor::wait_read, asio::redirect_error(kAwait, failure));
      if (house_.stopping) co_return;
      if (!failure) failure = take();
      if (!failure) continue;
      Timer pause(strand_, kPause);  // out of descriptors, most likely
      co_await pause.async_wait(asio::redirect_error(kAwait, failure));
    } catch (...) {  // no memory to wait with
      std::this_thread::sleep_for(kPause);
    }
  }
}

/// A connection that is there, for the loop that has the fewest now. Whatever goes wrong, the next is taken.
SystemError Server::Running::take() noexcept {
  SystemError failure;
  try {
    auto& loop = least_busy();
    auto socket = acceptor_.accept(loop.new_strand(), failure);
    if (!failure) begin(std::move(socket), loop);
  } catch (...) {  // no memory: the connection is closed
    return asio::error::no_memory;
  }
  const bool has_gone = failure == asio::error::would_block || failure == asio::error::connection_aborted ||
                        failure.value() == EPROTO;
  return has_gone ? SystemError() : failure;
}

void Server::Running::begin(Socket socket, Loop& loop) {
  const auto session = std::make_shared<Session>(house_, std::move(socket), tls(), loop.connections);
  if (!sessions_.add(session, settings_.limits)) return;
  ++loop.connections;
  const auto end = [this, session, &loop](const std::exception_ptr&) {
    --loop.connections;
    sessions_.remove(session);
  };
  try {
    asio::co_spawn(session->strand(), session->run(), end);
  } catch (...) {
    end(nullptr);
    throw;
  }
}

/// Ends what is past its deadline, until the loop itself is stopped.
Task<void> Server::Running::beat() {
  for (;;) {
    try {
      SystemError failure;
      timer_.expires_after(beat_of(settings_.limits));
      co_await timer_.async_wait(asio::redirect_error(kAwait, failure));
      const auto now = std::chrono::steady_clock::now();
      sessions_.for_each([now](Session& session) { session.sweep(now); });
    } catch (...) {  // no memory: the next beat looks again
      std::this_thread::sleep_for(kPause);
    }
  }
}

void Server::Running::stop(std::chrono::milliseconds grace) {
  std::call_once(stopped_, [&] {
    house_.stopping = true;
    asio::post(strand_, [this] {
      SystemError ignored;
      acceptor_.close(ignored);
    });
    sessions_.close();
    sessions_.for_each([](Session& session) { session.wind_down(); });
    while (!sessions_.wait_until_empty(grace)) {
      sessions_.for_each([](Session& session) { session.cut(); });
      grace = 50ms;
    }
    house_.workers.stop();
    door_.stop();
    for (auto& loop : loops_) loop.stop();
  });
}

base::Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings, Routes routes, Gate& gate,
                                                    Observer& observer, const base::Clock& clock) {
  MUSUBI_TRY(routes.check());
  MUSUBI_ASSIGN(const auto place, place_of(settings, gate));
  try {
    auto running = std::make_unique<Running>(settings, std::move(routes), gate, observer, clock);
    MUSUBI_TRY(running->load_certificates());
    MUSUBI_TRY(running->listen(place));
    running->run();
    return std::unique_ptr<Server>(new Server(std::move(running)));
  } catch (const boost::system::system_error& failure) {  // no descriptors
    return cannot_listen(settings, failure.code().value());
  } catch (const std::system_error& failure) {  // no threads
    return cannot_listen(settings, failure.code().value());
  }
}

Server::Server(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Server::~Server() {
  try {
    stop(std::chrono::milliseconds(0));
  } catch (const std::exception&) {  // out of memory while ending: the process is ending
    return;
  }
}
std::uint16_t Server::port() const noexcept { return running_->port(); }
base::Status Server::reload() { return running_->load_certificates(); }
void Server::stop(std::chrono::milliseconds grace) { running_->stop(grace); }

}  // namespace musubi::net
