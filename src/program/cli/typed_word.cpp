#include "cli/typed_word.h"

#include <unistd.h>

#include <cerrno>

#include "cli/console.h"
#include "text/ascii.h"

namespace cascade::cli {

bool is_on_terminal() noexcept {
  return ::isatty(STDIN_FILENO) == 1 && (::isatty(STDOUT_FILENO) == 1 || ::isatty(STDERR_FILENO) == 1);
}

bool is_word_typed(const std::string& text, std::string_view word) {
  constexpr std::size_t longest = 200;
  if (!write_all(::isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO, text)) return false;
  std::string line;
  char c = 0;
  while (line.size() < longest) {
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || c == '\n') break;
    line += c;
  }
  return letters::trim(line) == word;
}

}  // namespace cascade::cli
