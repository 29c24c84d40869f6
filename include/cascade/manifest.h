// The contents of one file: a skill, an agent or a command, with its sections, references and faults.
#ifndef CASCADE_MANIFEST_H
#define CASCADE_MANIFEST_H

#include <cascade/diagnostic.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

enum class Kind : std::uint8_t { skill, agent, command };

// The step of the cascade. A playbook's kind is skill.
enum class Layer : std::uint8_t { playbook, skill, agent, command };

// The origin of a manifest. It decides who wins a name (src/core/registry/binding.cpp).
enum class Scope : std::uint8_t { builtin, plugin, user, project, managed };

// How much of a manifest a piece of text shows.
enum class Form : std::uint8_t {
  card,      // name, description and cost
  lead,      // the text before the first heading
  section,   // from a heading to the next
  prose,     // a section without its code
  opening,   // a section's first paragraph
  resource,  // a linked file
  stub,      // a section's heading alone
  cut,       // a mark where sections were cut
  same,      // a mark for a section whose text is under another manifest
  name,      // one line for a manifest that the text names and that is absent
  third,     // the first third of a very long section, or less
  beginning  // the first two thirds of a long section, or less
};

// How much a reference's author needs the other manifest.
enum class Strength : std::uint8_t {
  required,   // it does not work without it
  invoked,    // the text calls it
  mentioned,  // the text names it; followed only on request
  excluded    // "do not use X here"; never followed
};

// The form in which a reference is written; docs/references.md has an example of each.
enum class Via : std::uint8_t {
  frontmatter,
  task,
  skill,
  spawn,
  slash,
  qualified,
  at,
  link,
  path,
  label,
  table,
  heading,
  backtick,
  bold,
  prose
};

std::string_view to_string(Kind kind) noexcept;
std::string_view to_string(Layer layer) noexcept;
std::string_view to_string(Scope scope) noexcept;
std::string_view to_string(Form form) noexcept;
std::string_view to_string(Strength strength) noexcept;
std::string_view to_string(Via via) noexcept;
std::optional<Kind> parse_kind(std::string_view text) noexcept;  // singular or plural

// The key of a manifest: "skill:review", "agent:tdd:reviewer". A plugin's name is part of the name.
struct Symbol {
  Kind kind = Kind::skill;
  std::string name;

  // Splits at the first colon only. Nothing if the kind is unknown or the name is empty.
  static std::optional<Symbol> parse(std::string_view text);
};
bool operator==(const Symbol& a, const Symbol& b) noexcept;
bool operator<(const Symbol& a, const Symbol& b) noexcept;  // by kind, then bytes of the name
std::string to_string(const Symbol& symbol);

// One entry of a tool list: "Read", "Bash(git *)", "mcp__tracker__search".
struct ToolName {
  // The MCP server, "tracker". Empty for the client's own tools.
  std::string server;
  // "Read", "search". "mcp__tracker" and "mcp__tracker__*" both mean every tool of the server: "*" (client 2.1.328).
  std::string tool;
  // The text in parentheses, "git *". Empty: no restriction.
  std::string pattern;

  // Nothing if it is malformed: an unbalanced parenthesis, no name, "mcp_a_b".
  static std::optional<ToolName> parse(std::string_view text);
};
bool operator==(const ToolName& a, const ToolName& b) noexcept;
bool operator<(const ToolName& a, const ToolName& b) noexcept;
std::string to_string(const ToolName& tool);

// A range of one file's bytes, never its text. The body is split at every heading of level 1 to 6, so sections cover it
// without gaps. Section 0 is the lead: its heading is empty and its length may be 0.
struct Section {
  Form form = Form::section;
  // A record of form prose, opening, third, beginning or stub is a shorter form of the section with this index: the
  // same range at its own cost. Every other record holds its own index here.
  std::uint32_t shorter_of = 0;
  // The text of the heading; and the headings above it followed by its own, joined by " > ".
  std::string heading, path;
  // Bytes from the beginning of the file.
  std::uint64_t offset = 0, length = 0;
  // Hash of the range, with line ends and trailing white space folded: equal text has an equal hash.
  std::uint64_t content_hash = 0;
  // The line on which it begins, from 1; and the level of its heading, 0 for the lead.
  std::uint32_t line = 0, level = 0;
  // How many lines of the file an opening, third, beginning or stub shows, from `line` on. 0: the whole section.
  std::uint32_t shown_lines = 0;
  // The cost of the text as a bundle emits it (src/core/manifest/emission.h), not of the raw range.
  Cost cost;
  // The most that a mark costs that replaces this section and some after it. Zero: not counted.
  Cost cut_cost;
  // Its last line introduces the text after it, as in "for example:".
  bool announces = false;
  // It consists of a heading alone.
  bool bare = false;
};

