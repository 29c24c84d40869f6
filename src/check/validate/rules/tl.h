// Tools, servers and permissions.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo tl_rules[] = {
    {"TL001", "tool-unknown", client(error), FixKind::unsafe,
     "A tool list names a tool that the client does not have; case counts. An agent made for another program gets "
     "one note. A name that five files share and that resembles none of the client's is a warning, once.",
     "Unknown names are dropped; an agent with none left cannot start.", "tools: Read, Gerp", "tools: Read, Grep"},
    {"TL002", "mcp-server-unknown", client(warning), FixKind::none,
     "A tool list names a server that no configuration in scope declares. Silent without such a configuration, "
     "and about an account's connectors (claude_ai_...) and plugins' servers that are not here (plugin_x_y).",
     "The tool never appears.", "mcp__traker__close", "mcp__tracker__close"},
    {"TL003", "tool-syntax", every(error), FixKind::none,
     "An entry of a tool list is malformed: a parenthesis without its partner, no name, mcp_ with one underscore.",
     "The entry is ignored, or matches something else.", "Bash(git status", "Bash(git status *)"},
    {"TL004", "tool-conflict", client(error), FixKind::none,
     "One tool is granted in tools and taken away in disallowedTools.", "Taking away wins; the grant is an illusion.",
     "tools: Write, disallowedTools: Write", "one of them"},
    {"TL005", "tool-overbroad", every(warning), FixKind::none,
     "allowed-tools of a skill or command lets every shell command, every write or every address pass without a "
     "question. What five files share is reported once, the rest are notes.",
     "Any command runs unseen.", "allowed-tools: Bash(*)", "allowed-tools: Bash(git diff *)"},
    {"TL006", "permission-bypass", client(error), FixKind::none,
     "An agent or the settings switch permission prompts off.", "They are off for whoever checks the repository out.",
     "permissionMode: bypassPermissions", "permissionMode: default"},
    {"TL007", "tools-empty", client(warning), FixKind::none, "tools is present but empty; [] is a note.",
     "The client starts such an agent without any tool and shows it with all of them (2.1.328 and 2.1.330).",
     "tools:", "no tools key, or a list"},
    {"TL009", "mcp-config", client(error), FixKind::none,
     ".mcp.json is not JSON, or a server has neither a command nor a url, has both, or an unknown type.",
     "The server is skipped.", "{ \"args\": [] }", "{ \"command\": \"node\" }"},
    {"TL011", "subagent-cannot", client(warning), FixKind::none,
     "An agent lists a tool that no subagent gets or that is gone, is told to ask the user, or to run a slash command "
     "without the tool for it.",
     "It stands still, or makes up what it could not ask or run.", "a method that begins with: Ask the user",
     "questions that the agent returns"},
};

}  // namespace cascade::validation
