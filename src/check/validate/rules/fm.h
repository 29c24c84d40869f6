// Front matter and its YAML.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo fm_rules[] = {
    {"FM001", "frontmatter-missing", every(error), FixKind::none,
     "A skill or an agent does not begin with `---`. Commands may omit it; README.md and similar files, a skill's "
     "other files, and pages among agents (CATALOG.md, checklists/x.md) are documents.",
     "A skill without it is listed under its folder with a line of its body; an agent is not loaded at all.",
     "# Title on line 1", "---, name, description, ---"},
    {"FM002", "frontmatter-unclosed", every(error), FixKind::unsafe,
     "The first line is `---` and no later line is `---` in the first column.",
     "The whole file becomes body text and every field is lost; with an indented `---` readers differ.",
     "--- that is never repeated", "a closing --- at column 1"},
    {"FM003", "frontmatter-not-first", every(error), FixKind::safe,
     "There is a block of front matter, but blank lines, a comment or text stand before it.",
     "The client looks at the first byte only and shows the block to the model as prose.", "<!-- note --> above ---",
     "--- on line 1"},
    {"FM004", "yaml-syntax", every(error), FixKind::safe,
     "The front matter is not YAML, even for a reader that quotes suspicious values and tries again.",
     "A skill or command loses all its fields, an agent its limits on tools.", "description: \"Writes notes",
     "description: \"Writes notes\""},
    {"FM005", "yaml-duplicate-key", every(error), FixKind::none, "One mapping has the same key twice.",
     "Some readers take the first, some the last, some refuse: two programs see two different skills.",
     "license: A ... license: B", "one of them"},
    {"FM006", "field-missing", every(error), FixKind::none,
     "A required field is absent or empty. Skills and agents need name and description, commands a description. "
     "For the client a skill's folder and the file of a plugin's agent may stand for the name, and a command "
     "without description is only a note.",
     "Without a description the model never chooses the manifest; an agent without a name is not registered.",
     "description: \"\"", "one sentence that says what, and one that says when"},
    {"FM007", "field-unknown", by(error, warning, warning), FixKind::unsafe,
     "The client does not know the key. Keys that begin with x- and everything below metadata are free; the open "
     "standard knows six keys. A key that only describes (tags, category, source) is a note, and so is every key "
     "of an agent written for another program. A key that five files share and that resembles none of the "
     "client's is reported once, the rest are notes.",
     "Unknown keys are dropped silently: a typo turns a restriction off.", "desciption: ...", "description: ..."},
    {"FM008", "field-type", every(error), FixKind::safe,
     "The value has another type than its reader takes: words for a switch, a list for a text, a fraction for a "
     "count. Tools, skills and paths may be a list or one text.",
     "The client drops the value.", "user-invocable: \"maybe\"", "user-invocable: false"},
    {"FM009", "field-value", every(error), FixKind::unsafe,
     "The value is not one of the few that its field has (context, effort, permissionMode, memory, isolation, "
     "color, shell), a model is no alias, no name of the vendor and not in cascade.yaml, or metadata.cascade-tier "
     "is no tier. A colour is a warning.",
     "Wrong values silently fall back to the default.", "model: sonnett", "model: sonnet"},
    {"FM010", "encoding", every(error), FixKind::none,
     "The file holds bytes that are not UTF-8, is UTF-16, or holds NUL.",
     "Readers put other characters in their place, or refuse the file.", "an e with accent saved as Latin-1",
     "the same saved as UTF-8"},
    {"FM011", "byte-order-mark", every(warning), FixKind::safe, "A manifest or a JSON file begins with U+FEFF.",
     "Strict readers do not find --- at the first byte; JSON readers refuse the mark.", "a byte order mark, then ---",
     "---"},
    {"FM012", "yaml-hazard", every(error), FixKind::none,
     "The front matter uses language tags, merge keys, several documents, or aliases that stand for more than a "
     "thousand values.",
     "Other readers run code or run out of memory on such files.", "b: &b [*a, *a, *a, *a]", "plain values"},
    {"FM013", "yaml-implicit-type", every(warning), FixKind::safe,
     "A text field holds a plain value that YAML reads as a number, a date, a switch or nothing. A version is a note.",
     "What one reader calls 1.10 is 1.1 for the next.", "name: 2024-10-01", "name: \"2024-10-01\""},
    {"FM014", "field-ineffective", client(warning), FixKind::unsafe,
     "The client knows the key, but it does nothing here: allowed-tools in an agent, tools in a skill, agent "
     "without context: fork, hooks or permissionMode in a plugin's agent (a note if default).",
     "An agent with allowed-tools: Read still has every tool.", "allowed-tools: Read (agent)", "tools: Read"},
    {"FM015", "yaml-not-portable", by(error, warning, warning), FixKind::safe,
     "Strict YAML refuses the value, the client reads it after quoting it: a colon and a blank inside, or a "
     "special first character. Also a value that ` #` cuts short.",
     "Other clients and most checkers drop the file.", "description: Reads logs: counts lines",
     "description: \"Reads logs: counts lines\""},
    {"FM016", "compatibility-length", by(error, warning, warning), FixKind::none,
     "A skill's compatibility is empty or has more than 500 characters.",
     "The open standard refuses it; it is for a product, program or network that the skill needs.",
     "a page about versions", "Requires git 2.40 and docker"},
};

}  // namespace cascade::validation
