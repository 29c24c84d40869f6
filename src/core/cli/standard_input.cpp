#include "cli/standard_input.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace cascade::cli {

std::ptrdiff_t read_some(char* into, std::size_t most) {
  ssize_t got = 0;
  do got = ::read(STDIN_FILENO, into, most);
  while (got < 0 && errno == EINTR);
  return got;
}

std::string read_standard_input(std::size_t limit) {
  std::string text;
  char buffer[64 * 1024];  // the capacity of a pipe
  while (true) {
    const std::ptrdiff_t got = read_some(buffer, sizeof(buffer));
    if (got <= 0) return text;
    // Growing by doubling touches each page several times, while unused reserved memory costs nothing.
    if (text.size() + static_cast<std::size_t>(got) > sizeof(buffer))
      text.reserve(std::min(limit, std::size_t{8} << 20));
    text.append(buffer, std::min(static_cast<std::size_t>(got), limit - text.size()));
  }
}

}  // namespace cascade::cli
