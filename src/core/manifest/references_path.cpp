// Paths that name a manifest: skills/x/SKILL.md, `agents/x.md`, `x.md`, `some-skill/`, plan-core/risks. From each
// ".md", and each slash before a backtick or inside a word, the path is read backwards to its first character: its end
// is easy to recognize, its start is not.
#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "client/names.h"
#include "manifest/line_words.h"
#include "manifest/references.h"
#include "syntax/lines.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/hex.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t max_path = 300;     // bytes
constexpr std::size_t max_variable = 32;  // bytes of a variable with its braces

constexpr bool is_path_char(char c) noexcept {
  return letters::is_name(c) || c == '.' || c == '/' || c == '~' || c == '@';
}

// The place after a variable that holds the plugin's or the skill's own folder, to which the rest is relative:
// ${CLAUDE_PLUGIN_ROOT}/agents/x.md, $CLAUDE_PLUGIN_ROOT/agents/x.md, {baseDir}/x.md.
std::size_t behind_variable(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t slash = text.substr(0, end).find('/', begin);
  if (slash == std::string_view::npos || begin == 0) return begin;
  std::string_view name = text.substr(begin, slash - begin);
  if (name.empty()) {  // after a brace
    const std::string_view before = text.substr(begin - std::min(begin, max_variable), std::min(begin, max_variable));
    const std::size_t open = before.rfind('{');
    if (before.back() != '}' || open == std::string_view::npos) return begin;
    name = before.substr(open + 1, before.size() - open - 2);
  } else if (text[begin - 1] != '$') {
    return begin;
  }
  for (const std::string_view own :
       {client::variables::own_plugin, client::variables::own_skill, client::variables::own_skill_root, "baseDir"})
    if (name == own) return slash + 1;
  return begin;
}

void find_file(const BodyText& body, const TextLine& line, std::size_t dot, Candidates& out) {
  const std::string_view text = body.text();
  const std::size_t end = dot + 3;
  if (end < line.end && (letters::is_name(text[end]) || text[end] == '/' || text[end] == '>')) return;
  std::size_t begin = dot;
  while (begin > line.begin && is_path_char(text[begin - 1]) && dot - begin < max_path) --begin;
  if (text[begin] == '@') ++begin;
  begin = behind_variable(text, begin, dot);
  const std::string_view path = text.substr(begin, end - begin);
  if (path.size() <= 3 || path.front() == '/' || path.find("//") != std::string_view::npos ||
      path.find("...") != std::string_view::npos)
    return;
  const bool linked = begin > line.begin + 1 && text.substr(begin - 2, 2) == "](" && path.front() != '~';
  if (linked && line.context != Context::code) return;  // find_links() reads it
  // In code, "./x.md" is just as often a file to write; only a path with a folder's name counts.
  const std::size_t slash = path.rfind('/');
  const bool has_folder =
      slash != std::string_view::npos && path.substr(0, slash).find_first_not_of("./") != std::string_view::npos;
  if (line.context == Context::code ? has_folder : slash != std::string_view::npos)
    return out.add(0, path, Via::path, strength_of(body, line, begin, end), begin);
  // A lone file name counts in a code span, without its ending, as an agent or a command.
  const std::string_view stem = path.substr(0, path.size() - 3);
  const bool spanned = begin > line.begin && text[begin - 1] == '`' && end < line.end && text[end] == '`';
  if (slash == std::string_view::npos && spanned && line.context != Context::code && is_plain_name(stem) &&
      stem.find('-') != std::string_view::npos)
    out.add(kinds_agent | kinds_command, stem, Via::path, strength_of(body, line, begin, end), begin);
}

// Folders of side files are not manifests, whatever their names.
bool is_side_file(std::string_view path) {
  static constexpr auto sides = letters::word_set("scripts", "references", "assets", "templates", "resources",
                                                  "examples", "docs", "src", "bin", "lib");
  return sides.has(path.substr(0, path.find('/')));
}

