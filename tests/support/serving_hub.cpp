#include "serving_hub.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "musubi/net/client.h"
#include "program.h"

namespace musubi::testing {
namespace {

constexpr std::chrono::seconds kStartPatience{30}, kStopPatience{15};

[[noreturn]] void become_serving(const ServingHub::Settings& settings, const std::filesystem::path& log) {
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  ::setenv("LANG", "C", 1);
  ::unsetenv("LC_ALL");
  for (const auto& [name, value] : settings.environment) ::setenv(name.c_str(), value.c_str(), 1);
  const auto program = program_path();
  const auto port = std::to_string(settings.port);
  ::execl(program.c_str(), program.c_str(), "serve", "--port", port.c_str(), "--home", settings.home.c_str(),
          "--config", settings.config.c_str(), nullptr);
  ::_exit(127);
}

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

/// The port of the last line "… http://127.0.0.1:PORT/" that says that it listens; 0: none yet.
int port_in(std::string_view log) {
  const auto started = log.rfind("\"hub.log.started\"");
  if (started == log.npos) return 0;
  constexpr std::string_view kBefore = "127.0.0.1:";
  const auto at = log.find(kBefore, started);
  return at == log.npos ? 0 : std::atoi(log.data() + at + kBefore.size());
}

int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

ServingHub::ServingHub(Settings settings)
    : settings_(std::move(settings)),
      log_(settings_.home.string() + ".log"),
      client_(net::Client::create({}).value()) {
  const auto before = log().size();
  child_ = ::fork();
  if (child_ < 0) throw std::runtime_error("fork failed");
  if (child_ == 0) become_serving(settings_, log_);
  eventually(
      [&] {
        port_ = port_in(std::string_view(log()).substr(before));
        return port_ != 0 || !runs();
      },
      kStartPatience);
}

ServingHub::~ServingHub() { kill(); }

bool ServingHub::runs() { return child_ > 0 && end(std::chrono::milliseconds(0)) < 0 && child_ > 0; }

void ServingHub::kill() {
  if (child_ <= 0) return;
  signal(SIGKILL);
  ::waitpid(child_, nullptr, 0);
  child_ = -1;
}

int ServingHub::stop() {
  if (child_ <= 0) return -1;
  signal(SIGTERM);
  return end(kStopPatience);
}

void ServingHub::signal(int number) const {
  if (child_ > 0) ::kill(child_, number);  // -1 would be everybody
}

int ServingHub::end(std::chrono::milliseconds patience) {
  int code = -1;
  eventually(
      [&] {
        int status = 0;
        if (child_ <= 0 || ::waitpid(child_, &status, WNOHANG) != child_) return child_ <= 0;
        code = exit_code_ = code_of(status);
        child_ = -1;
        return true;
      },
      patience);
  return code;
}

std::string ServingHub::log() const { return contents(log_); }

bool ServingHub::logged(std::string_view text, std::chrono::milliseconds patience) const {
  return eventually([&] { return log().find(text) != std::string::npos; }, patience);
}

HttpAnswer ServingHub::ask(std::string_view method, const std::string& target, const std::string& token,
                           std::string body, const Headers& headers) const {
  net::Call call{.method = net::method_named(method).value(),
                 .url = url() + target,
                 .headers = {},
                 .body = std::move(body)};
  if (!token.empty()) call.headers.add("Authorization", "Bearer " + token);
  for (const auto& [name, value] : headers) call.headers.add(name, value);
  const auto answer = client_->send(call);
  if (answer.has_error()) return {};
  return {answer->status, answer->body};
}

int free_port() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const bool bound = ::bind(listener, any, size) == 0 && ::getsockname(listener, any, &size) == 0;
  ::close(listener);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

std::string new_token(const std::filesystem::path& home, const std::string& role, const std::string& source,
                      const std::string& jurisdiction) {
  std::vector<std::string> arguments{"token", "create", "--home", home.string(), "--role", role};
  if (!source.empty()) arguments.insert(arguments.end(), {"--source", source});
  if (!jurisdiction.empty()) arguments.insert(arguments.end(), {"--jurisdiction", jurisdiction});
  auto token = run_musubi(arguments).out;
  while (!token.empty() && token.back() == '\n') token.pop_back();
  return token;
}

}  // namespace musubi::testing
