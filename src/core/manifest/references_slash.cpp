// /name and plugin:name: words that carry their own mark. A slash or colon is read as part of a name only when the text
// before and after it rules out a path, route, tag, key or regular expression, which are far more frequent.
#include "manifest/line_walk.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/shown.h"
#include "manifest/strength.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <string_view>

namespace cascade::manifest {
namespace {

// Words before a slash that make it a path or a route: "GET /users", "cd /tmp".
bool announces_path(std::string_view word) {
  static constexpr auto words =
      letters::word_set("cd", "ls", "cat", "mkdir", "rm", "cp", "mv", "get", "post", "put", "patch", "delete", "head",
                        "path", "route", "endpoint", "location", "curl", "docker", "mount", "uri", "url", "options");
  return words.has(word);
}

std::string_view nearest_word_before(std::string_view text, std::size_t begin, std::size_t line_begin) {
  std::size_t end = begin;
  while (end > line_begin && !letters::is_word(text[end - 1]) && begin - end < 6) --end;
  std::size_t start = end;
  while (start > line_begin && letters::is_word(text[start - 1]) && end - start < 16) --start;
  return text.substr(start, end - start);
}

constexpr bool may_precede_slash(char c) noexcept {
  return letters::is_space(c) || c == '`' || c == '"' || c == '\'' || c == '(' || c == '[' || c == ',' || c == '>';
}

// Whether the next byte makes it a path, a regular expression, a route with a parameter or part of a longer word.
bool goes_on(std::string_view text, std::size_t end) {
  if (end >= text.size()) return false;
  const char c = text[end];
  if (c == '@') return true;  // a mail address
  if (c == '.' || c == ':')
    return end + 1 < text.size() && (letters::is_word(text[end + 1]) || text[end + 1] == '/' || text[end + 1] == '*');
  return letters::is_word(c) || c == '/' || c == '*' || c == '|' || c == '=' || c == '(' || c == '<' || c == '-' ||
         c == '{' || c == '%';
}

// The end of a name with a dot ("speckit.plan"); `end` where what follows the dot is the ending of a file.
std::size_t dotted_end(std::string_view text, std::size_t end) {
  static constexpr auto endings = letters::word_set(
      "md", "mdx", "json", "jsonl", "yaml", "yml", "toml", "txt", "sh", "bash", "py", "js", "mjs", "ts", "tsx", "jsx",
      "html", "css", "xml", "conf", "cfg", "ini", "env", "log", "lock", "rs", "go", "rb", "java", "sql", "csv", "tsv",
      "svg", "png", "jpg", "pdf", "com", "org", "net", "io", "dev");
  if (end + 1 >= text.size() || text[end] != '.' || !letters::is_lower(text[end + 1])) return end;
  const std::size_t behind = name_end(text, end + 1);
  return endings.has(text.substr(end + 1, behind - end - 1)) ? end : behind;
}

// A line of code that begins with the word, after at most a prompt mark, types the command. "/plan, /build" lists.
bool begins_code_line(const BodyText& body, const TextLine& line, std::size_t slash, std::size_t end) {
  if (line.context != Context::code || line.printed || line.drafted || body.text().substr(end, 1) == ",") return false;
  std::string_view before = body.text().substr(line.begin, slash - line.begin);
  const auto drop_spaces = [&before] {
    while (!before.empty() && letters::is_space(before.back())) before.remove_suffix(1);
  };
  drop_spaces();
  if (!before.empty() && std::string_view(">$-*").find(before.back()) != std::string_view::npos) {
    before.remove_suffix(1);
    drop_spaces();
  }
  return before.empty() && !is_shown_command(body, line);
}

// initialPrompt: "/name": the client types this for the agent.
bool begins_prompt(const BodyText& body, const TextLine& line, std::size_t slash) {
  constexpr std::string_view key = "initialPrompt:";
  if (line.context != Context::field) return false;
  const std::string_view before = body.text().substr(line.begin, slash - line.begin);
  return before.substr(0, key.size()) == key && before.find_first_not_of(" \t\"'|>-", key.size()) == before.npos;
}

// Whether a name begins after the colon or after a second one; most colons end a label.
bool goes_on_as_name(std::string_view text, std::size_t colon) {
  std::size_t at = colon + 1;
  if (at < text.size() && text[at] == ':') ++at;
  return at < text.size() && letters::is_letter(text[at]);
}

// Where the word before a colon begins; the colon itself when there is none.
std::size_t qualifier_begin(std::string_view text, std::size_t colon) {
  std::size_t begin = colon;
  while (begin > 0 && (is_name_byte(text[begin - 1]) || text[begin - 1] == '.')) --begin;
  while (begin < colon && !letters::is_letter(text[begin])) ++begin;
  return begin;
}

// Not part of a path, a variable, a longer word, nor a tag ("[state:confirmed]").
bool stands_free(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = begin == 0 ? ' ' : text[begin - 1];
  if (letters::is_name(before) || before == '/' || before == ':' || before == '.' || before == '@' || before == '$')
    return false;
  return !(before == '[' && end < text.size() && text[end] == ']') && !goes_on(text, end);
}

// "skill:x" (not "skill::x"): the prefix is a kind, not a plugin.
Kinds kind_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon + 1 < name.size() && name[colon + 1] == ':') return 0;
  const std::string_view prefix = name.substr(0, colon);
  return prefix == "skill" ? kinds_skill : prefix == "agent" ? kinds_agent : prefix == "command" ? kinds_command : 0;
}

