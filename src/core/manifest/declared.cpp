// Each known key of the front matter has a rule: the kind of its entries and how strongly they are wanted. An entry
// that states its kind ("agent:x") overrides the rule; where neither has a kind, "/x" is a command and "x" a skill. A
// slash or ".md" inside makes an entry a path, whose kind is not known.
#include "manifest/problems.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "client/built_in.h"
#include "client/names.h"
#include "manifest/fields.h"
#include "manifest/kinds.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

using syntax::Node;

// The meaning of a key's entries: their kind, unless an entry states another, and how strongly they are wanted. Where
// the kind is only probable ("requires: [git]", a list of agents that names programs), an entry counts when a manifest
// has that name. Agents or commands that are listed are called (invoked); an entry is required when the manifest does
// not work without it: the agent that a skill forks into, the skills that an agent preloads, the entries of `requires`.
struct KeyRule {
  std::string_view key;
  std::optional<Kind> kind;
  bool stated = true;
  Strength strength = Strength::required;
};

constexpr std::array<KeyRule, 20> top_level = {{
    {"agent", Kind::agent},
    {"agents", Kind::agent, true, Strength::invoked},
    {"skills", Kind::skill},
    {"subagents", Kind::agent, false, Strength::invoked},
    {"skill", Kind::skill, false},
    {"commands", Kind::command, false, Strength::invoked},
    {"binding", std::nullopt, false, Strength::invoked},
    {"requires", std::nullopt, false},
    {"depends_on", std::nullopt, false},
    {"depends-on", std::nullopt, false},
    {"related-skills", Kind::skill, false, Strength::mentioned},
    {"related_skills", Kind::skill, false, Strength::mentioned},
    {"parent", std::nullopt, false, Strength::mentioned},
    {"parent-skill", Kind::skill, false, Strength::mentioned},
    {"parent_skill", Kind::skill, false, Strength::mentioned},
    {"parent-agent", Kind::agent, false, Strength::mentioned},
    {"extends", std::nullopt, false, Strength::mentioned},
    {"see-also", std::nullopt, false, Strength::mentioned},
    {"related", std::nullopt, false, Strength::mentioned},
    {"handoffs", Kind::agent, false, Strength::mentioned},
}};

// Below `metadata`, written "cascade-agents" or "agents".
constexpr std::array<KeyRule, 5> in_metadata = {{
    {"agents", Kind::agent, true, Strength::invoked},
    {"skills", Kind::skill, true, Strength::invoked},
    {"commands", Kind::command, true, Strength::invoked},
    {"related-skills", Kind::skill, false, Strength::mentioned},
    {"parent", std::nullopt, false, Strength::mentioned},
}};

// Below `dependencies`, where packages and servers may stand too.
constexpr std::array<KeyRule, 3> in_dependencies = {{
    {"agents", Kind::agent, false, Strength::invoked},
    {"skills", Kind::skill, false, Strength::invoked},
    {"commands", Kind::command, false, Strength::invoked},
}};

// "skill:x", "agent:x", "command:x"; other text before a colon is a plugin.
std::optional<Symbol> with_kind(std::string_view text) {
  const std::size_t colon = text.find(':');
  for (const Kind kind : all_kinds)
    if (text.substr(0, colon) == to_string(kind)) return Symbol::parse(text);
  return std::nullopt;
}

bool is_workspace_condition(std::string_view text) {
  return text.starts_with("bin:") || text.starts_with("file:") || text.starts_with("mcp:");
}

// Wildcards, flags, numbers, placeholders and sentences name nothing.
bool may_be_name(std::string_view text) {
  if (letters::is_one_of_lower(text, {"true", "false", "yes", "no", "none", "null", "all", "n/a"})) return false;
  if (std::ranges::all_of(text, [](char c) { return letters::is_digit(c) || c == '.'; })) return false;
  return !text.empty() && text.size() <= 200 && text.find_first_of("*{}<>$\"`\n\r") == std::string_view::npos;
}

