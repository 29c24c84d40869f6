// Paths that name a manifest: skills/x/SKILL.md, `agents/x.md`, `x.md`, `some-skill/`, plan-core/risks. From each
// ".md", and each slash before a backtick or inside a word, the path is read backwards to its first character: its end
// is easy to recognize, its start is not.
#include "client/names.h"
#include "manifest/line_walk.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/set_off.h"
#include "manifest/strength.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <string_view>

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
  out.add(0, skill, Via::path, std::max(strength, Strength::mentioned), begin + at, Candidates::Certainty::guess);
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
    out.add(0, path, Via::path, strength_of(body, line, begin, end), begin, Candidates::Certainty::guess);
  return end;
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

}  // namespace cascade::manifest