// `some-skill/`, `.claude/skills/some-skill/`
void find_folder(const BodyText& body, const TextLine& line, std::size_t tick, Candidates& out) {
  const std::string_view text = body.text();
  if (tick < line.begin + 2 || text[tick - 1] != '/') return;
  std::size_t begin = tick - 1;
  while (begin > line.begin && is_path_char(text[begin - 1]) && tick - begin < max_path) --begin;
  if (begin == line.begin || text[begin - 1] != '`' || text[begin] == '/' || tick - begin < 3) return;
  const std::string_view path = text.substr(begin, tick - begin);
  if (is_side_file(path)) return;
  if (path.find("//") == std::string_view::npos && path.find("...") == std::string_view::npos)
    out.add(0, path, Via::path, strength_of(body, line, begin, tick), begin);
}

// skills/x/scripts/check.py: a file in the folder of the skill x names that skill. What a page of Markdown is called,
// find_file() reads. Whoever uses the file does not call the skill.
void find_owner(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Candidates& out) {
  constexpr std::string_view folder = "skills/";
  const std::string_view text = body.text(), path = text.substr(begin, end - begin);
  std::size_t at = path.find(folder);
  while (at != std::string_view::npos && at > 0 && path[at - 1] != '/') at = path.find(folder, at + 1);
  if (at == std::string_view::npos) return;
  const std::size_t slash = path.find('/', at + folder.size());
  if (slash == std::string_view::npos || slash + 1 >= path.size()) return;
  // Behind a category stands the skill's own folder: only a file or a folder of side files shows that the skill ends
  // here.
  const std::string_view inside = path.substr(slash + 1);
  const bool file = end + 1 < line.end && text[end] == '.' && letters::is_lower(text[end + 1]) &&
                    inside.find('/') == std::string_view::npos;
  if (inside == "SKILL" || (!file && !is_side_file(inside))) return;
  const std::string_view skill = path.substr(at, slash + 1 - at);
  if (!is_plain_name(skill.substr(folder.size(), skill.size() - folder.size() - 1))) return;
  const Strength strength = strength_of(body, line, begin, end);
  out.add(0, skill, Via::path, std::max(strength, Strength::mentioned), begin + at, Certainty::guess);
}

// plan-core/risks: a skill inside another skill's folder, by both names. Such words are also branches, packages and
// routes, so binding wants a folder of exactly this path.
std::size_t find_nested(const BodyText& body, const TextLine& line, std::size_t slash, Candidates& out) {
  const std::string_view text = body.text().substr(0, line.end);
  std::size_t begin = slash, end = slash;
  while (begin > line.begin && is_name_byte(text[begin - 1]) && slash - begin < max_path) --begin;
  while (end < text.size() && (is_name_byte(text[end]) || text[end] == '/') && end - slash < max_path) ++end;
  const std::string_view before = text.substr(line.begin, begin - line.begin), after = text.substr(end, 2);
  const std::string_view path = text.substr(begin, end - begin);
  if (path.size() > 12) find_owner(body, line, begin, end, out);
  if (!letters::is_lower(path.front()) || path.back() == '/' || path.find('-') == std::string_view::npos ||
      is_side_file(path) || path.starts_with("skills/"))
    return end;
  if (!before.empty() && std::string_view("./@$:=~\\#?&%}>-").find(before.back()) != std::string_view::npos) return end;
  if (!after.empty() && std::string_view("(:=@\\{<").find(after.front()) != std::string_view::npos) return end;
  if (after.size() == 2 && after.front() == '.' && letters::is_name(after.back())) return end;
  if (line.context != Context::code || (line.drawn && is_drawn(body, line, begin, end)))
    out.add(0, path, Via::path, strength_of(body, line, begin, end), begin, Certainty::guess);
  return end;
}

constexpr letters::ByteSet no_path(":<>{}*$|\\\n"), begins_anchor("#?");

// A relative path to a Markdown file or a folder; not a URL, an anchor, a pattern or an image.
bool may_be_manifest(std::string_view target) {
  if (target.empty() || target.front() == '/' || target.front() == '#' || target.front() == '~') return false;
  if (no_path.find_in(target) != std::string_view::npos || target.find("...") != std::string_view::npos) return false;
  const std::size_t slash = target.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? target : target.substr(slash + 1);
  const std::size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || last == "." || last == "..") return slash != std::string_view::npos;
  return letters::equals_lower(last.substr(dot), ".md");
}