// "agents: [claude-code, codex-cli]" says which programs a skill is for. Half of the entries must be known ones: no
// table has them all, and an agent of the library may be called as a program is.
bool lists_coding_agents(const std::vector<Item>& items) {
  const auto known = std::ranges::count_if(items, [](const Item& item) { return client::is_coding_agent(item.text); });
  return known > 0 && static_cast<std::size_t>(known) * 2 >= items.size();
}

class Reader {
 public:
  Reader(const syntax::LineIndex& lines, Manifest& out) : lines_(lines), out_(out) {}

  void read_key(const Node& map, std::string_view key, const KeyRule& rule) { read_value(map.find(key), key, rule); }

  // In the order of the rules; of equal keys the last counts.
  template <std::size_t N>
  void read_keys(const Node& map, const std::array<KeyRule, N>& rules) {
    std::array<const Node*, N> values{};
    for (std::size_t i = 0; map.is_entry(i); ++i)
      for (std::size_t rule = 0; rule < N; ++rule)
        if (map.key(i).text.size() == rules[rule].key.size() && map.key(i).text == rules[rule].key)
          values[rule] = &map.value(i);
    for (std::size_t rule = 0; rule < N; ++rule) read_value(values[rule], rules[rule].key, rules[rule]);
  }

  void read_value(const Node* value, std::string_view key, KeyRule rule) {
    if (value == nullptr) return;
    const std::vector<Item> items = items_of(*value, lines_, false);
    if (key == "agents" && lists_coding_agents(items)) rule.stated = false;
    for (const Item& item : items) add(item, rule);
  }

  // A list right below `dependencies`: packages may stand in it, so only "skill:x" and its like count.
  void read_dependencies(const Node& fields) {
    const Node* value = fields.find("dependencies");
    if (value == nullptr) return;
    for (const Item& item : items_of(*value, lines_, false))
      if (with_kind(item.text)) add(item, {"", std::nullopt, false});
  }

  void read_requires_all(const Node& value) {
    for (const Item& item : items_of(value, lines_, true))
      if (!is_workspace_condition(item.text)) add(item, {"", std::nullopt});
  }

  // A group that a program or file on the machine may satisfy needs no manifest.
  void read_requires_any(const Node& value) {
    std::vector<Symbol> group;
    bool workspace = false;
    for (const Item& item : items_of(value, lines_, true)) {
      workspace = workspace || is_workspace_condition(item.text);
      if (is_workspace_condition(item.text)) continue;
      add(item, {"", std::nullopt, false, Strength::mentioned});
      if (const std::optional<Symbol> symbol = with_kind(item.text)) group.push_back(*symbol);
    }
    if (!workspace && !group.empty()) out_.requires_any.push_back(std::move(group));
  }

  void read_conflicts(const Node& value) {
    for (const Item& item : items_of(value, lines_, true)) {
      add(item, {"", out_.symbol.kind, true, Strength::excluded});
      if (may_be_name(item.text))
        out_.conflicts.push_back(with_kind(item.text).value_or(Symbol{out_.symbol.kind, item.text}));
    }
  }

  void add(const Item& item, const KeyRule& rule) {
    std::string_view text = item.text;
    while (!text.empty() && text.back() == ';') text.remove_suffix(1);  // "a; b"
    if (!may_be_name(text)) return;
    const std::optional<Symbol> prefixed = with_kind(text);
    const bool slash = text.front() == '/';
    if (slash) text.remove_prefix(1);
    if (text.starts_with("@agent-")) text.remove_prefix(7);
    if (text.empty()) return;
    const bool is_path = text.find('/') != std::string_view::npos ||
                         text.substr(text.size() - std::min<std::size_t>(3, text.size())) == ".md";
    const Symbol named{rule.kind.value_or(slash ? Kind::command : Kind::skill), unicode::replace_invalid(text)};
    out_.references.push_back({prefixed.value_or(named),
                               rule.strength,
                               is_path ? Via::path : Via::frontmatter,
                               {out_.path, item.at.line, item.at.column},
                               (prefixed || (rule.kind && rule.stated)) && !is_path});
  }

