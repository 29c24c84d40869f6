// Hooks.
#pragma once

#include "client/names.h"
#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo hk_rules[] = {
    {"HK001", "hooks-json", client(error), FixKind::none,
     "hooks.json or a settings file is not JSON; comments and trailing commas are not JSON.",
     "All hooks of the file are off.", "a comma before ]", "valid JSON"},
    {"HK002", "hook-event-unknown", client(error), FixKind::unsafe, "The client has no event of this name.",
     "The entry is ignored.", "PreToolCall", client::event_names::tool_call},
    {"HK003", "hook-handler", client(error), FixKind::none,
     "A handler has no type or an unknown one, or lacks the field that its type needs.", "The client refuses it.",
     "{ \"type\": \"command\" }", "{ \"type\": \"command\", \"command\": \"date\" }"},
    {"HK004", "hook-matcher-ignored", client(warning), FixKind::none, "The event ignores matchers, but one is given.",
     "The hook runs every time.", "Stop with a matcher", "no matcher"},
    {"HK005", "hook-matcher-invalid", client(error), FixKind::none,
     "The matcher is no text or no valid expression, or can match no tool or value of its event.",
     "The hook never runs: a guard that guards nothing.", "Edit|Write(", "Edit|Write"},
    {"HK006", "hook-script-missing", client(error), FixKind::none,
     "A hook calls a script below ${CLAUDE_PLUGIN_ROOT} or $CLAUDE_PROJECT_DIR that does not exist, or is outside "
     "of the plugin's folder.",
     "It fails at each event.", ".../on-stop.sh that is not there", "the script"},
    {"HK007", "hook-timeout", client(error), FixKind::none,
     "timeout is not a positive number, or looks like milliseconds (a warning): 1,000 or more, unless it is whole tens "
     "of minutes up to "
     "two hours.",
     "The client refuses it, or waits for hours.", "30000", "30"},
    {"HK008", "hook-not-executable", client(error), FixKind::none,
     "A hook calls a script directly that has no executable bit or no #! line.",
     "Permission denied, or the wrong shell.", "mode 644", "mode 755"},
    {"HK010", "hook-relative-script", client(error), FixKind::none,
     "A plugin's hook calls ./x or hooks/x, or the plugin's own script by its place in the library.",
     "Hooks run in the user's project, where the script is not.", "./hooks/bye.sh",
     "\"${CLAUDE_PLUGIN_ROOT}\"/hooks/bye.sh"},
    {"HK011", "hook-shape", client(error), FixKind::none,
     "The nesting is wrong: a handler directly in the event's list, an event that is no list, no hooks at the "
     "top. Other lists and objects there that the client does not read (statusLine) are a warning.",
     "It is ignored.", "\"Stop\": [{ \"type\": \"command\" }]", "\"Stop\": [{ \"hooks\": [{ ... }] }]"},
    {"HK012", "skill-hook-event", client(error), FixKind::none,
     "An entry of cascade-hooks names an unknown event, or a matcher that is not a list of names.",
     "The hook never runs: a guard that guards nothing.", "cascade-hooks: PreTool:Bash=run scripts/check",
     "cascade-hooks: PreToolUse:Bash=run scripts/check"},
    {"HK013", "skill-hook-missing", client(error), FixKind::none,
     "An entry of cascade-hooks names no action, a command that is not there, or a program that is not there, not "
     "executable or without #! line.",
     "The hook never runs, or names something that nobody has.", "cascade-hooks: Stop=run scripts/chek",
     "cascade-hooks: Stop=run scripts/check"},
    {"HK014", "skill-hook-outside", client(error), FixKind::none,
     "An entry of cascade-hooks runs a program outside of the skill's folder, or is in a manifest without one.",
     "It never runs: a consent covers the bytes of that folder.", "cascade-hooks: Stop=run ../shared/check",
     "cascade-hooks: Stop=run scripts/check"},
    {"HK015", "skill-hook-shell", client(error), FixKind::none,
     "An entry of cascade-hooks is written for a shell: with quotes, variables, pipes, patterns, or as a line of its "
     "own.",
     "It never runs: no shell takes part.", "cascade-hooks: Stop=npm test && echo ok",
     "cascade-hooks: Stop=run scripts/check"},
};

}  // namespace cascade::validation