// Where what governs a link ends. "[spawn](./spawn.md)": the text is the name, be it a verb.
std::size_t governed_from(std::string_view line, std::size_t close, std::string_view target) {
  constexpr std::size_t longest = 80;
  const bool folder = target.ends_with("/SKILL.md");  // whose name is the skill's
  std::string_view name = target.substr(0, folder ? target.rfind('/') : target.rfind('.'));
  name.remove_prefix(std::min(name.rfind('/') + 1, name.size()));
  const std::size_t open = line.substr(0, close).rfind('[');
  if (open == std::string_view::npos || close - open > longest) return close;
  std::string_view shown = line.substr(open + 1, close - open - 1);
  while (!shown.empty() && (shown.front() == '`' || shown.front() == '/')) shown.remove_prefix(1);
  while (!shown.empty() && shown.back() == '`') shown.remove_suffix(1);
  return letters::equals_lower(name, shown) ? open : close;
}

Strength strength_at(const BodyText& body, const TextLine& line, std::size_t open, std::size_t begin, std::size_t end) {
  constexpr std::size_t near = 120;
  const std::size_t from = std::max(line.begin, open - std::min(open, near)), close = open - 1 - from;
  const std::string_view target = body.text().substr(begin, end - begin);
  const std::size_t governed = governed_from(body.text().substr(from, open - from), close, target);
  return strength_of(body, line, governed == close ? begin : from + governed, end);
}

constexpr std::string_view prefix = "mcp__";

// Two underscores, the end of `prefix`: as letters::for_each_where() wants it.
constexpr auto may_end_prefix = [](const char* from) noexcept {
  return (letters::load_block(from) == '_') & (letters::load_block(from + 1) == '_');
};

// Words before a slash that make it a path or a route: "GET /users", "cd /tmp".
constexpr auto before_path =
    letters::word_set("cd", "ls", "cat", "mkdir", "rm", "cp", "mv", "get", "post", "put", "patch", "delete", "head",
                      "path", "route", "endpoint", "location", "curl", "docker", "mount", "uri", "url", "options");

std::string_view nearest_word_before(std::string_view text, std::size_t begin, std::size_t line_begin) {
  std::size_t end = begin;
  while (end > line_begin && !letters::is_word(text[end - 1]) && begin - end < 6) --end;
  std::size_t start = end;
  while (start > line_begin && letters::is_word(text[start - 1]) && end - start < 16) --start;
  return text.substr(start, end - start);
}

constexpr letters::ByteSet before_slash(" \t\n\v\f\r`\"'([,>");

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
  return before.starts_with(key) && before.find_first_not_of(" \t\"'|>-", key.size()) == before.npos;
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
    if (name.size() > place.size() && name.starts_with(place)) return name.substr(place.size());
  return name;
}

// "run `/x`", "use the `/x --all` command": in code marks, behind a verb that starts what it names or beside the kind.
// An address of a server is called, too.

bool is_started(const BodyText& body, const TextLine& line, std::size_t slash, std::size_t end) {
  static constexpr auto starting = letters::word_set("run", "invoke", "execute", "launch", "trigger", "start");
  const std::string_view text = body.text();
  if (line.context != Context::running || slash == 0 || text[slash - 1] != '`' || end < slash + 4) return false;
  const std::size_t close = text.find('`', end);
  if (close > line.end || (text[end] != '`' && text[end] != ' ')) return false;
  const std::string_view name = text.substr(slash + 1, end - slash - 1);
  if (name.find('.') != name.npos || std::ranges::any_of(name, letters::is_upper)) return false;
  std::size_t begin = slash - 1;
  const std::string_view word = word_before(text, slash - 1, line.begin, begin);
  return ends_noun(body, line, close) && (starting.has(letters::to_lower(word)) ||
                                          (kind_beside(text, line, slash, close) & (kinds_command | kinds_skill)) != 0);
}

}  // namespace

