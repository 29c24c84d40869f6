#include "secrets/context.h"

#include <algorithm>

#include "secrets/lists.h"
#include "text/ascii.h"
#include "text/phrases.h"

namespace cascade::secrets {

bool is_called_fake(std::string_view text, const Secret& secret) noexcept {
  std::size_t line = secret.begin;
  while (line > 0 && text[line - 1] != '\n' && secret.begin - line < 200) --line;
  const std::size_t end = std::min({text.find('\n', secret.end), secret.end + 200, text.size()});
  return letters::has_phrase(text.substr(line, secret.begin - line), list::fake_before) ||
         letters::has_phrase(text.substr(secret.end, end - secret.end), list::fake_behind);
}

bool is_public(std::string_view text, const Secret& secret) noexcept {
  constexpr std::size_t near = 300;
  const std::size_t begin = secret.begin - std::min(secret.begin, near);
  return !secret.public_beside.empty() &&
         text.substr(begin, secret.end - begin + near).find(secret.public_beside) != std::string_view::npos;
}

// "Example API key:", then the key on a line of its own, or in a fence.
bool is_introduced_as_example(std::string_view text, const Secret& secret) noexcept {
  std::size_t end = text.substr(0, secret.begin).find_last_not_of(" \t");
  for (int skipped = 0; skipped < 4; ++skipped) {
    if (end == std::string_view::npos || text[end] != '\n' || end == 0) return false;
    const std::size_t before = text.find_last_of('\n', end - 1), begin = before + 1;  // npos + 1 is 0
    const std::string_view line = letters::trim(text.substr(begin, end - begin));
    if (!line.empty() && line.substr(0, 3) != "```")
      return line.size() < 200 && line.back() == ':' && letters::has_phrase(line, list::example) &&
             letters::has_phrase(line, list::secret_words);
    if (before == std::string_view::npos) return false;
    end = before;
  }
  return false;
}

}  // namespace cascade::secrets
