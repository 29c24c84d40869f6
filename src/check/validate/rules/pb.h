// Playbooks and the keys that define the order of their steps.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo pb_rules[] = {
    {"PB001", "chain-order", client(error), FixKind::none,
     "cascade-chain cannot be read, names a step that the table below Chain does not have, or leaves one out.",
     "The playbook cannot be started.", "cascade-chain: 1 > 2 & (3 > 4", "cascade-chain: 1 > 2 & (3 > 4)*"},
    {"PB002", "chain-exit", client(error), FixKind::none,
     "An entry of cascade-exits has no step, no such exit, words where none belong, or no pattern where one is "
     "needed.",
     "The step would end when somebody says so, without evidence.", "cascade-exits: \"1: reed\"",
     "cascade-exits: \"1: red\""},
    {"PB003", "chain-branch", client(error), FixKind::none,
     "An entry of cascade-branches has no step, no label, or leads to a step that does not exist.",
     "The way out that the text promises cannot be taken.", "cascade-branches: 5 aborted > 9",
     "cascade-branches: 5 aborted > 2"},
    {"PB004", "chain-skill", client(error), FixKind::none,
     "A step of the table below Chain, or a detour of a branch, names a skill that no scope defines.",
     "The playbook stops at that step with nothing to load.", "| 2 | `root-cause-tracer` |",
     "| 2 | `root-cause-tracing` |"},
    {"PB005", "chain-without-steps", client(error), FixKind::none,
     "cascade-chain, cascade-exits or cascade-branches are in a manifest that is not a playbook or has no steps.",
     "The keys do nothing.", "cascade-chain in a skill of layer skill",
     "cascade-layer: playbook, and a table of steps"},
    {"PB006", "chain-number", client(error), FixKind::none, "Two rows of the table below Chain have the same number.",
     "Exits and branches name steps by their numbers.", "| 2 | and | 2 |", "| 2 | and | 3 |"},
};

}  // namespace cascade::validation
