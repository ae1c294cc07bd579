#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "temporary_folder.h"

namespace musubi::testing {
namespace {

[[noreturn]] void become_musubi(const std::vector<std::string>& arguments, const std::filesystem::path& out,
                                const std::filesystem::path& err, const std::filesystem::path& folder) {
  const int out_file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_file = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(out_file, STDOUT_FILENO);
  ::dup2(err_file, STDERR_FILENO);
  if (!folder.empty() && ::chdir(folder.c_str()) != 0) ::_exit(127);
  ::setenv("LANG", "C", 1);
  ::unsetenv("LC_ALL");
  ::unsetenv("MUSUBI_HOME");
  ::unsetenv("MUSUBI_CONFIG");
  const auto program = program_path().string();
  std::vector<char*> list{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) list.push_back(const_cast<char*>(argument.c_str()));
  list.push_back(nullptr);
  ::execv(program.c_str(), list.data());
  ::_exit(127);
}

int wait_for(pid_t child, std::optional<std::chrono::microseconds> kill_after, bool& killed) {
  int status = 0;
  if (kill_after) {
    const auto deadline = std::chrono::steady_clock::now() + *kill_after;
    while (::waitpid(child, &status, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() >= deadline) {
        ::kill(child, SIGKILL);
        ::waitpid(child, &status, 0);
        killed = WIFSIGNALED(status);
        return status;
      }
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return status;
  }
  ::waitpid(child, &status, 0);
  return status;
}

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(text).str();
}

}  // namespace

std::filesystem::path program_path() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "musubi";
}

Outcome run_musubi(const std::vector<std::string>& arguments,
                   std::optional<std::chrono::microseconds> kill_after, const std::filesystem::path& folder,
                   const std::filesystem::path& elsewhere) {
  const TemporaryFolder scratch;
  const auto out = elsewhere.empty() ? scratch.path() / "out" : elsewhere, err = scratch.path() / "err";
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) become_musubi(arguments, out, err, folder);
  Outcome outcome;
  const int status = wait_for(child, kill_after, outcome.killed);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (elsewhere.empty()) outcome.out = contents(out);
  outcome.err = contents(err);
  return outcome;
}

}  // namespace musubi::testing
