#include "postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <thread>

namespace musubi::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr const char* kUser = "postgres";  // the server refuses to run as root
constexpr auto kPatience = 60s;

fs::path binaries() {
  if (const char* named = std::getenv("MUSUBI_POSTGRES_BIN")) return named;
  for (const auto* version : {"15", "16", "17", "14", "13"}) {
    const auto folder = fs::path("/usr/lib/postgresql") / version / "bin";
    if (fs::exists(folder / "postgres")) return folder;
  }
  return {};
}

void become(const passwd& user) {
  if (::initgroups(kUser, user.pw_gid) != 0 || ::setgid(user.pw_gid) != 0 || ::setuid(user.pw_uid) != 0)
    ::_exit(126);
}

/// Starts a program with its output in `log`; as kUser where this is root. It goes when this process goes.
pid_t launch(const std::vector<std::string>& words, const fs::path& folder, const fs::path& log) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const passwd* user = ::geteuid() == 0 ? ::getpwnam(kUser) : nullptr;
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child > 0) return child;
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (user != nullptr) become(*user);
  ::prctl(PR_SET_PDEATHSIG, SIGINT);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

void run(const std::vector<std::string>& words, const fs::path& folder, const fs::path& log) {
  int status = 0;
  ::waitpid(launch(words, folder, log), &status, 0);
  if (status != 0) throw std::runtime_error(words.front() + " failed; see " + log.string());
}

using ConnectionPointer = std::unique_ptr<PGconn, void (*)(PGconn*)>;

}  // namespace

std::string PostgresServer::missing() {
  if (binaries().empty() || !fs::exists(binaries() / "initdb"))
    return "PostgreSQL's server is not installed here (Debian: postgresql-15), so this is left out.";
  if (::geteuid() == 0 && ::getpwnam(kUser) == nullptr)
    return "This is root, and there is no user postgres to run PostgreSQL's server as, so this is left out.";
  return {};
}

PostgresServer::PostgresServer(std::vector<std::string> settings) : settings_(std::move(settings)) {
  if (const auto reason = missing(); !reason.empty()) throw std::runtime_error(reason);
  if (const passwd* user = ::geteuid() == 0 ? ::getpwnam(kUser) : nullptr;
      user != nullptr && ::chown(folder().c_str(), user->pw_uid, user->pw_gid) != 0)
    throw std::runtime_error("chown failed");
  run({binaries() / "initdb", "-D", folder() / "data", "-U", kUser, "-A", "trust", "-E", "UTF8", "--locale=C",
       "--no-sync", "--no-instructions"},
      folder(), folder() / "initdb.log");
  start();
}

PostgresServer::~PostgresServer() {
  if (pid_ != 0) stop(SIGQUIT);
}

std::string PostgresServer::connection() const {
  return "host=" + folder().string() + " port=5432 dbname=postgres user=" + kUser;
}

fs::path PostgresServer::socket() const { return folder() / ".s.PGSQL.5432"; }

void PostgresServer::start(const std::vector<std::string>& more_settings) {
  std::vector<std::string> words{binaries() / "postgres",   "-D", folder() / "data",   "-k",
                                 folder().string(),         "-c", "listen_addresses=", "-c",
                                 "log_min_messages=warning"};
  auto settings = settings_;
  settings.insert(settings.end(), more_settings.begin(), more_settings.end());
  for (const auto& setting : settings) {
    words.emplace_back("-c");
    words.push_back(setting);
  }
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  pid_ = launch(words, folder(), log());
  while (PQping(connection().c_str()) != PQPING_OK) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("PostgreSQL's server does not start; see " + log().string());
    std::this_thread::sleep_for(20ms);
    // It refuses to start as long as sessions of a killed one before it have not noticed.
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = launch(words, folder(), log());
  }
}

void PostgresServer::stop(int signal) {
  ::kill(pid_, signal);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

std::string PostgresServer::sql(const std::string& query) const {
  const ConnectionPointer session(PQconnectdb(connection().c_str()), PQfinish);
  PQsetNoticeProcessor(
      session.get(), [](void*, const char*) {}, nullptr);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(session.get(), query.c_str()), PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
    throw std::runtime_error(PQresultErrorMessage(result.get()));
  std::string answer;
  for (int row = 0; row < PQntuples(result.get()); ++row)
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      const bool null = PQgetisnull(result.get(), row, column) == 1;
      answer.append(null ? "NULL" : PQgetvalue(result.get(), row, column)).append("|");
    }
  return answer;
}

}  // namespace musubi::testing
