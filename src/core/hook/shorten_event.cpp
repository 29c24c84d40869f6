// Cuts the long strings out of an event before it is parsed. The scan jumps from string to string, so it needs no
// parser; of a long string it keeps both ends. A cut never falls inside an escape, a surrogate pair or a UTF-8
// character, so JSON that was well-formed stays so. Parsing first would cost more time and memory than all other work
// on such an event.
#include "hook/shorten_event.h"

#include <algorithm>
#include <vector>

#include "client/names.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

// The end of the string whose first byte is at `begin`; npos if it does not end. Jumps from quote to quote. Behind an
// escaped quote others are likely to be near, and a jump for each would cost more than looking at each byte.
std::size_t string_end(std::string_view text, std::size_t begin) {
  constexpr std::size_t near = 256;
  std::size_t known = begin;  // no escape goes over this place
  while (true) {
    const std::size_t quote = text.find('"', known);
    if (quote == std::string_view::npos) return quote;
    std::size_t backslashes = 0;
    while (quote - backslashes > known && text[quote - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return quote;
    known = quote + 1;
    for (const std::size_t end = std::min(known + near, text.size()); known < end; ++known) {
      if (text[known] == '"') return known;
      if (text[known] == '\\') ++known;
    }
    known = std::min(known, text.size());
  }
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

// Whether the backslash at `at` begins an escape: of a run of them every second one does.
bool begins_escape(std::string_view string, std::size_t at) {
  std::size_t before = 0;
  while (before < at && string[at - before - 1] == '\\') ++before;
  return string[at] == '\\' && before % 2 == 0;
}

// Whether a cut before `at` splits an escape, a surrogate pair or a character.
bool splits(std::string_view string, std::size_t at) {
  constexpr std::size_t length = 6;  // of \uXXXX
  if (at > 0 && begins_escape(string, at - 1)) return true;
  for (std::size_t back = 2; back < length && back <= at; ++back)
    if (string[at - back + 1] == 'u' && begins_escape(string, at - back)) return true;
  const bool is_second_half = at + 3 < string.size() && begins_escape(string, at) && string[at + 1] == 'u' &&
                              letters::to_lower(string[at + 2]) == 'd' && letters::hex_value(string[at + 3]) >= 12;
  return is_second_half || (static_cast<unsigned char>(string[at]) & 0xC0) == 0x80;
}

// The first place from `from` on that splits nothing; the string's end if there is none.
std::size_t tail_begin(std::string_view string, std::size_t from) {
  while (from < string.size() && splits(string, from)) ++from;
  return from;
}

// A string as it is written, and what its event is about as far as strings before it say.
struct Long {
  std::size_t begin, end;
  bool is_prompt;
};
struct Strings {
  std::vector<Long> all;  // the long ones
  bool of_ended_tool = false, of_tool = false, whole = true;
};

bool is_key(std::string_view string, Span<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), string) != keys.end();
}

Strings long_strings(std::string_view text) {
  Strings found;
  std::string_view before;  // the string before this one: its key, if it is a member's value
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos;) {
    const std::size_t begin = quote + 1, end = string_end(text, begin);
    found.whole = end != std::string_view::npos;
    if (!found.whole) return found;
    const std::string_view string = text.substr(begin, end - begin);
    if (string.size() > longest_string)
      found.all.push_back({begin, end, is_key(before, client::event_keys::prompts())});
    found.of_tool = found.of_tool || is_key(string, client::event_keys::tools());
    found.of_ended_tool = found.of_ended_tool ||
                          (before == client::event_keys::name &&
                           string.substr(0, client::event_keys::ended_tool.size()) == client::event_keys::ended_tool);
    before = string;
    quote = text.find('"', end + 1);
  }
  return found;
}

// Whether the string may be cut. The prompt of a tool's call is handed on, so it must stay whole.
bool is_cut(const Strings& strings, const Long& one) {
  return strings.of_ended_tool || (one.is_prompt && !strings.of_tool);
}

}  // namespace

std::string shorten_event(std::string event) {
  if (event.size() <= longest_string) return event;
  const std::string_view text = event;
  const Strings strings = long_strings(text);
  if (!strings.whole) return event;  // not JSON: the parser will report it
  std::string shorter;
  std::size_t copied = 0;
  for (const Long& one : strings.all) {
    if (!is_cut(strings, one)) continue;
    const std::string_view string = text.substr(one.begin, one.end - one.begin);
    const std::size_t kept = strings.of_ended_tool ? kept_of_string : kept_of_prompt;
    shorter += text.substr(copied, one.begin - copied);
    shorter += string.substr(0, head_size(string, kept));
    shorter += strings.of_ended_tool ? cut_mark : prompt_cut_mark;
    shorter += string.substr(tail_begin(string, string.size() - kept));
    copied = one.end;
  }
  if (copied == 0) return event;
  return shorter.append(text.substr(copied));
}

}  // namespace cascade::hook
