// Entries are separated by `;`. After `=` comes a command's name, or `run` with a program and its arguments, split at
// blanks. Nothing is unquoted, expanded or given to a shell; signs that only a shell understands are a fault.
// A matcher is a list of names with `|` between them; `.*` and `*` match any characters. It is not a regular
// expression, because hooks are read on the hot path and written by strangers.
#include "manifest/skill_hooks.h"

#include <algorithm>

#include "client/names.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "text/words.h"

namespace cascade::manifest {
namespace {

using FaultIs = SkillHookFault::Kind;

namespace events = client::event_names;

constexpr std::string_view known_events[] = {events::after_compaction,  events::tool_result, events::tool_failure,
                                             events::before_compaction, events::tool_call,   events::session_end,
                                             events::session_start,     events::turn_end,    events::subagent_start,
                                             events::subagent_stop,     events::prompt};
constexpr std::string_view shell_signs = "|&<>()$`\"'\\*?[]{}!~#\n\r";
constexpr std::size_t most_hooks = 32, most_words = 32;

bool is_name_sign(char c) { return letters::is_letter_or_digit(c) || c == '_' || c == '-' || c == ':' || c == '.'; }

bool is_name(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_name_sign); }

std::vector<std::string> split_at_blanks(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !letters::is_space(text[end])) ++end;
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// "^(Edit|Write)$" as "Edit|Write", `.*` as `*`. Empty when a sign has no meaning here.
std::string plain_matcher(std::string_view text) {
  if (!text.empty() && text.front() == '^') text.remove_prefix(1);
  if (!text.empty() && text.back() == '$') text.remove_suffix(1);
  if (text.size() > 1 && text.front() == '(' && text.back() == ')') text = text.substr(1, text.size() - 2);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' && i + 1 < text.size() && text[i + 1] == '*') continue;
    if (!is_name_sign(text[i]) && text[i] != '|' && text[i] != '*') return {};
    plain += text[i];
  }
  return plain;
}

// By text alone, before anything is opened; the runner checks the file itself again (trust/).
bool stays_inside(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.front() == '~' || path.front() == '-') return false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (part == ".." || part == "." || part.empty()) return false;
    at = end + 1;
  }
  return true;
}

class EntryReader {
 public:
  EntryReader(std::string_view entry, std::size_t offset, SkillHooks& into)
      : entry_(entry), offset_(offset), into_(into) {}

  void read() {
    SkillHook hook;
    hook.offset = offset_;
    hook.length = entry_.size();
    const std::size_t equals = entry_.find('=');
    const std::string_view when = letters::trim(entry_.substr(0, equals));
    if (!read_when(when, hook)) return;
    const std::string_view what =
        equals == std::string_view::npos ? std::string_view() : letters::trim(entry_.substr(equals + 1));
    if (what.empty())
      fault(FaultIs::missing, "\"" + std::string(when) + "\" names nothing to be done",
            "EVENT=COMMAND, or EVENT=run PROGRAM");
    else if (read_what(what, hook))
      into_.hooks.push_back(std::move(hook));
  }

 private:
  bool fault(FaultIs kind, std::string message, std::string help) {
    into_.faults.push_back({kind, std::string(entry_), offset_, std::move(message), std::move(help)});
    return false;
  }

  bool read_when(std::string_view when, SkillHook& hook) {
    const std::size_t colon = when.find(':');
    hook.event = letters::trim(when.substr(0, colon));
    if (!letters::is_one_of(hook.event, known_events))
      return fault(FaultIs::event, "there is no event \"" + hook.event + "\"",
                   "one of " + letters::joined(known_events, ", "));
    if (colon == std::string_view::npos) return true;
    const std::string_view matcher = letters::trim(when.substr(colon + 1));
    hook.matcher = plain_matcher(matcher);
    if (hook.matcher.empty() && !matcher.empty())
      return fault(FaultIs::matcher, "\"" + std::string(matcher) + "\" is no list of names", client::matchers::example);
    const bool has_subject = hook.event != events::turn_end && hook.event != events::prompt;
    return has_subject || fault(FaultIs::matcher, "nothing of " + hook.event + " can be matched",
                                "write " + hook.event + " without a matcher");
  }

  bool read_what(std::string_view what, SkillHook& hook) {
    const bool runs = what == "run" || (what.starts_with("run") && what.size() > 3 && letters::is_space(what[3]));
    if (what.find_first_of(shell_signs) != std::string_view::npos || (!runs && what.find_first_of(" \t") != what.npos))
      return fault(FaultIs::shell,
                   "\"" + std::string(what) + "\" is written for a shell, and no shell takes part: it never runs",
                   "run PROGRAM and plain words; put the rest into the program");
    if (!runs) return read_command(what, hook);
    hook.words = split_at_blanks(what.substr(3));
    if (hook.words.empty()) return fault(FaultIs::missing, "\"run\" names no program", "run scripts/check");
    std::string& program = hook.words.front();
    if (program.rfind("./", 0) == 0) program.erase(0, 2);
    if (!stays_inside(program))
      return fault(FaultIs::outside, "\"" + program + "\" is no file below the skill's own folder",
                   "run scripts/check");
    return hook.words.size() <= most_words ||
           fault(FaultIs::shell, "a program gets " + std::to_string(most_words - 1) + " words at most",
                 "put them into the program");
  }

  bool read_command(std::string_view what, SkillHook& hook) {
    if (what.front() == '/') what.remove_prefix(1);
    if (!is_name(what))
      return fault(FaultIs::shell, "\"" + std::string(what) + "\" is no command's name: it never runs",
                   "a program of the skill's folder is written: run scripts/check");
    hook.command = what;
    return true;
  }

  std::string_view entry_;
  std::size_t offset_;
  SkillHooks& into_;
};

}  // namespace

std::string SkillHook::what() const {
  if (!runs()) return "/" + command;
  std::string text = "run";
  for (const std::string& word : words) text += " " + word;
  return text;
}

SkillHooks read_skill_hooks(std::string_view value) {
  SkillHooks read;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = std::min(value.find(';', at), value.size());
    const std::string_view entry = letters::trim(value.substr(at, end - at));
    const auto offset = static_cast<std::size_t>(entry.data() - value.data());
    if (!entry.empty() && read.hooks.size() + read.faults.size() >= most_hooks) {
      read.faults.push_back({FaultIs::missing, std::string(entry), offset,
                             "more than " + std::to_string(most_hooks) + " hooks: the others never run",
                             "fewer hooks"});
      break;
    }
    if (!entry.empty()) EntryReader(entry, offset, read).read();
    at = end + 1;
  }
  return read;
}

bool is_for(const SkillHook& hook, std::string_view event, std::string_view subject) noexcept {
  if (hook.event != event) return false;
  if (hook.matcher.empty()) return true;
  const std::string_view list = hook.matcher;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find('|', at), list.size());
    const std::string_view name = list.substr(at, end - at);
    if (letters::matches_wildcard(name, subject)) return true;
    if (subject == client::tool_names::agent && letters::matches_wildcard(name, client::tool_names::task)) return true;
    if (subject == client::tool_names::task && letters::matches_wildcard(name, client::tool_names::agent)) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace cascade::manifest
