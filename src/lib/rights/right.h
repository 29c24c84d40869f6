// One thing that a library permits, and to whom.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::difference {

// tool: an agent may use it. grant: it is used without asking while a skill or command is active. mode: an agent's
// permission mode. hook, server: a command that the client runs by itself. permission: allowed by settings. denial:
// forbidden to someone; losing one means one right more.
enum class RightKind : std::uint8_t { tool, grant, mode, hook, server, permission, denial };
std::string_view to_string(RightKind kind) noexcept;

inline constexpr std::string_view every_tool = "every tool";

struct Right {
  std::string holder;  // "agent:checker", or the path of a file that is no manifest
  RightKind kind = RightKind::tool;
  std::string what;     // "Bash(git *)", "every tool", "PreToolUse Bash: scripts/look.sh"
  std::string through;  // the manifest that gives it to the holder; empty: the holder itself
  std::string path;     // of the file that gives it

  friend bool operator==(const Right&, const Right&) = default;
};

}  // namespace cascade::difference
