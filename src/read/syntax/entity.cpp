// Knows the names that occur in ordinary text, not all of HTML's; an unknown name stays as it is written. Numbers that
// are not characters become U+FFFD when they are appended.
#include "syntax/entity.h"

#include "text/ascii.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <iterator>

namespace cascade::syntax {
namespace {

struct Named {
  std::string_view name;
  char32_t code_point;
};

// HTML's names, sorted by bytes.
constexpr Named names[] = {
    {"Rarr", 0x21A0},  {"amp", '&'},      {"apos", '\''},    {"asymp", 0x2248}, {"bull", 0x2022},   {"cent", 0xA2},
    {"check", 0x2713}, {"copy", 0xA9},    {"cross", 0x2717}, {"darr", 0x2193},  {"deg", 0xB0},      {"divide", 0xF7},
    {"euro", 0x20AC},  {"ge", 0x2265},    {"gt", '>'},       {"harr", 0x2194},  {"hellip", 0x2026}, {"laquo", 0xAB},
    {"larr", 0x2190},  {"ldquo", 0x201C}, {"le", 0x2264},    {"lsquo", 0x2018}, {"lt", '<'},        {"mdash", 0x2014},
    {"middot", 0xB7},  {"nbsp", 0xA0},    {"ndash", 0x2013}, {"ne", 0x2260},    {"plusmn", 0xB1},   {"pound", 0xA3},
    {"quot", '"'},     {"rArr", 0x21D2},  {"raquo", 0xBB},   {"rarr", 0x2192},  {"rdquo", 0x201D},  {"reg", 0xAE},
    {"rsquo", 0x2019}, {"sect", 0xA7},    {"times", 0xD7},   {"trade", 0x2122}, {"uarr", 0x2191},
};

int digit_value(char c, bool hexadecimal) noexcept {
  return hexadecimal || letters::is_digit(c) ? letters::hex_value(c) : -1;
}

// Parses "#8212" or "#x2014"; false: it is neither.
bool parse_number(std::string_view body, char32_t& value) noexcept {
  const bool hexadecimal = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
  const std::string_view digits = body.substr(hexadecimal ? 2 : 1);
  if (digits.empty() || digits.size() > (hexadecimal ? 6U : 7U)) return false;
  value = 0;
  for (const char c : digits) {
    const int digit = digit_value(c, hexadecimal);
    if (digit < 0) return false;
    value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
  }
  if (value == 0) value = unicode::replacement;
  return true;
}

}  // namespace

Entity decode_entity(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 10;
  const std::size_t semicolon = text.substr(0, at + longest).find(';', at);
  if (semicolon == std::string_view::npos || semicolon < at + 2) return {};
  const std::string_view body = text.substr(at + 1, semicolon - at - 1);
  char32_t code_point = 0;
  if (body[0] == '#') {
    if (!parse_number(body, code_point)) return {};
  } else {
    const auto* found = std::lower_bound(std::begin(names), std::end(names), body,
                                         [](const Named& named, std::string_view name) { return named.name < name; });
    if (found == std::end(names) || found->name != body) return {};
    code_point = found->code_point;
  }
  Entity entity;
  unicode::append(entity.text, code_point);
  entity.length = semicolon + 1 - at;
  return entity;
}

}  // namespace cascade::syntax