void find_paths(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk dot_lines(body), slash_lines(body);
  for (const std::size_t dot : out.marks().of(Mark::dot)) {
    if (text[dot + 1] != 'm' || text.substr(dot, 3) != ".md") continue;
    const TextLine& line = dot_lines.line_of(dot);
    if (line.context != Context::comment) find_file(body, line, dot, out);
  }
  std::size_t next = 1;  // each nested path once
  for (const std::size_t slash : out.marks().of(Mark::slash)) {
    const bool folder = text[slash + 1] == '`';
    if (!folder && (slash < next || !letters::is_lower(text[slash + 1]) || !is_name_byte(text[slash - 1]))) continue;
    const TextLine& line = slash_lines.line_of(slash);
    if (line.context == Context::comment) continue;
    if (!folder)
      next = find_nested(body, line, slash, out);
    else if (line.context != Context::code)
      find_folder(body, line, slash + 1, out);
  }
}

void find_links(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk lines(body);
  for (const std::size_t open : out.marks().of(Mark::parenthesis)) {
    if (open == 0 || text[open - 1] != ']') continue;
    const TextLine& line = lines.line_of(open);
    if (line.context == Context::code || line.context == Context::comment) continue;
    const std::optional<syntax::InlineLink> link = syntax::link_at(text.substr(0, line.end), open - 1);
    if (!link) continue;
    const std::string_view written = link->destination(text),
                           target = written.substr(0, begins_anchor.find_in(written));
    if (may_be_manifest(target))
      out.add(0, letters::percent_decoded(target), Via::link, strength_at(body, line, open, link->begin, link->end),
              link->begin);
  }
}

std::vector<ToolMention> find_mcp_tools(const syntax::LineIndex& file, std::string_view path) {
  const std::string_view text = file.text();
  std::vector<ToolMention> out;
  std::set<std::string, std::less<>> seen;
  syntax::IndexCursor cursor(file);
  std::size_t next = 0;
  letters::for_each_where(text, may_end_prefix, [&](std::size_t joint) {
    constexpr std::size_t before = prefix.size() - 2;
    if (joint < next + before || text.substr(joint - before, prefix.size()) != prefix) return;
    const std::size_t at = joint - before;
    std::size_t end = at + letters::run_at_begin(text.substr(at), letters::is_name).size();
    next = end;
    if (end < text.size() && text[end] == '*' && text[end - 1] == '_') ++end;
    std::string_view name = text.substr(at, end - at);
    if (name.back() != '*')
      while (!name.empty() && (name.back() == '-' || name.back() == '_')) name.remove_suffix(1);
    if (name.size() > 200 || seen.count(name) != 0) return;
    seen.emplace(name);
    std::optional<ToolName> tool = ToolName::parse(name);
    if (!tool) return;
    const syntax::Position place = cursor.at(at);
    const auto width = static_cast<std::uint32_t>(name.size());
    out.push_back({std::move(*tool), {std::string(path), place.line, place.column, place.line, place.column + width}});
  });
  return out;
}

void find_slash_words(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk lines(body);
  for (const std::size_t slash : out.marks().of(Mark::slash)) {
    const std::size_t begin = slash + 1;
    if (slash > 0 && !before_slash.has(text[slash - 1])) continue;
    const std::size_t end = dotted_end(text, qualified_end(text, begin));
    if (end < begin + 2 || goes_on(text, end)) continue;
    if (slash > 0 && text[slash - 1] == '<') continue;  // </tag>
    const TextLine& line = lines.line_of(slash);
    if (line.context == Context::comment) continue;
    // "Fast path: `/x-y`" labels a command, as long as a manifest has the name.
    const bool labelled =
        slash > line.begin + 2 && text.substr(slash - 3, 3) == ": `" && is_distinctive(text.substr(begin, end - begin));
    if (!labelled && before_path.has(nearest_word_before(text, slash, line.begin))) continue;
    Strength strength = strength_of(body, line, slash, end);
    if (strength == Strength::mentioned &&
        (begins_code_line(body, line, slash, end) || begins_prompt(body, line, slash)))
      strength = Strength::invoked;
    const std::string_view name = without_place(text.substr(begin, end - begin));
    out.add(kinds_command | kinds_skill, name, Via::slash, strength, end - name.size(),
            is_started(body, line, slash, end) ? Certainty::named : Certainty::stated);
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
