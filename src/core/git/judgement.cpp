#include "git/judgement.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::repository {

// Quotes a word only where a shell would read it differently.
std::string shell_word(const std::string& text) {
  bool plain = !text.empty();
  for (const char c : text)
    plain = plain && (letters::is_name(c) || std::string_view("./:=@%+,^~").find(c) != std::string_view::npos);
  if (plain && text.front() != '~') return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string shell_line(const std::vector<Value>& words, std::size_t first) {
  std::string line;
  for (std::size_t i = first; i < words.size(); ++i)
    line += (line.empty() ? "" : " ") + (words[i].known ? shell_word(words[i].text) : std::string("\"${_}\""));
  return line;
}

// A word is cut between two characters and quoted afterwards, so that its quotes are closed.
Shown shown(const std::vector<Value>& words, std::size_t first) {
  constexpr std::size_t longest = 300;
  std::vector<Value> kept;
  std::size_t left = longest;
  for (std::size_t i = first; i < words.size(); ++i) {
    kept.push_back(words[i]);
    std::string& text = kept.back().text;
    if (text.size() <= left) {
      left -= std::min(left, text.size() + 1);
      continue;
    }
    while (left > 0 && (static_cast<unsigned char>(text[left]) & 0xC0) == 0x80) --left;
    text.replace(left, std::string::npos, "...");
    break;
  }
  return Shown(shell_line(kept, 0));
}

}  // namespace cascade::repository
