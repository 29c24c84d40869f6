// Hooks.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo hk_rules[] = {
    {"HK001", "hooks-json", client(error), FixKind::none,
     "hooks.json or a settings file is not JSON; comments and trailing commas are not JSON.",
     "All hooks of the file are off.", "a comma before ]", "valid JSON"},
    {"HK002", "hook-event-unknown", client(error), FixKind::unsafe, "The client has no event of this name.",
     "The entry is ignored.", "PreToolCall", "PreToolUse"},
    {"HK003", "hook-handler", client(error), FixKind::none,
     "A handler has no type or an unknown one, or lacks the field that its type needs.", "The client refuses it.",
     "{ \"type\": \"command\" }", "{ \"type\": \"command\", \"command\": \"date\" }"},
    {"HK004", "hook-matcher-ignored", client(warning), FixKind::none,
     "The event looks at no matcher, but one is given.", "The hook runs every time.", "Stop with a matcher",
     "no matcher"},
    {"HK005", "hook-matcher-invalid", client(error), FixKind::none,
     "The matcher is no valid expression, or can match no tool or value of its event.",
     "The hook never runs: a guard that guards nothing.", "Edit|Write(", "Edit|Write"},
    {"HK006", "hook-script-missing", client(error), FixKind::none,
     "A hook calls a script below ${CLAUDE_PLUGIN_ROOT} or $CLAUDE_PROJECT_DIR that does not exist.",
     "It fails at each event.", ".../on-stop.sh that is not there", "the script"},
    {"HK007", "hook-timeout", client(error), FixKind::none,
     "timeout is no positive number, or so large that milliseconds were meant (a warning above 600).",
     "The client refuses it, or waits for hours.", "30000", "30"},
    {"HK008", "hook-not-executable", client(error), FixKind::none,
     "A hook calls a script directly that has no executable bit or no #! line.",
     "Permission denied, or the wrong shell.", "mode 644", "mode 755"},
    {"HK010", "hook-relative-script", client(error), FixKind::none, "A plugin's hook calls ./x or hooks/x.",
     "Hooks run in the user's project, where the script is not.", "./hooks/bye.sh",
     "\"${CLAUDE_PLUGIN_ROOT}\"/hooks/bye.sh"},
    {"HK011", "hook-shape", client(error), FixKind::none,
     "The nesting is wrong: a handler right in the event's list, an event that is no list, no hooks at the top.",
     "It is ignored.", "\"Stop\": [{ \"type\": \"command\" }]", "\"Stop\": [{ \"hooks\": [{ ... }] }]"},
};

}  // namespace cascade::validation
