// Writes to a disk that forgets, and ends: what machine_test finds afterwards tells whether the disk is one.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

std::string here(const char* name) { return std::string(::get_current_dir_name()) + "/" + name; }

int opened(const char* name) { return ::open(here(name).c_str(), O_RDWR | O_CREAT, 0600); }

bool put(int file, std::string_view bytes) {
  return ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
}

}  // namespace

int main() {
  const int folder = ::open(here(".").c_str(), O_RDONLY | O_DIRECTORY);
  const int synced = opened("synced"), overwritten = opened("overwritten"),
            removed = opened("removed_not_synced");
  bool fine = put(synced, "first") && put(overwritten, "before") && put(removed, "there");
  for (const int each : {synced, overwritten, removed, folder}) fine = fine && ::fsync(each) == 0;
  fine = fine && put(synced, " second") && ::pwrite(overwritten, "after!!", 7, 0) == 7;
  const int late = opened("entry_not_synced");
  fine = fine && put(late, "bytes") && ::fsync(late) == 0;
  fine = fine && std::rename(here("synced").c_str(), here("renamed_not_synced").c_str()) == 0;
  fine = fine && ::unlink(here("removed_not_synced").c_str()) == 0;
  fine = fine && ::mkdir(here("new_folder").c_str(), 0700) == 0;
  fine = fine && std::rename(here("folder/moved").c_str(), here("new_folder/moved").c_str()) == 0;
  fine = fine && ::rmdir(here("folder").c_str()) == 0;
  if (!fine) return 1;
  return ::kill(::getpid(), SIGKILL);
}
