// musubi_with_postgres PROGRAM ARGUMENT…: starts a PostgreSQL server of its own and runs the program, in
// whose arguments {postgres} stands for the connection string. Ends as the program ends; 77 where no server
// can be started.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "postgres_server.h"

namespace {

std::string with_connection(std::string argument, const std::string& connection) {
  constexpr std::string_view kPlaceholder = "{postgres}";
  const auto at = argument.find(kPlaceholder);
  return at == std::string::npos ? argument : argument.replace(at, kPlaceholder.size(), connection);
}

int run(const musubi::testing::PostgresServer& server, int count, char** given) {
  std::vector<std::string> words;
  for (int index = 1; index < count; ++index)
    words.push_back(with_connection(given[index], server.connection()));
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (const auto missing = musubi::testing::PostgresServer::missing(); !missing.empty()) {
    std::cout << missing << '\n';
    return 77;
  }
  try {
    const musubi::testing::PostgresServer server;
    return run(server, count, arguments);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 3;
  }
}
