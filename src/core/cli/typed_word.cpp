#include "cli/typed_word.h"

#include <unistd.h>

#include <cerrno>

#include "cli/console.h"
#include "cli/system.h"
#include "text/ascii.h"

namespace cascade::cli {

bool is_on_terminal() noexcept {
  return is_terminal(STDIN_FILENO) && (is_terminal(STDOUT_FILENO) || is_terminal(STDERR_FILENO));
}

bool is_word_typed(const std::string& text, std::string_view word) {
  constexpr std::size_t longest = 200;
  end_ticking();
  if (!write_all(is_terminal(STDOUT_FILENO) ? STDOUT_FILENO : STDERR_FILENO, text)) return false;
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
