// /name, plugin:name and links' plain cousins: words that carry their own mark.
#include "manifest/letters.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/strength.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace cascade::manifest {
namespace {

// Words before a slash that make it a path or a route: "GET /users", "cd /tmp".
bool announces_path(std::string_view word) {
  static constexpr std::array<std::string_view, 23> words = {
      "cd",   "ls",   "cat",   "mkdir",    "rm",       "cp",   "mv",     "get",   "post", "put", "patch",  "delete",
      "head", "path", "route", "endpoint", "location", "curl", "docker", "mount", "uri",  "url", "options"};
  return std::any_of(words.begin(), words.end(), [&](std::string_view known) { return equals_lower(word, known); });
}

std::string_view word_before(std::string_view text, std::size_t begin, std::size_t line_begin) {
  std::size_t end = begin;
  while (end > line_begin && !is_word(text[end - 1]) && begin - end < 6) --end;
  std::size_t start = end;
  while (start > line_begin && is_word(text[start - 1]) && end - start < 16) --start;
  return text.substr(start, end - start);
}

constexpr bool may_precede_slash(char c) noexcept {
  return is_space(c) || c == '`' || c == '"' || c == '\'' || c == '(' || c == '[' || c == ',' || c == '>';
}

// What follows makes it a path, a regular expression, a route with a parameter or part of a longer word.
bool goes_on(std::string_view text, std::size_t end) {
  if (end >= text.size()) return false;
  const char c = text[end];
  if (c == '@') return true;  // a mail address
  if (c == '.' || c == ':')
    return end + 1 < text.size() && (is_word(text[end + 1]) || text[end + 1] == '/' || text[end + 1] == '*');
  return is_word(c) || c == '/' || c == '*' || c == '|' || c == '=' || c == '(' || c == '<' || c == '-' || c == '{' ||
         c == '%';
}

// A line of code that begins with the word, a prompt mark aside, types the command.
bool begins_code_line(const BodyText& body, const TextLine& line, std::size_t slash) {
  if (line.context != Context::code) return false;
  const std::string_view before = trim(body.text().substr(line.begin, slash - line.begin));
  return before.empty() || before == ">" || before == "$" || before == "-" || before == "*";
}

}  // namespace

void find_slash_words(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
    const std::size_t begin = slash + 1;
    if (slash > 0 && !may_precede_slash(text[slash - 1])) continue;
    const std::size_t end = qualified_end(text, begin);
    if (end < begin + 2 || goes_on(text, end)) continue;
    if (slash > 0 && text[slash - 1] == '<') continue;  // </tag>
    const TextLine& line = body.lines()[body.line_of(slash)];
    if (announces_path(word_before(text, slash, line.begin))) continue;
    Strength strength = strength_of(body, line, slash, end);
    if (strength == Strength::mentioned && begins_code_line(body, line, slash)) strength = Strength::invoked;
    out.add(kinds_command | kinds_skill, text.substr(begin, end - begin), Via::slash, strength, begin);
  }
}

void find_qualified(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    std::size_t begin = colon;
    while (begin > 0 && (is_name(text[begin - 1]) || text[begin - 1] == '.')) --begin;
    while (begin < colon && !is_letter(text[begin])) ++begin;
    const std::size_t end = qualified_end(text, begin);
    if (end <= colon) continue;
    const char before = begin == 0 ? ' ' : text[begin - 1];
    const bool free = !is_word(before) && before != '/' && before != ':' && before != '.' && before != '@' &&
                      before != '-' && before != '$';
    const bool tag = before == '[' && end < text.size() && text[end] == ']';  // "[state:confirmed]"
    if (free && !tag && !goes_on(text, end) && end - begin >= 5) {
      const TextLine& line = body.lines()[body.line_of(begin)];
      std::string_view name = text.substr(begin, end - begin);
      Kinds kinds = 0;
      const std::size_t first = name.find(':');
      for (Kind kind : {Kind::skill, Kind::agent, Kind::command})
        if (name.substr(0, first) == to_string(kind) && name[first + 1] != ':') {
          kinds = kind == Kind::skill ? kinds_skill : kind == Kind::agent ? kinds_agent : kinds_command;
          name.remove_prefix(first + 1);
        }
      // A key directly at its value ("title:text") is no reference.
      if (line.context != Context::field || begin != line.begin)
        out.add(kinds, name, Via::qualified, strength_of(body, line, begin, end), end - name.size());
    }
    colon = end - 1;
  }
}

}  // namespace cascade::manifest
