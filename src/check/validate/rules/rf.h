// References and their graph.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo rf_rules[] = {
    {"RF001", "agent-unresolved", every(error), FixKind::unsafe,
     "A field or an explicit call names an agent that no scope defines and the client does not provide.",
     "The call fails when it is made: no such agent.", "agent: timeline-builder", "agent: timeline-maker"},
    {"RF002", "skill-unresolved", every(error), FixKind::unsafe,
     "A field or an explicit call names a skill that does not exist; plugin:skill is looked up in that plugin only.",
     "The skill is left out without a message.", "skills: [type-scale]", "a skill that is there"},
    {"RF003", "command-unresolved", strict(warning), FixKind::none,
     "A field or an explicit call names a command that does not exist. A /word in prose is never reported.",
     "The instruction is dead.", "cascade-commands: shipp", "cascade-commands: ship"},
    {"RF004", "reference-cycle", strict(error), FixKind::none,
     "References lead back to the manifest where they began, or a manifest refers to itself.",
     "A resolver would not end, or load everything.", "a -> b -> a", "one reference fewer"},
    {"RF005", "skill-unreachable", client(error), FixKind::none,
     "A skill is closed to the user and to the model, and no manifest names it.", "Nobody can ever invoke it.",
     "user-invocable: false, disable-model-invocation: true", "one of the two"},
    {"RF006", "agent-orphan", strict(warning), FixKind::none,
     "Skills bind agents in this tree, but nothing names this agent and it is not marked as an entry.",
     "It is dead weight in every index.", "an agent that no skill binds", "bind it, or cascade-entry: \"true\""},
    {"RF007", "skill-overbound", strict(error), FixKind::none,
     "A skill binds more agents than limits.max_agents_per_skill.",
     "Bundles grow beyond their budget; a layer is missing.", "four agents in one skill",
     "three, and a skill in between"},
    {"RF008", "reference-ambiguous", every(warning), FixKind::none,
     "A reference without its plugin may mean several manifests, or a skill and a command share one slash name (a "
     "note if the command only calls the skill).",
     "The skill wins over the command; between plugins the order is open.", "skill forecast and command forecast",
     "two names, or plugin:name"},
};

}  // namespace cascade::validation
