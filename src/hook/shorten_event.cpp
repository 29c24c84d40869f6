#include "hook/shorten_event.h"

#include <algorithm>

#include "client/names.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

// Where the string that begins at `begin` (behind its quote) ends; npos: it does not.
std::size_t string_end(std::string_view text, std::size_t begin) {
  for (std::size_t at = text.find('"', begin); at != std::string_view::npos; at = text.find('"', at + 1)) {
    std::size_t backslashes = 0;
    while (at - backslashes > begin && text[at - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at;
  }
  return std::string_view::npos;
}

// The last place at most `most` bytes behind the beginning that lies in no escape, no pair of them and no character.
std::size_t head_size(std::string_view string, std::size_t most) {
  std::size_t at = 0, good = 0;
  while (at < std::min(most, string.size())) {
    const bool escape = string[at] == '\\';
    const bool is_unicode = escape && at + 1 < string.size() && string[at + 1] == 'u';
    // The first half of a pair is no place to end.
    const bool is_half = is_unicode && at + 3 < string.size() && letters::to_lower(string[at + 2]) == 'd' &&
                         letters::hex_value(string[at + 3]) >= 8 && letters::hex_value(string[at + 3]) < 12;
    at += is_unicode ? 6 : escape ? 2 : 1;
    const bool inside = at < string.size() && (static_cast<unsigned char>(string[at]) & 0xC0) == 0x80;
    if (!is_half && !inside && at <= most) good = at;
  }
  return good;
}

// The first place behind `from` that surely lies in no escape and no character; the end: there is none.
std::size_t tail_begin(std::string_view string, std::size_t from) {
  constexpr std::size_t reach = 12;  // of a pair of escapes
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
    if (end == std::string_view::npos) return event;  // no JSON: whoever parses it says so
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
