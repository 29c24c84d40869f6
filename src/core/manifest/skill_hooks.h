// The programs and commands that a manifest asks for on an event: `cascade-hooks` (docs/trust.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

constexpr std::string_view hooks_key = "metadata.cascade-hooks";

// One entry, "PreToolUse:Bash=run scripts/check --fast" or "Stop=verify-in-browser".
struct SkillHook {
  std::string event, matcher;          // matcher empty: any subject of the event
  std::string command;                 // a command's name, to be said; empty: a program
  std::vector<std::string> words;      // the program below the skill's folder, and its arguments
  std::size_t offset = 0, length = 0;  // of the entry in the value

  bool runs() const noexcept { return !words.empty(); }
  std::string what() const;  // "/verify-in-browser", "run scripts/check --fast"
};

struct SkillHookFault {
  enum class Kind : std::uint8_t { event, matcher, missing, shell, outside };
  Kind kind = Kind::missing;
  std::string entry;          // as it is written
  std::size_t offset = 0;     // of the entry in the value
  std::string message, help;  // lower case, without a full stop
};

struct SkillHooks {
  std::vector<SkillHook> hooks;  // without the faulty ones, which never run
  std::vector<SkillHookFault> faults;
};

// Never fails. Linear.
SkillHooks read_skill_hooks(std::string_view value);

// Whether the hook is for this event about `subject`: a tool's name, an agent's type, how a session starts, why it
// compacts. The tool that starts subagents is Agent and Task alike.
bool is_for(const SkillHook& hook, std::string_view event, std::string_view subject) noexcept;

}  // namespace cascade::manifest
