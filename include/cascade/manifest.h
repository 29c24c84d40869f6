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

// Where a manifest came from; decides who wins a name (src/registry/precedence.cpp).
enum class Scope : std::uint8_t { builtin, plugin, user, project, managed };

// How much of a manifest is shown. card: name, description, cost. lead: the text before the first heading. section:
// from its heading to the next. prose: a section without its code. opening: its first paragraph. resource: a linked
// file. stub: its heading alone. cut: a mark in the place of sections. same: a mark for a section whose text stands
// under another manifest. name: one line for a manifest that is named and not there.
enum class Form : std::uint8_t { card, lead, section, prose, opening, resource, stub, cut, same, name };

// required: does not work without it. invoked: the text calls it. mentioned: the text names it (never followed unless
// asked). excluded: "do not use X here", never an edge.
enum class Strength : std::uint8_t { required, invoked, mentioned, excluded };

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

// The key of a manifest: "skill:review", "agent:tdd:reviewer" (the plugin belongs to the name).
struct Symbol {
  Kind kind = Kind::skill;
  std::string name;

  // Splits at the first colon only. Empty when the kind is unknown or the name is empty.
  static std::optional<Symbol> parse(std::string_view text);
};
bool operator==(const Symbol& a, const Symbol& b) noexcept;
bool operator<(const Symbol& a, const Symbol& b) noexcept;  // by kind, then bytes of the name
std::string to_string(const Symbol& symbol);

// One entry of a tool list: "Read", "Bash(git *)" (pattern "git *"), "mcp__tracker__search" (server "tracker").
// "mcp__tracker" and "mcp__tracker__*" stand for every tool of the server (tool "*"), client 2.1.328.
struct ToolName {
  std::string server, tool, pattern;

  // Empty when malformed: unbalanced parenthesis, no name, "mcp_a_b".
  static std::optional<ToolName> parse(std::string_view text);
};
bool operator==(const ToolName& a, const ToolName& b) noexcept;
bool operator<(const ToolName& a, const ToolName& b) noexcept;
std::string to_string(const ToolName& tool);

// A byte range of one file; never its text. Section 0 is the lead (its heading is empty, its length may be 0).
// Sections are split at every heading of level 1 to 6 and cover the body without gaps.
// `path` is the chain of headings above and including this one, joined by " > ".
// A record with form prose, opening or stub describes a shorter form of the section with index `shorter_of`: same
// range, its own cost. All others have shorter_of == their own index.
// `cost` is of the text as a bundle emits it (src/manifest/emission.h), not of the raw range.
// `content_hash` is of the range's bytes with line ends and trailing white space folded; equal text, equal hash.
// `shown_lines`: how many lines of the file, from `line` on, an opening or a stub shows; 0: all of the section's.
// `cut_cost`: what the mark costs at most that stands where this section and some behind it were cut; zero: not
// counted. `announces`: its last line leads to what follows it. `bare`: it is nothing but a heading.
struct Section {
  Form form = Form::section;
  std::uint32_t shorter_of = 0;
  std::string heading, path;
  std::uint64_t offset = 0, length = 0, content_hash = 0;
  std::uint32_t line = 0, level = 0, shown_lines = 0;
  Cost cost, cut_cost;
  bool announces = false, bare = false;
};

// The author's words, not yet bound. `kind_known`: the form or a word beside it tells the kind; otherwise target.kind
// is the best guess and binding may choose another. For a link or path the name is the path as written.
struct Reference {
  Symbol target;
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  Location at;
  bool kind_known = true;
};

// One front matter entry. Nested keys are joined by a dot ("metadata.cascade-agents"); a list becomes its items joined
// by ", " with `list` set. `at` is the place of the value.
struct Field {
  std::string key, value;
  Location at;
  bool list = false;
};

// An MCP tool that the text or the front matter names; each once, at its first place.
struct ToolMention {
  ToolName tool;
  Location at;
};

// What the lines cost under which a manifest stands in a bundle: alone as a card, before its whole text, before a part
// of it, and going on with a text whose head the conversation holds. Zero: not counted; whoever packs it counts.
struct HeadCosts {
  Cost card, opening, part, continued;
};

// All that one file says. Owns its texts.
struct Manifest {
  Symbol symbol;
  std::string title, plugin;  // title: the declared name; placeholders such as SKILL count as none, then the stem
  std::vector<std::string> aliases;  // other names it answers to, without the symbol's own
  Layer layer = Layer::skill;
  Scope scope = Scope::project;
  std::uint32_t root = 0;         // index of the root it was found under
  std::string path, description;  // path: relative to the root, with '/'
  bool document = false;          // README.md and the like: listed, never routed, never bound
  std::vector<Field> fields;
  std::vector<Section> sections;
  std::vector<Reference> references;
  std::vector<ToolName> tools;  // what it may use; empty: no restriction
  std::vector<ToolMention> named_tools;
  std::vector<Symbol> conflicts;
  std::vector<std::vector<Symbol>> requires_any;
  Cost body;  // the whole text after the front matter
  HeadCosts heads;
  std::vector<Diagnostic> problems;
};

// One file as found. The views must outlive the call only. `component` is the folder that gives names their start,
// relative to the root ("commands", "plugins/tdd/agents"); empty when there is none.
struct ManifestSource {
  Kind kind = Kind::skill;
  Scope scope = Scope::project;
  std::uint32_t root = 0;
  std::string_view plugin, component, path, text;
};

// Never fails: every fault is in `problems` and the manifest is described as far as it can be. Linear in the text.
Manifest parse_manifest(const ManifestSource& source, const TokenCounter& counter);

}  // namespace cascade

#endif  // CASCADE_MANIFEST_H