 private:
  const syntax::LineIndex& lines_;
  Manifest& out_;
};

void read_metadata(const Node& metadata, Reader& reader) {
  const std::string prefix = "cascade-";
  for (const KeyRule& rule : in_metadata) {
    reader.read_key(metadata, prefix + std::string(rule.key), rule);
    reader.read_key(metadata, rule.key, rule);
  }
  for (const std::string& before : {prefix, std::string()}) {
    if (const Node* value = metadata.find(before + "requires-all")) reader.read_requires_all(*value);
    if (const Node* value = metadata.find(before + "requires-any")) reader.read_requires_any(*value);
    if (const Node* value = metadata.find(before + "conflicts")) reader.read_conflicts(*value);
  }
}

// Whoever loads the manifest reads all of them. Honest ones name some dozen.
constexpr std::size_t most_tools = 1'000;

struct Entry {
  ToolName tool;
  syntax::Position at;
};

std::string fault_of(const Item& item) {
  if (!item.balanced) return "parenthesis without its partner in tool `" + item.text + '`';
  if (item.text.starts_with("mcp_")) return "`" + item.text + "` is no MCP tool, these are written mcp__server__tool";
  return "`" + item.text + "` is no tool name";
}

// Returns the well-formed entries and reports the others. Bare numbers are dropped silently, as the client does.
std::vector<Entry> entries_of(const Node& fields, std::string_view key, const syntax::LineIndex& lines,
                              Problems& problems) {
  std::vector<Entry> out;
  const Node* value = fields.find(key);
  if (value == nullptr) return out;
  for (const Item& item : items_of(*value, lines, true)) {
    if (item.text == "|" || std::ranges::all_of(item.text, letters::is_digit)) continue;
    if (std::optional<ToolName> tool = ToolName::parse(item.text))
      out.push_back({std::move(*tool), item.at});
    else
      problems.add("TL003", Severity::error, {"", item.at.line, item.at.column},
                   unicode::replace_invalid(fault_of(item)), "write Name or Name(pattern), separated by commas",
                   item.text);
  }
  return out;
}

// "Agent(a, b)" in a tool list names the agents that may be started.
void add_references(const std::vector<Entry>& entries, Strength strength, Manifest& out) {
  for (const Entry& entry : entries) {
    const bool agent = client::tool_names::starts_agents(entry.tool.tool);
    if (!entry.tool.server.empty() || (!agent && entry.tool.tool != client::tool_names::skill)) continue;
    const std::size_t name_begin = entry.tool.tool.size() + 1;
    for (const Piece& piece : split_items(entry.tool.pattern)) {
      const std::string name = entry.tool.pattern.substr(piece.begin, piece.end - piece.begin);
      if (name.find_first_of("*<>{}$(") != std::string::npos) continue;
      const auto before = static_cast<std::uint32_t>(
          name_begin + unicode::count_code_points(std::string_view(entry.tool.pattern).substr(0, piece.begin)));
      out.references.push_back({{agent ? Kind::agent : Kind::skill, unicode::replace_invalid(name)},
                                strength,
                                Via::frontmatter,
                                {out.path, entry.at.line, entry.at.column + before}});
    }
  }
}

// Whether `tool`, the tool without its pattern or its whole server is in the list.
bool covers(const std::set<ToolName>& list, const ToolName& tool) {
  return list.count(tool) != 0 || list.count({tool.server, tool.tool, ""}) != 0 ||
         (!tool.server.empty() && list.count({tool.server, "*", ""}) != 0);
}

