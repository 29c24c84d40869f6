// Bodies, links and paths.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo ct_rules[] = {
    {"CT001", "link-dead", every(error), FixKind::none,
     "A relative Markdown link, image or link definition leads to a path that does not exist. Code and web "
     "addresses are not checked.",
     "The model reads a file that is not there, and improvises.", "a link to missing.md", "a path that exists"},
    {"CT002", "anchor-dead", every(warning), FixKind::none,
     "The #fragment of a link names no heading or id of the Markdown file that it leads to.",
     "The part that was meant cannot be found.", "notes.md#gone", "a heading that exists"},
    {"CT003", "section-duplicate", every(warning), FixKind::none,
     "One file has two sections at the same place of its outline with the same title and nearly the same text.",
     "It is paid for twice and edited once.", "## Checklist twice", "once"},
    {"CT004", "boilerplate", strict(warning), FixKind::none,
     "Five or more manifests share a block of at least eight lines, or much of their bodies.",
     "Every one of them pays for it; a reference file costs once.", "30 equal lines in 200 agents",
     "one file that they link to"},
    {"CT005", "body-empty", every(warning), FixKind::none, "Nothing follows the front matter.",
     "There is nothing to follow.", "front matter alone", "instructions"},
    {"CT006", "fence-unclosed", every(error), FixKind::none,
     "A code fence is open at the end of the file; a warning where at most five lines follow.",
     "All that follows is read as code.", "one ``` and no second", "the closing ```"},
    {"CT008", "script-missing", every(error), FixKind::none,
     "The body runs or names a file of its own folder (scripts/..., references/..., assets/..., "
     "${CLAUDE_SKILL_DIR}/..., ${CLAUDE_PLUGIN_ROOT}/...) that does not exist, unless the code asks for it first "
     "([ -f x ]).",
     "The command fails, or the model reads nothing and improvises.", "python scripts/pack.py",
     "the script, in its place"},
    {"CT009", "path-personal", every(warning), FixKind::none,
     "A path leads into one person's home or drive: /Users/name/, /home/name/, C:\\Users\\name. Placeholders are "
     "fine.",
     "It exists on one machine.", "/Users/maria/notes", "a relative path"},
    {"CT010", "path-backslash", every(warning), FixKind::safe,
     "A relative link or the path of a bundled file has a backslash.", "On other systems that is not a path.",
     "references\\list.md", "references/list.md"},
};

}  // namespace cascade::validation
