// Lines of programs, of diffs, and of shells.
#include "prompt/line_heads.h"
#include "prompt/lines.h"
#include "prompt/scan.h"

namespace cascade::prompt {
namespace {

bool begins_with(std::string_view text, std::string_view head) { return text.substr(0, head.size()) == head; }

// How a statement or declaration begins; each is followed by something that running text lacks.
bool is_declaration(std::string_view text) noexcept {
  for (const std::string_view head : heads::plain)
    if (begins_with(text, head)) return true;
  for (const std::string_view head : heads::declarations) {
    if (!begins_with(text, head)) continue;
    const char last = text.back();
    if (last == ':' && text.find('(') == std::string_view::npos && text.find("==") == std::string_view::npos &&
        text.find(' ') != std::string_view::npos && text.find(" in ") == std::string_view::npos)
      continue;  // "with these words:"
    if (last == '{' || last == ';' || last == ':' || text.find(" = ") != std::string_view::npos ||
        (text.find('(') != std::string_view::npos && last == ')') || text.find(" import ") != std::string_view::npos ||
        text.find(" from '") != std::string_view::npos || text.find(" from \"") != std::string_view::npos)
      return true;
  }
  return false;
}

std::size_t count_marks(std::string_view text) noexcept {
  std::size_t marks = 0;
  for (const char c : text)
    if (std::string_view("{}()[];=<>|&$\\#").find(c) != std::string_view::npos) ++marks;
  return marks;
}

// Two words of letters alone.
bool begins_with_speech(std::string_view text) noexcept {
  Scan scan(text);
  return scan.eat_while(letters::is_letter) && scan.eat(' ') && scan.eat_while(letters::is_letter) &&
         scan.peek() == ' ';
}

}  // namespace

LineLook look_of_code(std::string_view text, std::size_t indent) noexcept {
  constexpr LineLook strong{PartKind::code, Looks::strong}, weak{PartKind::code, Looks::weak};
  if (is_declaration(text)) return strong;
  const char last = text.back();
  const std::size_t marks = count_marks(text);
  if (last == '{' || (last == ';' && marks >= 1)) return marks >= 2 ? strong : weak;
  if (marks >= 3 && marks * 12 >= text.size()) {
    const bool one_word = text.find(' ') == std::string_view::npos && marks < 5;
    return one_word || begins_with_speech(text) ? weak : strong;
  }
  if (marks >= 2 && indent >= 2) return weak;
  if (begins_with(text, "# ") || begins_with(text, "\"\"\"") || begins_with(text, "-- ")) return weak;
  return {};
}

bool is_terminal(std::string_view text) noexcept {
  for (const std::string_view head : heads::prompts)
    if (begins_with(text, head)) return text.size() > head.size();
  Scan scan(text);
  if (scan.eat("In [") && scan.eat_while(letters::is_digit) && scan.eat("]:")) return true;
  scan = Scan(text);
  if (scan.eat("PS ")) {
    const std::size_t end = text.find('>');
    return letters::is_letter(scan.peek()) && end != std::string_view::npos && scan.rest().substr(1, 1) == ":";
  }
  if (scan.eat_while(letters::is_letter, 1, 1) && scan.eat(":\\")) return text.find('>') != std::string_view::npos;
  // "user@host:~/src$ make", "[user@host src]$ make", "(venv) ~/src $ make", "~/src$ make".
  scan = Scan(text);
  if (scan.eat('(')) {
    if (!scan.eat_while(letters::is_name) || !scan.eat(") ")) return false;
  }
  const std::string_view rest = scan.rest();
  std::size_t sign = rest.find("$ ");
  if (sign == std::string_view::npos) sign = rest.find("# ");
  if (sign == std::string_view::npos || sign == 0 || sign > 80) return false;
  const std::string_view head = rest.substr(0, sign);
  const std::size_t at = head.find('@');
  return head.front() == '~' || (at != std::string_view::npos && at > 0 && at < head.find(' ') &&
                                 head.find_first_of(":]~") != std::string_view::npos);
}

bool is_diff_head(std::string_view text) noexcept {
  for (const std::string_view head : heads::diffs)
    if (begins_with(text, head)) return head != "index " || text.find("..") != std::string_view::npos;
  return false;
}

}  // namespace cascade::prompt
