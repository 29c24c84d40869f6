// "bob: text", "@bob: text", "<bob> text", "[10:32] bob: text", "Bob Smith  10:32 AM".
#include "prompt/blocks.h"
#include "prompt/scan.h"
#include "prompt/words.h"
#include "text/ascii.h"

namespace cascade::prompt {
namespace {

constexpr std::size_t longest_name = 40;
constexpr std::string_view wide_colon = "\xEF\xBC\x9A";

bool in_name(char c) {
  return letters::is_name(c) || c == '.' || c == ' ' || c == '@' || c == '(' || c == ')' || c == '\'' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// One to `most` words, none of which people put before their own sentences.
bool is_name(std::string_view name, std::size_t most) noexcept {
  if (name.empty() || name.size() > longest_name) return false;
  if (name.find("\xE2\x80\x9C") != std::string_view::npos || name.find('(') == 0) return false;
  std::size_t count = 0;
  TokenReader words(name);
  for (Token token; words.next(token);) {
    if (!token.unspaced) ++count;
    if ((token.roles &
         (roles::label | roles::self | roles::says | roles::source | roles::from | roles::level | roles::ask)) != 0)
      return false;
  }
  return count <= most && !letters::is_digit(name.front());
}

// The time at the beginning, in brackets or not, is skipped.
std::string_view behind_time(std::string_view text) noexcept {
  std::size_t at = 0;
  if (text[0] == '[' || text[0] == '(') {
    const std::size_t end = text.find_first_of("])");
    at = end == std::string_view::npos ? 0 : end + 1;
  } else {
    while (at < text.size() &&
           (letters::is_digit(text[at]) || std::string_view(":.,-/TZ").find(text[at]) != std::string_view::npos ||
            (text[at] == ' ' && at + 1 < text.size() && letters::is_digit(text[at + 1]))))
      ++at;
    Scan half(text.substr(at));
    half.blanks();
    if (half.eat_one_of("aApP") && half.eat_one_of("mM")) at = text.size() - half.rest().size();
  }
  Scan rest(text.substr(at));
  rest.blanks();
  if (rest.eat('-') || rest.eat("\xE2\x80\x93")) rest.blanks();
  return rest.rest();
}

}  // namespace

Speaker speaker_of(std::string_view text) noexcept {
  Speaker speaker;
  if (text.empty()) return speaker;
  if (begins_with_time(text)) {
    speaker.timed = true;
    text = behind_time(text);
    if (text.empty()) return {};
  }
  if (text[0] == '<') {
    const std::size_t end = text.find("> ");
    if (end == std::string_view::npos || text.find("</") != std::string_view::npos ||
        !is_name(text.substr(1, end - 1), 2))
      return {};
    speaker.name = text.substr(1, end - 1);
    return speaker;
  }
  Scan scan(text);
  if (!scan.eat_while(in_name, 1, longest_name)) return {};
  std::string_view name = text.substr(0, text.size() - scan.rest().size());
  if (const std::size_t wide = name.find(wide_colon); wide != std::string_view::npos && wide > 0) {
    name = name.substr(0, wide);
  } else if (scan.eat(':')) {
    if (!scan.at_end() && scan.peek() != ' ') {
      // "Bob Smith  10:32 AM": the digits before the colon belong to the time.
      std::size_t digits = name.size();
      while (digits > 0 && letters::is_digit(name[digits - 1])) --digits;
      const std::string_view time = letters::trim(text.substr(digits));
      if (digits == name.size() || digits < 2 || time.size() > 9 || !begins_with_time(time)) return {};
      name = letters::trim(name.substr(0, digits));
      speaker.timed = speaker.alone = true;
    }
  } else if (scan.eat('[')) {
    // "bob [10:32]: text"
    if (!begins_with_time(scan.rest())) return {};
    speaker.timed = true;
  } else {
    return {};
  }
  name = letters::trim(name);
  if (!name.empty() && name.front() == '@') name.remove_prefix(1);
  if (!is_name(name, speaker.timed ? 4 : 2)) return {};
  speaker.name = name;
  return speaker;
}

}  // namespace cascade::prompt
