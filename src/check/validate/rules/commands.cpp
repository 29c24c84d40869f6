// Finds the command around a trigger word: by the stretch of the text that holds the word it decides how much of the
// line a shell would get (a code span, a logical line of a fence or script, a part of prose), and drops comments,
// quotations and places that the text forbids or shows as bad.
#include "validate/rules/commands.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/plugins.h"
#include "validate/reading/stance.h"

namespace cascade::validation {
namespace {

using syntax::Node, syntax::NodeKind;
constexpr std::size_t longest_command = 2000;

bool is_shell_language(std::string_view info) {
  info = info.substr(0, info.find_first_of(" \t{,"));
  return letters::is_one_of_lower(info, {"", "bash", "sh", "shell", "zsh", "console", "shell-session", "shellsession",
                                         "terminal", "powershell", "ps1", "pwsh", "bat", "cmd", "fish", "batch", "!"});
}

bool is_shell_script(const Document& document) {
  if (ends_with_part(document.path(), {".sh", ".bash", ".zsh", ".fish", ".ps1", ".psm1", ".cmd", ".bat"})) return true;
  const std::string_view first = document.lines().line(1);
  return first.starts_with("#!") && has_part(first, {"sh"});
}

// The line around `at` inside [first, last), with lines joined to it by a backslash.
Range logical_line(std::string_view text, std::size_t at, std::size_t first, std::size_t last) {
  Range line{at, at};
  while (line.begin > first && at - line.begin < longest_command) {
    if (text[line.begin - 1] == '\n' && !(line.begin >= first + 2 && text[line.begin - 2] == '\\')) break;
    --line.begin;
  }
  while (line.end < last && line.end - at < longest_command) {
    if (text[line.end] == '\n' && !(line.end > first && text[line.end - 1] == '\\')) break;
    ++line.end;
  }
  return line;
}

bool is_commented(std::string_view line) {
  const std::string_view start = letters::trim(line);
  return start.starts_with('#') || start.starts_with("//") || start.starts_with("REM ");
}

CommandText make(const Document& document, Range range, Runs runs) {
  const std::size_t length = range.end - range.begin;
  return {std::string(document.text().substr(range.begin, length)), runs, range.begin,
          document.at(range.begin, length)};
}

std::optional<CommandText> in_script(const Document& document, std::size_t at) {
  if (!is_shell_script(document)) return std::nullopt;
  const Range line = logical_line(document.text(), at, 0, document.text().size());
  if (is_commented(document.text().substr(line.begin, at - line.begin))) return std::nullopt;
  return make(document, line, Runs::script);
}

// "https://x.test/a$(...)", ".github/x$(...).yml": a name with a subshell in it, as attackers choose them; no program.
bool is_name_with_subshell(std::string_view text) {
  const std::string_view first = text.substr(0, text.find(' '));
  const std::size_t subshell = first.find("$(");
  return subshell != 0 && subshell < first.find_first_of("\"'=");
}

// The content of a code span: [begin, end) without its marks; `!` before it makes the client run it.
std::optional<CommandText> in_code_span(const Document& document, const Stretch& span) {
  const std::string_view text = document.text();
  Range inside{span.begin, span.end};
  while (inside.begin < inside.end && text[inside.begin] == '`') ++inside.begin;
  while (inside.end > inside.begin && text[inside.end - 1] == '`') --inside.end;
  if (span.begin > 0 && text[span.begin - 1] == '!' && (span.begin == 1 || letters::is_space(text[span.begin - 2])))
    return make(document, inside, Runs::preexecuted);
  if (is_name_with_subshell(document.body().slice(inside)) ||
      takes_back_command(stance_of(document.body(), span.begin, span.end)) || is_talked_about(document.body(), span))
    return std::nullopt;
  return make(document, inside, Runs::shown);
}

// Returns where a command begins in prose, which a shell would not run: at the word, or at the word that takes its
// output, as in bash <(curl ...).
std::size_t begin_in_prose(std::string_view text, std::size_t at, std::size_t first) {
  std::size_t begin = at;
  while (begin > first && std::string_view("(<$\"'").find(text[begin - 1]) != std::string_view::npos) --begin;
  if (begin == at) return at;
  for (int words = 0; words < 2 && begin > first; ++words) {
    while (begin > first && text[begin - 1] == ' ') --begin;
    while (begin > first && !letters::is_space(text[begin - 1])) --begin;
    if (words == 0 && text[begin] != '-') break;  // bash -c "$(curl ...)"
  }
  return begin;
}

// bash -c "$(...)" in prose: the quotes belong to the shell, not to the writer.
bool is_shell_quoting(const TextModel& body, const Stretch& stretch) {
  if (stretch.kind != Region::quotation || stretch.around != Stretch::no_stretch) return false;
  const std::string_view text = body.text(), inside = text.substr(stretch.begin + 1, 2);
  const std::string_view before = letters::trim(text.substr(0, stretch.begin));
  const bool asks = (before.size() > 3 && before.ends_with(" -c")) || before.ends_with("eval");
  return asks && (inside == "$(" || inside.starts_with('`'));
}

std::optional<CommandText> in_markdown(const Document& document, std::size_t at) {
  const TextModel& body = document.body();
  const Stretch* stretch = body.stretch_at(at);
  if (at < body.body()) return std::nullopt;
  if (stretch != nullptr && is_shell_quoting(body, *stretch)) {
    stretch = nullptr;
  } else if (body.is_quoted(at)) {
    return std::nullopt;
  }
  Range limits = body.block_at(at);
  if (stretch != nullptr) {
    if (stretch->kind == Region::code) return in_code_span(document, *stretch);
    if (!is_code(stretch->kind)) return std::nullopt;
    if (stretch->kind == Region::fence && !is_shell_language(body.info_of(*stretch))) return std::nullopt;
    limits = {stretch->begin, stretch->end};
  }
  const Range line = logical_line(document.text(), at, limits.begin, limits.end);
  if (stretch != nullptr && is_commented(document.text().substr(line.begin, at - line.begin))) return std::nullopt;
  if (stretch != nullptr && body.info_of(*stretch) == "!") return make(document, line, Runs::preexecuted);
  const std::size_t end = std::max(at, std::min(line.end, body.sentence_at(at).end));
  if (takes_back_command(stance_of(body, at, end))) return std::nullopt;
  if (stretch != nullptr) return make(document, line, Runs::shown);
  return make(document, {begin_in_prose(document.text(), at, line.begin), end}, Runs::shown);
}

}  // namespace

std::optional<Range> shell_text(const Document& document, const Stretch& stretch) {
  const TextModel& body = document.body();
  if (!is_code(stretch.kind)) return std::nullopt;
  if (stretch.kind == Region::fence && !is_shell_language(body.info_of(stretch))) return std::nullopt;
  const std::string_view text = document.text();
  Range range{stretch.begin, stretch.end};
  if (stretch.kind == Region::fence) {
    range.begin = std::min(text.find('\n', range.begin), range.end - 1) + 1;
    const std::size_t last = text.rfind('\n', range.end < 2 ? 0 : range.end - 2);
    if (last != std::string_view::npos && last > range.begin) range.end = last;
  }
  while (range.begin < range.end && text[range.begin] == '`') ++range.begin;
  while (range.end > range.begin && text[range.end - 1] == '`') --range.end;
  return range;
}

bool has_commands(Role role) noexcept { return is_read_by_model(role) || role == Role::script; }

std::optional<CommandText> command_at(const Document& document, std::size_t offset) {
  return document.role() == Role::script ? in_script(document, offset) : in_markdown(document, offset);
}

std::vector<CommandText> configured_commands(const Document& document) {
  std::vector<CommandText> commands;
  const auto add = [&](const Node& node) { commands.push_back({node.text, Runs::hook, 0, document.at(node)}); };
  if (const Node* map = hook_map(document))
    for_each_handler(*map, [&](const Node& handler) {
      if (const Node* command = handler.find("command"); is_text(command)) add(*command);
    });
  const Node* servers = document.field("mcpServers");
  if (!is_map(servers)) return commands;
  for (std::size_t i = 0; i < servers->size(); ++i) {
    const Node *command = servers->value(i).find("command"), *arguments = servers->value(i).find("args");
    if (is_text(command) && is_list(arguments))
      for (const Node& argument : arguments->items) add(argument);
  }
  return commands;
}

// Finds hooks wherever a client reads them: hooks.json, settings, plugin.json and front matter have the same map of
// events at different depths.
const Node* hook_map(const Document& document, bool* missing) {
  const Node& root = document.data();
  const Node* hooks = root.find("hooks");
  if (document.role() == Role::hooks) {
    // Gemini CLI has other settings in the same file. Some plugins have the events at the top; the client requires them
    // below "hooks" (or a list of modules).
    const bool among_settings = document.path().ends_with("settings.json");
    if (missing != nullptr)
      *missing = root.kind != NodeKind::map || (hooks == nullptr && root.find("modules") == nullptr && !among_settings);
    return hooks;
  }
  const Role role = document.role();
  const bool may_have = role == Role::settings || role == Role::plugin || role == Role::skill || role == Role::agent;
  if (!may_have || hooks == nullptr) return nullptr;
  if (hooks->kind != NodeKind::map) return role == Role::settings ? hooks : nullptr;
  if (role == Role::plugin)
    if (const Node* inner = hooks->find("hooks"); is_map(inner)) return inner;
  return hooks;
}

void for_each_handler(const Node& map, const std::function<void(const Node&)>& visit) {
  if (map.kind != NodeKind::map) return;
  for (std::size_t i = 0; i < map.size(); ++i) {
    const Node& groups = map.value(i);
    if (groups.kind != NodeKind::list) continue;
    for (const Node& group : groups.items) {
      const Node* handlers = group.find("hooks");
      if (!is_list(handlers)) continue;
      for (const Node& handler : handlers->items)
        if (handler.kind == NodeKind::map) visit(handler);
    }
  }
}

}  // namespace cascade::validation
