// Starts a program that outlives its parent: a session of its own, no streams, low priority. The lock goes along as
// descriptor 3, so that it is held until the program ends, and its file's time says when the last one was started that
// has not succeeded.
// Between fork and exec only calls run that are safe there.
#include "files/detached.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "files/system_error.h"

#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 34)
#define CASCADE_CLOSEFROM
#endif
#endif

namespace cascade::files {
namespace {

constexpr int lock_descriptor = 3;

void close_from(int first) {
#ifdef CASCADE_CLOSEFROM
  ::closefrom(first);
#else
  constexpr long many = 65'536;
  const long limit = ::sysconf(_SC_OPEN_MAX);  // negative: none
  const long most = limit < 0 ? many : std::min(limit, many);
  for (int fd = first; fd < most; ++fd) ::close(fd);
#endif
}

// Runs in the child after fork: only calls that are safe there.
[[noreturn]] void become(char* const* words, const char* directory, int lock) {
  constexpr int courtesy = 10;  // the user's own work goes first
  ::setsid();
  const int null = ::open("/dev/null", O_RDWR);
  if (null < 0 || ::chdir(directory) != 0) ::_exit(126);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null, stream);
  if (lock == lock_descriptor)
    ::fcntl(lock, F_SETFD, 0);
  else
    ::dup2(lock, lock_descriptor);
  close_from(lock_descriptor + 1);
  if (::nice(courtesy) == -1) errno = 0;  // if this fails, it runs at normal priority
  ::execv(words[0], words);
  ::_exit(127);
}

// False: another process holds the lock, or the last one took it too recently.
bool is_due(int lock, std::int64_t least_seconds) {
  struct stat info {};
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0 || ::fstat(lock, &info) != 0) return false;
  const std::int64_t age = std::time(nullptr) - info.st_mtime;
  if (info.st_size > 0 && age >= 0 && age < least_seconds) return false;
  return ::pwrite(lock, "\n", 1, 0) == 1;
}

}  // namespace

Result<bool> start_detached(const std::vector<std::string>& words, const std::string& directory,
                            const std::string& lock_path, std::int64_t least_seconds) {
  const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock < 0) return unwritable("cannot write", lock_path, errno);
  if (!is_due(lock, least_seconds)) {
    ::close(lock);
    return false;
  }
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  const std::string where = directory.empty() ? "." : directory;
  const pid_t child = ::fork();
  if (child == 0) become(pointers.data(), where.c_str(), lock);
  const int failed = errno;
  ::close(lock);  // the child's copy keeps it locked
  if (child < 0) return unwritable("cannot start", words.front(), failed);
  return true;
}

// An empty lock file says that no start has to be waited for.
void allow_next_start(const std::string& lock_path) {
  const int lock = ::open(lock_path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (lock < 0) return;
  if (::ftruncate(lock, 0) != 0) errno = 0;  // then the next one waits
  ::close(lock);
}

}  // namespace cascade::files
