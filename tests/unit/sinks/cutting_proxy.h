// Stands between a client and a server, both on Unix sockets, and cuts the connection at a chosen moment.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "small_catalogue.h"

namespace musubi::test {

class CuttingProxy {
 public:
  /// What to do with bytes from the client: pass them on, cut instead, or pass them on, wait for the server's
  /// answer and cut instead of passing that on. Called by the proxy's thread.
  enum class Verdict : std::uint8_t { pass, cut_before, cut_after };
  using Judge = std::function<Verdict(std::string_view bytes)>;

  CuttingProxy(std::filesystem::path server_socket, Judge judge);
  ~CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  /// Where libpq finds it.
  std::string connection() const;
  int cuts() const { return cuts_; }

 private:
  void run();
  void serve(int client);
  bool from_client(int client, int server);

  std::filesystem::path server_socket_;
  Judge judge_;
  TemporaryFolder folder_;
  int listener_ = -1;
  std::atomic<bool> stopping_{false};
  std::atomic<int> cuts_{0};
  std::thread thread_;
};

/// Cuts at the first COMMIT, once, before or after the server has heard it.
CuttingProxy::Judge at_first_commit(CuttingProxy::Verdict verdict);
/// Lets so many bytes through, once.
CuttingProxy::Judge after_bytes(std::size_t count);

}  // namespace musubi::test