// "/project:x", "/user:x": the client's first versions wrote the place of a command this way.
std::string_view without_place(std::string_view name) {
  for (const std::string_view place : {"project:", "user:"})
    if (name.size() > place.size() && name.substr(0, place.size()) == place) return name.substr(place.size());
  return name;
}

}  // namespace

void find_slash_words(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk lines(body);
  for (const std::size_t slash : out.marks().of(Mark::slash)) {
    const std::size_t begin = slash + 1;
    if (slash > 0 && !may_precede_slash(text[slash - 1])) continue;
    const std::size_t end = dotted_end(text, qualified_end(text, begin));
    if (end < begin + 2 || goes_on(text, end)) continue;
    if (slash > 0 && text[slash - 1] == '<') continue;  // </tag>
    const TextLine& line = lines.line_of(slash);
    if (line.context == Context::comment) continue;
    // "Fast path: `/x-y`" labels a command, as long as a manifest has the name.
    const bool labelled =
        slash > line.begin + 2 && text.substr(slash - 3, 3) == ": `" && is_distinctive(text.substr(begin, end - begin));
    if (!labelled && announces_path(nearest_word_before(text, slash, line.begin))) continue;
    Strength strength = strength_of(body, line, slash, end);
    if (strength == Strength::mentioned &&
        (begins_code_line(body, line, slash, end) || begins_prompt(body, line, slash)))
      strength = Strength::invoked;
    const std::string_view name = without_place(text.substr(begin, end - begin));
    out.add(kinds_command | kinds_skill, name, Via::slash, strength, end - name.size());
  }
}

void find_qualified(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk lines(body);
  std::size_t next = 0;  // after the last name
  for (const std::size_t colon : out.marks().of(Mark::colon)) {
    if (colon < next || !goes_on_as_name(text, colon)) continue;
    const std::size_t begin = qualifier_begin(text, colon);
    const std::size_t end = qualified_end(text, begin);
    if (end <= colon) continue;
    next = end;
    if (end - begin < 5 || !stands_free(text, begin, end)) continue;
    const TextLine& line = lines.line_of(begin);
    // A key with no blank before its value ("title:text") is not a reference.
    const bool is_key = line.context == Context::field && begin == line.begin;
    if (is_key || line.context == Context::comment || is_example_name(text.substr(begin, end - begin))) continue;
    const std::string_view whole = text.substr(begin, end - begin);
    const Kinds kind = kind_prefix(whole);
    const std::string_view name = kind == 0 ? whole : whole.substr(whole.find(':') + 1);
    out.add(kind, name, Via::qualified, strength_of(body, line, begin, end), end - name.size());
  }
}

}  // namespace cascade::manifest
