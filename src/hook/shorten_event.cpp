// Cuts the long strings out of an event before it is parsed. The scan jumps from quote to quote and counts the
// backslashes before each, so it needs no parser; of a long string it keeps both ends. A cut never falls inside an
// escape, a surrogate pair or a UTF-8 character, so JSON that was well-formed stays so. Parsing first would cost more
// time and memory than all other work on such an event.
#include "hook/shorten_event.h"

#include <algorithm>

#include "client/names.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

// The end of the string whose first byte is at `begin`; npos if it does not end.
std::size_t string_end(std::string_view text, std::size_t begin) {
  for (std::size_t at = text.find('"', begin); at != std::string_view::npos; at = text.find('"', at + 1)) {
    std::size_t backslashes = 0;
    while (at - backslashes > begin && text[at - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at;
  }
  return std::string_view::npos;
}

// The last place, at most `most` bytes from the start, that splits no escape, surrogate pair or character.
std::size_t head_size(std::string_view string, std::size_t most) {
  std::size_t at = 0, good = 0;
  while (at < std::min(most, string.size())) {
    const bool escape = string[at] == '\\';
    const bool is_unicode = escape && at + 1 < string.size() && string[at + 1] == 'u';
    // The first half of a surrogate pair: cutting after it would split the pair.
    const bool is_half = is_unicode && at + 3 < string.size() && letters::to_lower(string[at + 2]) == 'd' &&
                         letters::hex_value(string[at + 3]) >= 8 && letters::hex_value(string[at + 3]) < 12;
    at += is_unicode ? 6 : escape ? 2 : 1;
    const bool inside = at < string.size() && (static_cast<unsigned char>(string[at]) & 0xC0) == 0x80;
    if (!is_half && !inside && at <= most) good = at;
  }
  return good;
}

// The first place from `from` on that is certain to split no escape and no character; the string's end if there is
// none.
std::size_t tail_begin(std::string_view string, std::size_t from) {
  constexpr std::size_t reach = 12;  // the length of an escaped surrogate pair
  for (std::size_t at = from; at < string.size(); ++at) {
    const bool inside = (static_cast<unsigned char>(string[at]) & 0xC0) == 0x80;
    if (!inside && string.substr(at - reach, reach).find('\\') == std::string_view::npos) return at;
  }
  return string.size();
}

bool is_of_ended_tool(std::string_view event) {
  return event.find(client::event_keys::ended_tool) != std::string_view::npos ||
         event.find(client::event_keys::ended_tool_spaced) != std::string_view::npos;
}

}  // namespace

std::string shorten_event(std::string event) {
  if (event.size() <= longest_string || !is_of_ended_tool(event)) return event;
  const std::string_view text = event;
  std::string shorter;
  std::size_t copied = 0;
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos;) {
    const std::size_t begin = quote + 1, end = string_end(text, begin);
    if (end == std::string_view::npos) return event;  // not JSON: the parser will report it
    if (end - begin > longest_string) {
      const std::string_view string = text.substr(begin, end - begin);
      shorter += text.substr(copied, begin - copied);
      shorter += string.substr(0, head_size(string, kept_of_string));
      shorter += cut_mark;
      shorter += string.substr(tail_begin(string, string.size() - kept_of_string));
      copied = end;
    }
    quote = text.find('"', end + 1);
  }
  if (copied == 0) return event;
  return shorter.append(text.substr(copied));
}

}  // namespace cascade::hook
