// Strings are most of a log's bytes, so they are passed by searching for the quote that ends them; outside of strings
// only quotes and brackets matter.
#include "syntax/json.h"

#include <algorithm>

#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::syntax {
namespace {

constexpr std::size_t none = std::string_view::npos;

// One past the quote that ends the string whose first quote is at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) noexcept {
  std::size_t quote = text.find('"', at + 1);
  while (quote != none) {
    std::size_t slashes = 0;
    while (text[quote - 1 - slashes] == '\\') ++slashes;  // ends at the first quote at the latest
    if (slashes % 2 == 0) return quote + 1;
    quote = text.find('"', quote + 1);
  }
  return none;
}

constexpr bool ends_a_word(char c) noexcept {
  return c == ',' || c == ']' || c == '}' || c == ':' || letters::is_space(c);
}

// One past the value that begins at `at`; npos: the text ends within it.
std::size_t end_of_value(std::string_view text, std::size_t at) noexcept {
  if (text[at] == '"') return end_of_string(text, at);
  if (text[at] != '{' && text[at] != '[') {
    while (at < text.size() && !ends_a_word(text[at])) ++at;
    return at;
  }
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      if (at == none) return none;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    ++at;
    if ((c == '}' || c == ']') && --depth == 0) return at;
  }
  return none;
}

// Appends the character of the escape \uXXXX at `at`, and returns one past it.
std::size_t append_escaped(std::string_view text, std::size_t at, std::string& out) {
  constexpr char32_t unknown = 0xFFFD;
  const int unit = escaped_unit(text, at);
  if (unit < 0) {
    unicode::append(out, unknown);
    return at + 2;
  }
  const bool leads = unit >= 0xD800 && unit < 0xDC00, follows = unit >= 0xDC00 && unit < 0xE000;
  if (leads) {
    const int second = escaped_unit(text, at + 6);
    if (second >= 0xDC00 && second < 0xE000) {
      unicode::append(out, static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00)));
      return at + 12;
    }
  }
  unicode::append(out, leads || follows ? unknown : static_cast<char32_t>(unit));
  return at + 6;
}

char unescaped(char letter) noexcept {
  switch (letter) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    case 'f': return '\f';
    default: return letter;
  }
}

}  // namespace

int escaped_unit(std::string_view text, std::size_t at) noexcept {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (const char c : text.substr(at + 2, 4)) {
    const int digit = letters::hex_value(c);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

std::optional<JsonSlice> JsonSlice::of_line(std::string_view line) noexcept {
  line = letters::trim(line);
  if (line.empty() || (line[0] != '{' && line[0] != '[') || end_of_value(line, 0) != line.size()) return std::nullopt;
  return JsonSlice(line);
}

std::string JsonSlice::text() const {
  const std::string_view written = unquoted();
  std::string out;
  out.reserve(written.size());
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t escape = std::min(written.find('\\', at), written.size());
    out.append(written.substr(at, escape - at));
    at = escape;
    if (at + 1 >= written.size()) break;
    if (written[at + 1] == 'u') {
      at = append_escaped(written, at, out);
    } else {
      out += unescaped(written[at + 1]);
      at += 2;
    }
  }
  return out;
}

JsonSlice JsonSlice::find(std::string_view key) const noexcept {
  if (!is_object()) return {};
  std::size_t at = 1;
  for (JsonSlice name = next(at); name.is_string(); name = next(at)) {
    const JsonSlice value = next(at);
    if (name.unquoted() == key) return value;
  }
  return {};
}

JsonSlice JsonSlice::next(std::size_t& at) const noexcept {
  while (at < raw_.size() && (letters::is_space(raw_[at]) || raw_[at] == ',' || raw_[at] == ':')) ++at;
  if (at >= raw_.size() || raw_[at] == '}' || raw_[at] == ']') return {};
  const std::size_t begin = at;
  at = std::min(end_of_value(raw_, at), raw_.size());
  if (at == begin) return {};
  return JsonSlice(raw_.substr(begin, at - begin));
}

bool holds_member(std::string_view json, std::string_view key, std::string_view value) noexcept {
  const auto is_quoted = [&](std::size_t at, std::string_view word) {
    return at + word.size() + 1 < json.size() && json[at] == '"' && json.compare(at + 1, word.size(), word) == 0 &&
           json[at + 1 + word.size()] == '"';
  };
  for (std::size_t at = json.find(value); at != std::string_view::npos; at = json.find(value, at + 1)) {
    if (at == 0 || !is_quoted(at - 1, value)) continue;
    std::size_t colon = at - 1;
    while (colon > 0 && letters::is_blank(json[colon - 1])) --colon;
    if (colon == 0 || json[--colon] != ':') continue;
    while (colon > 0 && letters::is_blank(json[colon - 1])) --colon;
    if (colon >= key.size() + 2 && is_quoted(colon - key.size() - 2, key)) return true;
  }
  return false;
}

}  // namespace cascade::syntax
