#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/system.h"

namespace cascade::cli {
namespace {

const char* late_line = "";

extern "C" void end_now(int) {
  if (::write(STDERR_FILENO, late_line, std::strlen(late_line)) < 0) ::_exit(1);
  ::_exit(1);
}

}  // namespace

void prepare_process() noexcept {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // ulimit -f
}

void reserve_standard_descriptors() noexcept {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is this one. Opened for reading only, so that a later write fails as on a closed
    // descriptor.
    if (::open("/dev/null", O_RDONLY) != descriptor) return;
  }
}

bool is_terminal(int descriptor) noexcept { return ::isatty(descriptor) == 1; }

std::size_t terminal_width() noexcept {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::string name_for_shells(const std::string& path) { return path; }

void end_late(unsigned seconds, const char* line) noexcept {
  late_line = line;
  std::signal(SIGALRM, end_now);
  ::alarm(seconds);
}

#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)

namespace {

// Slightly more than the heap has free. Then malloc's own record after the block is below the first large page. If it
// touched that page before the advice, the kernel would use small pages there, which costs 512 page faults.
std::size_t more_than_is_free() noexcept {
#if __GLIBC_PREREQ(2, 33)
  return ::mallinfo2().fordblks;
#else
  return 2u << 20;
#endif
}

}  // namespace

void expect_much_memory() noexcept {
  constexpr std::uintptr_t step = 64u << 20, large_page = 2u << 20;
  ::mallopt(M_MMAP_THRESHOLD, static_cast<int>(step));
  ::mallopt(M_TRIM_THRESHOLD, static_cast<int>(4 * step));
  ::mallopt(M_TOP_PAD, static_cast<int>(step));
  const auto before = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  void* volatile taken = std::malloc(more_than_is_free());  // the heap grows by a step
  std::free(taken);
  const auto after = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  const std::uintptr_t begin = (before + large_page - 1) / large_page * large_page;
  if (after > begin + large_page)
    ::madvise(reinterpret_cast<void*>(begin), after - begin, MADV_HUGEPAGE);  // NOLINT(performance-no-int-to-ptr)
}

#else

void expect_much_memory() noexcept {}

#endif

std::string memory_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return {};
  return "ulimit -v " + std::to_string(limit.rlim_cur / 1024);
}

}  // namespace cascade::cli
