// What one file declares: a skill, an agent or a command, with its sections, references and faults.
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

// Where a manifest came from. It decides who wins a name (src/registry/precedence.cpp).
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
  same,      // a mark for a section whose text stands under another manifest
  name,      // one line for a manifest that the text names and that is not there
  third,     // the first third of a very long section, or less
  beginning  // the first two thirds of a long section, or less
};

// How much the author of a reference wants the other manifest.
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

// The key of a manifest: "skill:review", "agent:tdd:reviewer". A plugin's name is a part of the name.
struct Symbol {
  Kind kind = Kind::skill;
  std::string name;

  // Splits at the first colon only. None if the kind is unknown or the name is empty.
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
  // What stands in parentheses, "git *". Empty: no restriction.
  std::string pattern;

  // None if it is malformed: an unbalanced parenthesis, no name, "mcp_a_b".
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
  // The heading's text, and the headings above it with its own, joined by " > ".
  std::string heading, path;
  // Bytes from the beginning of the file.
  std::uint64_t offset = 0, length = 0;
  // Hash of the range, with line ends and trailing white space folded: equal text has an equal hash.
  std::uint64_t content_hash = 0;
  // The line it begins at, from 1; and the level of its heading, 0 for the lead.
  std::uint32_t line = 0, level = 0;
  // How many lines of the file an opening, third, beginning or stub shows, from `line` on. 0: all of the section's.
  std::uint32_t shown_lines = 0;
  // Of the text as a bundle emits it (src/manifest/emission.h), not of the raw range.
  Cost cost;
  // The most that the mark costs which stands where this section and some behind it were cut. Zero: not counted.
  Cost cut_cost;
  // Its last line leads to what follows it, as in "for example:".
  bool announces = false;
  // It is nothing but a heading.
  bool bare = false;
};

// A reference in the author's words, before it is bound.
struct Reference {
  // What it names. For a link or a path the name is the path as written.
  Symbol target;
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  Location at;
  // True if its form, or a word beside it, tells the kind. Otherwise `target.kind` is the best guess, and binding may
  // choose another.
  bool kind_known = true;
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

// The cost of the lines that stand above a manifest's text in a bundle. Zero: not counted yet; whoever packs it counts.
struct HeadCosts {
  Cost card;       // the manifest is a card
  Cost opening;    // its whole text follows
  Cost part;       // a part of its text follows
  Cost continued;  // its text goes on, and the conversation holds the head already
};

// A row of the first table below a playbook's heading "Chain".
struct ChainStep {
  // From the first cell; without a number there, the row's.
  std::uint32_t number = 0;
  // The name in code marks of the second cell.
  std::string skill;
  // The cells behind it: what the step begins with, when it may end, what it hands on. Empty where there is none.
  std::string enter, leave, result;
  // The place of the skill's name.
  Location at;
};

// All that one file says. It owns its texts.
struct Manifest {
  Symbol symbol;
  // The declared name. A placeholder such as SKILL counts as none; then the name of the file or its folder.
  std::string title;
  // The plugin it belongs to; empty if it belongs to none.
  std::string plugin;
  // Other names it answers to, without the symbol's own.
  std::vector<std::string> aliases;
  Layer layer = Layer::skill;
  Scope scope = Scope::project;
  // The index of the root it was found under.
  std::uint32_t root = 0;
  // Relative to the root, with '/'.
  std::string path;
  std::string description;
  // README.md and the like: listed, but neither routed nor bound.
  bool document = false;
  // The front matter, in the order of the file.
  std::vector<Field> fields;
  // In the order of the file; shorter forms behind all whole sections.
  std::vector<Section> sections;
  std::vector<Reference> references;
  // A playbook's steps in the order of its table; without a table, of the skills that its front matter names. The keys
  // that say how they follow each other (cascade-chain and its like) are fields.
  std::vector<ChainStep> steps;
  // The tools it may use. Empty: no restriction.
  std::vector<ToolName> tools;
  std::vector<ToolMention> named_tools;
  // Manifests that must not be in a bundle with it.
  std::vector<Symbol> conflicts;
  // At least one of each list has to be in a bundle with it.
  std::vector<std::vector<Symbol>> requires_any;
  // The cost of the whole text after the front matter.
  Cost body;
  HeadCosts heads;
  // What is wrong with the file, in its order.
  std::vector<Diagnostic> problems;
};

// One file as it was found. The views only have to outlive the call.
struct ManifestSource {
  Kind kind = Kind::skill;
  Scope scope = Scope::project;
  // The index of the root that `path` is below.
  std::uint32_t root = 0;
  // The plugin the file belongs to; empty: none.
  std::string_view plugin;
  // The folder below which subfolders become a part of the name, relative to the root: "commands",
  // "plugins/tdd/agents". Empty: there is none.
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
