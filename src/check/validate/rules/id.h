// Names and places.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo id_rules[] = {
    {"ID001", "name-format", every(error), FixKind::unsafe,
     "The name of a skill or an agent is not made of lower-case letters and digits joined by single hyphens; in "
     "the open standard, of letters of any script. A warning for agents, whose names the client takes as they "
     "are. A prefix before the folder's name (harbour:moor in moor/) is a note in claude-code, where it is an "
     "alias. Not for a form in templates/ beside skills/.",
     "Upload surfaces refuse such names, and nobody can type them.", "PDF_Tools, a--b, x-", "pdf-tools"},
    {"ID002", "name-length", every(error), FixKind::none, "The name of a skill has more than 64 characters.",
     "Upload surfaces refuse it.", "65 characters", "64 at most"},
    {"ID003", "name-path-mismatch", every(error), FixKind::unsafe,
     "A skill's name is not the name of its folder; in profile cascade, an agent's not that of its file (a "
     "warning). Not for one skill in a folder such as assets or docs at the root, nor for one right in skills/.",
     "Some clients take the folder for the name, others the field.", "skills/csv-clean with name: csv-cleaner",
     "the same word in both places"},
    {"ID004", "name-reserved", by(error, warning, warning), FixKind::none,
     "A skill's name has the vendor's or the client's as one of its words, or a marketplace has a name that the "
     "client reserves.",
     "Upload surfaces refuse these words.", "claude-helper", "editor-help"},
    {"ID005", "name-duplicate", every(error), FixKind::none,
     "Two manifests of one kind in one scope have the same name. A warning for agents in different folders of one "
     "plugin, whose names carry the folder.",
     "One silently hides the other, depending on the order of folders.", "two agents api-designer", "two names"},
    {"ID006", "name-collision", every(error), FixKind::none,
     "Two names or paths are equal once case, `_` against `-` and compatibility forms are folded.",
     "A checkout on another system keeps one of them.", "agents/Linter.md and agents/linter.md",
     "names that differ in letters"},
    {"ID007", "name-shadows-builtin", client(warning), FixKind::none,
     "An agent has the name of one of the client's own agents, a skill or a command that of one of its slash "
     "commands. A note in a plugin, whose name in front tells the two apart.",
     "One of the two wins, without notice.", "commands/compact.md", "commands/narrow-tables.md"},
    {"ID009", "not-discovered", every(error), FixKind::none,
     "A file looks like a manifest and is where the client does not look: beside the folders of skills, one level "
     "too deep, not spelt SKILL.md, as .yaml or .txt, inside .claude-plugin, a hook as Markdown. Also what a walk "
     "had to leave out. Not below folders that no client reads. A note where every skill of a library has its "
     "group, and for an agent or a command that plugin.json's list leaves out.",
     "It is never loaded and nothing says so.", "skills/quick-fix.md", "skills/quick-fix/SKILL.md"},
};

}  // namespace cascade::validation