// An agent's tools are `tools` without `disallowedTools`; a skill's and a command's are `allowed-tools`. In the order
// written, each once. A `*`, an empty list or none means no restriction. "Agent(a, b)", "Task(a)", "Skill(s)" in any of
// the lists are references.
void read_tools(const Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems) {
  const bool agent = out.symbol.kind == Kind::agent;
  const std::vector<Entry> tools = entries_of(fields, "tools", lines, problems);
  const std::vector<Entry> allowed = entries_of(fields, "allowed-tools", lines, problems);
  std::vector<Entry> denied = entries_of(fields, "disallowedTools", lines, problems);
  for (Entry& entry : entries_of(fields, "disallowed-tools", lines, problems)) denied.push_back(std::move(entry));
  add_references(tools, Strength::required, out);
  add_references(allowed, Strength::required, out);
  add_references(denied, Strength::excluded, out);

  std::set<ToolName> denied_names, seen;
  for (Entry& entry : denied) denied_names.insert(std::move(entry.tool));
  const std::vector<Entry>& listed = agent ? tools : allowed;
  for (const Entry& entry : Span<Entry>{listed.data(), std::min(listed.size(), most_tools)})
    if (seen.insert(entry.tool).second && !covers(denied_names, entry.tool)) out.tools.push_back(entry.tool);
  if (listed.size() > most_tools)
    problems.add("TL003", Severity::error, {"", listed[most_tools].at.line, listed[most_tools].at.column},
                 "more than " + std::to_string(most_tools) + " tools: the rest counts as not allowed",
                 "name servers and patterns: mcp__server, Bash(git *)", "tools");
  if (seen.count({"", "*", ""}) != 0) out.tools.clear();
}

constexpr std::size_t most_steps = 99, most_cell_bytes = 1'000;

bool is_chain_heading(std::string_view line) {
  line = letters::trim(line);
  while (!line.empty() && line.front() == '#') line.remove_prefix(1);
  while (!line.empty() && line.back() == '#') line.remove_suffix(1);
  return letters::equals_folded(letters::trim(line), "chain");
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (syntax::TableCells row(line); row.next();) cells.push_back(letters::trim(row.cell()));
  return cells;
}

std::uint32_t number_of(std::string_view cell) {
  std::uint32_t number = 0;
  for (const char c : cell) {
    if (!letters::is_digit(c) || number > 99) return 0;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

// The text between the first two backticks; the whole cell without them.
std::string_view name_in(std::string_view cell) {
  const std::size_t open = cell.find('`');
  const std::size_t close = open == std::string_view::npos ? open : cell.find('`', open + 1);
  return close == std::string_view::npos ? cell : letters::trim(cell.substr(open + 1, close - open - 1));
}

std::string text_of(std::string_view cell) { return unicode::replace_invalid(cell.substr(0, most_cell_bytes)); }

ChainStep step_of(const BodyText& body, const syntax::LineIndex& file, const Manifest& manifest, std::string_view line,
                  std::size_t row) {
  const std::vector<std::string_view> cells = cells_of(line);
  const auto cell = [&](std::size_t i) { return i < cells.size() ? text_of(cells[i]) : std::string(); };
  const std::uint32_t written = cells.empty() ? 0 : number_of(cells[0]);
  const std::string_view name = cells.size() > 1 ? name_in(cells[1]) : std::string_view();
  const std::size_t at = name.empty() ? 0 : static_cast<std::size_t>(name.data() - body.text().data());
  const syntax::Position place = file.at(body.file_offset(at));
  return {written != 0 ? written : static_cast<std::uint32_t>(row),
          text_of(name),
          cell(2),
          cell(3),
          cell(4),
          {manifest.path, place.line, place.column}};
}

std::vector<ChainStep> declared_steps(const Manifest& manifest) {
  std::vector<ChainStep> steps;
  for (const Reference& reference : manifest.references) {
    if (reference.via != Via::frontmatter || reference.strength > Strength::invoked) continue;
    if (reference.target.kind != Kind::skill || !reference.kind_known || steps.size() == most_steps) continue;
    steps.push_back({static_cast<std::uint32_t>(steps.size() + 1), reference.target.name, {}, {}, {}, reference.at});
  }
  return steps;
}

}  // namespace

void read_declared(const Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems) {
  Reader reader(lines, out);
  reader.read_keys(fields, top_level);
  if (const Node* metadata = fields.find("metadata")) read_metadata(*metadata, reader);
  if (const Node* dependencies = fields.find("dependencies"))
    for (const KeyRule& rule : in_dependencies) reader.read_key(*dependencies, rule.key, rule);
  reader.read_dependencies(fields);
  read_tools(fields, lines, out, problems);
}

std::vector<ChainStep> find_steps(const BodyText& body, const syntax::LineIndex& file, const Manifest& manifest) {
  const std::vector<TextLine>& lines = body.lines();
  std::size_t at = 0;
  while (at < lines.size() && !(lines[at].context == Context::heading && is_chain_heading(body.text(lines[at])))) ++at;
  const auto is_row_at = [&](std::size_t i) {
    return lines[i].context != Context::code && letters::trim_left(body.text(lines[i])).starts_with('|');
  };
  for (++at; at < lines.size() && lines[at].context != Context::heading && !is_row_at(at);) ++at;
  if (at < lines.size() && !is_row_at(at)) return declared_steps(manifest);  // the next heading came first
  std::vector<ChainStep> steps;
  // The first row is the table's head.
  for (++at; at < lines.size() && is_row_at(at) && steps.size() < most_steps; ++at)
    if (body.text(lines[at]).find_first_not_of("|-: \t") != std::string_view::npos)
      steps.push_back(step_of(body, file, manifest, body.text(lines[at]), steps.size() + 1));
  return steps.empty() ? declared_steps(manifest) : steps;
}

}  // namespace cascade::manifest