// A reference as the author wrote it, not yet bound to a manifest.
struct Reference {
  // The manifest that it names. For a link or a path, the name is the path as written.
  Symbol target;
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  Location at;
  // True if its form, or a word next to it, states the kind. Otherwise `target.kind` is the best guess, and binding may
  // choose another.
  bool kind_known = true;
  // True if the text names it in code marks with its kind beside it ("the `x` skill", "agent `x`", "run `/x`"), so that
  // an order of this form cannot be followed where there is none.
  bool named = false;
};

// One entry of the front matter.
struct Field {
  // Nested keys are joined by a dot: "metadata.cascade-agents".
  std::string key;
  // A list becomes its items joined by ", ", with `list` set.
  std::string value;
  // The place of the value.
  Location at;
  bool list = false;
};

// An MCP tool that the text or the front matter names. Each is recorded once, at its first place.
struct ToolMention {
  ToolName tool;
  Location at;
};

// The cost of the lines above a manifest's text in a bundle. Zero: not counted yet; the packer then counts.
struct HeadCosts {
  Cost card;       // the manifest is a card
  Cost opening;    // its whole text follows
  Cost part;       // a part of its text follows
  Cost continued;  // its text continues, and the conversation holds the head already
};

// A row of the first table below a playbook's heading "Chain".
struct ChainStep {
  // The number in the first cell; if there is none, the number of the row.
  std::uint32_t number = 0;
  // The name in code marks in the second cell.
  std::string skill;
  // The cells after it: the input of the step, when it may end, and what it hands on. Empty if missing.
  std::string enter, leave, result;
  // The place of the skill's name.
  Location at;
};

// Everything that one file says. Owns its texts.
struct Manifest {
  Symbol symbol;
  // The declared name. A placeholder such as SKILL does not count; the name of the file or its folder is then used.
  std::string title;
  // The plugin that it belongs to; empty if there is none.
  std::string plugin;
  // The other names that find it, without the symbol's own.
  std::vector<std::string> aliases;
  Layer layer = Layer::skill;
  Scope scope = Scope::project;
  // The index of the root under which it was found.
  std::uint32_t root = 0;
  // Relative to the root, with '/'.
  std::string path;
  std::string description;
  // README.md and similar files are listed, but neither routed nor bound.
  bool document = false;
  // The front matter, in the order of the file.
  std::vector<Field> fields;
  // In the order of the file, with the shorter forms after all whole sections.
  std::vector<Section> sections;
  std::vector<Reference> references;
  // A playbook's steps in the order of its table; without a table, the skills that its front matter names. The keys
  // that order them (cascade-chain and related ones) are among the fields.
  std::vector<ChainStep> steps;
  // The tools it may use. Empty: no restriction, or none where the list that it has is empty.
  std::vector<ToolName> tools;
  std::vector<ToolMention> named_tools;
  // The manifests that must not be in a bundle with it.
  std::vector<Symbol> conflicts;
  // At least one of each list must be in a bundle with it.
  std::vector<std::vector<Symbol>> requires_any;
  // The cost of the whole text after the front matter.
  Cost body;
  HeadCosts heads;
  // The faults of the file, in its order.
  std::vector<Diagnostic> problems;
};

// One file as it was found. The views only need to outlive the call.
struct ManifestSource {
  Kind kind = Kind::skill;
  Scope scope = Scope::project;
  // The index of the root that `path` is below.
  std::uint32_t root = 0;
  // The plugin that the file belongs to; empty if there is none.
  std::string_view plugin;
  // The folder whose subfolders become part of the name, relative to the root: "commands", "plugins/tdd/agents". Empty
  // if there is none.
  std::string_view component;
  // Relative to the root, with '/'.
  std::string_view path;
  // The file's bytes.
  std::string_view text;
};

// Never fails: every fault is in `problems`, and the manifest is described as far as it can be. Linear in the text.
Manifest parse_manifest(const ManifestSource& source, const TokenCounter& counter);

}  // namespace cascade

#endif  // CASCADE_MANIFEST_H