namespace cascade {
namespace {

constexpr std::string_view mcp_prefix = "mcp__";
constexpr letters::ByteSet never_in_name(") \t\r\n");

bool has_letter_or_digit(std::string_view text) noexcept {
  return std::ranges::any_of(text, letters::is_letter_or_digit);
}

// "mcp__server__tool" without its prefix. The server ends at the first "__"; the rest is the tool.
std::optional<ToolName> parse_mcp(std::string_view name, std::string_view pattern) {
  const std::size_t end = name.find("__");
  const std::string_view server = name.substr(0, end);
  const std::string_view tool = end == std::string_view::npos ? "*" : name.substr(end + 2);
  if (name == "*") return ToolName{"*", "*", std::string(pattern)};  // every tool of every server
  if (!has_letter_or_digit(server) || (tool != "*" && !has_letter_or_digit(tool))) return std::nullopt;
  return ToolName{std::string(server), std::string(tool), std::string(pattern)};
}

}  // namespace

// What the client would not match to any tool, such as brackets without a partner or a name without a letter, is none.
std::optional<ToolName> ToolName::parse(std::string_view text) {
  const std::size_t open = text.find('(');
  const std::string_view name = text.substr(0, open);
  std::string_view pattern;
  if (open != std::string_view::npos) {
    if (text.back() != ')') return std::nullopt;
    pattern = text.substr(open + 1, text.size() - open - 2);
    int depth = 0;
    for (char c : pattern) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0) return std::nullopt;
    }
    if (depth != 0) return std::nullopt;
  }
  if (never_in_name.find_in(name) != std::string_view::npos) return std::nullopt;
  if (name.starts_with(mcp_prefix)) return parse_mcp(name.substr(mcp_prefix.size()), pattern);
  if (name.starts_with("mcp_")) return std::nullopt;
  if (name != "*" && !has_letter_or_digit(name)) return std::nullopt;
  return ToolName{"", std::string(name), std::string(pattern)};
}

bool operator==(const ToolName& a, const ToolName& b) noexcept {
  return a.server == b.server && a.tool == b.tool && a.pattern == b.pattern;
}
bool operator<(const ToolName& a, const ToolName& b) noexcept {
  return std::tie(a.server, a.tool, a.pattern) < std::tie(b.server, b.tool, b.pattern);
}

std::string to_string(const ToolName& tool) {
  std::string out;
  if (!tool.server.empty()) out = std::string(mcp_prefix) + tool.server;
  if (!tool.server.empty() && tool.server != "*") out += "__";
  if (tool.server != "*") out += tool.tool;
  if (!tool.pattern.empty()) out += '(' + tool.pattern + ')';
  return out;
}

}  // namespace cascade
